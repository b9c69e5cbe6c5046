"""What can go wrong, as one line that says what, where, and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a question to a misspelt name, " Did you mean outlet?", or "" where no known one is like it."""
    found = get_close_matches(name, list(known), n=1)
    return f" Did you mean {found[0]}?" if found else ""


class ToolkitError(Exception):
    """Something the user can mend; the command prints its message and exits with 1."""


class CorpusError(ToolkitError):
    """A file or folder cannot be read as a corpus."""


class NoArticleError(CorpusError):
    """A selection leaves no article: of an outlet that was silent, no failure."""


class CodebookError(ToolkitError):
    """A codebook of frames or actors breaks a rule."""


class TableError(ToolkitError):
    """A table lacks the columns a function needs."""


class ReportError(ToolkitError):
    """A report cannot be rendered."""


class EmptyReportError(ReportError):
    """A report would tell of no article."""
