"""Erasing a site when the time to bring it back has run out."""

from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from careapp.adapters.storage import storage
from careapp.db import unit_of_work
from careapp.jobs import Lane, job, still_at_it
from careapp.media.places import site_folder
from careapp.models import Site
from careapp.sites.site import is_past_restoring


@job("sites.erase_site", Lane.LONG)
def erase_site(payload: dict[str, Any]) -> None:
    """Erase a deleted site and its files for good. Does nothing when it was brought back meanwhile."""
    site_id = payload["site_id"]
    with unit_of_work() as session:
        if not _is_erased(session, site_id):
            return
    for key in list(storage().keys(site_folder(site_id))):
        still_at_it()
        storage().delete(key)


def _is_erased(session: Session, site_id: str) -> bool:
    """Whether the site's rows are gone, now or since an earlier try that did not get to the files."""
    site = session.get(Site, site_id)
    if site is None:
        return True
    if not is_past_restoring(site.deleted_at):
        return False
    session.execute(delete(Site).where(col(Site.id) == site_id))
    return True
