"""A notice as a letter."""

from dataclasses import replace

from careapp.adapters.email import Mail
from careapp.notify.mail import Letter, write
from careapp.notify.parcels import Parcel
from careapp.notify.payload import address
from careapp.notify.words import spoken
from careapp.said import mark


def letter_of(parcel: Parcel) -> Mail:
    """The same letter keeps its id when it is sent again. A mailbox is not a lock screen: it may say more."""
    row = parcel.row
    words = spoken(row.words, row.language, says_more=True)
    lines = tuple(line for line in (words.title, words.body) if line)
    letter = Letter(words.title, lines, link=address(row.path), link_words=mark("Open in Careapp"))
    return replace(write(row.email, row.language, letter), id=parcel.id)
