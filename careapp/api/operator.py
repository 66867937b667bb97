"""GET /admin/health: for whoever runs the installation, by a link that `careapp doctor` prints and that holds a day.

To everyone else it is a page that does not exist. It names no one: counts and ids alone.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from careapp.api.problems import answering
from careapp.db import reading
from careapp.errors import NotFound
from careapp.operator_link import PATH, is_operator
from careapp.sos.health import Health, health
from careapp.threads import in_thread


async def _health(request: Request) -> Response:
    """200 when all goes on, 503 when something stands still, so that a monitor can ask as well."""
    if not is_operator(request.query_params.get("token", "")):
        raise NotFound
    found = await in_thread("follow", _look)
    return HTMLResponse(_page(found), 200 if found.is_well else 503, headers=_HEADERS)


def _look() -> Health:
    with reading() as session:
        return health(session)


_HEADERS = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


def _page(found: Health) -> str:
    title = "All goes on" if found.is_well else "Something stands still"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"></head>'
        f"<body><h1>{title}</h1>{''.join(_parts(found))}</body></html>"
    )


def _parts(found: Health) -> Iterator[str]:
    yield f"<p>{found.late} notices are late. Push services refuse {found.refused_devices} devices.</p>"
    yield _table(
        "Open alerts",
        ("alert", "site", "drill", "arrived", "steps", "answered", "next step", "overdue"),
        [
            (each.id, each.site_id, each.is_drill, each.arrived_at, each.steps, each.is_answered, each.next_step_at,
             each.is_overdue)
            for each in found.alerts
        ],
    )  # fmt: skip
    failed = [(each.channel, each.problem, each.count) for each in found.failed]
    yield _table("Failed within a day", ("channel", "why", "count"), failed)
    mended = [(each.at, each.about_id, each.words) for each in found.mended]
    yield _table("Mended within a day", ("at", "about", "what"), mended)


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return f"<h2>{title}</h2><p>None.</p>"
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(each)}</td>' for each in row)}</tr>" for row in rows)
    return f'<h2>{title}</h2><table border="1"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S UTC")
    return escape("" if value is None else str(value))


routes = [Route(PATH, answering(_health), methods=["GET"])]
