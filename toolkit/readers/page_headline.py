"""The headline of a saved page: the line above the body that most looks like one."""

import re

from toolkit.readers.page_lines import Line
from toolkit.readers.page_looks import NUMBER

CONTENT_WORD = re.compile(r"\w{4,}")
LEAD = 12  # lines of the body, whose words a headline shares
HEADLINE_REACH = 40  # lines above the body
MIN_TITLE_WORDS = 3


def headline_of(lines: list[Line], first: int, last: int) -> int:
    """Return the number of the line most like a headline of the body from `first` to `last`, -1 where none is."""
    body_words = _content_words("\n".join(line.text for line in lines[first : min(last, first + LEAD)]))
    above = "\n".join(line.text for line in lines[: first + 1])
    scores = {}
    for number in range(max(0, first - HEADLINE_REACH), first):
        line, look = lines[number], lines[number].look
        if not MIN_TITLE_WORDS <= look.words <= 30 or look.is_furniture or look.is_credit or look.is_legal:
            continue
        if look.is_byline or look.is_dateline:
            continue
        words = _content_words(line.text)
        overlap = len(words & body_words) / (len(words) + 1)
        advertised = number > 0 and lines[number - 1].look.is_advert and not line.after_blank
        scores[number] = min(look.words, 10) + 10 * overlap - 0.25 * (first - number) - 10 * advertised
        scores[number] += 4 * (above.count(line.text) > 1)
        scores[number] += 4 * any(other.look.is_dateline for other in lines[number + 1 : number + 3])
        scores[number] += 3 * any(other.look.is_byline for other in lines[number + 1 : number + 4])
        scores[number] -= _unlike_title(line)
    best = max(scores, key=scores.get, default=-1)
    # A sentence right under a title-like line is its standfirst, however much it shares with the body.
    stands_under = best - 1 in scores and lines[best].text.endswith(".") and not lines[best - 1].look.is_sentence
    return best - 1 if stands_under else best


def _unlike_title(line: Line) -> int:
    """Count against a headline: a full stop, a bullet, the number of a list, a path of crumbs, other pages' lines."""
    stop = 10 * (line.look.ends_sentence and line.text.endswith((".", ":")))
    listed = 6 * (line.bullet or NUMBER.match(line.text) is not None or " > " in line.text)
    return stop + listed + 10 * bool(line.shared)


def _content_words(text: str) -> set[str]:
    return set(CONTENT_WORD.findall(text.lower()))
