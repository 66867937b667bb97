"""Everything people do about how they are told, in one list; each topic has a file of its own."""

from careapp.notify.choices import choose_notice, mute_site, set_notice_settings
from careapp.notify.devices import confirm_device, register_device, remove_device, replace_device, test_device
from careapp.notify.receipts import mark_received
from careapp.notify.stopping import unsubscribe

__all__ = [
    "choose_notice",
    "confirm_device",
    "mark_received",
    "mute_site",
    "register_device",
    "remove_device",
    "replace_device",
    "set_notice_settings",
    "test_device",
    "unsubscribe",
]
