"""HTML is put together in one place, and everything that is not markup is escaped there."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livecells.markup import Markup, element, fill, join, linked


def test_elements_escape_text_and_attributes() -> None:
    made = element("p", "<&>", Markup("<b>ok</b>"), title='"', data_part="x", hidden=True, id=None)
    assert made == '<p title="&quot;" data-part="x" hidden>&lt;&amp;&gt;<b>ok</b></p>'


def test_void_elements_have_no_end() -> None:
    assert join("a", element("br"), 1) == "a<br>1"


class Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.seen: dict[str, str | None] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.seen |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


ANY = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(ANY, ANY)
def test_no_text_can_become_an_element(text: str, attribute: str) -> None:
    parser = Collector()
    parser.feed(element("p", text, title=attribute))
    parser.close()
    assert parser.tags == ["p"]
    assert parser.text == text
    assert parser.seen == {"title": attribute}


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "line\u2028end\u2029", "]]>"],
)
def test_no_text_ends_the_script_of_linked_data(text: str) -> None:
    html = linked({"name": text})
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == {"name": text}


def test_a_template_is_filled_with_escaped_parts() -> None:
    template = '<p>{said}\n<a href="#"\n hidden>{link}</a></p>'
    made = fill(template, said="<&", link=Markup("<b>ok</b>"))
    assert made == '<p>&lt;&amp;<a href="#" hidden><b>ok</b></a></p>'
