"""WebKit: what must run in every engine."""

from browser.every_engine import *  # noqa: F403

ENGINE = "WebKit"
