"""A photo in place: made ready in the background, shown to who may look, and gone with its files."""

import io
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PIL import Image
from sqlmodel import col, select

from careapp import clock, db, jobs
from careapp.adapters import images
from careapp.adapters.storage import storage
from careapp.api.headers import page_policy
from careapp.errors import Invalid
from careapp.ids import new_id
from careapp.jobs import enqueue
from careapp.journal.attached import ChosenPhoto
from careapp.journal.commands import OneUpdate
from careapp.journal.updates import delete_update
from careapp.media import check, files, places, videos
from careapp.media.check import find_orphans
from careapp.media.jobs import make_variants
from careapp.media.operations import drop_media
from careapp.media.refusals import REFUSALS
from careapp.messages.commands import OneMessage, PostMessage
from careapp.messages.operations import delete_message, post_message
from careapp.models import Audience, Job, Media, Member, PersonProfile, Site, Update, UpdateMedia, UpdateReader
from careapp.models.media import MediaKind, MediaState
from careapp.schedule.appointments import add_appointment
from careapp.schedule.commands import AddAppointment
from careapp.settings import settings
from careapp.sites.fields import own_photo
from tests import fake_s3
from tests.cast import Cast
from tests.phone import Phone, a_photo, do_jobs
from tests.test_images import SAMPLES, SPOILED, exif, four_corners, saved, tells_nothing

pytestmark = pytest.mark.usefixtures("stored_site")
LETTER = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
EVERYONE = ("maya", "tom", "ida", "cole", "rose")


def ready_photo(name: str = "tom", content: bytes = b"") -> str:
    media_id = Phone(name).send(content or a_photo())
    do_jobs()
    return media_id


def media_of(media_id: str) -> Media:
    with db.reading() as session:
        return session.get_one(Media, media_id)


def post(name: str, media_id: str, audience: Audience = Audience.EVERYONE, readers: tuple[str, ...] = ()) -> str:
    """An update with the photo, as rows; a draft when no audience is given."""
    with db.unit_of_work() as session:
        cast = Cast(session)
        author = cast.actor(name)
        update = Update(site_id=author.site_id, author_id=author.member_id, audience=audience, published_at=clock.now())
        session.add(update)
        session.flush()
        session.add(UpdateMedia(update_id=update.id, media_id=media_id, position=0))
        for reader in readers:
            session.add(UpdateReader(update_id=update.id, member_id=cast.actor(reader).member_id))
        return update.id


def who_sees(media_id: str, variant: str = "320") -> set[str]:
    return {name for name in EVERYONE if Phone(name).get(media_id, variant).status_code == 200}


def sweep_after(past: timedelta) -> None:
    with clock.freeze(clock.now() + past):
        with db.unit_of_work() as session:
            enqueue(session, "media.sweep", {})
        do_jobs()


@pytest.mark.both_databases
def test_a_photo_is_made_ready_and_open_pages_look_again() -> None:
    media_id = Phone("tom").send(saved(four_corners(1200, 900), exif=exif(6)))
    assert media_of(media_id).state == MediaState.WAITING
    with db.reading() as session:
        before = session.exec(select(Site.change_counter)).one()

    do_jobs()

    media = media_of(media_id)
    assert (media.state, media.width, media.height) == (MediaState.READY, 900, 1200)
    assert media.blur.startswith("data:image/webp;base64,")
    with db.reading() as session:
        assert session.exec(select(Site.change_counter)).one() > before
    answer = Phone("tom").get(media_id, "960")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).size == (720, 960)
    assert find_orphans() == []


def test_what_a_site_holds_counts_what_is_stored() -> None:
    media_id = ready_photo()
    media = media_of(media_id)
    keys = list(storage().keys(places.folder(media.site_id, media_id)))

    assert len(keys) == 4
    assert media.stored_bytes == sum(storage().size(key) for key in keys)


def test_an_unattached_photo_is_seen_by_its_uploader_alone() -> None:
    assert who_sees(ready_photo("tom")) == {"tom"}


