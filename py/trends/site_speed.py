"""Steps over the site's own speed record: what a reader waits for, and what was promised.

Pure like `trends.frames`: `measures` is always `site_speed` as `trends.data` loads it.
"""

import tomllib
from collections.abc import Sequence
from importlib import resources

import polars as pl

from trends import frames, wording

SOURCE = "Source: make bench, this project's own measurement."
WORDS = tomllib.loads((resources.files("trends") / "site_speed.toml").read_text("utf-8"))

PLACES: dict[str, str] = WORDS["places"]
VISITS: dict[str, str] = WORDS["visits"]
GROUPS: dict[str, list[str]] = {one["name"]: one["stages"] for one in WORDS["groups"]}
COLORS: dict[str, str] = {one["name"]: one["color"] for one in WORDS["groups"]}
BUDGETS = {tuple(key): words for *key, words in WORDS["budgets"]["rows"]}
MOMENTS = {tuple(key): words for *key, words in WORDS["moments"]["rows"]}

ALL_THREADS = "native"
ONE_THREAD = "native, one thread"


def measured(
    measures: pl.DataFrame,
    topic: str,
    what: str,
    moment: str | None = None,
    place: str = "site",
    size: int = 0,
) -> float:
    """Return a median of the record, in its unit, by the columns of `site_speed`.

    `moment` is the visit, or None where there is one only; `place` may be two, for a ratio;
    `size` is in rows or cells.
    """
    where = {"topic": topic, "what": what, "moment": moment, "place": place, "size": size}
    return float(frames.value(measures, "median", **where))


def stages(measures: pl.DataFrame, visits: Sequence[str] = tuple(VISITS)) -> pl.DataFrame:
    """Where the time from Run to a first chart goes, here and on the plain page.

    Returns:
        `bar` (visit and place in words), `moment`, `place`, `group` (a key of `GROUPS`), `ms`, and
        `total`, the median of the whole, which medians of its parts need not sum up to; in the
        order of the visits, places and groups.
    """
    known = {stage: group for group, own in GROUPS.items() for stage in own}
    rows = measures.filter(
        pl.col("moment").is_in(visits), pl.col("place").is_in(list(PLACES)), topic="stage"
    )
    grouped = rows.with_columns(group=pl.col("what").replace_strict(known)).group_by(
        "moment", "place", "group"
    )
    bar = pl.format(
        "{}, {}",
        pl.col("place").replace_strict(PLACES),
        pl.col("moment").replace_strict(VISITS),
    )
    keys = ["moment", "place"]
    totals = measures.filter(topic="start").select(*keys, total="median")
    orders = (("moment", VISITS), ("place", PLACES), ("group", GROUPS))
    return (
        grouped.agg(ms=pl.sum("median"))
        .join(totals, on=keys)
        .with_columns(bar=bar)
        .sort(pl.col(name).cast(pl.Enum(list(order))) for name, order in orders)
        .select("bar", "moment", "place", "group", "ms", "total")
    )


def against_plain(shown: pl.DataFrame) -> str:
    """Say how the site's time in `stages` compares with the plain page's, by visit."""
    starts = shown.unique("bar", keep="first", maintain_order=True)
    visits = starts["moment"].unique(maintain_order=True).to_list()
    wide = starts.pivot("place", index="moment", values="total", maintain_order=True)
    shares = [f"{100 * row['site'] / row['plain']:.0f}" for row in wide.to_dicts()]
    said = f"A chart takes {shares[0]} percent of the plain page's time"
    return f"{said}, {shares[1]} on return" if shares[1:] else f"{said} on a {visits[0]} visit"


def waits(column: str) -> pl.Expr:
    """Write milliseconds as a reader counts them."""
    return pl.col(column).map_elements(wording.wait, return_dtype=pl.String)


