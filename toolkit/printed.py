"""Printed: the page of a report as PDF, A4, drawn by WeasyPrint, which is let fetch nothing."""

import logging
from contextlib import redirect_stdout
from io import StringIO
from types import ModuleType

from toolkit.errors import ReportError

NEEDED = 'a PDF needs the extra pdf. Install it: pip install -e ".[pdf]"'
LACKING = "a PDF needs Pango, which pip does not bring. On Debian and Ubuntu: apt install libpangoft2-1.0-0"


def load_printer() -> ModuleType:
    """Return WeasyPrint; raise ReportError where it, or Pango, with which it sets type, is not installed."""
    try:
        with redirect_stdout(StringIO()):  # it prints what it lacks, over several lines
            import weasyprint
    except ImportError:
        raise ReportError(NEEDED) from None
    except OSError:  # a library of the system is not found
        raise ReportError(LACKING) from None
    return weasyprint


def pdf_of(html: str) -> bytes:
    """Return a page as PDF, tagged for screen readers; the same page with the same fonts has the same bytes."""
    printer = load_printer()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of what is meant for screens
    fetcher = printer.urls.URLFetcher(allowed_protocols=("data",))
    return printer.HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_tags=True)
