"""Debian's Chromium for Playwright: where it is, and how it is started without talking to the outside."""

import os
import shutil
from typing import Any

# Without these Chromium looks up its maker's hosts at every start; no page of ours needs them.
QUIET_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)

# The same engine; the first one has no windows to draw, which takes a third less of a processor.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
WIDTHS = {"1440": 900, "390": 844}  # viewport width in px -> height: an office screen and a phone


def chromium_path() -> str | None:
    """Return the path of the installed Chromium (CHROMIUM overrides the search), or None."""
    chosen = os.environ.get("CHROMIUM", "")
    return next(filter(None, map(shutil.which, [chosen] if chosen else PROGRAMS)), None)


def launch_options() -> dict[str, Any]:
    """Return the keyword arguments of Playwright's `chromium.launch`.

    Raises RuntimeError, saying what to install, when there is no Chromium. Chromium's own sandbox
    does not work for root, so it is switched off for root only.
    """
    path = chromium_path()
    if path is None:
        raise RuntimeError("没有找到 Chromium,请运行:apt-get install --no-install-recommends chromium")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {"executable_path": path, "args": [*QUIET_FLAGS, *sandbox]}


def context_options(width: int = 1440) -> dict[str, Any]:
    """Return the options of a browser context as our users have it: Chinese, Beijing time."""
    height = WIDTHS.get(str(width), 900)
    return {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": width, "height": height},
        "has_touch": width < 600,
        "is_mobile": width < 600,
    }
