"""JSON-LD: what a web page says of its article to search engines (schema.org), as fields."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 2_000_000  # characters of one script
DEEPEST = 4  # graphs within lists within graphs
WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
WRAPPING = re.compile(r"\A\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*\Z")
Node = dict[str, object]


def find_article(tree: "HtmlElement") -> dict[str, list[str]]:
    """Return what the page's own article is said to be, under our names; empty lists where nothing is said."""
    nodes = [node for script in tree.iter("script") if "ld+json" in script.get("type", "") for node in _parsed(script)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)] or [node for node in nodes if "datePublished" in node]
    node = max(articles, key=_likeness(tree), default={})
    return {
        "title": _words(node.get("headline") or node.get("name"), by_id)[:1],
        "published": _words(node.get("datePublished") or node.get("dateCreated"), by_id)[:1],
        "outlet": _words(node.get("publisher"), by_id)[:1],
        "author": _words(node.get("author") or node.get("creator"), by_id),
        "section": _words(node.get("articleSection"), by_id),
        "tags": _words(node.get("keywords"), by_id),
        "teaser": _words(node.get("description"), by_id)[:1],
        "url": _words(node.get("url") or _address(node.get("mainEntityOfPage")), by_id)[:1],
        "language": _words(node.get("inLanguage"), by_id)[:1],
    }


def _likeness(tree: "HtmlElement") -> Callable[[Node], tuple[int, bool]]:
    """Return how much speaks for a node to be the page's own article: to have its headline, and its address."""
    shown = [_flat(node.text_content()) for tag in ("h1", "title") for node in tree.iter(tag)]
    own = {_bare(link) for link in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")}

    def likeness(node: Node) -> tuple[int, bool]:
        headline = _flat(str(node.get("headline") or node.get("name") or ""))
        named = headline != "" and any(f" {headline} " in f" {title} " for title in shown)
        addresses = (node.get("url"), node.get("@id"), _address(node.get("mainEntityOfPage")))
        placed = any(isinstance(link, str) and _bare(link) in own - {""} for link in addresses)
        return named + placed, "headline" in node

    return likeness


def _flat(text: str) -> str:
    """Return the words of a headline alone: quotation marks and dashes of one place are not those of another."""
    return " ".join(re.findall(r"\w+", unescape(text).casefold()))


def _bare(link: str) -> str:
    return link.partition("#")[0].partition("://")[2].rstrip("/")


def _parsed(script: "HtmlElement") -> Iterator[Node]:
    text = WRAPPING.sub("", script.text or "")
    if len(text) <= LARGEST:
        try:
            yield from _nodes(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            return


def _nodes(value: object, depth: int = DEEPEST) -> Iterator[Node]:
    """Yield the things described, those a page lists, such as other articles, left aside."""
    if isinstance(value, list) and depth:
        for entry in value:
            yield from _nodes(entry, depth - 1)
    elif isinstance(value, dict):
        yield value
        for name in WITHIN if depth else ():
            yield from _nodes(value.get(name), depth - 1)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).endswith(("Article", "Posting", "Report", "Review")) for kind in kinds)


def _address(value: object) -> object:
    return value.get("@id") if isinstance(value, dict) else value


def _words(value: object, by_id: dict[str, Node]) -> list[str]:
    """Return what a value says in words: itself, or the names of the things it lists or refers to."""
    found = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            named = entry if "name" in entry else by_id.get(str(entry.get("@id")), {})
            entry = named.get("name")
        entry = entry[0] if isinstance(entry, list) and entry else entry
        if isinstance(entry, str) and entry.strip():
            found.append(entry)
    return found
