"""Letters: what is written to people by e-mail, in their language, as plain text and as simple HTML."""

from dataclasses import dataclass
from html import escape

from sqlmodel import Session

from careapp.adapters.email import Mail
from careapp.catalogue import translate
from careapp.ids import new_id
from careapp.jobs import enqueue


@dataclass(frozen=True)
class Letter:
    """Words are message ids, or `Said` with their values. `code` stands alone and large, `link` is a button."""

    subject: str
    lines: tuple[str, ...]
    code: str = ""
    link: str = ""
    link_words: str = ""


def post(session: Session, to: str, language: str, letter: Letter) -> None:
    """Have the letter sent once the transaction is stored."""
    mail = write(to, language, letter)
    payload = {"id": mail.id, "to": mail.to, "subject": mail.subject, "text": mail.text, "html": mail.html}
    enqueue(session, "notify.send_mail", payload)


def write(to: str, language: str, letter: Letter) -> Mail:
    """The letter in the reader's language."""
    subject = " ".join(translate(language, letter.subject).split())
    lines = [translate(language, line) for line in letter.lines]
    link_words = translate(language, letter.link_words)
    return Mail(new_id(), to, subject, _text(lines, letter), _html(language, subject, lines, letter, link_words))


def _text(lines: list[str], letter: Letter) -> str:
    return "\n\n".join(part for part in (*lines[:1], letter.code, letter.link, *lines[1:]) if part) + "\n"


def _html(language: str, subject: str, lines: list[str], letter: Letter, link_words: str) -> str:
    """No pictures and nothing from elsewhere: mail programs show it as it is."""
    paragraphs = [f"<p>{escape(line)}</p>" for line in lines]
    if letter.code:
        paragraphs.insert(1, f'<p style="font-size:32px;letter-spacing:4px"><strong>{escape(letter.code)}</strong></p>')
    if letter.link:
        paragraphs.insert(1, f'<p><a href="{escape(letter.link)}" style="{_BUTTON}">{escape(link_words)}</a></p>')
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
        f'</head><body style="{_BODY}">{"".join(paragraphs)}</body></html>'
    )


_BODY = "font:17px/1.5 system-ui,sans-serif;color:#1e2a2e;background:#fbf8f3;padding:24px;max-width:560px"
_BUTTON = "display:inline-block;padding:12px 24px;border-radius:14px;background:#0e5a5a;color:#fff;text-decoration:none"
