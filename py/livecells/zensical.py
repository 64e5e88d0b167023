"""Zensical, which runs no plugins: a Markdown extension, and a step after the build.

The extension reads from Zensical which page is converted. Zensical keeps pages between builds, so
the step converts all of them once more, as Zensical does: the results of their cells are kept too
(author/prerender.py), and a page that they no longer fit is found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pymdownx import superfences

from livecells import config
from livecells.author.extension import Cells
from livecells.author.fence import FENCES
from livecells.author.page import Page
from livecells.errors import BuildError
from livecells.figures import social
from livecells.markup import Markup, element
from livecells.release import components, footer
from livecells.settings import Settings
from livecells.site import Site

CONTEXT = "rendering_context"
"""What Zensical hangs on the Markdown instance of each page: `page` and `config`."""

SITE = "livecells"
"""Where the site hangs in Zensical's own configuration, which lives as long as a build."""

CACHE = ".livecells"
"""The folder for everything that can be made again: `zensical build --clean` empties `.cache`."""

THEME = ("zensical",)

FINISHED = 'name="livecells-build"'

INDEX = ("index", "README")
"""Pages that have the address of their folder."""

FIRST, LAST = 1000, -1000
"""Priorities beyond those of all other processors."""

FOOT = '<div class="md-copyright">'
"""What the theme has at the foot of each page."""

STATE = re.compile("<!-- livecells: state .+? -->")
"""Stands in each page: its scripts, and what the results of its cells depend on."""


class Live(Extension):  # type: ignore[misc]  # Markdown has no types
    """Makes cells of the fences of the page that Zensical converts; does nothing elsewhere."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Called by Markdown for each instance that it makes."""
        held = (one for one in md.preprocessors if getattr(one, "name", "") == CONTEXT)
        context = next(held, None)
        if context is None:
            return
        built, about = context.config, context.page
        if SITE not in built:
            built[SITE] = _site(built)
        source = Path(built["root_dir"], built["docs_dir"], about.path)
        title = str(about.meta.get("title") or about.title or "")
        # Zensical takes relative addresses for those of the Markdown file
        page = built[SITE].open_page(about.url, source, title, about.meta, base=about.path)
        md.registerExtensions([Cells(page)], {})
        md.preprocessors.register(_Fences(md), "livecells-fences", FIRST)
        md.treeprocessors.register(_State(page, built[SITE].script), "livecells-state", LAST)


def makeExtension(**_: Any) -> Live:  # noqa: N802  Markdown's name
    """Called by Markdown."""
    return Live()


def finish(folder: Path, target: Path) -> list[str]:
    """Do after Zensical's build what the plugin does in MkDocs'.

    Args:
        folder: Of mkdocs.yml.
        target: Of the site that Zensical has built.

    Returns:
        What the author should know.

    Raises:
        BuildError: A page has a mistake or is not of this build, or a part is missing.
    """
    place = folder / config.NAME
    if not place.is_file():
        msg = f"there is no {place}: run this where your site is"
        raise BuildError(msg)
    if not list(target.glob("*.html")):
        msg = f"{target} has no page: build the site first, with 'zensical build'"
        raise BuildError(msg)
    if any(FINISHED in page.read_text(encoding="utf-8") for page in target.glob("*.html")):
        msg = f"{target} is finished already: run this once after each 'zensical build'"
        raise BuildError(msg)
    from zensical.config import parse_config  # not where MkDocs alone is installed

    built = parse_config(str(place))
    site = built[SITE] = _site(built)
    name, url = str(built["site_name"]), str(built["site_url"] or "")
    description = str(built["site_description"] or "").strip()
    pages = dict(_convert(built, target, social.About(name, description, name, url, "")))
    site.check_pages()
    for path in sorted(target.rglob("*.html")):
        _finish_page(site, path, target, name, url, pages.get(path))
    modules = [one["path"] for one in built["extra_javascript"] if one.get("type") == "module"]
    return list(site.finish(target, name=name, url=url, description=description, modules=modules))


