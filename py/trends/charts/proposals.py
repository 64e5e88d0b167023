"""Charts of proposals to change Python (PEPs): when, on what, and what became of them."""

from textwrap import wrap
from typing import Any

import altair as alt
import polars as pl

from trends import record, wording
from trends.charts import theme
from trends.charts.dates import panel_scale
from trends.charts.dots import ROW_HEIGHT, row_axis
from trends.charts.labels import CHARACTER, haloed
from trends.charts.lines import named_lines

ROW = ROW_HEIGHT * 2.2
"""Pixels of a proposal with its words above it."""

WIDE, FIT_WIDE, FIT_NARROW, LINE, AXIS = 450, 84, 46, 14, 40
"""Pixels from which a chart is wide; characters of a line in a wide one and on a phone; pixels of a
line, and of an axis of numbers."""

STATUS = {"Final": "supported", "Active": "accent", "Accepted": "polars", "Draft": "rest"}
STATES = {"accepted": "supported", "open": "accent", "closed": "rest"}
SOURCE = "Source: Python Enhancement Proposals (public domain or CC0)"


def proposal_dots(peps: pl.DataFrame) -> Any:
    """Draw proposals by the day they were written, with their state today.

    Args:
        peps: One row a proposal, in the order to show. Columns: `pep` Int64, `title`, `status`
            String, `created` Date.
    """
    x = alt.X("created:T").title(None).scale(padding=14)
    dots = _dots(peps, x.axis(tickCount="year", format="%Y", grid=True))
    counts = peps.group_by("status", maintain_order=True).len().rows()
    return theme.finish(
        dots.properties(height=alt.Step(ROW)),
        title=f"Of {len(peps)} proposals {', '.join(f'{n} {s.lower()}' for s, n in counts)}",
        subtitle="Python Enhancement Proposals by day of creation, with their state of August 2026",
        source=f"{SOURCE}.",
    )


def _dots(peps: pl.DataFrame, x: alt.X, *, left: int = 0) -> Any:
    """Draw one row a proposal: a dot at its date, and above it number, status and title.

    Args:
        peps: As for `proposal_dots`.
        x: The axis of dates.
        left: Pixels that the words begin to the left of the axis, to have more room.
    """
    rows = peps.with_columns(
        row=pl.format("PEP {}", "pep"),
        words=pl.format("PEP {}, {}: {}", "pep", pl.col("status").str.to_lowercase(), "title"),
    )
    states = rows["status"].unique(maintain_order=True).to_list()
    shades = [theme.color(STATUS.get(state, "rest")) for state in states]
    y = alt.Y("row:N", sort=rows["row"].to_list(), axis=None)
    dots = (
        alt.Chart(rows)
        .mark_circle(size=110, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color("status:N").scale(domain=states, range=shades).legend(None),
            tooltip=["title:N", "status:N", alt.Tooltip("created:T", format="%d %B %Y")],
        )
    )
    words = [
        layer
        for characters, test in ((FIT_WIDE, f"width >= {WIDE}"), (FIT_NARROW, f"width < {WIDE}"))
        for layer in _wrapped(rows, y, characters, alt.ExprRef(f"{test} ? 1 : 0"), left)
    ]
    return alt.layer(dots, *words)


def _wrapped(
    rows: pl.DataFrame, y: alt.Y, characters: int, opacity: alt.ExprRef, left: int
) -> list[Any]:
    """Write words above the dots, on more lines where they are longer than so many characters."""
    lines = pl.Series("words", ["\n".join(wrap(text, characters)) for text in rows["words"]])
    layers = []
    broken = rows.with_columns(lines, breaks=lines.str.count_matches("\n"))
    for (breaks,), part in broken.group_by("breaks", maintain_order=True):
        base = alt.Chart(part).encode(x=alt.value(0), y=y, text="words:N")
        layers += haloed(
            base,
            align="left",
            baseline="bottom",
            dx=-left,
            dy=-9 - LINE * int(str(breaks)),
            lineBreak="\n",
            limit=alt.ExprRef(f"width + {left}"),  # what is not shown must not need room either
            opacity=opacity,
        )
    return layers


