"""Europresse: pages of articles whose parts are told by the classes of their elements, in two layouts."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from toolkit.dates import split_date
from toolkit.readers import markup
from toolkit.readers.export_units import WORDS, as_units, author_name, outlet_fields, tail_start
from toolkit.units import Fields, Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

END = re.compile(
    r"(?:©|\(c\)).{0,200}(?:réservés|reserved|vorbehalten|\d{4}).*"
    r"|(?:Numéro de document|Document number|Dokument-Nr|Certificat émis|Ce certificat est émis).*"
)
# The first letter of each is one that a page cannot hold, so that no text is taken for a mark.
OUTLET, HEADER, TITLE = "\x02OUTLET", "\x02HEADER", "\x02TITLE"
MARKS = {"DocPublicationName": OUTLET, "DocHeader": HEADER, "TitreArticleVisu": TITLE}
NUMBER = re.compile(r"\b\w{1,30}·\d{8}·\w{1,30}·[^\s<]{1,60}")
LENGTH = re.compile(rf"\d[\d\s]{{0,9}}\s{WORDS}")
PAGE = re.compile(r"(?:^|[\s,])(?:p|page|S|Seite)\.\s?([\w-]+(?:,\s?\d+)*)")
MOST_AUTHOR_WORDS = 6


def is_europresse(tree: "_Element") -> bool:
    """Say whether a tree holds outlets, headers and titles in the classes of Europresse."""
    classes = {name for node in tree.iter() for name in _classes(node)}
    return {"docpublicationname", "docheader"} <= classes and bool({"titrearticlevisu", "titrearticle"} & classes)


def find_in_tree(tree: "_Element") -> Iterator[Unit]:
    """Yield one unit per article."""
    newer = _articles(tree)
    older = markup.lines(tree, MARKS).split(f"{OUTLET}\t")[1:]
    return as_units(map(_newer, newer) if newer else map(_older, older))


def _classes(node: "_Element") -> set[str]:
    return set(node.get("class", "").casefold().split()) if isinstance(node.tag, str) else set()


def _outermost(tree: "_Element", is_wanted: Callable[["_Element"], bool]) -> Iterator["_Element"]:
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start",))
    for _, node in walk:
        if is_wanted(node):
            yield node
            walk.skip_subtree()


def _articles(tree: "_Element") -> list["_Element"]:
    """Return the elements of articles in which an outlet is named, none within another."""
    from lxml import etree

    open_articles, named = [], set()
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if node.tag == "article" and event == "start":
            open_articles.append(node)
        elif node.tag == "article":
            open_articles.pop()
        elif open_articles and "docpublicationname" in _classes(node):
            named.add(open_articles[-1])
    return list(_outermost(tree, named.__contains__))


def _with(tree: "_Element", *names: str) -> list["_Element"]:
    """Return the elements that have one of some classes, however they are written, the outermost only."""
    wanted = {name.casefold() for name in names}
    return list(_outermost(tree, lambda node: bool(wanted & _classes(node))))


def _said(tree: "_Element", *names: str) -> str:
    return " ".join("".join("".join(node.itertext()) for node in _with(tree, *names)).split())


def _header(text: str) -> Fields:
    """Read "Politics, Thursday 5 October 2013 - 532 words, p. 3": section, date, length and page."""
    before, published, after = split_date(text)
    page, words = PAGE.search(after), LENGTH.search(after)
    return {
        "section": before if published else "",
        "published": published or text,
        "page": page[1] if page else "",
        "words": words[0] if words else "",
    }


def _newer(article: "_Element") -> Fields:
    bodies = _with(article, "DocText") or _with(article, "docOcurrContainer") or list(article.iterchildren("section"))
    text = "\n".join(markup.lines(body) for body in bodies)
    number = NUMBER.search("".join(article.itertext()))
    return (
        outlet_fields(_said(article, "DocPublicationName"))
        | _header(_said(article, "DocHeader"))
        | {
            "title": _said(article, "titreArticle") or _said(article, "titreArticleVisu"),
            "author": author_name(_said(article, "docAuthors") or _said(article, "sm-margin-bottomNews")),
            "teaser": _said(article, "rdp__subtitle"),
            "text": _paragraphs([line.strip() for line in text.split("\n") if line.strip()]),
            "archive_id": number[0] if number else "",
        }
    )


def _older(text: str) -> Fields:
    outlet, *lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    header = " ".join(line.removeprefix(HEADER) for line in lines if line.startswith(HEADER))
    lines = [line for line in lines if not line.startswith(HEADER)]
    place = next((place for place, line in enumerate(lines) if line.startswith(TITLE)), None)
    above, body = (lines[:place], lines[place + 1 :]) if place is not None else ([], lines)
    author = body.pop(0) if len(body) > 1 and _is_author(body) else ""
    number = NUMBER.search(text)
    return (
        outlet_fields(outlet)
        | _header(header)
        | {
            "title": lines[place].removeprefix(TITLE).strip() if place is not None else "",
            "teaser": "\n".join(above),
            "author": author_name(author),
            "text": _paragraphs(body),
            "archive_id": number[0] if number else "",
        }
    )


def _is_author(body: list[str]) -> bool:
    """Say whether the first line names who wrote the rest: a few words, no sentence, and more to come."""
    line = body[0]
    if END.fullmatch(body[1]):
        return False
    return len(line.split()) <= MOST_AUTHOR_WORDS and line[-1] not in '.!?…:;»"' and line[0].isupper()


def _paragraphs(lines: list[str]) -> str:
    numbered = [place for place, line in enumerate(lines) if NUMBER.search(line)]
    lines = lines[: numbered[-1] + 1] if numbered else lines  # the terms of use stand below the number
    return "\n\n".join(lines[: tail_start(lines, _kind)])


def _kind(line: str) -> str | None:
    return "end" if END.fullmatch(line) or NUMBER.fullmatch(line) else None
