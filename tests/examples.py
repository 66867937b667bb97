"""One valid use of every operation and query. Whoever adds one adds its example, or tests/test_access.py fails.

An example is made for one member of one site, so that what it names is theirs.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from careapp.clock import now
from careapp.guests.links import pin_of
from careapp.notify.devices import proof_of
from careapp.notify.stopping import stop_link
from tests.push_keys import SUBSCRIPTION
from tests.scene import Place, Scene

SOON, LATER = ((now() + timedelta(days=days)).date().isoformat() for days in (30, 60))

GUEST = {"name": "Gerda", "contact": "+46 70 123 45 67"}

Example = Callable[[Scene, Place, str], dict[str, Any]]


def _(**said: Any) -> Example:
    """The same for everyone."""
    return lambda scene, place, name: dict(said)


def own(key: str, kind: str, /, **said: Any) -> Example:
    """Names the member's own row of a kind."""
    return lambda scene, place, name: {key: place.by(kind, name), **said}


def another(key: str, kind: str, /, **said: Any) -> Example:
    """Names a friend's row of a kind."""
    return lambda scene, place, name: {key: place.by(kind, "lee"), **said}


def someone(**said: Any) -> Example:
    """Names a member who is a friend."""
    return lambda scene, place, name: {"member_id": place.by("member", "lee"), **said}


