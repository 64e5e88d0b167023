"""The HTML of cells and outputs as it stands in the page before any script runs."""

import json
import re
from typing import Any

import markdown
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from livecells.figures.draw import Picture, Spec
from livecells.figures.fit import NARROW_WIDTH, WIDE_WIDTH
from livecells.author.prerender import Rendered, chart_spec
from livecells.author.messages import ENGLISH, Words
from livecells.kernel.outputs import PROGRESS, VEGALITE, MimeBundle, Output
from livecells.markup import Markup, element, text

MIME_ORDER = (
    VEGALITE,
    PROGRESS,
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "application/json",
    "text/plain",
)
"""The first of these that an output offers is shown; `web/protocol.js` has the same order."""


def cell(
    cell_id: str,
    page: str,
    source: str,
    rendered: Rendered,
    *,
    figure: str | None = None,
    controls: Markup | None = None,
    words: Words = ENGLISH,
) -> Markup:
    """Write one cell: its highlighted source and its finished outputs.

    The source is the text of the `code` element and a chart's specification
    stands in its output: the page's script needs nothing else. `figure` names
    the published files of the chart, `controls` are those of its parameters.
    """
    pairs = zip(rendered.outputs, rendered.pictures, strict=True)
    parts = (
        element("div", code(source), data_part="source", class_="highlight"),
        element(
            "section",  # the search skips until the next end of this tag: no div
            *(output(one, picture, words) for one, picture in pairs),
            data_part="outputs",
            data_search_exclude=True,
            role="region",
            aria_label=words.output_of.format(cell_id),
            aria_live="polite",
        ),
    )
    live = element(
        "code-cell", *parts, id=cell_id, data_state="static", data_page=page, data_figure=figure
    )
    return element(
        "div", controls or "", live, class_="cell-block"
    )  # Markdown wraps unknown outer tags in <p>


def code(source: str) -> Markup:
    """Highlight Python with the classes that the theme already colours."""
    spans = highlight(source, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return element("pre", element("code", Markup(spans.rstrip("\n")), class_="language-python"))


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
        return chart(chart_spec(item) or {}, picture, words)
    return element("div", _content(mime, content), data_mime=mime)


def preferred(data: MimeBundle) -> tuple[str, object]:
    """Choose the richest format of a MIME bundle."""
    mime = next((mime for mime in MIME_ORDER if mime in data), "text/plain")
    return mime, data.get(mime, "")


def chart(spec: Spec, picture: Picture, words: Words = ENGLISH) -> Markup:
    """Write a drawn chart with the specification that makes it interactive."""
    caption = spec.get("usermeta", {}).get("caption")
    return element(
        "div",
        element(
            "figure",
            _drawn(picture.wide, "chart-wide", WIDE_WIDTH),
            _drawn(picture.narrow, "chart-narrow", NARROW_WIDTH),
            # As high as that of the live chart, which is filled when a reader opens it.
            element("details", element("summary", words.chart_rows), class_="chart-rows"),
            element("figcaption", caption, class_="chart-caption") if caption else Markup(),
            class_="chart",
        ),
        # No <script>: instant navigation makes scripts anew, without their type, and runs them.
        element("template", json.dumps(spec, separators=(",", ":")), data_part="spec"),
        data_mime=VEGALITE,
    )


def _drawn(svg: str, class_: str, width: int) -> Markup:
    """Write a picture; one that fits a width keeps its height where there is less, as live ones."""
    fitting = re.search(rf'<svg[^>]* width="{width}" height="([\d.]+)"', svg)
    style = f"--chart-height: {fitting[1]}px" if fitting else None
    return element("div", Markup(svg), class_=class_, style=style)


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
        case "image/png" | "image/jpeg":
            return element("img", src=f"data:{mime};base64,{content}", alt="")
        case "application/json":
            return element("pre", json.dumps(content, indent=2, ensure_ascii=False))
        case _:
            return element("pre", text(content))
