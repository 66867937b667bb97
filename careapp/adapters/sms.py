"""Text messages out of the house, by whichever of Apprise's services the operator has an account with."""

import logging
import re
from urllib.parse import quote

from apprise import Apprise, AppriseAsset

from careapp.settings import settings

PLACE = "{phone}"
# Of a number only this is left: services refuse the rest, and it could change the address it is put into.
NOT_DIALLED = re.compile(r"[^\d+]")


class NotSent(Exception):
    """No service took it."""


def is_set_up() -> bool:
    return bool(templates())


def templates() -> list[str]:
    return settings().sms_url.split()


def problem() -> str:
    """What is wrong with CAREAPP_SMS_URL; empty when nothing is, or nothing is set."""
    for number, template in enumerate(templates(), 1):
        if PLACE not in template:
            return f"address {number} of CAREAPP_SMS_URL lacks {PLACE}"
        if not _service(template, "+12125550100"):
            return f"address {number} of CAREAPP_SMS_URL is none that Apprise understands"
    return ""


def deliver(phone: str, text: str) -> None:
    """Hand the message to every service that is set up. Raises NotSent when none has taken it; what a service said
    goes nowhere, because it may hold the number and the words."""
    taken = [_service(template, phone) for template in templates()]
    if not any([bool(service) and bool(service.notify(body=text)) for service in taken]):  # noqa: C419
        raise NotSent


def _service(template: str, phone: str) -> Apprise:
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    service = Apprise(asset=AppriseAsset(async_mode=False, app_id="Careapp", app_desc="Careapp"))
    service.add(template.replace(PLACE, quote(NOT_DIALLED.sub("", phone), safe="")))
    return service
