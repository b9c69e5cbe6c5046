"""Cells: text that a spreadsheet program would run as a formula, made safe, and made itself again."""

import re

# A mark before the sign keeps a program from running it; before an existing mark too, so that it can be taken off.
RISKY = re.compile(r"'*[=+\-@\t\r]")


def guard(value: str) -> str:
    """Return a cell's text with an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{value}" if RISKY.match(value) else value


def unguard(value: str) -> str:
    """Return the text that was guarded."""
    return value[1:] if value.startswith("'") and RISKY.match(value) else value
