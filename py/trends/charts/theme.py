"""One look for all charts, light and dark.

Colours are CSS variables with the light value as fallback: `var(--chart-grid, #d7dbe0)`. A chart
drawn as SVG therefore follows the page's palette at once, without being drawn again, and a
picture taken out of the page still has colours.
"""

import tomllib
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any, TypedDict, Unpack

import altair as alt

from trends import wording

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart | alt.HConcatChart

PALETTE: dict[str, tuple[str, str]] = {
    # name: (on white, on the dark page); each at least 3:1 against its page, chosen by the
    # colours of Okabe and Ito so that neighbours in a chart differ for colour-blind readers too
    "text": ("#1f2328", "#e6e8eb"),
    "muted": ("#5b6470", "#a3abb5"),
    "grid": ("#d7dbe0", "#3b414a"),
    "rest": ("#8a929c", "#7d8590"),
    "accent": ("#0063a8", "#62b5f6"),
    "supported": ("#1a7f4b", "#4ac585"),
    "partly": ("#9a6700", "#e3b341"),
    "contradicted": ("#b8302b", "#ff7b72"),
    "untestable": ("#6a737d", "#9aa3ad"),
    "fastapi": ("#00806a", "#2fc6a6"),
    "django": ("#6f42c1", "#b694ff"),
    "flask": ("#b35900", "#f0a04b"),
    "polars": ("#0063a8", "#62b5f6"),
    "pandas": ("#a8327a", "#f08cc5"),
    "uv": ("#7a2fb0", "#c792ff"),
    "ruff": ("#806000", "#dcb93c"),
    "torch": ("#c2410c", "#ff9563"),
    "tensorflow": ("#8a6d00", "#e0b83d"),
}

PACKAGES: dict[str, str] = tomllib.loads(
    (resources.files("trends") / "charts" / "colors.toml").read_text(encoding="utf-8")
)
"""Colours of packages that the palette does not name, by their name on PyPI."""

SERIES = ("fastapi", "django", "flask", "polars", "pandas", "torch", "uv", "ruff")
"""Colours for names that have none of their own, in the order in which they are handed out."""

GROUPS = ("accent", "torch", "fastapi", "django", "pandas", "rest")
"""Colours of groups, in the order in which they are handed out."""

ALIKE = {
    "torch": "flask",
    "flask": "torch",
    "tensorflow": "ruff",
    "ruff": "tensorflow",
    "uv": "django",
    "django": "uv",
}
"""Colours that are hard to tell apart; handed out last where the other one is taken."""

EMBED_DARK = (
    "--md-default-bg-color:#1b1f24;--md-default-fg-color:#e6e8eb;"
    "--md-default-fg-color--light:#a3abb5;--md-typeset-a-color:#6cb6ff;"
)
"""What an embedded figure has beside the palette when its reader prefers dark pages."""

HEIGHT = 320
"""Pixels of a chart with its heading, where it has no rows and no lines with names."""

LICENCE = "Chart: MIT. The data keeps the licence of its source."


class Heading(TypedDict, total=False):
    """What stands around a picture; one without `title` is a panel of another one.

    `title` is the finding in one sentence, `subtitle` the measure and its unit, `source` where the
    numbers come from; `description` is what a reader needs who cannot see the chart: title and
    subtitle, unless it says more.
    """

    title: str
    subtitle: str
    source: str
    description: str


def color(name: str) -> str:
    """Return a palette colour as a CSS value that follows the page.

    Raises:
        KeyError: `name` is not in `PALETTE`.
    """
    return f"var(--chart-{name}, {PALETTE[name][0]})"


def series_colors(names: Sequence[str]) -> list[str]:
    """Return a colour for each name: its own, else the next that no other name uses."""
    own: list[str] = []
    for name in names:
        hue = name if name in PALETTE else PACKAGES.get(name, "")
        own.append("" if hue in own else hue)
    alike = {ALIKE[hue] for hue in own if hue in ALIKE}
    free = iter(sorted((hue for hue in SERIES if hue not in own), key=lambda hue: hue in alike))
    return [color(hue or next(free, "rest")) for hue in own]


def words_color(css: str) -> str:
    """Return a line's colour for its words; the grey of what is left over is too light."""
    return color("muted") if css == color("rest") else css


def stylesheet() -> str:
    """Write the palette as CSS variables for Material's two schemes and for embedded figures."""
    light = "".join(f"--chart-{name}:{pair[0]};" for name, pair in PALETTE.items())
    dark = "".join(f"--chart-{name}:{pair[1]};" for name, pair in PALETTE.items())
    return (
        f":root{{{light}}}\n"
        f"@media screen{{[data-md-color-scheme=slate]{{{dark}}}}}\n"  # print stays light
        "@media screen and (prefers-color-scheme: dark)"
        f"{{.livecells-embed{{{dark}{EMBED_DARK}}}}}\n"
    )


def finish(
    chart: Picture, *, title: str, subtitle: str, source: str, description: str = ""
) -> Picture:
    """Give a chart its heading, its source line, its text alternative and the site's look.

    Args:
        chart: A finished picture without configuration.
        title: The finding, in one sentence; packages may have their names on PyPI.
        subtitle: The measure and its unit.
        source: Where the numbers come from; shown below the chart.
        description: What a reader who cannot see the chart needs; made of
            title and subtitle when empty.
    """
    title, subtitle = wording.with_products(title), wording.with_products(subtitle)
    finished: Picture = chart.properties(
        title=alt.Title(title, subtitle=subtitle),
        description=description or f"{title}. {subtitle}.",
        usermeta={"caption": source, "licence": LICENCE},
        background="transparent",
    ).configure(**_config())
    return finished


def layered(
    picture: Picture, behind: Iterable[Picture], front: Iterable[Picture], heading: Heading
) -> Picture:
    """Lay a picture between others, and finish it if it has a title."""
    layers = [*behind, picture, *front]
    chart = alt.layer(*layers) if len(layers) > 1 else picture
    return finish(chart, **heading) if heading else chart


def panels(
    *parts: Picture, across: bool = False, spacing: int = 14, **heading: Unpack[Heading]
) -> Picture:
    """Put pictures below or beside each other, each with its own colours.

    Args:
        parts: Pictures without a title.
        across: Beside each other.
        spacing: Pixels between them.
        heading: As `Heading` says.
    """
    joined = alt.hconcat if across else alt.vconcat
    return finish(joined(*parts, spacing=spacing).resolve_scale(color="independent"), **heading)


def _config() -> dict[str, Any]:
    text, muted, grid = color("text"), color("muted"), color("grid")
    font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
    return {
        "font": font,
        "view": {"stroke": None},
        "axis": {
            "labelColor": muted,
            "labelFontSize": 12,
            "titleColor": muted,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": grid,
            "domainColor": grid,
            "tickColor": grid,
            "labelFlush": False,
        },
        "axisY": {"domain": False, "ticks": False, "titleAnchor": "end", "tickCount": 5},
        "axisX": {"grid": False, "labelSeparation": 6},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "color": text,
            "fontSize": 16,
            "fontWeight": 600,
            "subtitleColor": muted,
            "subtitleFontSize": 13,
            "subtitlePadding": 5,
            "offset": 14,
        },
        "text": {"color": text, "fontSize": 12, "font": font},
        "legend": {"labelColor": text, "titleColor": muted, "labelFontSize": 12},
        "header": {"labelColor": text, "titleColor": muted, "labelFontSize": 13},
        "rule": {"color": muted},
    }
