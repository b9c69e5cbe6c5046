"""What can go wrong, as one line that says what, where, and what to do."""


class ToolkitError(Exception):
    """Something the user can mend; the command prints its message and exits with 1."""


class CorpusError(ToolkitError):
    """A file or folder cannot be read as a corpus."""


class CodebookError(ToolkitError):
    """A codebook of frames or actors breaks a rule."""


class TableError(ToolkitError):
    """A table lacks the columns a function needs."""


class ReportError(ToolkitError):
    """A report cannot be rendered."""
