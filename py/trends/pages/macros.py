"""Figures in prose: what `{= ... =}` in a page may call. Loaded by the macros plugin.

Every number a reader sees is computed here at build time; none is typed.
"""

import re
from pathlib import Path
from typing import Any

from trends import (
    claim_numbers,
    counting_numbers,
    dating_numbers,
    editor_numbers,
    numbers,
    pace_numbers,
    python_numbers,
    record_numbers,
    survey_numbers,
    wording,
)
from trends.pages import catalogue, changes, chapters, downloads, explorer, verdicts

HEADING = re.compile(r"^# .+$", re.MULTILINE)

NUMBERS = (
    numbers,
    claim_numbers,
    counting_numbers,
    dating_numbers,
    editor_numbers,
    pace_numbers,
    python_numbers,
    record_numbers,
    survey_numbers,
    wording,
)
"""The modules whose functions prose may call."""


def define_env(env: Any) -> None:
    """Offer the vocabulary to the pages.

    Args:
        env: The plugin's environment; its type is private to the plugin.
    """
    env.variables.update(vocabulary())
    env.filters.update(figures())


def vocabulary() -> dict[str, Any]:
    """What an expression in a page may call: figures, and pieces of a page."""
    return {
        **figures(),
        "verdict_strip": verdicts.strip,
        "scoreboard": verdicts.scoreboard,
        "chapter_count": chapters.chapter_count,
        "catalogue": catalogue.entries,
        "changes": changes.listing,
        "open_table": catalogue.chooser,
        "explorer": explorer.controls,
        "accidents": explorer.accidents,
    }


def figures() -> dict[str, Any]:
    """The functions of the modules of numbers, which are filters too."""
    return {
        name: function
        for module in NUMBERS
        for name, function in vars(module).items()
        if getattr(function, "__module__", "") == module.__name__ and not name.startswith("_")
    }


def on_post_page_macros(env: Any) -> None:
    """Put a chapter's line of facts below its heading."""
    line = chapters.facts(env.page.url, env.page.file.content_string)
    if line is not None:
        env.markdown = HEADING.sub(lambda found: f"{found[0]}\n\n{line}\n", env.markdown, count=1)


def on_post_build(env: Any) -> None:
    """Write what the site hands out beside its pages."""
    site = Path(env.conf["site_dir"])
    downloads.write(site)
    changes.write_feed(site, name=env.conf["site_name"], url=env.conf["site_url"] or "")
