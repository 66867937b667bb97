"""Getting in and out, and keeping others out: passwords, codes, sessions."""

import email
import re
import time
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from passlib.hash import argon2
from sqlmodel import col, select

from careapp import clock, db, jobs
from careapp.access import Credentials
from careapp.accounts.account_page import account_page
from careapp.accounts.codes import USUAL, account_of
from careapp.accounts.passwords import hashed, matches
from careapp.api.auth import own_path
from careapp.api.devices import device_of
from careapp.api.ways_in import PAIR, PLACE
from careapp.limits import tally
from careapp.models import Account, AuditEntry, EmailCode, Job, Member, OpAnswer, Privacy, RateCount, SignIn, Site
from careapp.operation import QUERIES
from careapp.perform import read
from careapp.settings import settings
from careapp.ui.el import Painting, painting
from tests.cast import START, Cast
from tests.client import Browser

pytestmark = pytest.mark.usefixtures("stored_site")

RAVENS = "four loud ravens"
OTTERS = "three quiet otters"
NEW = {"email": "Nora@Example.org", "name": "Nora Falk", "password": RAVENS}


def give_password(name: str, password: str = RAVENS, *, is_confirmed: bool = True) -> None:
    with db.unit_of_work() as session:
        account = account_of(session, f"{name}@example.org")
        assert account
        account.password_hash = hashed(password)
        account.email_confirmed_at = START if is_confirmed else None


def account(name: str) -> Account:
    with db.reading() as session:
        found = account_of(session, f"{name}@example.org")
    assert found
    return found


def is_in(browser: Browser) -> bool:
    return browser.write("journal.set_status", {"words": "At home"}).status_code == 200


def is_known(browser: Browser) -> bool:
    """Signed in, wherever they belong."""
    return browser.write("accounts.end_other_sign_ins", {}, None).status_code == 200


def mails() -> list[EmailMessage]:
    """What has been written, oldest first."""
    while jobs.run_next():
        pass
    files = sorted(settings().mail_folder.glob("*.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


def code_in(mail: EmailMessage) -> str:
    found = re.search(r"\b\d{6,12}\b", str(mail["Subject"]))
    assert found
    return found[0]


# Registering


@pytest.mark.both_databases
def test_someone_registers_and_is_signed_in() -> None:
    browser = Browser()

    answer = browser.submit("register", **NEW, time_zone="Europe/Stockholm")

    assert (answer.status_code, answer.json()) == (200, {"next": "/start"})
    assert is_known(browser)
    nora = account("nora")
    assert (nora.name, nora.language, nora.time_zone) == ("Nora Falk", "en", "Europe/Stockholm")
    assert mails() == []


@pytest.mark.parametrize("written", ["Europe/Madrid", "Europe%2FMadrid", '"Europe/Madrid"'])
def test_who_registers_lives_by_the_clock_of_their_device(written: str) -> None:
    browser = Browser()
    browser.cookies["tz"] = written

    browser.submit("register", **NEW)

    assert account("nora").time_zone == "Europe/Madrid"


def test_a_device_hears_by_which_clock_its_account_lives() -> None:
    command = {"name": "Tom Lind", "language": "en", "time_zone": "America/Lima"}
    Browser("tom").write("accounts.update_account", command, None)

    assert Browser("tom").write("sites.mark_seen", {}).json()["answer"]["time_zone"] == "America/Lima"


@pytest.mark.parametrize(("before", "after"), [("", "Europe/Madrid"), ("America/Lima", "America/Lima")])
def test_an_account_without_a_clock_takes_the_one_of_the_device_that_signs_in(before: str, after: str) -> None:
    give_password("tom")
    with db.unit_of_work() as session:
        session.scalars(select(Account).where(col(Account.email) == "tom@example.org")).one().time_zone = before
    browser = Browser()
    browser.cookies["tz"] = "Europe/Madrid"

    answer = browser.submit("sign-in", email="tom@example.org", password=RAVENS)

    assert account("tom").time_zone == after
    assert f'tz="{after}"' in answer.headers["set-cookie"]


def test_the_account_page_offers_the_clock_one_lives_by() -> None:
    Browser("tom").write(
        "accounts.update_account", {"name": "Tom", "language": "es", "time_zone": "America/Lima"}, None
    )

    with painting(Painting("en", "UTC", "")):
        page = str(account_page(read(QUERIES["accounts.account"], Credentials("token-of-tom"), "", {})))

    assert '<option value="America/Lima"' in page
    assert "Lima" in re.sub("<.*?>", "", page)


@pytest.mark.parametrize("name", ["\u200b", "\u3164 \u2800", "\u200d\ufe0f"])
def test_a_name_that_nobody_can_see_is_none(name: str) -> None:
    answer = Browser().submit("register", **NEW | {"name": name})

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["name"]
    assert Browser("tom").write("sites.edit_membership", {"name": name}).status_code == 422
    assert Browser("maya").write("sites.edit_profile", {"name": name}).status_code == 422


def test_the_session_cookie_is_for_the_server_alone() -> None:
    answer = Browser().submit("register", **NEW)

    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("careapp="))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "token" not in answer.text


def test_over_https_the_cookie_is_bound_to_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREAPP_URL", "https://care.example.org")
    settings.cache_clear()
    browser = Browser()

    answer = browser.post("/auth/register", data=NEW, headers={"Origin": "https://care.example.org"})

    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("__Host-careapp="))
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_the_session_is_stored_only_as_a_hash() -> None:
    browser = Browser()
    browser.submit("register", **NEW)
    token = browser.cookies["careapp"]

    with db.reading() as session:
        rows = [
            *session.scalars(select(SignIn)),
            *session.scalars(select(OpAnswer)),
            *session.scalars(select(AuditEntry)),
        ]
    assert len(token) >= 43
    assert token not in repr(rows)


