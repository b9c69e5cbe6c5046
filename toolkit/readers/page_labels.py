"""The labels of a saved page's lines: each line gets one, and the reason for it.

The body is the stretch of lines that is densest in prose; what stands around and within it is told apart by what it
says of itself, by its neighbours, and by the other pages it stands on.
"""

import re
from collections.abc import Iterator

from toolkit.dates import DATE
from toolkit.readers.page_cues import TAG_HEADING
from toolkit.readers.page_headline import headline_of
from toolkit.readers.page_lines import Line, body_block

Label = tuple[str, str]  # label, reason

LABELS = (
    *("menu", "headline", "dateline", "byline", "teaser", "caption", "credit", "advertising", "promotion", "body"),
    *("subheading", "tags", "related", "footer"),
)
BODY_LABELS = ("teaser", "body", "subheading")
DATED = re.compile(r"\([A-Z][a-z]+ \d{1,2}, \d{4}\)$|\(\d{1,2}\.? [A-Z][a-z]+ \d{4}\)$")
MOST_SUBHEADING_WORDS = 12
MOST_CAPTION_WORDS = 30
QUOTES = ("“", "„", "«", "»", '"', "‘")
LEAST_PROSE_WORDS = 17  # of a line that ends no sentence
SHORT_LINE = "promotion", "one of several short lines"
TAG_LINE = "tags", "short items between commas"
MOST_TAG_LINES = 2
MOST_LABELS = 4  # short lines that an article alone may hold: title, author, date, a subheading


def label_lines(lines: list[Line]) -> list[Label]:
    """Return the label of each line and the reason for it."""
    if reads_as_article(lines):
        return list(_plain_labels(lines))
    first, last = body_block(lines)
    if first == last:
        return [("menu", "no prose on this page")] * len(lines)
    first, last = _trim(lines, first, last)
    headline = headline_of(lines, first, last)
    labels = [_above(line, number > headline) for number, line in enumerate(lines[:first])]
    labels += [_within(lines, number, first, last) for number in range(first, last)]
    labels += list(_below(lines[last:]))
    if headline >= 0:
        labels[headline] = "headline", "nearest title-like line above the body"
    _unmark_lists(labels)
    _mark_repeated(lines, labels)
    _mark_captions(lines, labels)
    _mark_teaser(lines, labels, headline)
    return labels


def reads_as_article(lines: list[Line]) -> bool:
    """Say whether a file holds an article alone, without the furniture of a page round it.

    That articles share a byline, a date, a subheading or what they end on makes no pages of them; notices do.
    """
    own = lines[: _end(lines)]
    looks = [line.look for line in own]
    furniture = sum([look.is_button or look.is_promotion or look.is_legal for look in looks])
    furniture += sum([bool(line.shared) and line.look.is_sentence for line in own])
    short = sum([look.words < 8 and not look.ends_sentence for look in looks])
    return furniture <= len(looks) / 20 and short <= max(MOST_LABELS, len(looks) / 4) and any(map(_is_paragraph, lines))


def _plain_labels(lines: list[Line]) -> Iterator[Label]:
    """Label an article without a page round it: a title, perhaps date and author, and all the rest is body.

    What other files end on too, a notice or an address, is none of the article's; what they share above that is.
    """
    end = _end(lines)
    for number, line in enumerate(lines):
        if number >= end:
            yield "footer", line.shared
        elif number == 0 and len(lines) > 1 and line.look.words <= 30 and not line.text.endswith((".", "”", '"')):
            yield "headline", "first line of a file without menus"
        elif number < 5 and line.look.is_dateline and line.look.words < 12 and not line.look.is_sentence:
            yield "dateline", "holds a date, near the top"
        elif number < 5 and line.look.words < 12 and line.look.is_byline:
            yield "byline", "says who wrote it"
        elif line.look.is_furniture:
            yield "advertising", "says what buttons and boxes say"
        elif line.look.is_sentence or line.look.words >= LEAST_PROSE_WORDS or number + 1 == len(lines):
            yield "body", "a file without menus"
        else:
            yield "subheading", "short, in a file without menus"


def _end(lines: list[Line]) -> int:
    """Return the number of lines without those at the end that stand on other pages too."""
    end = len(lines)
    while end > 1 and lines[end - 1].shared:
        end -= 1
    return end


