"""Clauses: where a sentence is cut, so that what is said of one person does not stand with what is said of another.

No grammar is parsed. Cuts are made at punctuation and before the words that open a clause; before "and" only where a
new subject follows. A comma in a list cuts too: a cut too many costs less than one that is missed.
"""

import re

from toolkit.terms import Span

OPENING = """
    but while whilst although though whereas despite because unless after before when if since as that who whom whose
    which
""".split()
SUBJECTS = "he she it they we you I there here this that these those".split()
AUXILIARIES = "is was are were has had have will would could should can may did does do said says".split()
NEW_SUBJECT = rf"(?:{'|'.join(SUBJECTS)})\b|[A-Z][\w.'-]*\s(?:[A-Z][\w.'-]*\s){{0,2}}(?:{'|'.join(AUXILIARIES)})\b"
CUT = re.compile(
    rf"""
    [,;:](?=[\s"'”’]) | \s[-–—]+\s | — | [(){{}}\[\]]
    | [.!?]["'”’)]*(?=\s+["'“‘(]?[A-Z])
    | (?<=\s)(?=(?:{"|".join(OPENING)})\b)
    | (?<=\s)(?=and\s(?:{NEW_SUBJECT}))
    """,
    re.VERBOSE,
)
WORD_CHARACTER = re.compile(r"\w")


def split_clauses(sentence: str) -> list[Span]:
    """Return the (start, end) of each clause of one sentence, in order: every word stands in exactly one.

    Cut is after commas, semicolons, colons and dashes, at brackets, and before but, while, although, whereas, because,
    that, who, which and their like, and before "and" with a subject of its own.
    """
    cuts = [match.end() for match in CUT.finditer(sentence)]
    spans = []
    for start, end in zip([0, *cuts], [*cuts, len(sentence)], strict=True):
        piece = sentence[start:end]
        if WORD_CHARACTER.search(piece):
            first = start + len(piece) - len(piece.lstrip())
            spans.append((first, first + len(piece.strip())))
    return spans


def clause_around(sentence: str, start: int, end: int) -> Span:
    """Return the clause in which a stretch of a sentence stands, or the clauses it runs through."""
    inside = [span for span in split_clauses(sentence) if span[0] < end and span[1] > start]
    return min([start, *(first for first, _ in inside)]), max([end, *(last for _, last in inside)])
