"""Saved page text: a dump of a whole page, menus and all, turned into an article.

Each line gets a label and the reason for it. The body is the stretch of lines that is densest in prose; what stands
around and within it is told apart by what it says of itself and by its neighbours.
"""

import re
from collections.abc import Iterator

import pandas as pd

from toolkit.dates import DATE, holds_date
from toolkit.readers.page_lines import CREDIT, LEGAL, PROMOTION, Line, body_block, is_button, lines_of
from toolkit.tables import PAGE_LINES, as_table

Label = tuple[str, str]  # label, reason

BODY_LABELS = ("teaser", "body", "subheading")
BYLINE = re.compile(r"\W*by\s+(?:the\s+)?[A-Z]\S*(?:\s+\S+){0,8}$|.*\bdesk$", re.IGNORECASE)
TAG_HEADING = re.compile(
    r"\W*(?:tags?|topics?|keywords?|filed under|more on this topic|related topics)\b\W*", re.IGNORECASE
)
RELATED_HEADING = re.compile(r"\W*(?:related\b|more\s|read\s|see also|from the\b)", re.IGNORECASE)
STAMP = re.compile(r"\b(?:published|posted|updated|created|by)\b", re.IGNORECASE)
DATED = re.compile(r"\([A-Z][a-z]+ \d{1,2}, \d{4}\)$|\(\d{1,2}\.? [A-Z][a-z]+ \d{4}\)$")
HEADLINE_REACH = 40  # lines above the body
MIN_TITLE_WORDS = 3
MOST_SUBHEADING_WORDS = 16
MOST_LABELS = 4  # short lines that an article alone may hold: title, author, date, a subheading


def clean_page(text: str) -> pd.DataFrame:
    """Label the lines of a saved page, one row per line that is not blank.

    Columns: label (menu, headline, dateline, byline, teaser, caption, credit, advertising, promotion, body,
    subheading, tags, related, footer), reason, start, end (character offsets into `text`), text.
    """
    lines = lines_of(text)
    rows = ((*label, line.start, line.end, line.text) for line, label in zip(lines, label_lines(lines), strict=True))
    return as_table(rows, PAGE_LINES)


def label_lines(lines: list[Line]) -> list[Label]:
    """Return the label of each line and the reason for it."""
    if reads_as_article(lines):
        return list(_plain_labels(lines))
    first, last = body_block(lines)
    if first == last:
        return [("menu", "no prose on this page")] * len(lines)
    first, last = _trim(lines, first, last)
    headline = _headline(lines, first, last)
    labels = [_above(line, number > headline) for number, line in enumerate(lines[:first])]
    labels += [_within(lines, number, first, last) for number in range(first, last)]
    labels += list(_below(lines[last:]))
    if headline >= 0:
        labels[headline] = "headline", "nearest title-like line above the body"
    _mark_captions(lines, labels)
    _mark_teaser(lines, labels, headline)
    return labels


def reads_as_article(lines: list[Line]) -> bool:
    """Say whether a file holds an article alone, without the furniture of a page round it."""
    furniture = sum(_is_furniture(line) or bool(LEGAL.search(line.head)) for line in lines)
    short = sum(line.words < 8 and not line.ends_sentence for line in lines)
    return furniture <= len(lines) / 20 and short <= max(MOST_LABELS, len(lines) / 4) and any(map(_is_paragraph, lines))


def _plain_labels(lines: list[Line]) -> Iterator[Label]:
    """Label an article without a page round it: a title, perhaps date and author, and all the rest is body."""
    for number, line in enumerate(lines):
        if number == 0 and len(lines) > 1 and line.words <= 30 and not line.text.endswith((".", "”", '"')):
            yield "headline", "first line of a file without menus"
        elif number < 5 and _is_dateline(line) and line.words < 12 and not line.is_sentence:
            yield "dateline", "holds a date, near the top"
        elif number < 5 and line.words < 12 and BYLINE.match(line.text):
            yield "byline", "says who wrote it"
        elif _is_furniture(line):
            yield "advertising", "says what buttons and boxes say"
        elif line.is_sentence or line.words > MOST_SUBHEADING_WORDS or number + 1 == len(lines):
            yield "body", "a file without menus"
        else:
            yield "subheading", "short, in a file without menus"


