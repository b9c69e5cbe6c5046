"""Page metadata: what the head of a web page says of its article, best source first."""

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toolkit.languages import language_code
from toolkit.readers.export_units import author_name
from toolkit.readers.html_dates import best_date
from toolkit.readers.json_ld import find_article
from toolkit.units import Fields

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The names of <meta> elements, best first. None that says when a page was modified stands among the dates.
_METAS = {
    "title": "og:title twitter:title citation_title dc.title title",
    "published": """
        article:published_time og:article:published_time article:published datepublished parsely-pub-date sailthru.date
        publish-date publishdate pubdate og:pubdate publication_date article_date_original
        cxenseparse:recs:publishtime dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date date
    """,
    "outlet": "application-name article:publisher dc.publisher publisher citation_journal_title",
    "author": "author article:author parsely-author byl sailthru.author dc.creator dcterms.creator citation_author",
    "section": "article:section parsely-section section",
    "tags": "article:tag news_keywords parsely-tags sailthru.tags keywords",
    "teaser": "og:description description twitter:description dc.description",
    "url": "og:url",
    "language": "og:locale content-language language dc.language",
}
METAS = {ours: names.split() for ours, names in _METAS.items()}
SEPARATED = re.compile(r"\s+(?:[|–—·»-]|::)\s+")
LONGEST_NAME = 200  # characters of an outlet's name at the end of a title
SEPARATED_NAME = re.compile(SEPARATED.pattern + r"([^|–—·»]+)$")
LONG_WORD, SHARED_WORDS = 4, 2  # letters of a word that tells, and how many two headlines of one article share


def find_metadata(tree: "HtmlElement", address: str = "") -> Fields:
    """Return the fields of a page's article, all but its text; `address` is the page's, should it not say itself."""
    said = _said(tree)
    url = next(filter(_is_address, [*said["url"], address]), "")
    outlet = _outlet(said["outlet"]) or _domain(url)
    tags = [tag.strip() for words in said["tags"] for tag in re.split("[,;]", words)]
    return {
        "title": _title(said["title"], list(filter(None, map(_line, _texts(tree, "h1")))), outlet),
        "outlet": outlet,
        "published": best_date(said["published"]),
        "author": "; ".join(dict.fromkeys(author_name(name) for name in said["author"] if not _is_address(name))),
        "section": next(iter(said["section"]), ""),
        "url": url,
        "language": next(filter(None, map(language_code, said["language"])), ""),
        "tags": "; ".join(dict.fromkeys(filter(None, tags))),
        "teaser": next(iter(said["teaser"]), ""),
    }


def _said(tree: "HtmlElement") -> dict[str, list[str]]:
    """Return all that a page says of each field, best first; of what may be several, only one source's."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            metas.setdefault(meta.get(key, "").lower(), []).append(meta.get("content", ""))
    article = find_article(tree)
    found = {}
    for ours, names in METAS.items():
        first, last = _elsewhere(tree, ours)
        sources = [first, article[ours], *(metas.get(name, []) for name in names), last]
        sources = [list(filter(None, map(_line, words))) for words in sources]
        several = ours in ("author", "tags")
        found[ours] = next(filter(None, sources), []) if several else [word for words in sources for word in words]
    return found


def _elsewhere(tree: "HtmlElement", ours: str) -> tuple[list[str], list[str]]:
    """Return what elements other than <meta> say: what goes before all else, and what comes after."""
    if ours == "title":
        return [], _texts(tree, "title") + _texts(tree, "h1")
    if ours == "outlet":
        return tree.xpath("//meta[@property='og:site_name']/@content"), []
    if ours == "url":
        return tree.xpath("//link[@rel='canonical']/@href"), []
    if ours == "language":
        return tree.xpath("/html/@lang | /html/@xml:lang"), []
    if ours == "published":
        return [], tree.xpath("//time[@pubdate or contains(@itemprop, 'datePublished')]/@datetime")
    return [], []


def _title(titles: list[str], headings: list[str], outlet: str) -> str:
    """Return the headline as readers saw it: without the outlet's name, or as the one heading that says the same."""
    title = next(iter(titles), "")
    words = {word for word in title.casefold().split() if len(word) >= LONG_WORD}
    if len(headings) == 1 and len(words & set(headings[0].casefold().split())) >= SHARED_WORDS:
        return headings[0]
    for other in headings + titles:
        if title.startswith(other) and SEPARATED.match(title, len(other)):
            return other
    ending = SEPARATED_NAME.search(title, max(0, len(title) - LONGEST_NAME))
    return title[: ending.start()] if ending and ending[1].casefold() == outlet.casefold() else title


def _outlet(names: list[str]) -> str:
    """Return the first that is a name, as the site's comes before the publisher's, who may be a firm or an agency."""
    names = [name for name in names if not _is_address(name)]
    return next((name for name in names if not name.islower() and "." not in name), next(iter(names), ""))


def _texts(tree: "HtmlElement", tag: str) -> list[str]:
    return [element.text_content() for element in tree.iter(tag)]


def _line(text: str) -> str:
    return " ".join(unescape(text).split())


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "www."))


def _domain(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