EXAMPLES: dict[str, Example] = {
    "accounts.account": _(),
    "accounts.ask_code": _(email="sam@example.org"),
    "accounts.ask_new_address": _(email="new@example.org", password="a long enough one"),
    "accounts.change_address": _(request="x", email="new@example.org", code="123456"),
    "accounts.change_password": _(password="a long enough one"),
    "accounts.end_other_sign_ins": _(),
    "accounts.end_sign_in": lambda scene, place, name: {"sign_in_id": scene.sign_in_of(name or place.first)},
    "accounts.forgot": _(email="sam@example.org"),
    "accounts.register": _(email="new@example.org", name="New", password="a long enough one"),
    "accounts.reset_password": _(request="x", email="sam@example.org", code="123456", password="a long enough one"),
    "accounts.sign_in": _(email="sam@example.org", proof="x"),
    "accounts.sign_in_with_code": _(request="x", email="sam@example.org", code="123456"),
    "accounts.sign_out": _(),
    "accounts.update_account": _(name="Someone", language="en"),
    "accounts.viewer": _(),
    "availability.availability": _(),
    "availability.clear_days": _(on=SOON),
    "availability.set_days": _(on=SOON, last_on=LATER, hours=["9", "10"], zone="UTC"),
    "availability.set_week": _(hours=["MO-9", "MO-10"], zone="UTC", version=0),
    "availability.who_can": _(on=SOON, at="15:00", until="16:00"),
    "book.books": _(),
    "book.delete_book": own("book_id", "book"),
    "book.make_book": _(title="The journal of Rose", from_on="2020-01-01", has_comments=True),
    "book.make_book_again": own("book_id", "book"),
    "feeds.add_calendar_address": _(address="https://clinic.example/a.ics"),
    "feeds.add_calendar_file": _(name="Clinic", text="BEGIN:VCALENDAR\nEND:VCALENDAR"),
    "feeds.calendars": _(),
    "feeds.feed": lambda scene, place, name: {"secret": scene.feed_secret(place)},
    "feeds.import_calendar": own("source_id", "source"),
    "feeds.make_feed": _(scope="busy"),
    "feeds.note_fetch": lambda scene, place, name: {"secret": scene.feed_secret(place)},
    "feeds.preview": own("source", "source"),
    "feeds.remove_source": own("source_id", "source"),
    "feeds.revoke_feed": own("feed_id", "feed"),
    "gallery.more_photos": _(),
    "gallery.photos": _(),
    "duties.add_responsibility": _(title="The garden", words="The roses most of all."),
    "duties.close_responsibility": own("responsibility_id", "responsibility"),
    "duties.edit_responsibility": own("responsibility_id", "responsibility", version=1, title="The roses"),
    "duties.finish_kick_off": own("kick_off_id", "kick_off"),
    "duties.give_back": own("responsibility_id", "responsibility", note="I am away in May."),
    "duties.hand_over": lambda scene, place, name: {
        "responsibility_id": place.by("responsibility", name),
        "seen_id": place.by("member", name),
        "member_id": place.by("member", "lee"),
        "note": "The key hangs by the door.",
    },
    "duties.kick_off": _(),
    "duties.note_point": own("kick_off_id", "kick_off", point="help", words="Two dinners.", is_done=True),
    "duties.responsibilities": _(),
    "duties.responsibility": own("responsibility", "responsibility"),
    "duties.start_kick_off": _(),
    "duties.take_on": own("responsibility_id", "responsibility"),
    "guests.enter_pin": lambda scene, place, name: {
        "link": scene.as_guest(place)["link"],
        "pin": pin_of(scene.guest_link(place)),
    },
    "guests.guest": lambda scene, place, name: scene.as_guest(place),
    "guests.guests": own("request", "help"),
    "guests.make_guest_link": own("request_id", "help", days=14),
    "guests.release_as_guest": lambda scene, place, name: {**scene.as_guest(place), "why": "I am ill."},
    "guests.revoke_guest_link": own("link_id", "guest_link"),
    "guests.take_as_guest": lambda scene, place, name: {
        **scene.as_guest(place),
        "slot_id": place.by("free_slot", place.first),
        **GUEST,
    },
    "guests.write_as_guest": lambda scene, place, name: {**scene.as_guest(place), "words": "I can come.", **GUEST},
    "helping.accept_offer": another("offer_id", "offer", times=[{"on": SOON, "starts": "17:00"}], zone="UTC"),
    "helping.add_slots": own("request_id", "help", times=[{"on": SOON, "starts": "17:00", "ends": "18:00"}]),
    "helping.answer_swap": own("swap_id", "swap", accepts=True),
    "helping.ask_for_help": _(
        kind="meals",
        title="Dinner",
        times=[{"on": SOON, "starts": "17:00"}],
        repeat={"every": "week", "days": ["TU"], "until": LATER},
        zone="UTC",
    ),
    "helping.ask_to_swap": lambda scene, place, name: {
        "slot_id": place.by("slot", name),
        "member_id": place.by("member", "lee"),
    },
    "helping.asking": own("request", "help"),
    "helping.cancel_slot": own("slot_id", "slot"),
    "helping.close_help_request": own("request_id", "help"),
    "helping.close_offer": own("offer_id", "offer"),
    "helping.edit_help_request": own("request_id", "help", version=1, title="Supper", address="Lake Road 3"),
    "helping.help_request": own("request", "help"),
    "helping.help_wanted": _(),
    "helping.mark_done": own("slot_id", "slot"),
    "helping.meals": _(),
    "helping.offer_help": _(kind="rides", words="I can drive on Fridays."),
    "helping.release_slot": own("slot_id", "slot", why="I am ill."),
    "helping.take_slot": own("slot_id", "slot"),
    "helping.thank": another("slot_id", "slot", words="It was lovely."),
    "guides.guides": _(),
    "journal.comment": own("update_id", "update", text="Thank you."),
    "journal.composer": _(),
    "journal.delete_comment": own("comment_id", "comment"),
    "journal.delete_update": own("update_id", "update"),
    "journal.drafts": _(),
    "journal.edit_comment": own("comment_id", "comment", text="Thank you all."),
    "journal.edit_update": own("update_id", "update", version=1, text="A better night."),
    "journal.edit_visit_outcome": own("update_id", "visit", version=1, visited_on="2026-03-02", plan="Rest"),
    "journal.journal": _(),
    "journal.mark_mentions_seen": own("update_id", "update"),
    "journal.mark_seen": lambda scene, place, name: {"update_ids": [place.by("update", "lee")]},
    "journal.pin_update": own("update_id", "update"),
    "journal.post_update": lambda scene, place, name: {
        "text": "A quiet night.",
        "photos": [{"media_id": place.by("media", name), "alt": "Rose"}],
        "audience": "named",
        "readers": [place.by("member", "lee")],
    },
    "journal.post_visit_outcome": lambda scene, place, name: {
        "visited_on": "2026-03-02",
        "medicines": "No more aspirin",
        "photos": [{"media_id": place.by("media", name), "alt": "The plan"}],
        "audience": "named",
        "readers": [place.by("member", "lee")],
    },
    "journal.publish_draft": own("update_id", "draft"),
    "journal.react": own("update_id", "update", kind="heart"),
    "journal.restore_update": own("update_id", "deleted"),
    "journal.set_status": _(place="At home", mood="well"),
    "journal.unpin_update": own("update_id", "update"),
    "journal.visit_composer": _(),
    "journal.update_page": own("update", "update"),
    "messages.delete_message": own("message_id", "message"),
    "messages.edit_message": own("message_id", "message", version=1, text="I think of you all."),
    "messages.message_composer": _(),
    "messages.message_page": own("message", "message"),
    "messages.post_message": lambda scene, place, name: {
        "text": "I think of you.",
        "photos": [{"media_id": place.by("media", name), "alt": "The lake"}],
    },
    "messages.reply_to_message": own("message_id", "message", text="Thank you."),
    "messages.thank_for_message": another("message_id", "message", is_thanked=True),
    "messages.wall": _(),
    "notify.choose_notice": _(kind="updates", channel="email", is_on=True),
    "notify.confirm_device": lambda scene, place, name: {
        "delivery": place.by("tested", name),
        "proof": proof_of(place.by("tested", name)),
    },
    "notify.mark_received": lambda scene, place, name: {
        "delivery": place.by("tested", name),
        "proof": proof_of(place.by("tested", name)),
    },
    "notify.mute_site": _(is_muted=True),
    "notify.notices_page": _(),
    "notify.register_device": _(**SUBSCRIPTION),
    "notify.remove_device": own("device_id", "device"),
    "notify.replace_device": _(old_endpoint="https://push.example.org/old", **SUBSCRIPTION),
    "notify.set_notice_settings": _(quiet_from="22:00", quiet_until="07:00", says_more=True, digest="daily"),
    "notify.test_device": own("device_id", "device"),
    "notify.unsubscribe": lambda scene, place, name: dict(
        parse_qsl(urlsplit(stop_link(scene.account_of(name or place.first), "updates")).query)
    ),
    "schedule.add_appointment": lambda scene, place, name: {
        "title": "Dr Meyer",
        "starts_on": "2030-03-05",
        "starts": "10:00",
        "zone": "Europe/Berlin",
        "companion_id": place.by("member", name),
        "photos": [{"media_id": place.by("media", name), "alt": "The referral"}],
    },
    "schedule.answer_appointment": own("appointment_id", "series", at="2030-01-08T10:00:00"),
    "schedule.appointment": own("appointment", "appointment"),
    "schedule.appointment_composer": own("appointment", "series", at="2030-01-08T10:00:00"),
    "schedule.calendar": _(kind="doctor"),
    "schedule.cancel_appointment": own("appointment_id", "series", at="2030-01-08T10:00:00"),
    "schedule.change_appointment": own(
        "appointment_id",
        "series",
        at="2030-01-08T10:00:00",
        scope="following",
        version=1,
        title="Dr Berg",
        starts_on="2030-01-09",
        starts="10:00",
        zone="Europe/Berlin",
        repeats="weekly",
        days=["WE"],
        times=40,
    ),
    "schedule.choose_reminders": own("appointment_id", "series", before=["60"]),
    "schedule.delete_appointment": own("appointment_id", "appointment"),
    "schedule.month": _(begins="2030-01-05"),
    "schedule.restore_appointment": own("appointment_id", "gone_appointment"),
    "schedule.taken_away": _(),
    "schedule.week": _(begins="2030-01-05"),
    "sharing.count_opening": lambda scene, place, name: {"link": scene.link_secret(place)},
    "sharing.links": _(),
    "sharing.revoke_link": own("link_id", "link"),
    "sharing.share": own("update", "update"),
    "sharing.share_by_link": own("update_id", "update", days=7, previews_photo=False),
    "sharing.shared": lambda scene, place, name: {"link": scene.link_secret(place)},
    "sites.approve_request": lambda scene, place, name: {"request_id": place.request, "role": "friend"},
    "sites.ask_to_join": lambda scene, place, name: {"address": scene.asked},
    "sites.change_role": someone(role="family"),
    "sites.decline_request": lambda scene, place, name: {"request_id": place.request},
    "sites.delete_site": _(name="Looking after Rose"),
    "sites.door": lambda scene, place, name: {"address": scene.asked},
    "sites.edit_membership": lambda scene, place, name: {
        "relation": "Neighbour",
        "photo_media_id": place.by("media", name),
    },
    "sites.edit_profile": lambda scene, place, name: {
        "food": "No fish",
        "born_on": "1946-02-03",
        "photo_media_id": place.by("media", name),
    },
    "sites.edit_site": lambda scene, place, name: {
        "name": "For Rose",
        "colour": "plum",
        "cover_media_id": place.by("media", name),
    },
    "sites.hand_over": someone(my_role="family"),
    "sites.home": _(),
    "sites.invitation": lambda scene, place, name: {"invitation": scene.invitation_secret(place)},
    "sites.invitation_card": lambda scene, place, name: {"invitation": place.invitation},
    "sites.invite": _(role="friend", name="Pat", email="pat@example.org"),
    "sites.join": lambda scene, place, name: {"invitation": scene.invitation_secret(place)},
    "sites.leave": _(),
    "sites.mark_seen": _(),
    "sites.me": _(),
    "sites.member": lambda scene, place, name: {"member": place.by("member", name)},
    "sites.more": _(),
    "sites.my_sites": _(),
    "sites.people": _(),
    "sites.profile": _(),
    "sites.remove_member": someone(),
    "sites.resend_invitation": lambda scene, place, name: {"invitation_id": place.invitation},
    "sites.restore_site": lambda scene, place, name: {"site_id": scene.gone_id},
    "sites.revoke_invitation": lambda scene, place, name: {"invitation_id": place.invitation},
    "sites.roles": _(),
    "sites.set_contact": someone(),
    "sites.set_member_right": someone(section="journal", right="write"),
    "sites.set_privacy": _(privacy="ask"),
    "sites.set_role_right": _(role="friend", section="journal", right="write"),
    "sites.set_stand_in": someone(),
    "sites.site_settings": _(),
    "sites.start_site": _(person_name="Ann", called="Ann"),
    "sites.starting": lambda scene, place, name: {"site": place.address, "invitation": place.invitation},
    "sites.suggest_address": _(person_name="Ann"),
    "sos.add_alert_note": another("alert_id", "alert", words="She was found in the garden."),
    "sos.alert": own("alert", "alert"),
    "sos.answer_alert": another("alert_id", "alert", answer="on_my_way", minutes=10),
    "sos.ladder": _(),
    "sos.mark_alert_seen": another("alert_id", "alert"),
    "sos.raise_alert": _(kind="fall", words="In the garden", latitude=59.3, longitude=18.1, is_drill=False),
    "sos.reset_ladder": _(),
    "sos.say_more": own("alert_id", "alert", kind="other", words="At the gate", latitude=59.3, longitude=18.1),
    "sos.set_ladder": lambda scene, place, name: {
        "steps": [
            {"whom": "circle", "channels": ["push"]},
            {"after_seconds": 60, "whom": "named", "channels": ["sms"], "member_ids": [place.by("member", "lee")]},
        ]
    },
    "sos.sos": _(),
    "sos.stand_down": own("alert_id", "alert"),
    "shifts.cancel_shift": own("shift_id", "shift"),
    "shifts.change_shift": own("shift_id", "shift", version=1, on=SOON, starts="20:00", ends="08:00"),
    "shifts.confirm_handover": another("handover_id", "handover"),
    "shifts.edit_handover": own("handover_id", "handover", version=1, words="She slept well."),
    "shifts.hand_over_form": own("shift", "shift"),
    "shifts.handovers": _(),
    "shifts.on_duty": _(),
    "shifts.plan_shifts": _(
        times=[{"on": SOON, "starts": "20:00", "ends": "08:00"}],
        repeat={"every": "week", "days": ["TU"], "until": LATER},
        zone="UTC",
    ),
    "shifts.planning": own("shift", "shift"),
    "shifts.release_shift": own("shift_id", "shift", note="I am ill."),
    "shifts.take_shift": own("shift_id", "shift"),
    "shifts.write_handover": own("shift_id", "shift", medicines="Ramipril at eight", mood="steady"),
    "today.today": _(),
    "words.words_to_say": _(),
}

# Where a client may choose the id of what it makes, and a row of another site whose id it could try.
CHOSEN_IDS: dict[str, tuple[str, str]] = {
    "book.make_book": ("id", "book"),
    "duties.add_responsibility": ("id", "responsibility"),
    "duties.start_kick_off": ("id", "kick_off"),
    "helping.accept_offer": ("id", "help"),
    "helping.ask_for_help": ("id", "help"),
    "helping.offer_help": ("id", "offer"),
    "journal.comment": ("id", "comment"),
    "journal.post_update": ("id", "update"),
    "journal.post_visit_outcome": ("id", "update"),
    "messages.post_message": ("id", "message"),
    "messages.reply_to_message": ("id", "message"),
    "schedule.add_appointment": ("id", "appointment"),
    "shifts.write_handover": ("id", "handover"),
    "sites.invite": ("invitation_id", "invitation"),
    "sites.start_site": ("site_id", "site"),
    "sos.raise_alert": ("alert_id", "alert"),
}
