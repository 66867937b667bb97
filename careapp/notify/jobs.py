"""Sends what was posted."""

from typing import Any

from careapp.adapters.email import Mail, deliver
from careapp.jobs import job


@job("notify.send_mail")
def send_mail(payload: dict[str, Any]) -> None:
    deliver(Mail(**payload))
