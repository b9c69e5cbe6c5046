"""Markup: HTML and XML as trees, and a tree as the lines a browser would show."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from toolkit.readers.decoding import NotTextError, decode

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

CHARSET = re.compile(
    rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{1,100}?encoding=[\"']([\w-]+)", re.IGNORECASE
)
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
HEAD = 4096  # bytes in which a page names its encoding
# The time to parse grows with the square of the attributes of one element.
CROWDED = re.compile(
    rb"<[a-zA-Z][^<>\s\"'=]*+[\s\"'=]*+(?>[^<>\s\"'=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]*+))?[\s\"'=]*+){1000}"
)
DROPPED = frozenset("script style head noscript template svg button select option textarea iframe object".split())
APART = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote article section header footer aside nav figure table pre hr".split()
)
OWN_LINE = frozenset("div li tr dt dd form fieldset address center caption figcaption tbody thead body main".split())
BULLET_ALONE = re.compile(r"^([•·▪])[^\S\n]*\n+(?=\S)", re.MULTILINE)


def parse(page: bytes | str) -> "HtmlElement":
    """Return the tree of an HTML page, without comments; raise NotTextError where it is no text or beyond bounds."""
    from lxml import etree, html

    text = page if isinstance(page, str) else decode_page(page)[0]
    data = DECLARED.sub("", text).encode("utf-8", "replace")
    if CROWDED.search(data):
        raise NotTextError("a page with an element of more than 1,000 attributes")
    for deep in (False, True):  # beyond 256 elements in each other the parser stops, if allowed beyond 2,048
        parser = html.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True, huge_tree=deep
        )
        try:
            tree = html.document_fromstring(data, parser=parser)
        except etree.ParserError:  # nothing but comments
            return html.document_fromstring("<html></html>")
        last = parser.error_log.last_error
        if last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            return tree
    raise NotTextError("a page whose elements are nested too deeply")


def decode_page(data: bytes) -> tuple[str, str]:
    """Return a page's text and encoding, by what it says of itself where it is no UTF-8."""
    named = CHARSET.search(data[:HEAD])
    return decode(data, (named[1] or named[2]).decode("ascii") if named else "")


def parse_xml(data: bytes) -> tuple["_Element | None", str]:
    """Return the tree of an XML file as far as it can be read, None where it cannot, and what is wrong with it.

    Entities are not expanded.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True)
    try:
        tree = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError:
        return None, "not XML"
    last = parser.error_log.last_error
    return tree, f"line {last.line}: {last.message}" if last is not None else ""


def lines(tree: "_Element", marks: Mapping[str, str] | None = None) -> str:
    """Return the text of a tree line by line: blocks apart, a line per <br>, the cells of a row between tabs.

    `marks` says what to write, with a tab, before elements whose class ends so.
    """
    text = "".join(_pieces(tree, marks or {})).replace("\xa0", " ")
    text = re.sub(r"[ \r\f\v]+", " ", text)
    text = re.sub(r" ?([\n\t]) ?", r"\1", text)
    text = "\n".join(line.rstrip("\t") for line in text.split("\n"))
    text = BULLET_ALONE.sub(r"\1 ", re.sub(r"\n{3,}", "\n\n", text))
    return text.strip("\n")


def _pieces(tree: "_Element", marks: Mapping[str, str]) -> Iterator[str]:
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    hidden = None
    for event, node in walk:
        name = node.tag.lower() if isinstance(node.tag, str) else ""
        if hidden is None and event == "start":
            hidden = node if name in DROPPED else None
            shown = _break(name, opening=True) + _mark(node, marks) + _flat(node.text, name)
            yield "" if name in DROPPED else shown
        elif event == "end" and hidden is None:
            yield _break(name, opening=False)
        hidden = None if event == "end" and node is hidden else hidden
        if event != "start" and hidden is None and node is not tree:
            yield _flat(node.tail, "")


def _mark(node: "_Element", marks: Mapping[str, str]) -> str:
    names = node.get("class", "").split() if marks else ()
    return next((f"\n{mark}\t" for end, mark in marks.items() if any(name.endswith(end) for name in names)), "")


def _flat(text: str | None, name: str) -> str:
    return (text or "") if name == "pre" else re.sub(r"[ \t\r\n\f\v]+", " ", text or "")


def _break(name: str, opening: bool) -> str:
    if name in APART:
        return "\n\n"
    if name in OWN_LINE or (name == "br" and opening):
        return "\n"
    return "\t" if name in ("td", "th") and not opening else ""
