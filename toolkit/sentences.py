"""Sentences: where they begin and end, the place on which all analyses meet.

Punkt (Kiss and Strunk 2006, doi 10.1162/coli.2006.32.4.485) with abbreviations and sentence starters of our own
instead of trained parameters, so that nothing has to be downloaded. On top of it: paragraphs never run together,
curly quotation marks count as straight ones, and a piece that begins in lower case belongs to the one before.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from toolkit.paths import DATA
from toolkit.progress import progress
from toolkit.punkt import Punkt
from toolkit.tables import SENTENCES, as_table, require, texts_of
from toolkit.terms import Span

STARTERS = """
    the a an this that these those it he she they we you i there here his her their its our my your one some
    many most all both each every no not but and so yet however although though while when where as after
    before since until if in on at by for from with without to of under over during despite meanwhile earlier
    later then now still also even only instead moreover nevertheless because what who why how which is are
    was were do does did can will would could should may might must has have had last next two three several
    another other such just
    """.split()
BLANK_LINE = re.compile(r"\n\s*\n")
# Same length as what they replace, so that offsets hold.
STRAIGHT = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "…": ".", "।": "."}
HIDDEN_END = re.compile(
    r"\[\.(?:\.\.)?\]\s+(?=[\"'(]?[A-Z])|[.!?](?<=[a-z]{3}.)(?=(?:" + "|".join(map(str.capitalize, STARTERS)) + r")\s)"
)
PART_END = re.compile(r"[.!?][\"')]*\s+")
PART = 5_000  # characters
REACH = 60  # characters before a sentence that are looked at
WORD_START = re.compile(r"\W*\w*")
LOWER_START = re.compile(r"[\"'(\[\s–—,;-]*[a-zß-öø-ÿ]")
INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}$")
LIST_NUMBER = re.compile(r"[(\[]?\d{1,3}\.$")
QUOTE_ENDS = ('."', '!"', '?"')
# Behind a question or exclamation in quotation marks: Ann Lee asked on Monday. What follows at length is a sentence.
SPEAKER = re.compile(
    r"(?!(?:He|She|They|It|We)\s)(?:[A-Z][\w.'-]*\s){1,4}"
    r"(?:said|says|told|added|asked|wrote|explained|replied|continued)\b(?:\s[^\s\":]+){0,6}[.!?]*$"
)
# A paragraph that is a date and nothing else opens no story: the lead is the next one too.
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATE_LINE = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?(?:{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.?\s{MONTH})"
    r",?\s\d{4}\W*|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
)
ENDS_OPEN = re.compile(r"\b(?:No|Nos|Art|Sec|Fig|Vol|pp?)\.$")


@cache
def abbreviations(path: Path = DATA / "abbreviations.txt") -> frozenset[str]:
    """Return the abbreviations of a file: words between spaces, lines with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word.lower() for line in lines if not line.startswith("#") for word in line.split())


@cache
def _punkt() -> Punkt:
    return Punkt(abbreviations(), STARTERS)


def straight(text: str) -> str:
    """Return a text with straight quotation marks, as long as before."""
    for mark, plain in STRAIGHT.items() if not text.isascii() else ():
        text = text.replace(mark, plain)  # much quicker than to translate sign by sign
    return text


def split_spans(text: str) -> list[Span]:
    """Return the (start, end) of each sentence of one text, in order."""
    return [span for start, end in paragraph_spans(text) for span in _sentences_within(text, start, end)]


def paragraph_spans(text: str) -> list[Span]:
    """Return the (start, end) of each paragraph: what stands between blank lines."""
    ends = [match.start() for match in BLANK_LINE.finditer(text)] + [len(text)]
    spans, start = [], 0
    for end in ends:
        paragraph = text[start:end]
        if stripped := paragraph.strip():
            first = start + len(paragraph) - len(paragraph.lstrip())
            spans.append((first, first + len(stripped)))
        start = end
    return spans


def _sentences_within(text: str, start: int, end: int) -> list[Span]:
    paragraph = straight(text[start:end])
    spans: list[Span] = []
    for first, last in _pieces(paragraph):
        if spans and _belongs_to_previous(paragraph, spans[-1][0] - start, first, last):
            spans[-1] = (spans[-1][0], start + last)
        else:
            spans.append((start + first, start + last))
    return spans


def _pieces(paragraph: str) -> Iterator[Span]:
    """Yield what Punkt takes for sentences; very long paragraphs go to it in parts, since it gives up on them whole."""
    start = 0
    while start < len(paragraph):
        stop = PART_END.search(paragraph, start + PART, start + 2 * PART) if len(paragraph) - start > PART else None
        end = stop.end() if stop and stop.end() - start < 2 * PART else min(len(paragraph), start + 2 * PART)
        for first, last in _punkt().spans(paragraph[start:end]):
            yield from _cut(paragraph, start + first, start + last)
        start = end


def _cut(paragraph: str, first: int, last: int) -> Iterator[Span]:
    """Cut a piece where Punkt sees no end: after an omission in brackets, and where a space was lost."""
    for match in HIDDEN_END.finditer(paragraph, first, last):
        yield first, match.start() + len(match[0].rstrip())
        first = match.end()
    yield first, last


def _belongs_to_previous(paragraph: str, previous_start: int, first: int, last: int) -> bool:
    piece, before = paragraph[first:last], paragraph[max(previous_start, first - REACH) : first].rstrip()
    if LIST_NUMBER.fullmatch(before) or (before.endswith(QUOTE_ENDS) and SPEAKER.match(piece)):
        return True
    if (
        before[-3:-2] == "."
        and INITIALS.search(before)
        and WORD_START.match(piece)[0].lower().strip("\"'( ") not in STARTERS
    ):
        return True
    if LOWER_START.match(piece) or not any(character.isalnum() for character in piece):
        return True
    return bool(piece[0].isdigit() and ENDS_OPEN.search(before))


def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Split articles into sentences, one row per sentence of a title or a text.

    Columns: article_id, sentence_id (0, 1, 2 ... within the article), part, paragraph, start, end, text. `part` is
    title, lead (the first paragraph, and a date alone before it) or body; start and end are character offsets into the
    article's title where part is title, else into its text. A table with article_id and text alone will do. An article
    without a text has no sentence: its title alone is not scored as if it were one.
    """
    require(articles, ["article_id", "text"], source="articles")
    ids, titles, texts = (texts_of(articles, column) for column in ("article_id", "title", "text"))
    rows = (
        (article_id, number, *place)
        for article_id, title, text in progress(zip(ids, titles, texts, strict=True), "sentences", total=len(ids))
        for number, place in enumerate(places_within(title, text))
    )
    return as_table(rows, SENTENCES)


def places_within(title: str, text: str) -> Iterator[tuple[str, int, int, int, str]]:
    """Yield (part, paragraph, start, end, text) of each sentence of an article, as in `split_sentences`."""
    stripped = title.strip()
    if stripped and text.strip():
        start = title.index(stripped)
        yield "title", 0, start, start + len(stripped), stripped
    lead = True
    for paragraph, (first, last) in enumerate(paragraph_spans(text), start=1):
        for start, end in _sentences_within(text, first, last):
            yield "lead" if lead else "body", paragraph, start, end, text[start:end]
        lead = lead and bool(DATE_LINE.fullmatch(text, first, last))