def test_passwords_are_kept_as_argon2id() -> None:
    Browser().submit("register", **NEW)

    assert str(account("nora").password_hash).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("password", ["", "short", "123456789", "1234567890", "Password123", "qwertyuiop", "x" * 201])
def test_weak_passwords_are_refused_beside_the_field(password: str) -> None:
    answer = Browser().submit("register", **NEW | {"password": password})

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["password"]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nora",
        "nora@",
        "@example.org",
        "a b@example.org",
        "nora@example",
        "n@e.org\nBcc: x@y.org",
        "x" * 250 + "@a.org",
    ],
)
def test_what_is_no_address_is_refused_beside_the_field(written: str) -> None:
    assert list(Browser().submit("register", **NEW | {"email": written}).json()["fields"]) == ["email"]


def test_registering_twice_signs_in() -> None:
    Browser().submit("register", **NEW)
    again = Browser()

    assert again.submit("register", **NEW).status_code == 200
    assert is_known(again)
    with db.reading() as session:
        assert len(session.scalars(select(Account).where(col(Account.email) == "nora@example.org")).all()) == 1


def test_registering_with_a_known_address_and_another_password_says_what_a_wrong_sign_in_says() -> None:
    give_password("tom")
    known = Browser().submit("register", email="tom@example.org", name="Not Tom", password=OTTERS)
    wrong = Browser().submit("sign-in", email="tom@example.org", password=OTTERS)

    assert known.status_code == 422
    assert known.content == wrong.content
    assert account("tom").name == "Tom Lind"


def test_where_one_wanted_to_go_is_carried_along() -> None:
    assert Browser().submit("register", **NEW, next="/join?code=abc").json() == {"next": "/join?code=abc"}


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\nb",
        "/a\\b",
        "/\t/evil.example",
        "/ /x",
    ],
)
def test_nobody_is_sent_to_another_website(wanted: str) -> None:
    give_password("tom")
    answer = Browser().submit("sign-in", email="tom@example.org", password=RAVENS, next=wanted)

    assert answer.json() == {"next": "/today"}
    assert own_path(wanted) == ""


