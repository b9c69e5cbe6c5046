"""Page rules: a user's own word on lines of saved pages, over what was found.

A YAML file; under the name of an outlet, a domain, or "*" for all pages, a list of rules:

    The Hill Courier:
      - {line: "Sign up for our *", label: promotion}   lines that match; * is any text
      - {below: "Latest headlines", label: related}     this line and all that follow
      - {above: "Skip to content", label: menu}         this line and all before
"""

import re
from pathlib import Path
from typing import NamedTuple

from toolkit.books import Book
from toolkit.outlets import find_outlet
from toolkit.paths import resolve
from toolkit.readers.page_labels import BODY_LABELS, LABELS, Label
from toolkit.readers.page_lines import Line

ALL = "*"
REACHES = ("line", "below", "above")
REASON = "by the rules file"
LONGEST_LINE = 300  # characters of a line that may name the site
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class Rule(NamedTuple):
    """One rule: where it reaches to, the pieces of its pattern between the stars, and its label."""

    reach: str
    pieces: tuple[str, ...]
    label: str


Rules = dict[str, list[Rule]]


def load_rules(path: str | Path) -> Rules:
    """Read a file of rules: the rules of each outlet, "*" for those of all pages.

    Raises CodebookError with file, line and entry for an unknown key or label, or a pattern that is empty.
    """
    book = Book(resolve(path))
    rules: Rules = {}
    for outlet, entries in book.content.items():
        if not isinstance(entries, list):
            raise book.error(f'{outlet} must list its rules: - {{line: "some text", label: menu}}.', str(outlet))
        own = rules.setdefault(str(outlet).strip().casefold(), [])
        own += [_rule(book, str(outlet), entry) for entry in entries]
    return rules


def as_rules(rules: Rules | str | Path | None) -> Rules:
    """Return rules as they are, read from a file, or none."""
    return load_rules(rules) if rules and isinstance(rules, str | Path) else rules or {}


def _rule(book: Book, outlet: str, entry: object) -> Rule:
    book.check_keys(entry, {*REACHES, "label"}, f"a rule of {outlet}", outlet)
    reach = [key for key in REACHES if key in entry]
    if len(reach) != 1:
        found = ", ".join(map(str, entry)) or "nothing"
        raise book.error(f"a rule of {outlet} must say one of line, below or above, and has {found}.", outlet)
    pattern, label = entry[reach[0]], entry.get("label")
    if label not in LABELS:
        raise book.error(f"unknown label {label!r} for {outlet}. There are: {', '.join(LABELS)}.", str(label), outlet)
    if not isinstance(pattern, str):
        raise book.error(f"{reach[0]} of {outlet} must be text; quote {str(pattern)[:40]!r}.", str(pattern), outlet)
    if not pattern.strip("* \t\n"):
        raise book.error(f"{reach[0]} of {outlet} has an empty pattern, which any line matches.", pattern, outlet)
    return Rule(reach[0], tuple(_plain(pattern).split("*")), label)


def rules_of(rules: Rules, outlet: str, lines: list[Line], labels: list[Label]) -> list[Rule]:
    """Return the rules that hold on a page: those of all pages, of its outlet, and of a domain named round its body."""
    around = (line.text for line, (label, _) in zip(lines, labels, strict=True) if label not in BODY_LABELS)
    named = any("." in name for name in rules)
    domains = {found.casefold() for text in around for found in DOMAIN.findall(text[:LONGEST_LINE])} if named else set()
    return [rule for name, own in rules.items() if name == ALL or _is_of(name, outlet, domains) for rule in own]


def _is_of(name: str, outlet: str, domains: set[str]) -> bool:
    domain = name.removeprefix("www.")
    if DOMAIN.fullmatch(name) and any(found == domain or found.endswith(f".{domain}") for found in domains):
        return True
    if not outlet:
        return False
    known = find_outlet(name, f"https://{name}" if DOMAIN.fullmatch(name) else "")
    return name.removeprefix("the ") == outlet.casefold().removeprefix("the ") or (
        known is not None and known == find_outlet(outlet)
    )


def apply_rules(lines: list[Line], labels: list[Label], rules: list[Rule]) -> list[Label]:
    """Return the labels as the rules want them; where several rules reach a line, the last one holds.

    Where several lines match a rule that reaches on, it begins at the one from which it reaches the fewest: a heading
    below the article may stand in the menu too.
    """
    changed = list(labels)
    texts = [_plain(line.text) for line in lines]
    for reach, pieces, label in rules:
        found = [number for number, text in enumerate(texts) if _matches(pieces, text)]
        if found and reach != "line":
            found = range(found[-1], len(lines)) if reach == "below" else range(found[0] + 1)
        for number in found:
            changed[number] = label, REASON
    if ("headline", REASON) in changed:
        other = "menu", "the rules file names another headline"
        changed = [other if found[0] == "headline" and found[1] != REASON else found for found in changed]
    return changed


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _matches(pieces: tuple[str, ...], text: str) -> bool:
    """Say whether a line is the pieces of a pattern, in order, with any text at its stars; in one run over the line."""
    if len(pieces) == 1:
        return text == pieces[0]
    first, *inner, last = pieces
    place, end = len(first), len(text) - len(last)
    if not (text.startswith(first) and text.endswith(last) and place <= end):
        return False
    for piece in inner:
        found = text.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True
