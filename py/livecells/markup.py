"""The one place where HTML is put together: everything that is not `Markup` gets escaped."""

from html import escape

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


def join(*children: object) -> Markup:
    """Join children into one piece of HTML; strings are escaped, `Markup` is kept."""
    return Markup("".join(text(child) for child in children))


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