def test_a_plain_form_is_answered_by_the_next_page() -> None:
    give_password("tom")
    browser = Browser()
    browser.headers["Accept"] = "text/html"

    wrong = browser.submit("sign-in", email="tom@example.org", password="wrong password", next="/journal?site=rose")
    right = browser.submit("sign-in", email="tom@example.org", password=RAVENS, next="/journal?site=rose")

    assert (wrong.status_code, wrong.headers["location"]) == (
        303,
        "/sign-in?refused=invalid&next=%2Fjournal%3Fsite%3Drose",
    )
    assert (right.status_code, right.headers["location"]) == (303, "/journal?site=rose")


# Signing in by password


@pytest.mark.parametrize("password", ["\ufdfa" * 40, "пароль из слов", "a" * 200, "e\u0301te\u0301 comme hiver"])
def test_any_script_makes_a_password(password: str) -> None:
    assert Browser().submit("register", **NEW | {"password": password}).status_code == 200
    assert Browser().submit("sign-in", email="nora@example.org", password=password).status_code == 200


def test_a_password_is_the_same_from_another_keyboard() -> None:
    Browser().submit("register", **NEW | {"password": "e\u0301te\u0301 comme hiver"})

    assert Browser().submit("sign-in", email="nora@example.org", password="été comme hiver").status_code == 200


def test_a_member_signs_in_whatever_the_case_of_the_address() -> None:
    give_password("tom")
    browser = Browser()

    assert browser.submit("sign-in", email=" TOM@example.org ", password=RAVENS).json() == {"next": "/today"}
    assert is_in(browser)
    assert browser.cookies["lang"] == "en"


def test_every_sign_in_gets_a_token_of_its_own() -> None:
    """A token that was there before, perhaps planted, is never taken over."""
    give_password("tom")
    browser = Browser()
    browser.cookies.set("careapp", "planted")
    browser.submit("sign-in", email="tom@example.org", password=RAVENS)

    assert [value for value in browser.cookies.jar if value.name == "careapp" and value.value != "planted"]


@pytest.mark.parametrize("address", ["tom@example.org", "nobody@example.org", "ida@example.org", "no address", ""])
def test_a_refused_sign_in_does_not_tell_whether_the_address_is_known(address: str) -> None:
    give_password("tom")
    refused = Browser().submit("sign-in", email=address, password="wrong password")
    reference = Browser().submit("sign-in", email="tom@example.org", password="wrong password")

    assert refused.status_code == 422
    assert refused.content == reference.content


def test_an_unknown_address_takes_as_long_as_a_known_one() -> None:
    give_password("tom")
    browser = Browser()

    def fastest(address: str) -> float:
        taken = []
        for _ in range(5):
            begin = time.perf_counter()
            browser.submit("sign-in", email=address, password="wrong password")
            taken.append(time.perf_counter() - begin)
        return min(taken)

    fastest("warm@example.org")
    known, unknown = fastest("tom@example.org"), fastest("nobody@example.org")
    assert 0.5 < known / unknown < 2


def test_an_older_hash_is_renewed_at_sign_in() -> None:
    with db.unit_of_work() as session:
        tom = account_of(session, "tom@example.org")
        assert tom
        tom.password_hash = old = argon2.using(type="ID", memory_cost=1024, time_cost=1, parallelism=1).hash(RAVENS)

    assert Browser().submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 200
    renewed = account("tom").password_hash
    assert renewed != old
    assert matches(RAVENS, renewed)


@pytest.mark.usefixtures("one_moment")
@pytest.mark.both_databases
def test_guessing_is_held_back_without_locking_the_owner_out() -> None:
    give_password("tom")
    guesser, owner = Browser(address="203.0.113.7"), Browser(address="198.51.100.1")

    guesses = [guesser.submit("sign-in", email="tom@example.org", password=f"guess {n}") for n in range(PAIR.most + 1)]

    assert [guess.status_code for guess in guesses] == [422] * PAIR.most + [429]
    assert int(guesses[-1].headers["retry-after"]) <= 900
    assert guesser.submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 429
    assert owner.submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 200
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        assert guesser.submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 200


@pytest.mark.usefixtures("one_moment")
def test_one_place_cannot_try_many_addresses() -> None:
    guesser = Browser(address="203.0.113.7")
    with db.unit_of_work() as session:
        for _ in range(PLACE.most):
            tally(session, PLACE, "203.0.113.7")

    assert guesser.submit("sign-in", email="new@example.org", password="guess guess").status_code == 429