@pytest.mark.both_databases
def test_a_photo_is_seen_by_who_may_see_its_update() -> None:
    media_id = ready_photo("maya")
    update_id = post("maya", media_id, Audience.FAMILY)
    assert who_sees(media_id) == {"maya", "tom", "rose"}

    with db.unit_of_work() as session:
        session.get_one(Update, update_id).deleted_at = clock.now()
    assert who_sees(media_id) == {"maya"}


def test_a_photo_for_named_people_is_seen_by_them() -> None:
    media_id = ready_photo("maya")
    post("maya", media_id, Audience.NAMED, ("ida",))

    assert who_sees(media_id) == {"maya", "ida"}


def test_cover_and_portraits_are_seen_by_members() -> None:
    cover, person, portrait = (ready_photo("maya", a_photo(seed=seed)) for seed in (1, 2, 3))
    with db.unit_of_work() as session:
        session.exec(select(Site)).one().cover_media_id = cover
        session.exec(select(PersonProfile)).one().photo_media_id = person
        session.get_one(Member, Cast(session).tom.member_id).photo_media_id = portrait

    for media_id in (cover, person, portrait):
        assert who_sees(media_id) == set(EVERYONE)
        assert Phone("sam").get(media_id).status_code == 404
        assert Phone("").get(media_id).status_code == 401


def test_strangers_are_told_the_same_as_of_a_photo_that_is_not_there() -> None:
    media_id = ready_photo()
    post("tom", media_id)

    for phone in (Phone("sam"), Phone("")):
        there, not_there = phone.get(media_id), phone.get(new_id())
        assert there.status_code == not_there.status_code
        assert there.content == not_there.content
        assert dict(there.headers) == dict(not_there.headers)
        assert "no-store" in there.headers["cache-control"]


def test_a_removed_member_sees_no_photo_any_more() -> None:
    media_id = ready_photo("tom")
    post("tom", media_id)
    assert Phone("ida").get(media_id).status_code == 200
    with db.unit_of_work() as session:
        for name in ("ida", "tom"):
            session.get_one(Member, Cast(session).actor(name).member_id).left_at = clock.now()

    assert Phone("ida").get(media_id).status_code == 404
    assert Phone("tom").get(media_id).status_code == 404


def test_the_original_is_for_its_uploader_alone() -> None:
    photo = saved(four_corners(), exif=exif())
    media_id = Phone("tom").send(photo, name="Garten, süß.jpg")
    post("tom", media_id)
    do_jobs()

    assert who_sees(media_id) == set(EVERYONE)
    assert who_sees(media_id, "original") == {"tom"}
    answer = Phone("tom").get(media_id, "original")
    assert answer.content == photo
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Garten%2C%20s%C3%BC%C3%9F.jpg"


def test_a_document_is_kept_as_it_came_for_who_sees_its_appointment() -> None:
    media_id = Phone("tom").send(LETTER, name="Referral.pdf")
    assert media_of(media_id).state == MediaState.READY
    assert who_sees(media_id, "original") == {"tom"}
    assert Phone("tom").get(media_id).status_code == 404, "no picture is made of it"

    starts = datetime(2026, 3, 3, 10)
    with db.unit_of_work() as session:
        tom = Cast(session).actor("tom")
        content = {"id": new_id(), "title": "Heart check-up", "starts_on": starts.date(), "starts": starts.time()}
        chosen = (ChosenPhoto(media_id=media_id, alt=""),)
        add_appointment(session, tom, AddAppointment(**content, zone="UTC", photos=chosen))

    assert who_sees(media_id, "original") == set(EVERYONE)
    answer = Phone("ida").get(media_id, "original")
    assert answer.content == LETTER
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Referral.pdf"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-cache", "who may no longer see it asks in vain"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_document_goes_into_no_message_and_is_no_cover() -> None:
    media_id = Phone("maya").send(LETTER, name="Referral.pdf")
    with db.unit_of_work() as session:
        maya = Cast(session).actor("maya")
        with pytest.raises(Invalid) as refused:
            post_message(
                session, maya, PostMessage(id=new_id(), text="", photos=(ChosenPhoto(media_id=media_id, alt=""),))
            )
        assert str(refused.value.fields["photos"]) == "Only photos and videos go in here."
        with pytest.raises(Invalid):
            own_photo(session, maya, media_id, None, "cover")


