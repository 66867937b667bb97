"""What people are told about an SOS outside the app: little on a lock screen, and more where the reader allows it.

Every notice of a drill begins with the word.
"""

from datetime import timedelta

from careapp.clock import now
from careapp.models import Alert, Answer, Channel, Kind, Member
from careapp.notify.tell import Action, Telling, Words
from careapp.said import Said, mark

KIND_WORDS = {
    "fall": mark("A fall"),
    "breathing": mark("Trouble breathing"),
    "chest_pain": mark("Chest pain"),
    "confusion": mark("Confusion"),
    "missing": mark("Missing"),
    "relief": mark("The caregiver needs relief now"),
    "other": mark("Something else"),
}
ANSWER_WORDS = {
    Answer.ON_MY_WAY: mark("I'm on my way"),
    Answer.CAN_CALL: mark("I can call"),
    Answer.CANNOT: mark("I can't"),
}
SAID_WORDS = {
    Answer.ON_MY_WAY: mark("{name} is on the way"),
    Answer.CAN_CALL: mark("{name} can call"),
    Answer.CANNOT: mark("{name} can't help now"),
}
DRILL_SAID_WORDS = {
    Answer.ON_MY_WAY: mark("Drill: {name} is on the way"),
    Answer.CAN_CALL: mark("Drill: {name} can call"),
    Answer.CANNOT: mark("Drill: {name} can't help now"),
}
LASTS = timedelta(hours=4)
# A phone that was off for a day still shows the SOS until it hears that it is over.
OVER_LASTS = timedelta(days=2)
# Before so much time has gone by nobody can have come: that the first step told nobody is no news then.
A_WHILE = timedelta(seconds=20)
# An SOS that arrives so long after it was raised says so, as what it calls for may be over.
LATE = timedelta(minutes=2)
ACTIONS = tuple(Action(answer, words) for answer, words in ANSWER_WORDS.items())


def call_for_help(alert: Alert, by: str, address: str, channels: tuple[Channel, ...]) -> Telling:
    """The SOS itself. Repeats take its place on the screen, and say that nobody is coming yet."""
    return Telling(
        kind=Kind.SOS,
        words=_drill(alert, by) if alert.is_drill else _real(alert, by),
        path=path_of(alert, address),
        tag=tag_of(alert),
        actions=ACTIONS,
        expires=LASTS,
        alert_id=alert.id,
        channels=channels,
    )


def all_clear(alert: Alert, by: str, address: str, channels: tuple[Channel, ...]) -> Telling:
    """Takes the place of the SOS on the screens of everyone told."""
    if alert.is_drill:
        words = Words(
            Said("Drill: all clear from {name}", name=by), mark("Drill only. It is over. Thank you for taking part.")
        )
    else:
        words = Words(Said("All clear from {name}", name=by), mark("The SOS is over. Thank you."))
    return _over(alert, words, address, channels)


def expired(alert: Alert, by: str, address: str, channels: tuple[Channel, ...]) -> Telling:
    """The same where nobody has given the all-clear."""
    if alert.is_drill:
        words = Words(
            Said("Drill: SOS from {name} is over", name=by),
            mark("Drill only: it ended after 24 hours without an all-clear."),
        )
    else:
        words = Words(
            Said("SOS from {name} is over", name=by), mark("This SOS ended after 24 hours without an all-clear.")
        )
    return _over(alert, words, address, channels)


def _over(alert: Alert, words: Words, address: str, channels: tuple[Channel, ...]) -> Telling:
    return Telling(
        kind=Kind.SOS,
        words=words,
        path=path_of(alert, address),
        tag=tag_of(alert),
        expires=OVER_LASTS,
        alert_id=alert.id,
        channels=channels,
    )


def answered(alert: Alert, who: Member, answer: Answer, minutes: int, address: str) -> Telling:
    """For whoever raised it. Each responder has one notice, so that a new answer takes the place of the old."""
    said = Said((DRILL_SAID_WORDS if alert.is_drill else SAID_WORDS)[answer], name=who.name)
    body = Said("In about {minutes} minutes", minutes=minutes) if minutes and not alert.is_drill else ""
    if minutes and alert.is_drill:
        body = Said("Drill: in about {minutes} minutes", minutes=minutes)
    return Telling(
        kind=Kind.SOS,
        words=Words(said, body),
        path=path_of(alert, address),
        tag=f"{alert.id[-12:]}-{who.id}",
        expires=LASTS,
        alert_id=alert.id,
        channels=(Channel.PUSH,),
    )


def path_of(alert: Alert, address: str) -> str:
    return f"/alert?site={address}&alert={alert.id}"


def tag_of(alert: Alert) -> str:
    """What the SOS and its all-clear share, so that one notification of them stands on a screen."""
    return f"sos-{alert.id}"


def _real(alert: Alert, by: str) -> Words:
    body: str = mark("Help is needed now. Please open this and answer.")
    minutes = _late_minutes(alert)
    if _is_after_a_while(alert):
        title = Said("SOS from {name}: nobody is coming yet", name=by)
        body = _raised_ago(minutes) if minutes else body
    elif minutes >= 120:
        title = Said("SOS from {name}, raised {n} hours ago", name=by, n=minutes // 60)
    elif minutes:
        title = Said("SOS from {name}, raised {n} minutes ago", name=by, n=minutes)
    else:
        title = Said("SOS from {name}", name=by)
    return Words(title, body, more_body=_more(alert))


def _raised_ago(minutes: int) -> str:
    if minutes >= 120:
        return Said("It was raised {n} hours ago. Please open this and answer.", n=minutes // 60)
    return Said("It was raised {n} minutes ago. Please open this and answer.", n=minutes)


def _late_minutes(alert: Alert) -> int:
    """How long ago it was raised, where it arrived late; else 0."""
    return int((now() - alert.raised_at).total_seconds() // 60) if alert.created_at - alert.raised_at > LATE else 0


def _is_after_a_while(alert: Alert) -> bool:
    return alert.step > 1 and now() - alert.created_at >= A_WHILE


def _more(alert: Alert) -> str:
    what = KIND_WORDS.get(alert.kind, "")
    if not what:
        return alert.words and Said("{said}", said=alert.words)
    return Said("{what}. {said}", what=Said(what), said=alert.words)


def _drill(alert: Alert, by: str) -> Words:
    body = mark("Drill only: nobody needs help. Please answer as you would.")
    minutes = _late_minutes(alert)
    if _is_after_a_while(alert):
        return Words(Said("Drill: SOS from {name}, nobody is coming yet", name=by), body)
    if minutes >= 120:
        return Words(Said("Drill: SOS from {name}, raised {n} hours ago", name=by, n=minutes // 60), body)
    if minutes:
        return Words(Said("Drill: SOS from {name}, raised {n} minutes ago", name=by, n=minutes), body)
    return Words(Said("Drill: SOS from {name}", name=by), body)