def test_signing_in_rightly_uses_nothing_up() -> None:
    give_password("tom")
    for _ in range(PAIR.most + 2):
        assert (
            Browser(address="203.0.113.7").submit("sign-in", email="tom@example.org", password=RAVENS).status_code
            == 200
        )


def test_limits_keep_no_address_in_the_clear() -> None:
    Browser(address="203.0.113.7").submit("sign-in", email="tom@example.org", password="wrong password")

    with db.reading() as session:
        counts = repr(session.scalars(select(RateCount)).all())
    assert "count" in counts
    assert "tom@" not in counts
    assert "203.0.113.7" not in counts


# Signing in by code


def ask(name: str, way: str = "ask-code", browser: Browser | None = None) -> tuple[Browser, str]:
    """A browser that asked for a code, and the code that came."""
    browser = browser or Browser()
    assert browser.submit(way, email=f"{name}@example.org").status_code == 200
    return browser, code_in(mails()[-1])


def by_code(browser: Browser, name: str, code: str) -> Any:
    return browser.submit("sign-in-code", email=f"{name}@example.org", code=code)


@pytest.mark.both_databases
def test_a_code_signs_in_once() -> None:
    browser, code = ask("tom")
    request = browser.cookies["careapp-code"]

    assert len(code) == 6
    assert by_code(browser, "tom", code).json() == {"next": "/today"}
    assert is_in(browser)
    browser.cookies.set("careapp-code", request)
    assert by_code(browser, "tom", code).status_code == 422


def test_asking_for_a_code_leads_to_the_page_to_type_it_and_on() -> None:
    answer = Browser().submit("ask-code", email="tom@example.org", next="/join?code=a&b=c")

    assert answer.json() == {"next": "/code-sent?next=%2Fjoin%3Fcode%3Da%26b%3Dc&mail=none"}


def test_with_a_mail_server_nothing_is_said_of_having_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "smtp_url", "smtp://mail.example.org:587")

    assert Browser().submit("forgot", email="tom@example.org").json() == {"next": "/new-password"}


def test_a_code_may_be_typed_with_spaces() -> None:
    browser, code = ask("tom")

    assert by_code(browser, "tom", f" {code[:3]} {code[3:]} ").status_code == 200


def test_a_code_ends_after_ten_minutes() -> None:
    browser, code = ask("tom")

    with clock.freeze(clock.now() + timedelta(minutes=10, seconds=1)):
        assert by_code(browser, "tom", code).status_code == 422


def test_after_five_wrong_tries_the_right_code_is_refused() -> None:
    browser, code = ask("tom")
    wrong = "000000" if code != "000000" else "111111"

    assert [by_code(browser, "tom", wrong).status_code for _ in range(5)] == [422] * 5
    assert by_code(browser, "tom", code).status_code == 422


def test_four_wrong_tries_leave_one() -> None:
    browser, code = ask("tom")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        by_code(browser, "tom", wrong)

    assert by_code(browser, "tom", code).status_code == 200


def test_a_code_works_only_where_it_was_asked_for() -> None:
    """So nobody else can guess at it, or use up its tries."""
    browser, code = ask("tom")
    stranger = Browser()

    for _ in range(6):
        assert by_code(stranger, "tom", code).status_code == 422
    assert by_code(browser, "tom", code).status_code == 200


def test_a_code_is_for_one_address_and_one_purpose() -> None:
    browser, code = ask("tom")

    assert by_code(browser, "ida", code).status_code == 422
    reset = browser.submit("reset", email="tom@example.org", code=code, password=OTTERS)
    assert reset.status_code == 422


def test_asking_for_a_code_does_not_tell_whether_the_address_is_known() -> None:
    for way in ("ask-code", "forgot"):
        known, unknown = (Browser().submit(way, email=f"{name}@example.org") for name in ("tom", "nobody"))
        assert known.status_code == unknown.status_code == 200
        assert known.content == unknown.content
        assert _shape(known) == _shape(unknown)


