"""A notice as a letter."""

from dataclasses import replace

from careapp.adapters.email import Mail
from careapp.models import Kind
from careapp.notify.mail import Letter, write
from careapp.notify.parcels import Parcel
from careapp.notify.payload import address
from careapp.notify.stopping import stop_link
from careapp.notify.words import spoken
from careapp.said import mark


def letter_of(parcel: Parcel) -> Mail:
    """The same letter keeps its id when it is sent again. Its subject says little, as lock screens show it too; inside
    it says more where its reader wants that. Letters of an SOS are ended by nobody's mail program, only in the app."""
    row = parcel.row
    words = spoken(row.words, row.language, says_more=row.says_more)
    letter = Letter(
        spoken(row.words, row.language).title,
        tuple(line for line in (words.title, words.body) if line),
        link=address(row.path),
        link_words=mark("Open in Careapp"),
        unsubscribe="" if row.kind == Kind.SOS else stop_link(row.account_id, row.kind),
    )
    return replace(write(row.email, row.language, letter), id=parcel.id)