def proposals_over_recipes(peps: pl.DataFrame, recipes: pl.DataFrame) -> Any:
    """Draw proposals for a platform and, below them, the packages built for it, on one time axis.

    Args:
        peps: As for `proposal_dots`.
        recipes: What `record.recipe_series` gives.
    """
    names = recipes["series"].unique(maintain_order=True).to_list()
    shades = [theme.color(name) for name in ("accent", "rest", "fastapi")][: len(names)]
    steps = named_lines(
        recipes,
        x="date",
        y="packages",
        series="series",
        y_title="packages with a recipe",
        colors=alt.Scale(domain=names, range=shades),
        step=True,
        points=True,
        panel=True,
        height=190,
        digits=0,
        details=("version:N", "python_version:N"),
    )
    scale = panel_scale(recipes, "date", names)
    x = alt.X("created:T").title(None).scale(scale).axis(None)
    dots = _dots(peps, x, left=AXIS)
    newest = recipes.sort("date").filter(series=record.MOVED_TO).row(-1, named=True)
    done = peps.filter(pl.col("status").is_in(["Final", "Active", "Accepted"])).height
    return theme.finish(
        alt.vconcat(dots.properties(height=ROW * len(peps)), steps, spacing=10).resolve_scale(
            color="independent"
        ),
        title=(
            f"{done} of {len(peps)} proposals are accepted, and {newest['packages']} packages "
            "are built for the browser, all under Python 3"
        ),
        subtitle="Above: proposals by day of creation. Below: packages with a Pyodide recipe",
        source=f"{SOURCE}; recipes counted in the public source of Pyodide (MPL-2.0).",
    )


def theme_bars(themes: pl.DataFrame, *, since: int) -> Any:
    """Draw how many proposals each theme has, by what became of them; Python 4 keeps its row.

    Args:
        themes: What `record.by_theme` gives: `pep`, `theme`, `state`.
        since: Year of creation of the oldest, for the words.
    """
    counts = themes.group_by("theme", "state").agg(peps=pl.len())
    names = sorted({*themes["theme"], record.PYTHON_4})
    totals = (
        pl.DataFrame({"theme": names})
        .join(themes.group_by("theme").agg(peps=pl.len()), on="theme", how="left")
        .fill_null(0)
        .sort("peps", "theme", descending=[True, False])
    )
    high = float(totals["peps"].max())  # type: ignore[arg-type]
    y = row_axis("theme", totals["theme"].to_list())
    room = CHARACTER * len(f"{high:.0f}") + 10
    scale = alt.Scale(domain=[0, high], nice=False, rangeMax=alt.ExprRef(f"width - {room:.0f}"))
    color = (
        alt.Color("state:N")
        .scale(domain=list(STATES), range=[theme.color(shade) for shade in STATES.values()])
        .legend(title=None, orient="top", columns=3, symbolOpacity=1)
    )
    order = alt.Order("place:Q")
    places = {state: place for place, state in enumerate(STATES)}
    counts = counts.with_columns(place=pl.col("state").replace_strict(places)).sort(
        "theme", "place"
    )
    bars = (
        alt.Chart(counts)
        .mark_bar(height=ROW_HEIGHT - 10)
        .encode(
            x=alt.X("peps:Q").title("proposals").scale(scale).axis(tickCount=4),
            y=y,
            color=color,
            order=order,
            tooltip=["theme:N", "state:N", alt.Tooltip("peps:Q", title="proposals")],
        )
    )
    words = (
        alt.Chart(totals)
        .mark_text(align="left", dx=6, fontWeight=600)
        .encode(x="peps:Q", y=y, text="peps:N")
    )
    first = totals.row(0, named=True)
    python_4 = totals.filter(theme=record.PYTHON_4)["peps"][0]
    return theme.finish(
        alt.layer(bars, words).properties(height=alt.Step(ROW_HEIGHT)),
        title=(
            f"{first['peps']} proposals on {first['theme']}, "
            f"{wording.in_words(python_4) if python_4 else 'none'} for a Python 4"
        ),
        subtitle=f"Proposals created since {since} by theme of their titles; Python 4: of any year",
        source=f"{SOURCE}, read in August 2026.",
    )