def test_nobody_is_written_to_who_has_no_account() -> None:
    Browser().submit("ask-code", email="nobody@example.org")

    assert mails() == []


def test_a_wrong_code_says_the_same_for_known_and_unknown_addresses() -> None:
    known, unknown = Browser(), Browser()
    known.submit("ask-code", email="tom@example.org")
    unknown.submit("ask-code", email="nobody@example.org")

    assert by_code(known, "tom", "12").content == by_code(unknown, "nobody", "12").content
    assert by_code(Browser(), "tom", "12").content == by_code(known, "tom", "12").content


def test_codes_are_not_stored() -> None:
    _, code = ask("tom")

    with db.reading() as session:
        rows = repr(
            [*session.scalars(select(EmailCode)), *session.scalars(select(Job)), *session.scalars(select(AuditEntry))]
        )
    assert code not in rows


def test_codes_grow_when_someone_keeps_asking() -> None:
    with db.unit_of_work() as session:
        for _ in range(USUAL.most):
            tally(session, USUAL, "tom@example.org")

    browser, code = ask("tom")

    assert len(code) == 12
    assert by_code(browser, "tom", code).status_code == 200


@pytest.mark.usefixtures("one_moment")
def test_asking_for_codes_is_held_back() -> None:
    browser = Browser(address="203.0.113.7")
    asked = [browser.submit("ask-code", email="tom@example.org").status_code for _ in range(6)]

    assert asked == [200] * 5 + [429]
    assert Browser(address="198.51.100.1").submit("ask-code", email="tom@example.org").status_code == 200


def test_the_first_code_ends_what_someone_else_may_have_set_up() -> None:
    """Whoever registers another's address does not keep a way in once its owner comes."""
    give_password("tom", is_confirmed=False)
    squatter = Browser()
    squatter.submit("sign-in", email="tom@example.org", password=RAVENS)
    assert is_in(squatter)

    owner, code = ask("tom")
    by_code(owner, "tom", code)

    assert is_in(owner)
    assert not is_in(squatter)
    assert Browser().submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 422
    assert "choose your password again" in str(mails()[-1]["Subject"])


def test_a_later_code_leaves_password_and_other_devices_alone() -> None:
    give_password("tom")
    phone = Browser("tom")

    by_code(*_with("tom"))

    assert is_in(phone)
    assert Browser().submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 200


def test_a_code_is_written_in_the_language_of_the_account() -> None:
    with db.unit_of_work() as session:
        tom = account_of(session, "tom@example.org")
        assert tom
        tom.language = "es"

    Browser().submit("ask-code", email="tom@example.org")

    html = mails()[-1].get_body(("html",))
    assert html
    assert 'lang="es"' in html.get_content()


# A forgotten password


def test_a_forgotten_password_is_replaced_by_code() -> None:
    give_password("tom")
    phone, other = Browser("tom"), Browser("ida")
    browser, code = ask("tom", "forgot")

    answer = browser.submit("reset", email="tom@example.org", code=code, password=OTTERS)

    assert answer.json() == {"next": "/today"}
    assert is_in(browser)
    assert not is_in(phone)
    assert is_known(other)
    assert Browser().submit("sign-in", email="tom@example.org", password=RAVENS).status_code == 422
    assert Browser().submit("sign-in", email="tom@example.org", password=OTTERS).status_code == 200
    assert "was changed" in str(mails()[-1]["Subject"])


def test_a_new_password_must_be_good_enough_and_the_code_is_kept_for_it() -> None:
    browser, code = ask("tom", "forgot")

    weak = browser.submit("reset", email="tom@example.org", code=code, password="1234567890")
    good = browser.submit("reset", email="tom@example.org", code=code, password=OTTERS)

    assert (weak.status_code, list(weak.json()["fields"])) == (422, ["password"])
    assert good.status_code == 200


# Sessions


def test_signing_out_ends_the_session_and_takes_its_cookies() -> None:
    give_password("tom")
    browser = Browser()
    browser.submit("sign-in", email="tom@example.org", password=RAVENS)
    token = browser.cookies["careapp"]

    answer = browser.submit("sign-out")

    assert answer.json() == {"next": "/"}
    assert not {"careapp", "who"} & set(browser.cookies)
    assert answer.headers["clear-site-data"] == '"cache"'
    browser.cookies.set("careapp", token)
    assert not is_in(browser)


