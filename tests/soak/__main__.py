"""`python -m soak`: all loads at full length; prints a table, writes `.bench/soak.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from browser import chromium
from browser.server import SITE, serve
from soak.loads import LOADS
from soak.memory import table

RESULTS = Path(".bench/soak.json")


def main() -> int:
    path = chromium.find()
    results = {}
    with sync_playwright() as playwright, serve(SITE) as server:
        for name, load in LOADS.items():
            browser = playwright.chromium.launch(
                executable_path=path, args=list(chromium.ARGUMENTS)
            )
            results[name] = load(browser, server)
            print(f"{name}: {results[name].rounds} rounds", flush=True)
            browser.close()
    print(table(results))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({name: one.as_json() for name, one in results.items()}, indent=1))
    grown = [f"{name}: {what}" for name, one in results.items() for what in one.grown()]
    print("\n".join(["GROWS", *grown]) if grown else "memory stays level")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
