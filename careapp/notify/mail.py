"""Letters: what is written to people by e-mail, in their language, as plain text and as simple HTML."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape

from sqlmodel import Session

from careapp.adapters.email import Mail
from careapp.catalogue import translate
from careapp.ids import new_id
from careapp.jobs import enqueue
from careapp.said import mark

NO_REPLY = mark("Please do not answer this letter: nobody would read it.")
STOP = mark("Stop letters like this")


@dataclass(frozen=True)
class Part:
    """A part of a longer letter, under a heading of its own."""

    title: str
    lines: tuple[str, ...]
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True)
class Letter:
    """Words are message ids, or `Said` with their values. `code` stands alone and large, `link` is a button.
    `unsubscribe` is an address that ends letters of this kind."""

    subject: str
    lines: tuple[str, ...]
    code: str = ""
    link: str = ""
    link_words: str = ""
    parts: tuple[Part, ...] = ()
    unsubscribe: str = ""


def post(session: Session, to: str, language: str, letter: Letter) -> None:
    """Have the letter sent once the transaction is stored."""
    enqueue(session, "notify.send_mail", asdict(write(to, language, letter)))


def write(to: str, language: str, letter: Letter) -> Mail:
    """The letter in the reader's language."""
    letter = _translated(language, letter)
    text = "\n\n".join(part for part in _text(language, letter) if part) + "\n"
    return Mail(new_id(), to, letter.subject, text, _page(language, letter), letter.unsubscribe)


def _translated(language: str, letter: Letter) -> Letter:
    return Letter(
        " ".join(translate(language, letter.subject).split()),
        tuple(translate(language, line) for line in letter.lines),
        letter.code,
        letter.link,
        translate(language, letter.link_words),
        tuple(_translated_part(language, part) for part in letter.parts),
        letter.unsubscribe,
    )


def _translated_part(language: str, part: Part) -> Part:
    lines = tuple(translate(language, line) for line in part.lines)
    return Part(translate(language, part.title), lines, part.link, translate(language, part.link_words))


def _text(language: str, letter: Letter) -> Iterator[str]:
    yield from (*letter.lines[:1], letter.code, letter.link, *letter.lines[1:])
    for part in letter.parts:
        yield "\n".join((part.title, *(f"- {line}" for line in part.lines)))
        yield part.link
    yield translate(language, NO_REPLY)
    if letter.unsubscribe:
        yield f"{translate(language, STOP)}: {letter.unsubscribe}"


def _page(language: str, letter: Letter) -> str:
    """No pictures and nothing from elsewhere: mail programs show it as it is."""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><title>{escape(letter.subject)}'
        f'</title></head><body style="{_BODY}">{"".join(_html(language, letter))}</body></html>'
    )


def _html(language: str, letter: Letter) -> Iterator[str]:
    yield from (_paragraph(line) for line in letter.lines[:1])
    if letter.link:
        yield _button(letter.link, letter.link_words)
    if letter.code:
        yield f'<p style="font-size:32px;letter-spacing:4px"><strong>{escape(letter.code)}</strong></p>'
    yield from (_paragraph(line) for line in letter.lines[1:])
    for part in letter.parts:
        yield f'<h2 style="{_TITLE}">{escape(part.title)}</h2>'
        yield "<ul>" + "".join(f'<li dir="auto">{escape(line)}</li>' for line in part.lines) + "</ul>"
        yield _button(part.link, part.link_words) if part.link else ""
    stop = f' <a href="{escape(letter.unsubscribe)}">{escape(translate(language, STOP))}</a>'
    yield f'<p style="{_SMALL}">{escape(translate(language, NO_REPLY))}{stop if letter.unsubscribe else ""}</p>'


def _paragraph(line: str) -> str:
    return f'<p dir="auto">{escape(line)}</p>'


def _button(link: str, words: str) -> str:
    return f'<p><a href="{escape(link)}" style="{_BUTTON}">{escape(words)}</a></p>'


_BODY = "font:17px/1.5 system-ui,sans-serif;color:#1e2a2e;background:#fbf8f3;padding:24px;max-width:560px"
_BUTTON = "display:inline-block;padding:12px 24px;border-radius:14px;background:#0e5a5a;color:#fff;text-decoration:none"
_TITLE = "font-size:20px;margin:32px 0 8px"
_SMALL = "font-size:15px;color:#55636a;margin-top:32px"