@pytest.mark.parametrize("variant", ["321", "..", "%2e%2e", "original.jpg", "refused", " 320"])
def test_there_are_no_other_sizes(variant: str) -> None:
    assert Phone("tom").get(ready_photo(), variant).status_code == 404


def test_a_photo_is_kept_by_the_browser_and_by_nobody_else() -> None:
    media_id, tom = ready_photo(), Phone("tom")
    answer = tom.get(media_id)

    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Cookie"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    again = tom.get(media_id, **{"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert tom.get(media_id, "960", **{"If-None-Match": answer.headers["etag"]}).status_code == 200


def test_a_browser_throws_away_what_it_kept_for_whoever_asks() -> None:
    for name in ("tom", "sam", ""):
        answer = Phone(name).ask("POST", "/api/forget", {"Origin": "http://localhost:8000"})
        assert (answer.status_code, answer.headers["clear-site-data"]) == (204, '"cache"')
    assert Phone("tom").ask("POST", "/api/forget", {"Origin": "https://elsewhere.example"}).status_code == 403


def test_a_part_of_a_photo_can_be_asked_for() -> None:
    media_id, tom = ready_photo(), Phone("tom")
    whole = tom.get(media_id, "original").content

    part = tom.get(media_id, "original", Range="bytes=100-199")

    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert tom.get(media_id, "original", Range=f"bytes={len(whole)}-").status_code == 416
    head = tom.ask("HEAD", f"/media/{media_id}/original")
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(whole)), b"")