def test_signing_out_twice_is_no_fault() -> None:
    assert Browser().submit("sign-out").status_code == 200


def test_one_ends_a_session_of_ones_own_and_no_one_elses() -> None:
    give_password("tom")
    phone, laptop = Browser("tom"), Browser()
    laptop.submit("sign-in", email="tom@example.org", password=RAVENS)
    toms, idas = _sign_in_ids("tom"), _sign_in_ids("ida")

    assert laptop.write("accounts.end_sign_in", {"sign_in_id": idas[0]}, None).status_code == 404
    assert laptop.write("accounts.end_sign_in", {"sign_in_id": toms[0]}, None).status_code == 200

    assert not is_in(phone)
    assert is_in(laptop)


def test_one_ends_all_other_sessions() -> None:
    give_password("tom")
    phone, laptop = Browser("tom"), Browser()
    laptop.submit("sign-in", email="tom@example.org", password=RAVENS)

    laptop.write("accounts.end_other_sign_ins", {}, None)

    assert not is_in(phone)
    assert is_in(laptop)


def test_a_session_ends_after_ninety_days_without_use_and_not_before() -> None:
    give_password("tom")
    browser = Browser()
    browser.submit("sign-in", email="tom@example.org", password=RAVENS)

    with clock.freeze(clock.now() + timedelta(days=89)):
        assert is_in(browser)
    with clock.freeze(clock.now() + timedelta(days=91)):
        assert not is_in(browser)


@pytest.mark.parametrize("foreign", ['prefs={"a":1}', "valueless", "=b", "path=/", 'a="b', "é=é"])
def test_what_another_program_left_on_this_host_shuts_nobody_out(foreign: str) -> None:
    browser = Browser()
    header = f"{foreign}; careapp=token-of-tom; lang=es".encode()

    answer = browser.write("journal.set_status", {"words": "At home"}, headers={"Cookie": header})

    assert answer.status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "é", '"\\000"', '"\\351"', "a" * 5000, "a; careapp=b", "token-of-tom\x7f"])
def test_a_strange_cookie_is_nobody(cookie: str) -> None:
    """Even on a site that some may visit by their cookie alone."""
    with db.unit_of_work() as session:
        session.scalars(select(Site)).one().privacy = Privacy.LINK
    browser = Browser()
    header = f"careapp={cookie}; careapp-visit={cookie}; careapp-code={cookie}".encode()

    assert browser.write("accounts.end_other_sign_ins", {}, None, headers={"Cookie": header}).status_code == 401
    assert browser.write("journal.set_status", {}, headers={"Cookie": header}).status_code == 401
    answer = browser.post(
        "/auth/sign-in-code", data={"email": "tom@example.org", "code": "1"}, headers={"Cookie": header}
    )
    assert answer.status_code == 422


# The account


def test_a_password_is_changed_by_who_knows_it() -> None:
    give_password("tom")
    phone, laptop = Browser("tom"), Browser()
    laptop.submit("sign-in", email="tom@example.org", password=RAVENS)

    wrong = laptop.write("accounts.change_password", {"current": "not it at all", "password": OTTERS}, None)
    right = laptop.write("accounts.change_password", {"current": RAVENS, "password": OTTERS}, None)

    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["current"])
    assert right.status_code == 200
    assert is_in(laptop)
    assert not is_in(phone)
    assert Browser().submit("sign-in", email="tom@example.org", password=OTTERS).status_code == 200


def test_a_change_of_password_sent_twice_is_one() -> None:
    give_password("tom")
    tom, command = Browser("tom"), {"current": RAVENS, "password": OTTERS}
    op_id = "01900000-0000-7000-8000-000000000001"

    assert tom.write("accounts.change_password", command, None, op_id).status_code == 200
    assert tom.write("accounts.change_password", command, None, op_id).status_code == 200


