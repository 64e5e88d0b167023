"""The HTML of cells and outputs as it stands in the page before any script runs."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import markdown
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer
from pygments.lexers.sql import SqlLexer

from livecells.author.prerender import Rendered, chart_spec
from livecells.figures.draw import Picture
from livecells.figures.html import chart_html
from livecells.kernel.outputs import PROGRESS, VEGALITE, MimeBundle, Output
from livecells.kernel.sql import is_sql
from livecells.markup import Markup, element, text
from livecells.messages import ENGLISH, Words

MIME_ORDER = (
    VEGALITE,
    PROGRESS,
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "application/json",
    "text/plain",
)
"""The first of these that an output offers is shown, in the page too (release/shapes.py)."""


def cell(
    cell_id: str,
    page: str,
    source: str,
    rendered: Rendered,
    *,
    figure: str | None = None,
    controls: Markup | None = None,
    words: Words = ENGLISH,
    is_hidden: bool = False,
    is_folded: bool = False,
    is_form: bool = False,
    raises: str = "",
    checks: Sequence[str] = (),
    is_reactive: bool = False,
) -> Markup:
    """Write one cell: its highlighted source and its finished outputs.

    The source is the text of the `code` element and a chart's specification
    stands in its output: the page's script needs nothing else. `figure` names
    the published files of the chart, `controls` are those of its parameters. One that is hidden
    is shown to readers who want to see code. A folded one shows its outputs first, and a line of
    its source below them; a form begins with its controls. `raises` names the exception that ends
    it on purpose, `*` any. `checks` are those of an exercise. In a reactive page what depends on
    the cell runs by itself.
    """
    pairs = zip(rendered.outputs, rendered.pictures, strict=True)
    shown = element(
        "section",  # the search skips until the next end of this tag: no div
        *(output(one, picture, words) for one, picture in pairs),
        data_part="outputs",
        data_search_exclude=True,
        role="region",
        aria_label=words.output_of.format(cell_id),
        aria_live="polite",
    )
    row = element("div", controls or "", class_="cell-row")
    text = element("div", code(source), data_part="source", class_="highlight")
    folded = (row, shown, text) if is_form else (shown, row, text)
    parts = folded if is_folded else (row, text, shown)
    live = element(
        "code-cell",
        *parts,
        id=cell_id,
        data_state="static",
        data_page=page,
        data_figure=figure,
        data_code="folded" if is_folded else None,
        data_raises=raises or None,
        data_checks=json.dumps(checks, ensure_ascii=False) if checks else None,
        data_reactive=is_reactive,
    )
    # Markdown wraps unknown outer tags in <p>.
    return element("div", live, class_="cell-block", data_for="code" if is_hidden else None)


@cache  # a check stands on its chapter and in the ledger
def code(source: str) -> Markup:
    """Highlight Python or SQL with the classes that the theme already colours."""
    head, body, lexer, language = "", source, PythonLexer(stripnl=False), "python"
    if is_sql(source):
        mark, end, body = source.partition("\n")
        head, lexer, language = (
            element("span", mark, class_="c1") + end,
            SqlLexer(stripnl=False),
            "sql",
        )
    spans = highlight(body, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
    return element("pre", element("code", Markup(head + spans), class_=f"language-{language}"))


def example(source: str, words: Words = ENGLISH) -> Markup:
    """Write highlighted Python with a button that a notebook on the page obeys."""
    insert = element("button", words.insert, type="button", data_insert=True)
    return element(
        "div", element("div", code(source), class_="highlight"), insert, class_="example"
    )


def output(item: Output, picture: Picture | None, words: Words = ENGLISH) -> Markup:
    """Write one output in the first format of `MIME_ORDER` that it offers."""
    if item["output_type"] == "stream":
        return element("pre", item["text"], data_mime="text/plain", data_stream=item["name"])
    if item["output_type"] == "error":
        return element("pre", "\n".join(item["traceback"]), data_part="error")
    mime, content = preferred(item["data"])
    if picture:
        return chart_html(chart_spec(item) or {}, picture, words)
    return element("div", _content(mime, content), data_mime=mime)


def preferred(data: MimeBundle) -> tuple[str, object]:
    """Choose the richest format of a MIME bundle."""
    mime = next((mime for mime in MIME_ORDER if mime in data), "text/plain")
    return mime, data.get(mime, "")


def _progress(state: Any) -> Markup:
    """Write a bar as it stood when its cell ended."""
    bar = element("progress", value=state["value"], max=state.get("max"))
    return element("label", state["label"], " ", bar, class_="cell-progress")


def _content(mime: str, content: object) -> Markup:
    match mime:
        case "application/vnd.livecells.progress+json":
            return _progress(content)
        case "text/html" | "image/svg+xml":
            return Markup(content)  # made by the author's own code at build time
        case "text/markdown":
            return Markup(markdown.markdown(str(content)))
        case "image/png" | "image/jpeg" | "image/gif" | "image/webp":
            return element("img", src=f"data:{mime};base64,{content}", alt="")
        case "application/json":
            return element("pre", json.dumps(content, indent=2, ensure_ascii=False))
        case _:
            return element("pre", text(content))
