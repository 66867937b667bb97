"""Three weeks of the Lind family, from a fall on the back step to the first walk to the garden gate."""

from careapp.demo.people import COLE, IDA, MAYA, ROSE, TOM
from careapp.demo.shapes import Comment, Post, Status

STATUSES = (
    Status(20, "21:30", MAYA, "Riverside Hospital, emergency", "in_pain", "Left hip is broken. Surgery tomorrow."),
    Status(
        19,
        "07:45",
        MAYA,
        "Riverside Hospital, waiting for surgery",
        "steady",
        "Nothing to eat since midnight, and cross about it",
    ),
    Status(19, "14:10", MAYA, "Recovery room", "resting", "It went well. I have seen her."),
    Status(18, "11:00", TOM, "Riverside Hospital, ward 4B", "tired", "Spoke to her by phone, short and sweet"),
    Status(16, "16:30", MAYA, "Riverside Hospital, ward 4B", "poorly", "Short of breath. They are taking water off."),
    Status(14, "10:00", MAYA, "Riverside Hospital, ward 4B", "better", "Slept flat on one pillow"),
    Status(12, "15:20", MAYA, "Willow Court, room 12", "steady", "Window to the courtyard"),
    Status(8, "17:00", TOM, "Willow Court, room 12", "better", "Forty steps today"),
    Status(4, "12:40", MAYA, "Home", "well", "In her own chair"),
    Status(1, "09:15", COLE, "Home", "better", "Lungs clear this morning"),
    Status(0, "08:30", MAYA, "Home, by the kitchen window", "well", "Weight 61.2 kg, no swelling"),
)

