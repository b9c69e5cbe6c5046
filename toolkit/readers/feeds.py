"""Feeds: RSS and Atom files, one entry an article; nothing is fetched."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.languages import language_code
from toolkit.readers.decoding import NotTextError
from toolkit.readers.markup import CROWDED, lines, parse
from toolkit.units import Fields, Unit

# One after the other, by a loop: early releases of Python 3.11 mistake possessive groups that backtrack.
PROLOGUE = re.compile(rb"\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>", re.DOTALL)
ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|RDF)[\s>]")
BEGINNING = 200_000  # bytes in which the root element stands
LARGEST = 200_000_000  # bytes
MOST_TAGS = 1_000  # of an entry, on average: feedparser takes the square of the time for them
DUBLIN_CORE = re.compile(rb"(</?)dc:date(?=[\s/>])")  # the date of an article, which feedparser takes for an update
SIGNATURE = re.compile(r"The post .{1,300} (?:appeared first|first appeared) on .{1,100}")


def is_feed(data: bytes) -> bool:
    """Say whether the root element of an XML file is that of a feed."""
    start = data[: 2 * BEGINNING].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    start, place = start[:BEGINNING], 0
    while before := PROLOGUE.match(start, place):
        place = before.end()
    return ROOT.match(start, place) is not None


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per entry."""
    import feedparser

    data = path.read_bytes()
    if len(data) > LARGEST or not is_feed(data):
        yield Unit("", reason="no feed: neither RSS nor Atom" if len(data) <= LARGEST else "too large a feed")
        return
    if CROWDED.search(data):
        yield Unit("", reason="a feed with an element of more than 1,000 attributes")
        return
    if data.count(b"<category") > MOST_TAGS * (1 + data.count(b"<item") + data.count(b"<entry")):
        yield Unit("", reason=f"a feed with more than {MOST_TAGS:,} tags an entry")
        return
    # A stream, since feedparser would fetch what looks to it like an address.
    stream = io.BytesIO(DUBLIN_CORE.sub(rb"\1dcdate", data))
    feed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    note = "not well-formed: what follows a mistake may be missing" if feed.bozo and feed.entries else ""
    if not feed.entries:
        yield Unit("", reason="a feed without entries")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            fields, how = _text(entry)
            fields |= _dates(entry) | _about(entry, feed.feed)
        except NotTextError as error:
            yield Unit(f"entry {number}", reason=str(error))
        else:
            yield Unit(f"entry {number}", fields, detail="; ".join(filter(None, (how, note))))


def _text(entry: dict) -> tuple[Fields, str]:
    """Return the text of an entry, its teaser, and what was decided; no text at all where the feed has none."""
    content = "\n\n".join(filter(None, (_plain(part.get("value", ""), part) for part in entry.get("content", []))))
    summary = _plain(entry.get("summary", ""), entry.get("summary_detail", {"type": "text/html"}))
    if content:
        return {"text": content, "teaser": summary if summary != content else ""}, ""
    return ({"text": summary}, "summary only") if summary else ({}, "no text in the feed")


def _plain(value: str, part: dict) -> str:
    return value.strip() if part.get("type") == "text/plain" else flatten(value)


def _dates(entry: dict) -> Fields:
    """Return when an entry was published and when changed, which is never taken for the other."""
    # Asked by keys(), since feedparser's own lookup gives one date for the other.
    dates = {"published": "dcdate"} | {name: name for name in ("published", "updated") if name in entry.keys()}  # noqa: SIM118
    return {ours: entry[name] for ours, name in dates.items() if entry.get(name)}


def _about(entry: dict, feed: dict) -> Fields:
    authors = [author.get("name", "") for author in entry.get("authors", [])] or [entry.get("author", "")]
    tags = [tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", [])]
    language = entry.get("title_detail", {}).get("language") or entry.get("language") or feed.get("language") or ""
    return {
        "title": " ".join(_plain(entry.get("title", ""), entry.get("title_detail", {})).split()),
        "outlet": flatten(entry.get("source", {}).get("title") or feed.get("title", "")),
        "author": "; ".join(filter(None, authors)),
        "url": entry.get("link", ""),
        "language": language_code(language),
        "tags": "; ".join(dict.fromkeys(filter(None, tags))),
    }


def flatten(markup: str) -> str:
    """Return HTML as plain text, its paragraphs parted by blank lines."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    paragraphs = (" ".join(line.split()) for line in lines(parse(f"<div>{markup}</div>")).split("\n"))
    return "\n\n".join(line for line in paragraphs if line and not SIGNATURE.match(line))
