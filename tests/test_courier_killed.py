"""The courier is killed without warning: what it had sent and not written down is sent again, to the same place."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from careapp import build, db
from careapp.notify import courier
from tests.cast import Cast
from tests.push_service import push_service
from tests.told import House, use

CARRY = "from careapp.notify import courier; courier.begin(); courier.carry()"


def test_killed_between_sending_and_settling(data: Path, stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with push_service() as service:
        use(service, monkeypatch)
        house = House(service)
        house.device("tom"), house.device("ida")
        (to_tom,), (to_ida,) = house.tell("tom"), house.tell("ida")
        gate = threading.Event()
        service.answers("*", 201, gate=gate)
        db.dispose()

        process = subprocess.Popen([sys.executable, "-c", CARRY], cwd=build.ROOT, env=os.environ)
        until = time.monotonic() + 60
        while len(service.asked) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        gate.set()
        service.works()
        assert {house.delivery(each).state for each in (to_tom, to_ida)} == {"leased"}

        courier.begin()
        assert courier.carry() == 2

        assert {house.delivery(each).state for each in (to_tom, to_ida)} == {"sent"}
        for device in ("tom-phone", "ida-phone"):
            shown = {message.notification["tag"] for message in service.to(device)}
            assert shown == {"alert-1"}
            assert {message.headers["topic"] for message in service.to(device)} == {
                service.to(device)[0].headers["topic"]
            }
