"""Whether this process lives, and whether it can serve. Anyone may ask, so nothing private is said."""

from datetime import timedelta

import anyio
from sqlalchemy import exists, select
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from careapp.clock import now
from careapp.db import reading
from careapp.models import Job
from careapp.threads import in_thread

LATE = timedelta(minutes=5)
SECONDS = 3


async def _live(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _ready(request: Request) -> Response:
    """503 when the database does not answer. Late jobs are said, but pages can still be served."""
    try:
        with anyio.fail_after(SECONDS):
            jobs = await in_thread("follow", _jobs)
    except Exception:
        return JSONResponse({"status": "unavailable", "database": "unavailable", "jobs": "unknown"}, 503)
    return JSONResponse({"status": "ok", "database": "ok", "jobs": jobs})


def _jobs() -> str:
    overdue = exists().where(col(Job.state) == "waiting", col(Job.run_at) < now() - LATE)
    with reading() as session:
        return "late" if session.scalar(select(overdue)) else "ok"


routes = [Route("/api/health", _ready), Route("/api/health/live", _live)]
