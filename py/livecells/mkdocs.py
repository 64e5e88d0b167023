"""The MkDocs adapter: the only module that knows the site generator."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from livecells.author import fence
from livecells.figures import social
from livecells.release import footer as colophon
from livecells.errors import BuildError
from livecells.settings import Settings
from livecells.site import Site
from livecells.figures.social import About

THEME = ("mkdocs-material",)
"""Distributions whose files are in the pages."""

_site: Site | None = None
_is_preview = False


def on_startup(*, command: str, **_: Any) -> None:
    """Note whether this is the preview server."""
    global _is_preview
    _is_preview = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Assemble the runtime and put the page's half into every page."""
    global _site
    root = Path(config.config_file_path).parent
    try:
        language = str(config.theme.get("language") or "en")
        settings = Settings.read(root, {"language": language, **config.extra.get("livecells", {})})
        if _site is None or _site.settings != settings:
            _site = Site(settings, is_preview=_is_preview, theme=THEME)
        _site.refresh()
    except BuildError as error:
        raise PluginError(str(error)) from error
    config.extra_css.append(_site.stylesheet)
    script = ExtraScriptValue(_site.script)
    script.type = "module"
    config.extra_javascript.append(script)
    config.copyright = f"{config.copyright or ''}{colophon.PLACE}"
    return config


def on_files(files: Files, **_: Any) -> None:
    """Note which pages there are, for fences that link to them."""
    assert _site is not None
    found = files.documentation_pages()
    _site.pages = {one.url.removeprefix("./"): Path(one.abs_src_path or "") for one in found}


def on_page_markdown(markdown: str, *, page: MkDocsPage, **_: Any) -> str:
    """Give the page's fences a namespace."""
    assert _site is not None
    source = Path(page.file.abs_src_path or "")
    fence.open_page(_site.open_page(page.url, source, _title(page)))
    return markdown


def on_page_content(html: str, **_: Any) -> str:
    """Stop where a cell of the page's source is not in the page."""
    try:
        fence.close_page()
    except BuildError as error:
        raise PluginError(str(error)) from error
    return html


def on_post_page(output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Say on the page which release it belongs to, and to others what it is about."""
    assert _site is not None
    about = About(
        title=_title(page) or config.site_name,
        description=str(page.meta.get("description") or config.site_description or "").strip(),
        site=config.site_name,
        site_url=config.site_url or "",
        url=page.url.removeprefix("./"),
    )
    root = "../" * page.url.count("/")
    return _site.finish_page(output, config.site_name, root, social.head(about))


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Say it on the page for missing ones too, which has no place of its own."""
    assert _site is not None
    if not template_name.endswith(".html"):
        return output
    return _site.finish_page(output, config.site_name, urlsplit(config.site_url or "/").path)


@event_priority(-100)  # after every plugin has written its files: the service worker lists them
def on_post_build(config: MkDocsConfig) -> None:
    """Lay the runtime and the data beside the pages, and make a release of it."""
    assert _site is not None
    target = Path(config.site_dir)
    try:
        _site.install(target)
        about = config.site_description or ""
        _site.publish(
            target, name=config.site_name, url=config.site_url or "", description=about.strip()
        )
        scripts = [one for one in config.extra_javascript if getattr(one, "type", "") == "module"]
        _site.write_twins(target, [str(one) for one in scripts])
        _site.release(target)
    except BuildError as error:
        raise PluginError(str(error)) from error


def on_serve(server: Any, **_: Any) -> Any:
    """Build again when Python, data or the page's half change."""
    assert _site is not None
    for place in _site.watched:
        server.watch(str(place))
    return server


def _title(page: MkDocsPage) -> str:
    """Give what a page calls itself; the navigation may have a shorter name for it."""
    return str(page.meta.get("title") or page.title or "")