def test_who_came_by_code_chooses_a_first_password() -> None:
    assert Browser("tom").write("accounts.change_password", {"password": OTTERS}, None).status_code == 200
    assert Browser().submit("sign-in", email="tom@example.org", password=OTTERS).status_code == 200


def test_a_new_name_shows_on_sites_that_knew_the_old_one() -> None:
    command = {"name": "Tom Berg", "language": "es", "time_zone": "America/Lima", "phone": "+46 70 123 45 67"}

    assert Browser("tom").write("accounts.update_account", command, None).status_code == 200

    tom = account("tom")
    assert (tom.name, tom.language, tom.time_zone) == ("Tom Berg", "es", "America/Lima")
    with db.reading() as session:
        names = set(session.scalars(select(col(Member.name))))
    assert "Tom Berg" in names
    assert "Maya Lind" in names


def test_a_name_chosen_for_one_site_stays() -> None:
    with db.unit_of_work() as session:
        member = session.scalars(select(Member).where(col(Member.name) == "Tom Lind")).one()
        member.name = "Uncle Tom"

    Browser("tom").write("accounts.update_account", {"name": "Tom Berg", "language": "en"}, None)

    with db.reading() as session:
        assert "Uncle Tom" in set(session.scalars(select(col(Member.name))))


def test_an_address_is_changed_by_a_code_sent_to_the_new_one() -> None:
    give_password("tom")
    tom = Browser("tom")
    asked = tom.write("accounts.ask_new_address", {"email": "tom@new.example.org", "password": RAVENS}, None)
    request, code = asked.json()["answer"]["request"], code_in(mails()[-1])
    command = {"request": request, "email": "tom@new.example.org", "code": code}

    assert mails()[-1]["To"] == "tom@new.example.org"
    assert Browser("ida").write("accounts.change_address", command, None).status_code == 422
    assert tom.write("accounts.change_address", command, None).status_code == 200

    assert mails()[-1]["To"] == "tom@example.org"
    assert Browser().submit("sign-in", email="tom@new.example.org", password=RAVENS).status_code == 200


def test_an_address_of_someone_else_cannot_be_taken() -> None:
    give_password("tom")
    tom = Browser("tom")
    asked = tom.write("accounts.ask_new_address", {"email": "ida@example.org", "password": RAVENS}, None)
    command = {"request": asked.json()["answer"]["request"], "email": "ida@example.org", "code": code_in(mails()[-1])}

    assert tom.write("accounts.change_address", command, None).status_code == 409


def test_the_account_page_shows_ones_own_sessions_this_one_first(stored_site: Cast) -> None:
    give_password("tom")
    Browser().submit("sign-in", email="tom@example.org", password=RAVENS)

    view = read(QUERIES["accounts.account"], stored_site.credentials("tom"), "", {})

    assert [card.is_this for card in view.sign_ins] == [True, False]
    assert view.sign_ins[0].device == "Phone"
    assert (view.email, view.has_password, view.has_other_sign_ins) == ("tom@example.org", True, True)


def test_pages_ask_who_looks(stored_site: Cast) -> None:
    viewer = QUERIES["accounts.viewer"]

    assert read(viewer, stored_site.credentials("tom"), "", {}).name == "Tom Lind"
    assert not read(viewer, stored_site.credentials(""), "", {}).is_signed_in


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge, Windows",
        ),
        ("curl/8.0", ""),
    ],
)
def test_devices_are_named_as_people_call_them(agent: str, device: str) -> None:
    assert device_of(agent) == device


def _with(name: str) -> tuple[Browser, str, str]:
    browser, code = ask(name)
    return browser, name, code


def _sign_in_ids(name: str) -> list[str]:
    with db.reading() as session:
        mine = select(col(SignIn.id)).where(col(SignIn.account_id) == account(name).id)
        return list(session.scalars(mine.order_by(col(SignIn.id))))


def _shape(answer: Any) -> list[tuple[str, str]]:
    """The headers, with the parts of cookies that differ each time left out."""
    return [(name, re.sub(r"[0-9a-f-]{36}|expires=[^;]+", "", value)) for name, value in answer.headers.multi_items()]
