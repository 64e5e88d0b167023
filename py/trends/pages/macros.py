"""Figures in prose: what `{= ... =}` in a page may call. Loaded by the macros plugin.

Every number a reader sees is computed here at build time; none is typed.
"""

from pathlib import Path
from typing import Any

from trends import (
    claim_numbers,
    counting_numbers,
    dating_numbers,
    editor_numbers,
    numbers,
    python_numbers,
    record_numbers,
    survey_numbers,
)
from trends.pages import catalogue, chapters, downloads, explorer, verdicts

NUMBERS = (
    numbers,
    claim_numbers,
    counting_numbers,
    dating_numbers,
    editor_numbers,
    python_numbers,
    record_numbers,
    survey_numbers,
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


def on_post_build(env: Any) -> None:
    """Write what the site hands out beside its pages."""
    downloads.write(Path(env.conf["site_dir"]))
