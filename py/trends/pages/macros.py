"""Figures in prose: what `{= ... =}` in a page may call. Loaded by the macros plugin.

Every number a reader sees is computed here at build time; none is typed.
"""

from pathlib import Path
from typing import Any

from trends import numbers
from trends.charts import theme
from trends.pages import verdicts


def define_env(env: Any) -> None:
    """Offer the vocabulary of `trends.numbers` to the pages.

    Args:
        env: The plugin's environment; its type is private to the plugin.
    """
    for name, function in vars(numbers).items():
        if getattr(function, "__module__", "") == numbers.__name__ and not name.startswith("_"):
            env.variables[name] = env.filters[name] = function
    env.variables["verdict_strip"] = verdicts.strip
    env.variables["scoreboard"] = verdicts.scoreboard


def on_post_build(env: Any) -> None:
    """Write the charts' colours as a stylesheet."""
    target = Path(env.conf["site_dir"]) / "assets" / "charts.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(theme.stylesheet(), encoding="utf-8")
