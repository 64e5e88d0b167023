"""Finds Chromium, or gets it: from the machine, from Debian's package, from Playwright's installer.

Run it to make sure that there is one: `python tests/browser/chromium.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

NOT_NEEDED = (
    "WebUIOmniboxPopup",  # pages of the browser's own: each costs a process for each window
    "WebUIOmniboxAimPopup",
    # And what Playwright takes away, for a second list takes the place of the first.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)

ARGUMENTS = (
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(NOT_NEEDED)}",
    "--force-effective-connection-type=4G",  # a busy machine would look like a slow line
    # Nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)

SLOW_LINE = "--force-effective-connection-type=3G"
"""Takes the place of 4G: nothing is fetched before it is needed."""


def find() -> str | None:
    """Give the path of a Chromium, or nothing. `CHROMIUM` in the environment goes first."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_packages(*names: str) -> bool:
    """Install packages of Debian's, and return whether that went well."""
    is_allowed = os.geteuid() == 0 or (os.environ.get("CI") and shutil.which("sudo"))
    if not shutil.which("apt-get") or not is_allowed:
        return False
    print(f"Installing {', '.join(names)}")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "apt-get", "-q", "-o", "Acquire::Retries=3"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *names]):
        done = subprocess.run([*apt, *command], check=False, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def _install() -> None:
    """Try each way to get a Chromium; the last one's message is worth reading."""
    if install_packages("chromium"):
        return
    print("No Chromium found: asking Playwright's installer")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Make sure that there is a Chromium, or say clearly that none can be had."""
    if not find():
        _install()
    if not find():
        sys.exit(
            "The browser tests need Chromium, and none could be had. Install it (Debian: "
            "apt-get install chromium) or name it: CHROMIUM=/path/to/chromium make test"
        )


if __name__ == "__main__":
    main()
