"""Zensical, which runs no plugins: a Markdown extension, and a step after the build.

The extension reads from Zensical which page is converted. Zensical keeps pages between builds, so
the step reads the cells of every page again: their results are kept too (author/prerender.py).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from pymdownx import superfences

from livecells import config
from livecells.author.extension import Cells
from livecells.author.fence import FENCES
from livecells.errors import BuildError
from livecells.figures import social
from livecells.markup import element
from livecells.release import components
from livecells.settings import Settings
from livecells.site import Site

if TYPE_CHECKING:
    from livecells.author.page import Page

CONTEXT = "rendering_context"
"""What Zensical hangs on the Markdown instance of each page: `page` and `config`."""

THEME = ("zensical",)

FINISHED = 'name="livecells-build"'

FIRST = 1000
"""A priority above those of all preprocessors."""


class Live(Extension):  # type: ignore[misc]  # Markdown has no types
    """Makes cells of the fences of the page that Zensical converts; does nothing elsewhere."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Called by Markdown for each instance that it makes."""
        held = (one for one in md.preprocessors if getattr(one, "name", "") == CONTEXT)
        context = next(held, None)
        if context is None:
            return
        root, about = Path(context.config["root_dir"]), context.page
        source = root / context.config["docs_dir"] / about.path
        _extend(md, _site(root).open_page(about.url, source, about.title, about.meta.get("cells")))


def makeExtension(**_: Any) -> Live:  # noqa: N802  Markdown's name
    """Called by Markdown."""
    return Live()


def finish(folder: Path, built: Path) -> list[str]:
    """Do after Zensical's build what the plugin does in MkDocs'.

    Args:
        folder: Of mkdocs.yml.
        built: Of the site that Zensical has built.

    Returns:
        What the author should know.

    Raises:
        BuildError: A page has a mistake, or a part is missing.
    """
    written = config.read(folder)
    if not list(built.glob("*.html")):
        msg = f"{built} has no page: build the site first, with 'zensical build'"
        raise BuildError(msg)
    if any(FINISHED in page.read_text(encoding="utf-8") for page in built.glob("*.html")):
        msg = f"{built} is finished already: run this once after each 'zensical build'"
        raise BuildError(msg)
    site = _site(folder)
    docs = folder / str(written.get("docs_dir") or "docs")
    is_folders = written.get("use_directory_urls") is not False
    for source in sorted(docs.rglob("*.md")):
        head, text = config.front_matter(source.read_text(encoding="utf-8"))
        url = _url(source.relative_to(docs), is_folders=is_folders)
        title = str(head.get("title") or source.stem)
        page = site.open_page(url, source, title, head.get("cells"))
        md = Markdown()
        _extend(md, page)
        md.convert(text)
        page.close()
    site.check_pages()
    name, url = str(written.get("site_name") or ""), str(written.get("site_url") or "")
    description = str(written.get("site_description") or "").strip()
    for path in sorted(built.rglob("*.html")):
        _finish_page(site, path, built, social.About(name, description, name, url, ""))
    warnings = site.finish(built, name=name, url=url, description=description, modules=[])
    return list(warnings)


@cache  # Zensical makes an extension for each page, and a site is not made in a moment
def _site(root: Path) -> Site:
    written = config.read(root)
    given = config.options(written)
    theme = written.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    settings = Settings.read(root, {"language": language or "en", **(given[0] if given else {})})
    site = Site(settings, theme=THEME)
    site.refresh()
    return site


def _extend(md: Markdown, page: Page) -> None:
    """Let a Markdown instance know the page, and the engine's fences beside the author's."""
    if not _superfences(md):
        md.registerExtensions([superfences.makeExtension()], {})
    md.registerExtensions([Cells(page)], {})
    md.preprocessors.register(_Fences(md), "livecells-fences", FIRST)


def _superfences(md: Markdown) -> list[Any]:
    return [one for one in md.registeredExtensions if hasattr(one, "superfences")]


class _Fences(Preprocessor):  # type: ignore[misc]
    """Adds the engine's fences when all extensions are there: Zensical adds its own at the end."""

    def run(self, lines: list[str]) -> list[str]:
        """Called by Markdown."""
        ours = superfences.makeExtension(custom_fences=[*FENCES, components.FENCE])
        ours.extendMarkdown(Markdown())
        _superfences(self.md)[-1].superfences += ours.superfences[1:]  # [0] is the ordinary block
        return lines


def _url(page: Path, *, is_folders: bool) -> str:
    """Return a page's address below the site's root."""
    if page.stem in ("index", "README"):
        return "" if page.parent == Path() else f"{page.parent.as_posix()}/"
    return page.with_suffix("").as_posix() + ("/" if is_folders else ".html")


def _finish_page(site: Site, path: Path, built: Path, about: social.About) -> None:
    """Put into a page what a template of MkDocs would have, and what every page gets."""
    root = "../" * (len(path.relative_to(built).parts) - 1)
    sheet = element("link", rel="stylesheet", href=f"{root}{site.stylesheet}")
    script = element("script", type="module", src=f"{root}{site.script}")
    before, end, after = path.read_text(encoding="utf-8").partition("</head>")
    page = f"{before}{sheet}{script}{end}{after}"
    path.write_text(site.finish_page(page, about.site, root, social.head(about)), encoding="utf-8")
