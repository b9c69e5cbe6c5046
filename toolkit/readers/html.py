"""HTML: saved web pages, of which only the article is kept; also pages saved as one file (MHTML)."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.readers.archives import read_export_tree
from toolkit.readers.html_dates import find_shown_date
from toolkit.readers.html_metadata import find_metadata
from toolkit.readers.mail import read_mail
from toolkit.readers.markup import decode_page, parse
from toolkit.units import Unit, lacking

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST_FILE, LARGEST_PAGE = 200_000_000, 20_000_000  # bytes
MOST_ELEMENTS = 50_000
CROWD = 1_000  # elements within lines side by side: the time it takes to remove them grows with the square
INLINE = frozenset(
    "a abbr acronym b big cite code del em font i ins label mark q s small span strong sub sup tt u var".split()
)
BLOCKS = "p h2 h3 div".split()
STANDFIRST = re.compile(  # in the class of an element, in some of the languages that sites are built in
    r"standfirst|\bdek\b|lead(?!er|ing)|lede|intro|teaser|sub-?_?(?:title|head|line)|strapline|summary|abstract|chapo"
    r"|vorspann|anrei(?:ß|ss)er|entradilla|bajada|sottotitolo|occhiello|alternativeheadline",
    re.IGNORECASE,
)
SHORTEST_STANDFIRST, LOOKED_AT = 6, 60  # words; elements below the headline
PROBE = 40  # characters of a paragraph by which it is found again
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+)")
BEGINNING = 4_000  # characters in which a page says where it was saved from


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per document of an archive export, else the one article of a saved page."""
    if path.stat().st_size > LARGEST_FILE:
        yield Unit("", reason=f"a file of more than {LARGEST_FILE // 1_000_000} MB")
        return
    data = path.read_bytes()
    if path.suffix.lower() in (".mht", ".mhtml"):
        saved = read_mail(data)[0]
        text, encoding, address = saved.html, saved.encoding, saved.address
    else:
        (text, encoding), address = decode_page(data), ""
    tree = parse(text)
    yield from read_export_tree(tree) or [_page(tree, text, address, encoding)]


def _page(tree: "HtmlElement", text: str, address: str, encoding: str) -> Unit:
    if len(text) > LARGEST_PAGE or sum(1 for _ in islice(tree.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        return Unit("", reason=f"a page of more than {LARGEST_PAGE // 1_000_000} MB or {MOST_ELEMENTS:,} elements")
    if find_spec("trafilatura") is None:
        return lacking("HTML pages", "html")
    saved_from = SAVED_FROM.search(text[:BEGINNING])
    return _article(tree, address or (saved_from[1] if saved_from else ""), encoding)


def _article(tree: "HtmlElement", address: str, encoding: str) -> Unit:
    fields = find_metadata(tree, address)
    notes = [encoding]
    fields["author"] = fields["author"] or _author(tree)
    if not fields["published"] and (shown := find_shown_date(tree, fields["url"])):
        fields["published"] = shown
        notes.append("date as shown on the page")
    standfirst = _standfirst(tree, fields["title"])
    _thin(tree)
    stories = _stories(tree)
    text, is_sure = _text(tree)
    if not is_sure:
        notes.append("little on the page is certain to be the article")
    paragraphs = [line.removeprefix("- ").strip() for line in text.split("\n")]
    paragraphs = [line for line in paragraphs if line and line != fields["title"]]
    if not paragraphs:
        return Unit("", reason="no article found on the page", detail=encoding)
    notes += _others(stories, paragraphs)
    if fields["teaser"][:PROBE] in text:  # the head has none of its own
        fields["teaser"] = standfirst or fields["teaser"]
    return Unit("", fields | {"text": "\n\n".join(paragraphs)}, detail="; ".join(notes))


def _standfirst(tree: "HtmlElement", title: str) -> str:
    """Return the first block below the headline that is named as what stands there or is in one header with it."""
    headings = list(tree.iter("h1"))
    headline = next((node for node in headings if _flat(node) == title), next(iter(headings), None))
    if headline is None:
        return ""
    header = next(headline.iterancestors("header"), None)
    for node in islice(headline.xpath("following::*[self::p or self::h2 or self::h3 or self::div]"), LOOKED_AT):
        text = "" if next(node.iterdescendants(*BLOCKS), None) is not None else _flat(node)
        named = STANDFIRST.search(" ".join(one.get("class", "") for one in (node, node.getparent())))
        headed = header in node.iterancestors("header") and text.endswith((".", "!", "?", "…"))
        if len(text.split()) >= SHORTEST_STANDFIRST and (named or headed):
            return text
    return ""


def _flat(node: "HtmlElement") -> str:
    return " ".join(node.text_content().split())


def _stories(tree: "HtmlElement") -> list[list[str]]:
    """Return the paragraphs, written without spaces, of each element that is an article and holds no other."""
    articles = [node for node in tree.iter("article") if next(node.iterdescendants("article"), None) is None]
    return [["".join("".join(line.itertext()).split()) for line in node.iter("p")] for node in articles]


def _others(stories: list[list[str]], paragraphs: list[str]) -> list[str]:
    """Return what to say of a page with several articles: of some only one is kept, others are read as one."""
    kept = {"".join(line.split())[:PROBE] for line in paragraphs}
    sizes: dict[bool, list[int]] = {True: [], False: []}
    for lines in stories:
        sizes[any(line[:PROBE] in kept for line in lines if line)].append(sum(map(len, lines)))
    least = max(sizes[True], default=sum(map(len, paragraphs))) / 2
    read, left_out = (sum(size >= least for size in sizes[is_kept]) for is_kept in (True, False))
    notes = [f"articles on the page read as one: {read}"] if read > 1 else []
    return notes + ([f"other articles of comparable length left out: {left_out}"] if left_out else [])


def _thin(tree: "HtmlElement") -> None:
    """Make one element, in place, of those of a crowd that follow one another in a line: a link if most are links."""
    for parent in [node for node in tree.iter() if len(node) > CROWD]:
        for is_inline, run in groupby(list(parent), key=lambda child: child.tag in INLINE):
            first, *others = run
            if not is_inline or not others:
                continue
            text = "".join(piece for child in (first, *others) for piece in (child.text_content(), child.tail or ""))
            links = sum(child.tag == "a" for child in (first, *others))
            for child in others:
                parent.remove(child)
            del first[:]
            first.tag = "a" if links > len(others) / 2 else "span"
            first.text, first.tail = text, None


def _text(tree: "HtmlElement") -> tuple[str, bool]:
    """Return the article's text, a paragraph a line, and whether the stricter way of finding it found it.

    The tree may be changed: it is asked for nothing else afterwards.
    """
    from trafilatura import extract

    if text := extract(tree, include_comments=False, include_tables=False, favor_precision=True):
        return text, True
    for cell in tree.iter("table", "tbody", "tr", "td"):  # old pages are laid out in tables
        cell.tag = "div"
    return extract(tree, include_comments=False) or "", False


def _author(tree: "HtmlElement") -> str:
    """Return who stands in the byline of the page itself."""
    from trafilatura.metadata import extract_author

    return extract_author(tree) or ""