def budgets(measures: pl.DataFrame, *, only: str = "all") -> pl.DataFrame:
    """What was promised and what was measured; `only` is `all`, `met` or `missed`.

    Returns:
        `budget` (in words), `at most`, `measured` (both with unit), `verdict` (met or missed).

    Raises:
        ValueError: `only` is none of these, or a budget has no words.
    """
    if only not in {"all", "met", "missed"}:
        msg = f"only={only!r}, expected all, met or missed"
        raise ValueError(msg)
    rows = []
    for row in measures.drop_nulls("goal").to_dicts():
        key = (row["topic"], row["what"], row["place"], row["moment"] or "")
        if key not in BUDGETS:
            msg = f"{key} has a goal but no words"
            raise ValueError(msg)
        verdict = "met" if row["median"] <= row["goal"] else "missed"
        shown = (_said(row[name], row["unit"]) for name in ("goal", "median"))
        rows.append((list(BUDGETS).index(key), BUDGETS[key], *shown, verdict))
    columns = ["place", "budget", "at most", "measured", "verdict"]
    found = pl.DataFrame(rows, columns, orient="row").sort("place").drop("place")
    return found if only == "all" else found.filter(verdict=only)


def reasons(measures: pl.DataFrame) -> str:
    """Why budgets are missed, as a list in Markdown; empty where all are met.

    Raises:
        ValueError: a missed budget has no reason.
    """
    missed = budgets(measures, only="missed")["budget"].to_list()
    known = {BUDGETS[tuple(key)]: reason for *key, reason in WORDS["reasons"]["rows"]}
    if untold := [budget for budget in missed if budget not in known]:
        msg = f"missed, and nothing says why: {untold}"
        raise ValueError(msg)
    return "\n".join(f"- **{budget}**: {known[budget]}" for budget in missed)


def lines(measures: pl.DataFrame) -> pl.DataFrame:
    """From the click on a link to a first chart, over lines of several speeds.

    Returns:
        `line`, the columns of `PLACES` in words (s), and their `ratio`.
    """
    rows = measures.filter(topic="navigation", what="chart")
    found = {
        (line, place): ms for line, place, ms in rows.select("moment", "place", "median").rows()
    }
    told = []
    for line in dict.fromkeys(line for line, _ in found):
        here, plain = (found[line, place] for place in PLACES)
        told.append((line, round(here / 1000, 1), round(plain / 1000, 1), round(here / plain, 2)))
    return pl.DataFrame(told, ["line", *PLACES.values(), "ratio"], orient="row")


FEW = 10
"""Below it a decimal tells something."""


def _said(value: float, unit: str) -> str:
    if unit == "times":
        return f"{value:.2f} times"
    if unit == "MB" and value != int(value):  # 16.05 of at most 16 must not read as 16
        return f"{value:.2f} MB"
    small = 3 if unit == "shift" else 1
    digits = 0 if value == int(value) or value >= FEW else small
    return f"{value:,.{digits}f} {unit if unit != 'shift' else ''}".rstrip()


def queries(measures: pl.DataFrame, *, native: str = ONE_THREAD) -> pl.DataFrame:
    """The same queries in the page and natively (`ALL_THREADS` or `ONE_THREAD`).

    Returns:
        `query`, `browser`, `native` (ms), `ratio`, the largest ratio first.
    """
    rows = measures.filter(topic="query")
    ours = rows.filter(place="site").select("what", browser="median")
    theirs = rows.filter(place=native).select("what", native="median")
    return (
        ours.join(theirs, on="what", maintain_order="left")
        .with_columns(ratio=pl.col("browser") / pl.col("native"))
        .rename({"what": "query"})
        .sort("ratio", descending=True)
    )


def memory(measures: pl.DataFrame, *, what: str = "tab") -> pl.DataFrame:
    """How much memory a `tab`, or the interpreter of `Python` in it, takes at several moments.

    Returns:
        `moment` (in words), `mb`; only what was measured.
    """
    rows = measures.filter(topic="memory", what=what)
    known = {(row["place"], row["moment"]): row["median"] for row in rows.to_dicts()}
    found = [(words, known[key]) for key, words in MOMENTS.items() if key in known]
    return pl.DataFrame(found, ["moment", "mb"], orient="row")
