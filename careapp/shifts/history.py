"""What was handed over so far."""

from sqlalchemy import tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Section
from careapp.journal.cursor import Cursor, cursor_from
from careapp.models import Handover
from careapp.operation import Params, query
from careapp.shifts.cards import handover_card, handover_rows
from careapp.shifts.views import HandoversView
from careapp.sites.frame import frame

PAGE = 20


class HistoryPage(Params):
    after: str = ""


@query(section=Section.SCHEDULE)
def handovers(session: Session, actor: Actor, params: HistoryPage) -> HandoversView:
    """The newest first, a page at a time, as far as the reader may see them."""
    after = cursor_from(params.after)
    statement = handover_rows(actor).order_by(col(Handover.created_at).desc(), col(Handover.id).desc())
    if after:
        statement = statement.where(tuple_(col(Handover.created_at), col(Handover.id)) < after.key())
    rows = session.execute(statement.limit(PAGE + 1)).all()
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    return HandoversView(
        frame=frame(session, actor),
        handovers=tuple(handover_card(actor, row) for row in rows[:PAGE]),
        later=str(Cursor(last.created_at, last.id)) if last else "",
        is_first_page=not after,
    )
