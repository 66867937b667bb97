"""Two weeks of meals: who brings what, day by day."""

from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.clock import now
from careapp.errors import NotFound
from careapp.gallery.months import zone_of
from careapp.helping.cards import in_order, slot_card, slot_rows
from careapp.helping.kinds import HelpKind
from careapp.helping.times import spoken_day
from careapp.helping.views import MealDay, MealsView, SlotCard
from careapp.models import HelpRequest, HelpSlot, PersonProfile
from careapp.operation import Params, query
from careapp.sites.frame import frame

A_WEEK = timedelta(days=7)
MOST = 200


class TwoWeeks(Params):
    start: str = ""


@query(section=Section.SCHEDULE)
def meals(session: Session, actor: Actor, params: TwoWeeks) -> MealsView:
    """Who brings what, day by day, for two weeks from a Monday on."""
    today = now().astimezone(zone_of(actor)).date()
    this_week = today - timedelta(days=today.weekday())
    first = _day(params.start, this_week)
    slots = _meal_slots(session, actor, first)
    shown = [first + timedelta(days=n) for n in range(14)]
    language = actor.language
    return MealsView(
        frame=frame(session, actor),
        days=tuple(_meal_day(day, today, language, tuple(slots.get(day, ()))) for day in shown),
        span=f"{spoken_day(shown[0], language)} – {spoken_day(shown[-1], language)}",
        earlier=(first - A_WEEK).isoformat(),
        later=(first + A_WEEK).isoformat(),
        food=wishes(session, actor),
        has_meals=bool(slots),
        is_now=first == this_week,
    )


def wishes(session: Session, actor: Actor) -> str:
    """What the person likes and must not eat, for who may read that."""
    if not actor.may(Section.PROFILE, Right.SEE):
        return ""
    food = select(col(PersonProfile.food)).where(col(PersonProfile.site_id) == actor.site_id)
    return session.execute(food).scalar() or ""


def _day(text: str, usual: date) -> date:
    try:
        day = date.fromisoformat(text) if text else usual
    except ValueError:
        raise NotFound from None
    if not 1 < day.year < 4000:
        raise NotFound
    return day - timedelta(days=day.weekday())


def _meal_slots(session: Session, actor: Actor, first: date) -> dict[date, list[SlotCard]]:
    """By the day on the wall where they are wanted."""
    begins = datetime.combine(first, time(), zone_of(actor)) - timedelta(days=1)
    statement = slot_rows(actor).where(
        col(HelpRequest.kind) == HelpKind.MEALS,
        col(HelpSlot.due_at) >= begins,
        col(HelpSlot.due_at) < begins + timedelta(days=16),
    )
    found: dict[date, list[SlotCard]] = {}
    for row in session.execute(in_order(statement).limit(MOST)):
        slot, starts_at = slot_card(actor, row), row[0].starts_at
        if starts_at and first <= starts_at.date() < first + 2 * A_WEEK and (slot.is_open or slot.has_holder):
            found.setdefault(starts_at.date(), []).append(slot)
    return found


def _meal_day(day: date, today: date, language: str, slots: tuple[SlotCard, ...]) -> MealDay:
    weekday = format_date(day, "EEE", locale=language)
    return MealDay(day.isoformat(), weekday, str(day.day), spoken_day(day, language), day == today, slots)
