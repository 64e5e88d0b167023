"""The one place where HTML is put together: everything that is not `Markup` gets escaped."""

import json
from html import escape

_BREAKING = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
"""Signs that could end a script or begin a comment in it; JSON reads them as they were."""

VOID_TAGS = frozenset({"base", "br", "hr", "img", "input", "link", "meta"})


class Markup(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


def text(value: object) -> Markup:
    """Escape `value` for use between tags."""
    return value if isinstance(value, Markup) else Markup(escape(str(value), quote=False))


def quoted(value: object) -> Markup:
    """Write `value` as an attribute's value, escaped and in quotes."""
    return Markup(f'"{escape(str(value))}"')


def join(*children: object, separator: object = "") -> Markup:
    """Join children into one piece of HTML; strings are escaped, `Markup` is kept."""
    return Markup(text(separator).join(text(child) for child in children))


def fill(template: str, **parts: object) -> Markup:
    """Fill a template of HTML: `{name}` stands for a part, escaped as by `join`.

    Its line breaks are left out, so that a template can have short lines.
    """
    texts = {name: text(part) for name, part in parts.items()}
    return Markup(template.replace("\n", "").format_map(texts))


def linked(content: object) -> Markup:
    """Write linked data for programs: JSON-LD, in which no text can end the script."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return element("script", Markup(written.translate(_BREAKING)), type="application/ld+json")


def element(tag: str, *children: object, **attributes: str | int | None) -> Markup:
    """Make one element.

    Args:
        tag: Element name, trusted.
        children: Strings (escaped) or `Markup` (kept), in order.
        attributes: `class_` is written `class`, other underscores become
            hyphens. `None` and `False` leave the attribute out, `True`
            writes it without a value.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID_TAGS:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{join(*children)}</{tag}>")


def _attribute(name: str, value: str | int | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f" {name}={quoted(value)}"
