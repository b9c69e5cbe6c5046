"""The gold of speech and of mentions: articles with the marks of `quotes.txt` and `mentions.txt` taken out again."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
REGISTRY = HERE / "actors.yml"
KINDS = {"d": "direct", "i": "indirect", "m": "mixed"}
ARTICLE = re.compile(r"^== (\w+) (\w+)\n", re.MULTILINE)
QUOTE = re.compile(r"\{(?:\+ |([dim]) ([^;{}]+); ([^;{}]*); )([^{}]+)\}")
MENTION = re.compile(r"\[([^|\[\]]+)\|(\w+|\?)(?: (\w+))?\]")


@dataclass(frozen=True)
class Span:
    """A stretch of the title or the body: offsets into that part's own text."""

    part: str
    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """One quote: its kind, speaker ("" where nobody is said to speak) and cue, and the stretches of its content."""

    kind: str
    speaker: str
    cue: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Mention:
    """One mention of an actor ("?" where ambiguous), and how it is named."""

    span: Span
    actor_id: str
    how: str


@dataclass
class Article:
    """One article, its marks taken out."""

    article_id: str
    style: str
    title: str = ""
    text: str = ""
    people: tuple[str, ...] = ()
    quotes: list[Quote] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def words(self, span: Span) -> str:
        """Return what stands at a span."""
        return (self.title if span.part == "title" else self.text)[span.start : span.end]


def unmark(text: str, mark: re.Pattern[str], content: int) -> tuple[str, list[tuple[re.Match[str], int, int]]]:
    """Return a text without its marks, and each mark with the offsets of its content in that text."""
    plain, found, length, last = [], [], 0, 0
    for match in mark.finditer(text):
        plain += [text[last : match.start()], match.group(content)]
        start = length + match.start() - last
        length, last = start + len(match.group(content)), match.end()
        found.append((match, start, length))
    return "".join([*plain, text[last:]]), found


def _parts(body: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return who the people are, and title and text still marked."""
    head, title, text = re.fullmatch(r"(?:people:([^\n]*)\n)?# ([^\n]+)\n\n(.+)", body.strip(), re.DOTALL).groups()
    people = tuple(name.strip() for name in (head or "").split(";") if name.strip())
    return people, {"title": title, "body": text}


def read_quotes(text: str) -> list[Article]:
    """Return the articles of a file in the form of `quotes.txt`."""
    articles = []
    pieces = ARTICLE.split(text)[1:]
    for article_id, style, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        people, parts = _parts(body)
        plain, quotes = {}, []
        for part, marked in parts.items():
            plain[part], found = unmark(marked, QUOTE, 4)
            for match, start, end in found:
                span = Span(part, start, end)
                if match.group(1):
                    quotes.append(Quote(KINDS[match[1]], match[2].strip(" ?"), match[3].strip(), (span,)))
                else:
                    last = quotes[-1]
                    quotes[-1] = Quote(last.kind, last.speaker, last.cue, (*last.spans, span))
        articles.append(Article(article_id, style, plain["title"], plain["body"], people, quotes))
    return articles


def read_mentions(text: str) -> list[Article]:
    """Return the articles of a file in the form of `mentions.txt`."""
    articles = []
    pieces = ARTICLE.split(text)[1:]
    for article_id, style, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        plain, mentions = {}, []
        for part, marked in _parts(body)[1].items():
            plain[part], found = unmark(marked, MENTION, 1)
            mentions += [Mention(Span(part, start, end), m[2], m[3] or "alias") for m, start, end in found]
        articles.append(Article(article_id, style, plain["title"], plain["body"], mentions=mentions))
    return articles


@cache
def gold_quotes() -> list[Article]:
    """Return the articles with their quotes."""
    return read_quotes((HERE / "quotes.txt").read_text(encoding="utf-8"))


@cache
def gold_mentions() -> list[Article]:
    """Return the articles with their mentions."""
    return read_mentions((HERE / "mentions.txt").read_text(encoding="utf-8"))


def as_articles(gold: list[Article]) -> pd.DataFrame:
    """Return the articles as the table that the toolkit reads, one row per article."""
    return pd.DataFrame([{"article_id": a.article_id, "title": a.title, "text": a.text} for a in gold])
