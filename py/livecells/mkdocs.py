"""The MkDocs plugin: the only module that knows the site generator."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from livecells.author.extension import Cells
from livecells.author.fence import FENCES
from livecells.errors import BuildError
from livecells.figures import social
from livecells.release import components, footer
from livecells.settings import Settings
from livecells.site import Site
from livecells.store import digest

log = get_plugin_logger("livecells")

SUPERFENCES = "pymdownx.superfences"

ID = re.compile(r'\sid="([^"]+)"')

SEARCH = "material/search"
HEAVY = re.compile(
    r'(?s)<section data-part="outputs".*?</section>|<div data-part="source".*?</div>'
)
LIGHT = re.compile(r"(?s)<!--light-->.*?<!--/light-->")
COLOUR = re.compile(r"</?span[^>]*>")
"""Outputs and coloured code of cells, and what stands for them while Material's search reads."""

THEME = ("mkdocs-material",)
"""Distributions whose files are in the pages."""


class Options(Config):  # type: ignore[no-untyped-call]
    """Checked by `Settings.read`, which knows the keys."""

    def validate(self) -> Any:
        """Accept any key."""
        return [], []


class LivecellsPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Turns fences of a MkDocs site into live cells."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._cells = Cells()
        self._heavy: list[str] = []
        self._is_preview = False
        self._is_dirty = False

    @property
    def site(self) -> Site:
        """The site under construction."""
        assert self._site is not None
        return self._site

    def on_startup(self, *, command: str, dirty: bool, **_: Any) -> None:
        """Note whether this is the preview server, and writes only the pages that have changed."""
        self._is_preview = command == "serve"
        self._is_dirty = dirty and self._is_preview

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Assemble the runtime and put the page's half into every page."""
        if sum(isinstance(one, LivecellsPlugin) for one in config.plugins.values()) > 1:
            msg = "livecells is listed twice under plugins in mkdocs.yml: keep one of them"
            raise PluginError(msg)
        root = Path(config.config_file_path).parent
        language = str(config.theme.get("language") or "en")
        try:
            settings = Settings.read(root, {"language": language, **self.config})
            if self._site is None or self._site.settings != settings:
                self._site = Site(settings, is_preview=self._is_preview, theme=THEME)
            self._site.refresh(_setup(config) if self._is_dirty else "")
        except BuildError as error:
            raise PluginError(str(error)) from error
        config.markdown_extensions.append(self._cells)  # an instance will do
        _add_fences(config)
        config.extra_css.append(self._site.stylesheet)
        script = ExtraScriptValue(self._site.script)
        script.type = "module"
        config.extra_javascript.append(script)
        config.copyright = f"{config.copyright or ''}{footer.PLACE}"
        return config

    def on_files(self, files: Files, **_: Any) -> None:
        """Note which pages there are, for fences that link to them."""
        self.site.context.pages = {
            one.url.removeprefix("./"): Path(one.abs_src_path or "")
            for one in files.documentation_pages()
        }
        if self._is_dirty and not self.site.is_partial:
            for one in files.documentation_pages():
                Path(one.abs_dest_path).unlink(missing_ok=True)  # or MkDocs would not write it

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Open the page for its fences."""
        source = Path(page.file.abs_src_path or "")
        try:
            self._cells.page = self.site.open_page(page.url, source, _title(page), page.meta)
        except BuildError as error:
            raise PluginError(str(error)) from error
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Note where a cell of the page's source is not in the page, and what can be linked to.

        MkDocs collects anchors before the fences are put in, so it knows none of theirs.
        """
        assert self._cells.page is not None
        self._cells.page.close()
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(ID.findall(html))
        return html

    @event_priority(100)  # before the search
    def _lighten(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, **_: Any) -> Any:
        """Take out of the page what Material's search reads slowly and does not use."""
        if SEARCH in config.plugins:
            self._heavy = HEAVY.findall(page.content or "")
            page.content = HEAVY.sub(_light, page.content or "")
        return context

    @event_priority(-100)  # after the search
    def _restore(self, context: Any, *, page: MkDocsPage, **_: Any) -> Any:
        """Put it back."""
        heavy = iter(self._heavy)
        page.content = LIGHT.sub(lambda _: next(heavy), page.content or "")
        return context

    on_page_context = CombinedEvent(_lighten, _restore)

    def on_env(self, env: Any, *, files: Files, **_: Any) -> Any:
        """Stop when all pages are there, with all mistakes in one report."""
        for one in files.documentation_pages():
            if one.page is not None and one.page.markdown is None:  # it has not changed
                url = one.url.removeprefix("./")
                one.page.title = self.site.context.titles.get(url, one.page.title)
        try:
            self.site.check_pages()
        except BuildError as error:
            raise PluginError(str(error)) from error
        return env

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Add the release that the page belongs to and, for other sites, what it is about."""
        about = social.About(
            title=_title(page) or config.site_name,
            description=str(page.meta.get("description") or config.site_description or "").strip(),
            site=config.site_name,
            site_url=config.site_url or "",
            url=page.url.removeprefix("./"),
        )
        root = "../" * page.url.count("/")
        head = social.head(about, self.site.context.titles)
        return self.site.finish_page(output, config.site_name, root, head)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish the page for missing ones too, which has no place of its own."""
        if not template_name.endswith(".html"):
            return output
        root = urlsplit(config.site_url or "/").path
        return self.site.finish_page(output, config.site_name, root)

    @event_priority(-100)  # after every plugin has written its files: the service worker lists them
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Lay the runtime and the data beside the pages, and make a release of it."""
        scripts = [one for one in config.extra_javascript if getattr(one, "type", "") == "module"]
        try:
            warnings = self.site.finish(
                Path(config.site_dir),
                name=config.site_name,
                url=config.site_url or "",
                description=(config.site_description or "").strip(),
                modules=[str(one) for one in scripts],
            )
        except BuildError as error:
            raise PluginError(str(error)) from error
        for warning in warnings:
            log.warning(warning)

    def on_serve(self, server: Any, **_: Any) -> Any:
        """Build again when Python, data or the page's half change."""
        for place in self.site.watched:
            server.watch(str(place))
        return server


def _light(found: re.Match[str]) -> str:
    code = COLOUR.sub("", found[0]) if found[0].startswith("<div") else ""
    return f"<!--light-->{code}<!--/light-->"


def _add_fences(config: MkDocsConfig) -> None:
    """Let Markdown know the engine's fences; one of the site's own with the same name stays."""
    if SUPERFENCES not in config.markdown_extensions:
        config.markdown_extensions.append(SUPERFENCES)
    options = config.mdx_configs.setdefault(SUPERFENCES, {})
    own = options.get("custom_fences") or []
    names = {fence["name"] for fence in own}
    ours = [fence for fence in (*FENCES, components.FENCE) if fence["name"] not in names]
    options["custom_fences"] = [*own, *ours]


def _setup(config: MkDocsConfig) -> str:
    """Return what pages depend on beside their text: the configuration and the theme's files."""
    files = [Path(config.config_file_path)]
    if config.theme.custom_dir:
        files += sorted(Path(config.theme.custom_dir).rglob("*"))
    return digest(*(file.read_bytes() for file in files if file.is_file()))


def _title(page: MkDocsPage) -> str:
    """Return what a page calls itself; the navigation may have a shorter name for it."""
    return str(page.meta.get("title") or page.title or "")