def _trim(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Move both ends of the block to lines that are sentences, so that titles and link lists stay outside."""
    numbers = [number for number in range(first, last) if _is_paragraph(lines[number])]
    return (numbers[0], numbers[-1] + 1) if numbers else (first, last)


def _is_paragraph(line: Line) -> bool:
    look = line.look
    return (
        look.is_sentence
        and (look.words >= 5 or line.text.startswith(QUOTES))
        and not (look.is_furniture or look.is_credit or look.tells_authors or line.shared)
    )


def _above(line: Line, below_headline: bool) -> Label:
    if line.look.is_button or not below_headline:
        return (
            ("advertising", "says what buttons say")
            if line.look.is_advert
            else ("menu", line.shared or "above the article")
        )
    if line.look.has_date and line.look.words < 30:
        return "dateline", "holds a date, under the headline"
    if line.look.is_credit:
        return _credit(line)
    if line.look.is_byline:
        return "byline", "says who wrote it"
    if line.look.is_furniture:
        return "promotion", "points elsewhere"
    return "menu", line.shared or "between headline and body"


def _credit(line: Line) -> Label:
    return ("credit", "names the picture's source") if line.look.words < 8 else ("caption", "with a picture credit")


def _within(lines: list[Line], number: int, first: int, last: int) -> Label:
    line = lines[number]
    if line.shared:
        return "menu", line.shared
    if line.look.is_button:
        return "advertising", "says what buttons and advertisements say"
    if line.look.is_credit and line.text[0] not in '"“':
        return _credit(line)
    if line.look.is_promotion:
        return "promotion", "points to another article"
    if line.look.is_signed and line.look.words < MOST_CAPTION_WORDS and number + 1 < last:
        return "caption", "signed by an agency, amid the body"
    if line.times > 1 and line.look.words < 30 and not line.look.is_sentence:
        return "menu", f"stands {line.times} times on the page"
    if line.look.is_legal and line.look.words < 25:
        return "advertising", "speaks of subscription, cookies or rights"
    if line.look.is_sentence or (line.look.is_prose and line.look.words >= LEAST_PROSE_WORDS):
        return "body", "prose"
    if number <= first + 3 and (line.look.has_date and line.look.words < 20):
        return "dateline", "holds a date, above the body"
    if number <= first + 3 and line.look.is_byline:
        return "byline", "says who wrote it"
    label = _short_within(lines, number, last)
    return ("body", "prose") if line.look.is_prose and label[0] == "promotion" else label


def _short_within(lines: list[Line], number: int, last: int) -> Label:
    """Label a short line amid the body: a subheading stands alone above prose, a list of links does not."""
    line, after = lines[number], lines[number + 1] if number + 1 < last else None
    before = lines[number - 1]
    if line.look.is_dateline:
        return "promotion", "date of another text"
    if before.look.is_advert and not line.after_blank:
        return "advertising", "right under the word"
    alone = before.look.is_sentence or before.look.is_prose or before.look.is_furniture
    leads = after is not None and (after.look.is_sentence or after.look.is_prose or after.look.is_furniture)
    if line.look.words <= MOST_SUBHEADING_WORDS and alone and leads and not line.bullet:
        return "subheading", "short, alone, above prose"
    if line.bullet and line.look.words >= 4:
        return "body", "item of a list"
    return SHORT_LINE


def _below(lines: list[Line]) -> Iterator[Label]:
    """Label what follows the body; headings say what the lines under them are."""
    under = ""
    for line in lines:
        text, look = line.text, line.look
        dated = text.endswith(")") and DATED.search(text)
        if look.heads:
            under = look.heads
            yield "footer", f"heading of {under}"
        elif _is_tag_line(line):
            under = ""
            yield TAG_LINE
        elif dated or (under == "related" and _is_title(line)):
            yield "related", "title of another article, with its date" if dated else "under a heading"
        elif under == "tags" and look.words <= 6 and not look.ends_sentence and not look.is_button:
            yield "tags", "under a heading"
        else:
            if not (text.isdigit() or look.has_date):
                under = ""
            yield (
                ("advertising", "says what buttons say")
                if look.is_advert
                else ("footer", line.shared or "below the article")
            )


def _is_tag_line(line: Line) -> bool:
    text, look = line.text, line.look
    if text.count(",") + text.count(";") < 2 or look.ends_sentence or look.is_legal or look.function_share >= 0.2:
        return False
    text = TAG_HEADING.sub("", text, count=1)
    if ":" in text or look.has_date:
        return False
    items = [item.strip() for item in re.split(r"[,;]", text)]
    return len(items) >= 3 and all(0 < len(item.split()) <= 9 for item in items)


def _is_title(line: Line) -> bool:
    plain = not (line.look.is_furniture or line.look.is_legal or line.text.startswith("©"))
    return plain and line.look.words >= 4 and not DATE.fullmatch(line.text) and not line.text.endswith(".")


def _unmark_lists(labels: list[Label]) -> None:
    """Tags stand on one line or two: more lines of short items are a list of other things, such as dates and places."""
    found = [number for number, label in enumerate(labels) if label == TAG_LINE]
    if len(found) > MOST_TAG_LINES:
        for number in found:
            labels[number] = "footer", "one of many lines with commas"


def _mark_repeated(lines: list[Line], labels: list[Label]) -> None:
    """A paragraph that stands in the body again is the same picture's caption, or a second copy: once is enough."""
    seen = set()
    for number, line in enumerate(lines):
        if line.times > 1 and labels[number][0] == "body":
            if line.text in seen:
                labels[number] = "menu", f"stands {line.times} times on the page"
            seen.add(line.text)


def _mark_captions(lines: list[Line], labels: list[Label]) -> None:
    """A line right above a credit is its caption, unless it is prose of the body."""
    for number in range(1, len(lines)):
        line, above = lines[number - 1], labels[number - 1][0]
        if labels[number][0] != "credit" or lines[number].after_blank or line.look.words < 4:
            continue
        if above in ("menu", "footer", "subheading", "promotion") or (above == "body" and line.look.words < 25):
            labels[number - 1] = "caption", "right above a picture credit"


def _mark_teaser(lines: list[Line], labels: list[Label], headline: int) -> None:
    """The first sentence under the headline is a teaser if dates, credits or buttons part it from the body."""
    if headline < 0:
        return
    for number in range(headline + 1, min(headline + 15, len(lines) - 1)):
        line = lines[number]
        if labels[number][0] in ("menu", "body") and not line.shared and line.look.words >= 8 and line.look.is_sentence:
            parted = labels[number + 1][0] not in ("body", "subheading")
            if parted or labels[number][0] == "menu":
                labels[number] = "teaser", "a sentence under the headline, parted from the body"
            return
