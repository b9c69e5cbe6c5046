"""Saved page text: a dump of a whole page, menus and all, each line told for what it is."""

from pathlib import Path

import pandas as pd

from toolkit.readers.page_labels import BODY_LABELS, Label, label_lines
from toolkit.readers.page_lines import Line, Reasons, lines_of
from toolkit.readers.page_outlet import outlet_of
from toolkit.readers.page_rules import Rules, apply_rules, as_rules, rules_of
from toolkit.tables import PAGE_LINES, as_table


def clean_page(text: str, rules: Rules | str | Path | None = None, reasons: Reasons | None = None) -> pd.DataFrame:
    """Label the lines of a saved page, one row per line that is not blank.

    Columns: label (menu, headline, dateline, byline, teaser, caption, credit, advertising, promotion, body,
    subheading, tags, related, footer), reason, start, end (character offsets into `text`), text. `rules`, a file or
    what load_rules made of it, overrides labels; `reasons` tells what the outlet's other pages say of the lines.
    """
    lines = lines_of(text, reasons)
    labels = label_page(lines, as_rules(rules))
    rows = (
        (*label, line.start, line.start + len(line.text), line.text) for line, label in zip(lines, labels, strict=True)
    )
    return as_table(rows, PAGE_LINES)


def label_page(lines: list[Line], rules: Rules | None = None) -> list[Label]:
    """Return the label of each line, as found, and as the rules of its outlet want it."""
    labels = label_lines(lines)
    chosen = rules_of(rules, outlet_of(lines, labels), lines, labels) if rules else []
    return apply_rules(lines, labels, chosen) if chosen else labels


def body_of(lines: list[Line], labels: list[Label]) -> str:
    """Return the article's text: the lines labelled so, parted by blank lines."""
    return "\n\n".join(line.text for line, (label, _) in zip(lines, labels, strict=True) if label in BODY_LABELS)
