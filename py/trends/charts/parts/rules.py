"""What a value is held against: rules, bands of time, and the line that names the source."""

from datetime import date

import altair as alt
import polars as pl

from trends import wording
from trends.charts.parts.axes import span
from trends.charts.parts.theme import Picture, color
from trends.frames import PRESENT, Month, as_month

COUNTED = "Source: Top PyPI Packages (Hugo van Kemenade), downloads in 30 days"
BROKEN = "Dotted: the counting method changed, or the package was off the list."
RELEASES = (
    "Sources: the projects' own tags; best-of lists by ml-tooling (CC BY-SA 4.0); endoflife.date."
)
SURVEYS = (
    "Sources: Stack Overflow Developer Surveys (ODbL 1.0); Python Developers Survey "
    "(PSF and JetBrains), published figures."
)


def counted(rows: pl.DataFrame, *, broken: bool = True) -> str:
    """Name the source of download counts, and the last month drawn."""
    text = f"{COUNTED}, to {wording.month_name(span(rows)[1])}."
    return f"{text} {BROKEN}" if broken else text


def date_rule(
    day: Month, text: str = "article (earliest)", *, below: bool = False, above: bool = False
) -> Picture:
    """Draw a thin vertical rule at a date, with a word at its top.

    Or with the word at its foot (`below`), or over the picture (`above`) where bars would cover it.
    """
    at = pl.DataFrame({"day": [day if isinstance(day, date) else as_month(day)], "text": [text]})
    rule = alt.Chart(at).mark_rule(strokeWidth=1, strokeDash=[2, 3]).encode(x="day:T")
    words = alt.Chart(at).mark_text(
        align="center" if above else "right",
        baseline="bottom" if below or above else "top",
        dx=0 if above else -4,
        dy=-3 if below or above else 2,
        color=color("muted"),
    )
    y = alt.value("height" if below else 0)
    return alt.layer(rule, words.encode(x="day:T", y=y, text="text:N"))


def article_rule(rows: pl.DataFrame, *, below: bool = False) -> list[Picture]:
    """Mark the month the article speaks from, if the rows reach beyond it."""
    first, last = span(rows)
    return [date_rule(PRESENT, below=below)] if first < as_month(PRESENT) < last else []


def date_band(start: date, end: date, text: str = "") -> Picture:
    """Lay a grey band behind a stretch of time, with words above its end."""
    at = pl.DataFrame({"start": [start], "end": [end], "text": [text]})
    band = alt.Chart(at).mark_rect(color=color("rest"), opacity=0.16)
    layers = [band.encode(x="start:T", x2="end:T")]
    if text:
        words = alt.Chart(at).mark_text(
            align="right", baseline="bottom", dy=-3, color=color("muted")
        )
        layers.append(words.encode(x="end:T", y=alt.value(0), text="text:N"))
    return alt.layer(*layers)


def level_rule(
    value: float, text: str = "", *, shade: str = "muted", centred: bool = False
) -> Picture:
    """Draw a dashed horizontal rule at a value, with words above its left end or its middle."""
    at = pl.DataFrame({"level": [float(value)], "text": [text]})
    rule = alt.Chart(at).mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=color(shade))
    words = alt.Chart(at).mark_text(
        align="center" if centred else "left", dx=0 if centred else 4, dy=-8, color=color(shade)
    )
    x = alt.value(alt.ExprRef("width / 2")) if centred else alt.value(0)
    return alt.layer(rule.encode(y="level:Q"), words.encode(x=x, y="level:Q", text="text:N"))


def value_rule(value: float, text: str = "") -> Picture:
    """Draw a dashed vertical rule at a value, with words above the picture."""
    at = pl.DataFrame({"at": [float(value)], "text": [text]})
    rule = alt.Chart(at).mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=color("text"))
    layers = [rule.encode(x="at:Q")]
    if text:
        words = alt.Chart(at).mark_text(baseline="bottom", dy=-4, color=color("muted"))
        layers.append(words.encode(x="at:Q", y=alt.value(0), text="text:N"))
    return alt.layer(*layers)