def test_a_photo_still_waiting_or_refused_has_no_sizes() -> None:
    waiting = Phone("tom").send(a_photo())
    assert Phone("tom").get(waiting).status_code == 404
    assert Phone("tom").get(waiting, "original").status_code == 200

    do_jobs()
    half = a_photo(seed=2)
    refused = ready_photo("tom", half[: len(half) // 2])

    assert Phone("tom").get(refused).status_code == 404
    assert Phone("tom").get(refused, "original").status_code == 404


@pytest.mark.both_databases
def test_a_damaged_photo_is_refused_in_words_and_its_bytes_go() -> None:
    half = a_photo()
    media_id = ready_photo("tom", half[: len(half) // 2])

    media = media_of(media_id)
    assert media.state == MediaState.REFUSED
    assert REFUSALS[media.refusal] == "A part of this photo is missing. Please choose it again."
    assert media.stored_bytes == 0
    assert list(storage().keys("sites")) == []
    assert find_orphans() == []


def test_every_reason_has_its_words() -> None:
    assert set(REFUSALS) == set(images.Why)
    assert all(words.endswith(".") for words in REFUSALS.values())


def test_a_refused_photo_is_looked_at_anew_when_sent_again() -> None:
    half = a_photo()
    first = ready_photo("tom", half[: len(half) // 2])
    second = ready_photo("tom", half[: len(half) // 2])

    assert media_of(first).state == media_of(second).state == MediaState.REFUSED
    assert media_of(second).stored_id == second
    assert find_orphans() == []


def test_a_job_done_twice_has_one_effect() -> None:
    media_id = ready_photo()
    media = media_of(media_id)
    with db.unit_of_work() as session:
        for _ in range(2):
            enqueue(session, "media.make_variants", {"site_id": media.site_id, "stored_id": media_id})
            enqueue(session, "media.erase_files", {"site_id": media.site_id, "stored_id": media_id})
    do_jobs()

    assert media_of(media_id).stored_bytes == media.stored_bytes
    assert Phone("tom").get(media_id).status_code == 200
    assert find_orphans() == []


def test_a_photo_dropped_while_it_is_made_ready_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    media_id = Phone("tom").send(a_photo())
    made_from = images.made_from

    def dropped_meanwhile(*asked: object) -> images.Photo:
        with db.unit_of_work() as session:
            session.delete(session.get_one(Media, media_id))
        return made_from(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(images, "made_from", dropped_meanwhile)
    do_jobs()

    assert list(storage().keys("sites")) == []
    assert find_orphans() == []


def test_a_decoder_that_was_interrupted_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    media_id = Phone("tom").send(a_photo())
    with monkeypatch.context() as busy:
        busy.setattr(images, "LIMITS", images.confined.Limits(patience=0.001))
        busy.setattr(images.made_from, "__defaults__", (images.LIMITS,))
        do_jobs()
    assert media_of(media_id).state == MediaState.WAITING

    with clock.freeze(clock.now() + timedelta(minutes=1)):
        do_jobs()

    assert media_of(media_id).state == MediaState.READY


def test_a_photo_that_could_never_be_prepared_is_tried_anew_the_next_day() -> None:
    media_id = Phone("tom").send(a_photo())
    with db.unit_of_work() as session:
        session.exec(select(Job).where(col(Job.kind) == "media.make_variants")).one().state = "failed"

    sweep_after(timedelta(hours=23))
    assert media_of(media_id).state == MediaState.WAITING
    sweep_after(timedelta(hours=25))

    assert media_of(media_id).state == MediaState.READY


def test_a_photo_whose_first_copy_is_gone_is_tried_anew_as_well() -> None:
    first, second, third = (Phone("tom").send(a_photo()) for _ in range(3))
    with db.unit_of_work() as session:
        session.exec(select(Job).where(col(Job.kind) == "media.make_variants")).one().state = "failed"
        session.delete(session.get_one(Media, first))

    sweep_after(timedelta(hours=25))

    assert media_of(second).state == media_of(third).state == MediaState.READY
    with db.reading() as session:
        assert len(session.exec(select(Job).where(col(Job.kind) == "media.make_variants")).all()) == 2


@pytest.mark.both_databases
def test_a_photo_that_stands_nowhere_goes_after_two_days() -> None:
    unused, used, portrait = (ready_photo("tom", a_photo(seed=seed)) for seed in (1, 2, 3))
    post("tom", used)
    with db.unit_of_work() as session:
        session.get_one(Member, Cast(session).ida.member_id).photo_media_id = portrait

    sweep_after(timedelta(hours=47))
    assert Phone("tom").get(unused).status_code == 200
    sweep_after(timedelta(hours=49))

    assert Phone("tom").get(unused).status_code == 404
    assert Phone("tom").get(used).status_code == 200
    assert Phone("tom").get(portrait).status_code == 200
    assert find_orphans() == []


@pytest.mark.both_databases
def test_what_was_swept_is_sent_again_under_its_own_name() -> None:
    photo = a_photo(seed=1)
    media_id = ready_photo("tom", photo)
    sweep_after(timedelta(hours=49))

    assert Phone("tom").send(photo, media_id) == media_id
    do_jobs()
    assert Phone("tom").get(media_id).status_code == 200


def test_no_photo_is_swept_while_its_member_still_sends_another() -> None:
    first, others = ready_photo("tom", a_photo(seed=1)), ready_photo("maya", a_photo(seed=2))
    with clock.freeze(clock.now() + timedelta(hours=48)):
        assert Phone("tom").create(1000).status_code == 201
    sweep_after(timedelta(hours=49))

    assert Phone("tom").get(first).status_code == 200
    assert Phone("maya").get(others).status_code == 404


@pytest.mark.both_databases
def test_an_update_that_is_erased_takes_its_photos_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "restore_days", 7)
    gone, shared = (ready_photo("tom", a_photo(seed=seed)) for seed in (1, 2))
    update_id = post("tom", gone)
    with db.unit_of_work() as session:
        session.add(UpdateMedia(update_id=update_id, media_id=shared, position=1))
        session.exec(select(Site)).one().cover_media_id = shared
    with db.unit_of_work() as session:
        delete_update(session, Cast(session).tom, OneUpdate(update_id=update_id))

    work_after(timedelta(days=6))
    assert Phone("tom").get(gone).status_code == 200
    work_after(timedelta(days=8))

    with db.reading() as session:
        assert (session.get(Update, update_id), session.get(Media, gone)) == (None, None)
        assert session.get(Media, shared)
    assert {key.split("/")[-2] for key in storage().keys("sites")} == {shared}
    assert find_orphans() == []


def test_an_update_is_erased_later_where_more_time_is_given_since(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "restore_days", 7)
    media_id = ready_photo("tom")
    update_id = post("tom", media_id)
    with db.unit_of_work() as session:
        delete_update(session, Cast(session).tom, OneUpdate(update_id=update_id))
    monkeypatch.setattr(settings(), "restore_days", 60)

    work_after(timedelta(days=8))
    assert Phone("tom").get(media_id).status_code == 200
    work_after(timedelta(days=61))

    assert list(storage().keys("sites")) == []
    with db.reading() as session:
        assert (session.get(Update, update_id), session.get(Media, media_id)) == (None, None)


def test_a_message_that_is_erased_takes_its_photos_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "restore_days", 7)
    media_id = ready_photo("ida")
    with db.unit_of_work() as session:
        command = PostMessage(text="For you", photos=(ChosenPhoto(media_id=media_id),))
        posted = post_message(session, Cast(session).ida, command)
    with db.unit_of_work() as session:
        delete_message(session, Cast(session).ida, OneMessage(message_id=posted.id))

    work_after(timedelta(days=8))

    assert list(storage().keys("sites")) == []
    with db.reading() as session:
        assert session.get(Media, media_id) is None


def work_after(past: timedelta) -> None:
    with clock.freeze(clock.now() + past):
        do_jobs()


@pytest.mark.both_databases
def test_shared_files_stay_until_the_last_photo_goes() -> None:
    first, second = ready_photo(), ready_photo()
    bytes_before = media_of(first).stored_bytes
    post("tom", second)

    sweep_after(timedelta(days=31))

    with db.reading() as session:
        assert session.get(Media, first) is None
    assert media_of(second).stored_bytes == bytes_before
    assert Phone("tom").get(second).status_code == 200
    assert find_orphans() == []


@pytest.mark.both_databases
def test_orphans_are_found_on_both_sides() -> None:
    media_id = ready_photo()
    media = media_of(media_id)
    storage().put("sites/rose/media/nobodys/320", b"x", "image/webp")
    storage().delete(places.key(media.site_id, media_id, "960"))
    (places.uploads() / "nobodys").write_bytes(b"x")

    assert find_orphans() == [
        "The file sites/rose/media/nobodys/320 belongs to no photo or video.",
        f"The file sites/{media.site_id}/media/{media_id}/960 of a photo or video that is ready is missing.",
        "The file nobodys in the uploads folder belongs to no upload.",
    ]


def test_what_a_crash_left_half_written_is_found_and_goes() -> None:
    media_id = ready_photo()
    half = f"{places.folder(media_of(media_id).site_id, media_id)}/.partial-1"
    storage().put(half, b"half", places.SHOWN_AS)
    assert find_orphans() == []

    with pytest.MonkeyPatch.context() as later:
        later.setattr(check, "STRAY_SECONDS", -1)
        assert find_orphans() == [f"The file {half} was never finished."]
        sweep_after(timedelta())

    assert half not in storage().keys("sites")


@pytest.mark.parametrize("prepare", [make_variants, videos.prepare_video, videos.convert_video])
def test_what_was_half_prepared_when_its_photo_went_goes_too(prepare: Callable[[dict[str, str]], None]) -> None:
    media_id = ready_photo()
    with db.reading() as session:
        named = {"site_id": session.get_one(Media, media_id).site_id, "stored_id": media_id}
    prepare(named)
    assert len(list(storage().keys("sites"))) == 4, "what is shown stays"

    with db.unit_of_work() as session:
        drop_media(session, session.get_one(Media, media_id))
    do_jobs()
    storage().put(places.key(named["site_id"], media_id, "320"), b"half of it", places.SHOWN_AS)
    prepare(named)

    assert list(storage().keys("sites")) == []


def test_photos_in_a_bucket_are_sent_for_by_a_short_lived_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "careapp")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    with fake_s3.running() as server:
        monkeypatch.setattr(settings(), "storage_url", server.url)
        storage.cache_clear()
        media_id = ready_photo()

        answer = Phone("tom").get(media_id)

        assert answer.status_code == 302
        assert "X-Amz-Signature" in answer.headers["location"]
        assert answer.headers["cache-control"] == "private, max-age=120"
        where = f"http://127.0.0.1:{server.server_port}"
        assert answer.headers["location"].startswith(where)
        for source in ("img-src", "media-src"):
            assert where in page_policy(()).partition(source)[2].partition(";")[0].split()
        assert Phone("ida").get(media_id).status_code == 404
        assert len(server.objects) == 4
        assert find_orphans() == []
        sweep_after(timedelta(days=31))
        assert server.objects == {}


def test_a_film_from_a_bucket_can_be_played_to_its_end_and_an_original_has_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "careapp")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    with fake_s3.running() as server:
        monkeypatch.setattr(settings(), "storage_url", server.url)
        storage.cache_clear()
        tom, media_id = Phone("tom"), ready_photo()
        with db.unit_of_work() as session:
            session.get_one(Media, media_id).kind = MediaKind.VIDEO

        assert "X-Amz-Expires=21600&" in tom.get(media_id, "video").headers["location"]
        assert "X-Amz-Expires=300&" in tom.get(media_id).headers["location"]
        with urllib.request.urlopen(tom.get(media_id, "original").headers["location"]) as answer:
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''garden.jpg"


def test_what_is_copied_from_a_bucket_for_long_is_taken_by_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(files, "still_at_it", lambda: said.append("still"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "careapp")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    with fake_s3.running() as server:
        monkeypatch.setattr(settings(), "storage_url", server.url)
        storage.cache_clear()
        server.objects["careapp/" + places.key("s", "m", places.ORIGINAL)] = b"x" * 9_000_000, {}
        with files.original("s", "m") as copy:
            assert len(copy.read()) == 9_000_000

    assert len(said) == 3


def test_a_photo_of_twelve_megapixels_is_there_within_three_seconds() -> None:
    """From the answer to the last byte until others get the thumbnail, with a worker running beside."""
    photo = saved(Image.effect_noise((4032, 3024), 60).convert("RGB"), quality=80)
    stopped = threading.Event()
    worker = threading.Thread(target=jobs.run_until, args=(stopped, jobs.Lane.PHOTOS))
    worker.start()
    try:
        media_id = Phone("tom").send(photo)
        arrived = time.monotonic()
        post("tom", media_id)
        while Phone("ida").get(media_id).status_code != 200:
            assert time.monotonic() - arrived < 10 * 3, "ten times as long as promised, even on a busy machine"
        took = time.monotonic() - arrived
    finally:
        stopped.set()
        jobs.stop_waiting()
        worker.join()
    print(f"thumbnail of 12 megapixels after {took:.2f} s")  # noqa: T201


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real photos are not here; set CAREAPP_SAMPLES")
def test_every_real_file_is_shown_or_refused_and_leaves_no_orphan() -> None:
    tom, spoiled = Phone("tom"), {**SPOILED, "novideo.mp4": images.Why.EMPTY}
    for path in sorted(SAMPLES.iterdir()):
        content, media_id = path.read_bytes(), new_id()
        answer = tom.create(len(content), media_id, path.name)
        if answer.status_code == 201:
            answer = tom.patch(media_id, 0, content)
        do_jobs()
        if refusal := spoiled.get(path.name):
            assert refusal_of(answer, media_id) == REFUSALS[refusal], path.name
            continue
        assert media_of(media_id).state == MediaState.READY, path.name
        for side in images.SIDES:
            shown = tom.get(media_id, str(side))
            assert shown.status_code == 200, path.name
            assert tells_nothing(images.Photo(0, 0, "", {side: shown.content})), path.name
    assert find_orphans() == []
    with db.reading() as session:
        assert session.exec(select(Job).where(col(Job.problem) != "")).all() == []


def refusal_of(answer: object, media_id: str) -> str:
    """In the answer to the upload where its first bytes told, else in the photo's row."""
    if getattr(answer, "status_code", 0) == 422:
        return str(answer.json()["words"])  # type: ignore[attr-defined]
    return REFUSALS[media_of(media_id).refusal]
