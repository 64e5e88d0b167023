"""What every page says of its release: a line at its foot, and what its head tells programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from livecells.markup import Markup, element, join
from livecells.release.version import BUILD_TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from livecells.release.version import Release

PLACE = Markup("<!-- livecells: release -->")
"""Stands where the line goes: only a page knows its way to others."""

HEAD_END = "</head>"


def finish(page: str, line: Markup, head: Markup) -> str:
    """Put the line at the foot and the additions to the head into a page that is written."""
    before, end, after = page.partition(HEAD_END)
    return f"{before}{head}{end}{after}".replace(PLACE, line)


def line(name: str, release: Release, links: Mapping[str, str], root: str) -> Markup:
    """Write the line at the foot.

    Args:
        name: Of the site.
        release: What the page belongs to.
        links: Address below the site's root by what the link says.
        root: Way from the page to the site's root.
    """
    called = f"{name} {release.version}".strip()
    build = element("span", BUILD_TOKEN, data_part="build")
    ways = [element("a", text, href=f"{root}{address}" or "./") for text, address in links.items()]
    parts = join(called, ", build ", build, *(join(" · ", way) for way in ways))
    return join(element("span", parts, class_="release-line"), element("page-file"))


def head(release: Release) -> Markup:
    """Write what the page's scripts read of its release."""
    build = element("meta", name="livecells-build", content=BUILD_TOKEN)
    called = (
        element("meta", name="livecells-release", content=f"{one['version']}, {one['date']}")
        for one in release.changes[:1]
    )
    return join(build, *called)
