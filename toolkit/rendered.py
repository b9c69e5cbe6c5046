"""Rendered: an executed notebook as one page that needs nothing from outside, and what it says, for programs."""

import ast
import re
from html.parser import HTMLParser
from itertools import takewhile

from nbformat import NotebookNode

from toolkit.errors import ReportError
from toolkit.paths import TEMPLATES
from toolkit.show import SHOWN, heading_id

ACTIVE = {"script", "iframe", "object", "embed", "link", "form", "img", "video", "audio", "base"}
POINTING = {"src", "srcset", "href", "xlink:href", "action", "data", "background"}
SPOKEN = {"alt", "aria-label", "title"}  # what an attribute of these says is text
HELD = "data:text/csv;base64,"  # a link that holds what it leads to
HEADING = re.compile(r"<h2>([^<]*)</h2>")
UNNEEDED = re.compile(r"</t[dh]>(?=<t[dh]|</tr>)|</tr>(?=<tr|</t)")  # as HTML has it: a tenth of a page of tables


def page_of(name: str, notebook) -> str:
    """Return an executed notebook as HTML, with a table of contents; raise ReportError if it would run or fetch."""
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    config = Config({"TagRemovePreprocessor": {"remove_cell_tags": ["hide"]}})
    options = {"template_name": "report", "extra_template_basedirs": [str(TEMPLATES)], "exclude_anchor_links": True}
    exporter = HTMLExporter(config=config, **options)
    html, _ = exporter.from_notebook_node(without_idle_prose(notebook), resources={"metadata": {"name": name}})
    html = with_contents(UNNEEDED.sub("", re.sub(r"\n\s*\n+", "\n", html)))
    check_self_contained(name, html)
    return html


def without_idle_prose(notebook):
    """Return a notebook without the paragraphs that lead to something which the cells below them did not show.

    A cell that ends with an expression is there to show it. A heading goes with all that stands under it, where none of
    its cells showed anything.
    """
    cells = [cell for section in _sections(notebook.cells) if not _shows_nothing(section) for cell in section]
    kept = [cell for place, cell in enumerate(cells) if not _leads_to_nothing(cell, cells[place + 1 :])]
    return NotebookNode({**notebook, "cells": kept})


def _sections(cells: list) -> list[list]:
    sections: list[list] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    return sections


def _shows_nothing(section: list) -> bool:
    code = [cell for cell in section if cell.cell_type == "code"]
    return not any(cell.outputs for cell in code) and any(map(_is_there_to_show, code))


def _leads_to_nothing(cell, after: list) -> bool:
    code = list(takewhile(lambda one: one.cell_type == "code", after))
    if cell.cell_type != "markdown" or cell.source.startswith("#") or not code or any(one.outputs for one in code):
        return False
    return _is_there_to_show(code[-1])


def _is_there_to_show(cell) -> bool:
    statements = ast.parse(cell.source).body
    return bool(statements) and isinstance(statements[-1], ast.Expr)


def with_contents(html: str) -> str:
    """Return a page with an id for each heading of a section and, before the first, a list of links to them."""
    headings = HEADING.findall(html)
    links = "".join(f'<li><a href="#{heading_id(heading)}">{heading}</a></li>' for heading in headings)
    # Of the two the page shows one: at its side where there is room, else folded up, so that the findings come first.
    side = f'<nav class="contents" aria-label="Contents"><p>Contents</p><ol>{links}</ol></nav>'
    folded = f'<details class="contents"><summary>Contents</summary><ol>{links}</ol></details>'
    html = HEADING.sub(lambda found: f'<h2 id="{heading_id(found[1])}">{found[1]}</h2>', html)
    return html.replace("<h2 ", f"{side}{folded}\n<h2 ", 1) if headings else html


def check_self_contained(name: str, html: str) -> None:
    """Raise ReportError if a page would run or fetch anything; text that only speaks of it is harmless."""

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            points = [value for key, value in attrs if key in POINTING and not _stays(tag, value or "")]
            runs = [key for key, value in attrs if key.startswith("on")]
            runs += [key for key, value in attrs if key not in SPOKEN and "url(http" in (value or "")]
            if tag in ACTIVE or points or runs:
                raise ReportError(
                    f"{name}: the notebook puts <{tag}> into its report, which must hold no script and no link."
                )

    Checker().feed(html)


def _stays(tag: str, link: str) -> bool:
    return link.startswith("#") or (tag == "a" and link.startswith(HELD))


def results_of(notebook) -> dict[str, object]:
    """Return what an executed notebook shows: facts, findings, and tables (kind, number, caption, csv) in order."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    shown = [output.data[SHOWN] for output in outputs if SHOWN in output.get("data", {})]
    numbers = dict.fromkeys(("figure", "table"), 0)
    tables = []
    for one in (one for one in shown if "kind" in one):
        numbers[one["kind"]] += 1
        tables.append(
            {"kind": one["kind"], "number": numbers[one["kind"]], "caption": one["caption"], "csv": one["csv"]}
        )
    return {
        "facts": next((dict(one["facts"]) for one in shown if "facts" in one), {}),
        "findings": next((list(one["findings"]) for one in shown if "findings" in one), []),
        "tables": tables,
    }