def _site(built: dict[str, Any]) -> Site:
    root, docs = Path(built["root_dir"]), Path(built["root_dir"], built["docs_dir"])
    given = config.options(config.read(root))
    usual = {"language": built["theme"].get("language") or "en", "cache": CACHE}
    settings = Settings.read(root, {**usual, **(given[0] if given else {})})
    site = Site(settings, theme=THEME)
    site.refresh()
    is_folders = built["use_directory_urls"]
    site.context.pages = {
        _url(path.relative_to(docs), is_folders=is_folders): path
        for path in sorted(docs.rglob("*.md"), key=_in_order)
    }
    return site


class _Fences(Preprocessor):  # type: ignore[misc]
    """Adds the engine's fences when all extensions are there: Zensical adds its own at the end."""

    def run(self, lines: list[str]) -> list[str]:
        """Called by Markdown."""
        ours = superfences.makeExtension(custom_fences=[*FENCES, components.FENCE])
        ours.extendMarkdown(Markdown())
        known = [one for one in self.md.registeredExtensions if hasattr(one, "superfences")]
        known[-1].superfences += ours.superfences[1:]  # [0] is the ordinary block
        return lines


class _State(Treeprocessor):  # type: ignore[misc]
    """Ends a page, and notes in it what it was made with."""

    def __init__(self, page: Page, script: str) -> None:
        super().__init__()
        self._page, self._script = page, script

    def run(self, root: ElementTree.Element) -> None:
        """Called by Markdown."""
        self._page.close()
        state = f" livecells: state {self._script} {self._page.session.key} "
        root.append(ElementTree.Comment(state))


def _convert(
    built: dict[str, Any], target: Path, about: social.About
) -> Iterator[tuple[Path, social.About]]:
    """Convert all pages of a built site once more; yields the file of each and what it is about."""
    from zensical.markdown.render import render

    site, names = built[SITE], dict(_names(built["nav"]))
    for url, source in site.context.pages.items():
        place = target / url if url.endswith(".html") else target / url / "index.html"
        if not place.is_file():
            continue  # its author has left it out of the site
        head, text = config.front_matter(source.read_text(encoding="utf-8"))
        path = source.relative_to(Path(built["root_dir"], built["docs_dir"])).as_posix()
        heading = re.search(r"^# (.+)$", text, re.MULTILINE)
        called = heading[1].strip() if heading else source.stem
        named = names.get(path)
        done = render(text, path, url, json.dumps(head, default=str), called, named)["content"]
        if (state := STATE.search(done)) and state[0] not in place.read_text(encoding="utf-8"):
            msg = "Zensical has kept this page, but livecells, its code or data have changed"
            remedy = "list their folders under 'watch' in mkdocs.yml, and build again"
            name = site.context.name_of(source)
            site.context.errors.append(BuildError(f"{name}: {msg}: {remedy}"))
        title = str(head.get("title") or named or called)
        said = str(head.get("description") or about.description).strip()
        yield place, replace(about, title=title, description=said, url=url)


def _names(nav: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the files in the navigation, each with what the author calls it there."""
    for one in nav:
        if one["url"] and one["title"]:
            yield one["url"], one["title"]
        yield from _names(one["children"])


def _in_order(page: Path) -> tuple[object, ...]:
    """Sort pages as MkDocs does."""
    return page.parent.parts, page.stem not in INDEX, page.name


def _url(page: Path, *, is_folders: bool) -> str:
    """Return a page's address below the site's root."""
    if page.stem in INDEX:
        return "" if page.parent == Path() else f"{page.parent.as_posix()}/"
    return page.with_suffix("").as_posix() + ("/" if is_folders else ".html")


def _finish_page(
    site: Site, path: Path, target: Path, name: str, url: str, about: social.About | None
) -> None:
    """Put into a page what a template of MkDocs would have, and what every page gets."""
    root = "../" * (len(path.relative_to(target).parts) - 1)
    if path.name == "404.html":  # it has no place of its own
        root = urlsplit(url or "/").path
    sheet = element("link", rel="stylesheet", href=f"{root}{site.stylesheet}")
    script = element("script", type="module", src=f"{root}{site.script}")
    before, end, after = path.read_text(encoding="utf-8").partition("</head>")
    foot = element("div", footer.PLACE, class_="md-copyright__highlight")
    page = f"{before}{sheet}{script}{end}{after.replace(FOOT, f'{FOOT}{foot}', 1)}"
    head = social.head(about, site.context.titles) if about else Markup()
    path.write_text(site.finish_page(page, name, root, head), encoding="utf-8")