POSTS = (
    Post(
        20,
        "22:15",
        MAYA,
        "Mum fell on the back step this evening, bringing in the washing before the rain. Her left hip is broken. She is "
        "at Riverside, warm, with something for the pain, and she asked me to tell you that the washing is dry.\n\n"
        "Surgery is tomorrow, around ten. I have made this page so that nobody has to ring six people. I will write "
        "here first, always. Please ring me only if it cannot wait: I have one bar in the corridor and one hand free.",
        mood="worried",
        reactions=((TOM, "hug"), (IDA, "heart"), (COLE, "strength")),
        comments=(
            Comment(
                12,
                IDA,
                "I have Biscuit. He has eaten, and is sitting in the hall, waiting for her. Door is locked, stove is off.",
            ),
            Comment(31, TOM, "I am awake whenever you are. Call at any hour, I mean it."),
        ),
    ),
    Post(
        19,
        "14:20",
        MAYA,
        "She is out. Half a new hip, an hour and ten minutes, no surprises. Dr Farah, who operated, says her heart "
        "behaved the whole way through. I was allowed in for five minutes. First words: “Did anyone pay the piano tuner?”",
        milestone="Surgery is behind her",
        mood="grateful",
        reactions=((TOM, "heart"), (IDA, "heart"), (COLE, "thanks")),
        comments=(
            Comment(6, TOM, "I laughed so loudly that the whole office knows."),
            Comment(45, IDA, "I paid him. 🙂"),
        ),
    ),
    Post(
        18,
        "12:40",
        MAYA,
        "She stood. Two nurses, a walker, and four seconds by my watch; she says ten. Then she sat down and ate half a "
        "bread roll with real appetite. The ward is quiet and the light at the end of it is lovely in the morning.",
        photos=(("corridor", "The long corridor of ward 4B with morning light at its end"),),
        milestone="On her feet for the first time",
        mood="proud",
        reactions=((TOM, "strength"), (IDA, "strength"), (COLE, "smile")),
    ),
    Post(
        17,
        "20:05",
        TOM,
        "From my side of the country, for you, Mum, because you asked what I see after work. The sun goes down exactly "
        "when Maya sends her evening update, so I read it here.",
        photos=(("sea", "The sun going down over the ocean, seen from the beach"),),
        mood="calm",
        reactions=((MAYA, "heart"), (ROSE, "heart"), (IDA, "smile")),
        comments=(
            Comment(
                70, MAYA, "I held the phone for her. She looked for a long time and then said: “He should wear a hat.”"
            ),
        ),
    ),
    Post(
        16,
        "18:45",
        MAYA,
        "A hard day. She was short of breath from noon on and could not lie flat. Her heart is tired from all of it, and "
        "water has gathered in her lungs. They are giving her more of the water tablet through the drip, and she has "
        "oxygen in her nose. She hates the hissing. I am staying tonight.",
        audience="family",
        mood="worried",
        reactions=((TOM, "hug"),),
        comments=(
            Comment(9, TOM, "Should I come now? Tell me honestly."),
            Comment(
                15,
                MAYA,
                "Not yet. Come for the first days at home, that is when I will need you. @Tom keep next week free.",
            ),
            Comment(18, TOM, "Booked so that I can change it. Sleep if they let you."),
        ),
    ),
    Post(
        15,
        "09:30",
        COLE,
        "Spoke with the ward this morning. For everyone involved: known heart failure, now with fluid after surgery. "
        "Furosemide is given by drip until tomorrow, then by mouth again. Weight is to be taken every morning before "
        "breakfast. I have asked them to send me the discharge letter the same day, and I would like to see Rose within "
        "a week of coming home.",
        audience="care_team",
        reactions=((MAYA, "thanks"),),
        comments=(
            Comment(
                50, MAYA, "Thank you. I will write her weight down here every morning, so that it travels with her."
            ),
        ),
    ),
    Post(
        14,
        "10:20",
        MAYA,
        "Better. Three kilos of water gone, one pillow, and she slept until six. She drank a whole cup of tea and "
        "complained about it, which I take as the best sign yet.",
        photos=(("tea", "A cup of tea on a wooden table by the window"),),
        mood="hopeful",
        reactions=((TOM, "heart"), (IDA, "heart"), (ROSE, "smile"), (COLE, "smile")),
        comments=(Comment(25, IDA, "Of course she complained. They never let it stand long enough."),),
    ),
    Post(
        13,
        "16:00",
        MAYA,
        "Ida came with her knitting and stayed two hours. Mum corrected her stitches from the pillow. I went outside, "
        "walked once around the building, and noticed it is spring.\n\nThank you, @Ida. You have no idea.",
        photos=(("wool", "A basket with balls of wool and two knitting needles"),),
        mood="grateful",
        reactions=((IDA, "hug"), (TOM, "thanks"), (ROSE, "heart")),
        comments=(Comment(120, IDA, "I have some idea. I will come on Thursdays, if that suits."),),
    ),
    Post(
        12,
        "15:45",
        MAYA,
        "We have moved to Willow Court for two weeks of practice: walking, stairs, getting in and out of a car. Room 12, "
        "ground floor, window to the courtyard. Visits from two to six; mornings belong to the physiotherapist, whose "
        "name is Samir and who does not take no for an answer.",
        milestone="Out of hospital",
        reactions=((TOM, "smile"), (IDA, "heart")),
    ),
    Post(
        9,
        "17:10",
        ROSE,
        "This is me, Rose, writing myself. Samir holds the telephone and I press the letters.\n\nI have read everything "
        "you wrote while I was not looking. I am slower than I was and much better looked after than I deserve. The "
        "stairs are beastly. Somebody please open the piano once a day, it gets stuffy.\n\nBiscuit: I am coming.",
        mood="grateful",
        milestone="Her own words",
        reactions=((MAYA, "heart"), (TOM, "heart"), (IDA, "heart"), (COLE, "smile")),
        comments=(
            Comment(4, MAYA, "I am reading this in the car park and cannot drive yet."),
            Comment(22, TOM, "Mum. ❤️"),
            Comment(60, IDA, "Opened it. Played the only thing I know. The cat left the room."),
        ),
    ),
    Post(
        8,
        "16:40",
        TOM,
        "Landed last night. Forty steps with the walker, then the bench, then forty back. She counted in Swedish and so "
        "did I. This is her hand on mine when we sat down; she said I could post it because you cannot see her hair.",
        photos=(("hands", "Two hands, one resting on the other, on a knitted blanket"),),
        mood="calm",
        reactions=((MAYA, "heart"), (IDA, "heart"), (ROSE, "heart")),
        comments=(
            Comment(33, MAYA, "Forty! Samir says the house has eleven between chair and kitchen. We have a surplus."),
        ),
    ),
    Post(
        6,
        "20:30",
        MAYA,
        "How to help, for everyone who asks (and thank you for asking):\n\n"
        "• Come in the afternoon, half an hour, and leave while it is still nice.\n"
        "• Bring soup without salt, or gossip with.\n"
        "• Ask her, not me, in front of her. She decides.\n"
        "• Wash your hands. If you have a cold, send a photo instead.\n"
        "• If nobody opens, the key is with Ida.\n\n"
        "The exercises Samir gave her are here: https://example.org/hip-exercises. Anyone may nag.",
        is_pinned=True,
        reactions=((TOM, "thanks"), (IDA, "thanks"), (COLE, "smile"), (ROSE, "smile")),
    ),
    Post(
        4,
        "13:05",
        MAYA,
        "Home. Eleven steps from the door to the chair, then the sound that chair makes. Biscuit looked at her, walked "
        "away, came back and has not moved since. Tom fixed the back step; it has a rail now, and a lamp.",
        photos=(
            ("house", "The house at dusk with light in all its windows"),
            ("cat", "The cat sitting on the window sill in evening light"),
        ),
        mood="grateful",
        milestone="Home again",
        reactions=((TOM, "heart"), (IDA, "heart"), (COLE, "heart"), (ROSE, "heart")),
        comments=(
            Comment(20, IDA, "I saw the light go on and I will not pretend I did not cry."),
            Comment(95, ROSE, "The step is very grand. I shall need a better coat."),
        ),
    ),
    Post(
        3,
        "08:40",
        MAYA,
        "Weight before breakfast:\nlast morning at Willow Court 61.8 kg\nyesterday 61.5 kg\ntoday 61.4 kg\n\nAnkles slim, one pillow. If it is "
        "more than one kilo up in a day or two in a week, I ring the practice, as agreed.",
        audience="care_team",
        reactions=((COLE, "thanks"),),
        comments=(
            Comment(140, COLE, "Exactly right. Please leave the evening tablet as it is until I have seen her."),
        ),
    ),
    Post(
        3,
        "21:15",
        MAYA,
        "Not for Mum's eyes: she turns eighty in three weeks and says she wants nothing. I thought of the garden, "
        "short, before her nap: the choir under the window, two songs. @Tom could you stay until then? @Ida would you ask the choir?",
        audience="named",
        readers=(TOM, IDA),
        reactions=((TOM, "smile"), (IDA, "heart")),
        comments=(Comment(16, IDA, "Asked already. They are practising in secret, which for a choir is not easy."),),
    ),
    Post(
        2,
        "15:30",
        TOM,
        "To the garden gate and back. She wanted to see what had come up without her: tulips, everything, and a "
        "great many dandelions. We brought some of it in.",
        photos=(
            ("garden", "The garden path between flower beds"),
            ("flowers", "Garden flowers in a blue jug"),
            ("piano", "The keys of Rose's piano with sheet music above"),
        ),
        milestone="First walk to the gate",
        mood="proud",
        reactions=((MAYA, "heart"), (IDA, "smile"), (ROSE, "smile"), (COLE, "strength")),
        comments=(Comment(40, ROSE, "I played four bars. Left hand only, the right one was holding on."),),
    ),
    Post(
        1,
        "11:30",
        COLE,
        "I visited Rose at home this morning. Her lungs are clear, the wound is dry and closed, blood pressure 124 over "
        "72. The tablets stay as they are. Stitches come out on Friday at the practice. She may climb the stairs once a "
        "day with someone behind her.\n\nShe offered me cake. I had two pieces.",
        reactions=((MAYA, "thanks"), (TOM, "heart"), (IDA, "smile")),
        comments=(Comment(35, MAYA, "@Tom can you drive on Friday at ten? I have to be at work until noon."),),
    ),
    Post(
        0,
        "09:40",
        MAYA,
        "Good morning from the kitchen window. She slept through, ate Ida's soup for breakfast because she is nearly "
        "eighty and may, and is now telling the radio what it got wrong.",
        photos=(
            ("soup", "A bowl of vegetable soup with bread on a wooden table"),
            ("hills", "Morning mist over the hills"),
        ),
        mood="calm",
        reactions=((TOM, "smile"), (IDA, "heart")),
        comments=(Comment(14, IDA, "There is more in the freezer, blue lid. @Maya, sit down for a moment, too."),),
    ),
    Post(
        0,
        "10:10",
        MAYA,
        "For Sunday's family call: who takes which night when Tom has flown home? And I would like one evening a week off. "
        "(Say it more nicely.)",
        audience="family",
        is_draft=True,
    ),
)
