"""What was measured on."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"


def described() -> str:
    """Cores and versions, since figures mean little without them."""
    browser = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"Reflex {version('reflex')}, Chromium {browser[1] if len(browser) > 1 else 'unknown'}. {load()}"
    )


def load() -> str:
    """How busy the machine is, by others too."""
    return f"Load average {os.getloadavg()[0]:.1f}."