def _trim(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Move both ends of the block to lines that are sentences, so that titles and link lists stay outside."""
    numbers = [number for number in range(first, last) if _is_paragraph(lines[number])]
    return (numbers[0], numbers[-1] + 1) if numbers else (first, last)


def _is_paragraph(line: Line) -> bool:
    return line.is_sentence and line.words >= 5 and not (_is_furniture(line) or _is_credit(line))


def _is_furniture(line: Line) -> bool:
    return is_button(line.head) or (line.words < 30 and bool(PROMOTION.match(line.head)))


def _is_credit(line: Line) -> bool:
    return line.words < (120 if "©" in line.text else 60) and bool(CREDIT.search(line.head))


def _headline(lines: list[Line], first: int, last: int) -> int:
    """Return the number of the line most like a headline, -1 where none is."""
    body_words = {word for line in lines[first:last] for word in _content_words(line.text)}
    scores = {}
    for number in range(max(0, first - HEADLINE_REACH), first):
        line = lines[number]
        if (
            not MIN_TITLE_WORDS <= line.words <= 30
            or _is_furniture(line)
            or _is_credit(line)
            or LEGAL.search(line.head)
        ):
            continue
        if BYLINE.match(line.head) or _is_dateline(line):
            continue
        words = _content_words(line.text)
        overlap = len(words & body_words) / (len(words) + 1)
        repeated = any(other is not line and line.text in other.text for other in lines[: first + 1])
        scores[number] = min(line.words, 10) + 10 * overlap + 4 * repeated - 0.25 * (first - number)
        scores[number] += 4 * any(map(_is_dateline, lines[number + 1 : number + 3]))
        scores[number] -= 10 * (number > 0 and _is_advert(lines[number - 1]) and not line.after_blank)
        scores[number] -= 5 * (line.ends_sentence and line.text.endswith(".")) + 6 * line.bullet
    return max(scores, key=scores.get, default=-1)


def _is_dateline(line: Line) -> bool:
    return holds_date(line.head) and (line.words < 12 or (line.words < 30 and bool(STAMP.search(line.head))))


def _content_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


def _above(line: Line, below_headline: bool) -> Label:
    if is_button(line.head) or not below_headline:
        return ("advertising", "says what buttons say") if _is_advert(line) else ("menu", "above the article")
    if holds_date(line.head) and line.words < 30:
        return "dateline", "holds a date, under the headline"
    if _is_credit(line):
        return ("credit", "names the picture's source") if line.words < 8 else ("caption", "with a picture credit")
    if BYLINE.match(line.head):
        return "byline", "says who wrote it"
    if _is_furniture(line):
        return "promotion", "points elsewhere"
    return "menu", "between headline and body"


def _is_advert(line: Line) -> bool:
    return bool(re.search(r"\b(advert\w*|sponsored|promoted|paid)\b", line.text, re.IGNORECASE))


def _within(lines: list[Line], number: int, first: int, last: int) -> Label:
    line = lines[number]
    if is_button(line.head):
        return "advertising", "says what buttons and advertisements say"
    if _is_credit(line) and line.text[0] not in '"“':
        return ("credit", "names the picture's source") if line.words < 8 else ("caption", "with a picture credit")
    if line.words < 30 and PROMOTION.match(line.head):
        return "promotion", "points to another article"
    if line.times > 1 and line.words < 30:
        return "menu", f"stands {line.times} times on the page"
    if LEGAL.search(line.head) and line.words < 25:
        return "advertising", "speaks of subscription, cookies or rights"
    if line.is_sentence or (line.is_prose and line.words > MOST_SUBHEADING_WORDS):
        return "body", "prose"
    if number <= first + 3 and (holds_date(line.head) and line.words < 20):
        return "dateline", "holds a date, above the body"
    label = _short_within(lines, number, last)
    return ("body", "prose") if line.is_prose and label[0] == "promotion" else label


def _short_within(lines: list[Line], number: int, last: int) -> Label:
    """Label a short line amid the body: a subheading stands alone above prose, a list of links does not."""
    line, after = lines[number], lines[number + 1] if number + 1 < last else None
    before = lines[number - 1]
    if _is_advert(before) and not line.after_blank:
        return "advertising", "right under the word"
    alone = before.is_sentence or before.is_prose or _is_furniture(before)
    leads = after is not None and (after.is_sentence or after.is_prose or _is_furniture(after))
    if line.words <= MOST_SUBHEADING_WORDS and alone and leads and not line.bullet:
        return "subheading", "short, alone, above prose"
    if line.bullet and line.words >= 4:
        return "body", "item of a list"
    return "promotion", "one of several short lines"


def _below(lines: list[Line]) -> Iterator[Label]:
    """Label what follows the body; headings say what the lines under them are."""
    under = ""
    for line in lines:
        if TAG_HEADING.fullmatch(line.head) or RELATED_HEADING.match(line.head):
            under = "tags" if TAG_HEADING.fullmatch(line.head) else "related"
            yield "footer", f"heading of {under}"
        elif _is_tag_line(line):
            under = ""
            yield "tags", "short items between commas"
        elif DATED.search(line.head) or (under == "related" and _is_title(line)):
            yield "related", "title of another article, with its date" if DATED.search(line.head) else "under a heading"
        elif under == "tags" and line.words <= 6 and not line.ends_sentence and not is_button(line.head):
            yield "tags", "under a heading"
        else:
            if not (line.text.isdigit() or holds_date(line.head)):
                under = ""
            yield ("advertising", "says what buttons say") if _is_advert(line) else ("footer", "below the article")


def _is_tag_line(line: Line) -> bool:
    text = TAG_HEADING.sub("", line.text, count=1)
    if ":" in text or holds_date(text):
        return False
    items = [item.strip() for item in re.split(r"[,;]", text)]
    short = all(0 < len(item.split()) <= 9 for item in items)
    return len(items) >= 3 and short and not line.ends_sentence and line.function_share < 0.2 and not LEGAL.search(text)


def _is_title(line: Line) -> bool:
    plain = not (_is_furniture(line) or LEGAL.search(line.head) or line.text.startswith("©"))
    return plain and line.words >= 4 and not DATE.fullmatch(line.head) and not line.text.endswith(".")


def _mark_captions(lines: list[Line], labels: list[Label]) -> None:
    """A line right above a credit is its caption, unless it is prose of the body."""
    for number in range(1, len(lines)):
        line, above = lines[number - 1], labels[number - 1][0]
        if labels[number][0] != "credit" or lines[number].after_blank or line.words < 4:
            continue
        if above in ("menu", "footer", "subheading", "promotion") or (above == "body" and line.words < 25):
            labels[number - 1] = "caption", "right above a picture credit"


def _mark_teaser(lines: list[Line], labels: list[Label], headline: int) -> None:
    """The first sentence under the headline is a teaser if dates, credits or buttons part it from the body."""
    if headline < 0:
        return
    for number in range(headline + 1, min(headline + 15, len(lines) - 1)):
        line = lines[number]
        if labels[number][0] in ("menu", "body") and line.words >= 8 and line.is_sentence:
            parted = labels[number + 1][0] not in ("body", "subheading")
            if parted or labels[number][0] == "menu":
                labels[number] = "teaser", "a sentence under the headline, parted from the body"
            return
