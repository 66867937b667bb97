"""Videos where they stand: a player once they are ready, a poster and a figure until then, and never a broken one."""

import pytest
from sqlmodel import Session

from careapp.journal.photos import spoken_length
from careapp.journal.views import PhotoView
from careapp.ui.attached import attached_strip, attached_whole
from careapp.ui.el import Painting, painting
from tests.cast import Cast
from tests.journal_writing import chosen, feed, photo, post

READY = PhotoView(id="v1", is_video=True, duration="1:05", width=1280, height=720, alt="Video by Tom", is_ready=True)
POSTER = PhotoView(id="v2", is_video=True, width=640, height=360, progress=40, has_poster=True, is_waiting=True)
BLANK = PhotoView(id="v3", is_video=True, is_waiting=True)
REFUSED = PhotoView(id="v4", is_video=True, refusal_words="This video is damaged and cannot be shown.")
PICTURE = PhotoView(id="p1", width=4, height=3, alt="Garden", is_ready=True)


def painted(*pictures: PhotoView, more: str = "", language: str = "en") -> str:
    with painting(Painting(language)):
        return str(attached_strip(pictures, more))


def test_a_ready_video_is_one_button_with_its_name_and_length() -> None:
    shown = painted(READY)

    assert shown.count("<button") == 1
    assert 'aria-label="Play: Video by Tom, 1:05"' in shown
    assert "/media/v1/video" not in shown, "nothing of it is loaded before somebody plays it"
    assert "/media/v1/960" in shown


def test_a_video_that_is_being_prepared_shows_its_poster_and_how_far_it_is() -> None:
    assert "/media/v2/960" in painted(POSTER)
    assert "This video is being prepared: 40 %" in painted(POSTER)
    assert "Este vídeo se está preparando: 40 %" in painted(POSTER, language="es")
    assert "This video is being prepared" in painted(BLANK) and "%" not in painted(BLANK)
    assert "/media/v3" not in painted(BLANK)
    assert "<button" not in painted(POSTER, BLANK)


def test_a_refused_video_says_why() -> None:
    assert "This video is damaged and cannot be shown." in painted(REFUSED)
    assert "/media/" not in painted(REFUSED)


def test_videos_stand_beside_the_photos_and_not_among_those_that_are_turned_over() -> None:
    before, _, photos = painted(READY, PICTURE, more="+3").partition("data-photos")

    assert "/media/v1/" in before and "/media/p1/" not in before
    assert "/media/p1/2048" in photos and "+3" in photos and "/media/v1/" not in photos


@pytest.mark.parametrize("is_own", [True, False])
def test_who_sent_a_video_can_have_the_original_back(is_own: bool) -> None:
    video = PhotoView(id="v1", is_video=True, is_ready=True, is_own=is_own)
    with painting(Painting()):
        assert ("/media/v1/original" in str(attached_whole([video]))) == is_own


def test_a_length_is_said_as_players_say_it() -> None:
    assert [spoken_length(ms) for ms in (0, 6_600, 65_000, 3_723_000)] == ["0:00", "0:07", "1:05", "1:02:03"]


def test_an_update_tells_of_its_videos(session: Session, rose_site: Cast) -> None:
    made = {"kind": "video", "duration_ms": 65_000, "progress": 40, "state": "waiting"}
    post(session, rose_site.tom, photos=chosen(photo(session, rose_site.tom, **made)))

    (theirs,) = feed(session, rose_site.maya).updates[0].photos
    (own,) = feed(session, rose_site.tom).updates[0].photos

    assert (theirs.is_video, theirs.duration, theirs.progress, theirs.has_poster) == (True, "1:05", 40, True)
    assert theirs.alt == "Video by Tom Lind"
    assert (theirs.is_own, own.is_own) == (False, True)
