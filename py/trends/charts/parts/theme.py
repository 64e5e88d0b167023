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

LOOK = tomllib.loads((resources.files("trends.charts.parts") / "look.toml").read_text("utf-8"))

PALETTE: dict[str, tuple[str, str]] = {name: tuple(pair) for name, pair in LOOK["palette"].items()}
"""Colours by name: on white, on the dark page."""

PACKAGES: dict[str, str] = LOOK["packages"]
"""Colours of packages that the palette does not name, by their name on PyPI."""

SERIES, GROUPS, ALIKE = LOOK["series"], LOOK["groups"], LOOK["alike"]

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

    The parts are as `Heading` says; packages in title and subtitle may have their names on PyPI.
    """
    title, subtitle = wording.with_products(title), wording.with_products(subtitle)
    finished: Picture = chart.properties(
        title=alt.Title(title, subtitle=subtitle),
        description=description or f"{title}. {subtitle}.",
        usermeta={"caption": source, "licence": LICENCE},
        background="transparent",
    ).configure(view={"stroke": None}, **_config(LOOK["config"]))
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
    """Put pictures without a title below each other, or beside (`across`), in their own colours."""
    joined = alt.hconcat if across else alt.vconcat
    return finish(joined(*parts, spacing=spacing).resolve_scale(color="independent"), **heading)


def _config(part: Any) -> Any:
    """Return a part of the configuration with the palette's colours."""
    if isinstance(part, dict):
        return {name: _config(one) for name, one in part.items()}
    is_color = isinstance(part, str) and part.startswith("$")
    return color(part[1:]) if is_color else part
