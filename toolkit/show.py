"""Show: tables, figures, findings and evidence as HTML that reads the same in JupyterLab and in a report.

Everything that comes from data is escaped here, because article text is hostile until proven otherwise.
"""

import base64
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from textwrap import shorten
from urllib.parse import quote

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from toolkit.codebooks import describe_codebook, load_examples, load_frames
from toolkit.exports import csv_of
from toolkit.paths import TEMPLATES
from toolkit.plots import STYLE, table_behind
from toolkit.registry import load_actors
from toolkit.summary import label_of
from toolkit.tables import texts_of
from toolkit.terms import disjoint

DAY = re.compile(r"\d{4}-\d\d-\d\d")
BOUNDED = re.compile(r"–|[+-]?[\d.]+%?(?: \[.*\])?")  # a number, alone or with its interval
CATEGORIES = {"category", "frame", "other", "variable", "of"}  # columns of names, written with _ for a space
ROWS_SHOWN = 100
LARGEST_SHOWN = 50  # rows, where a column says on how much each rests: one of these
SIZES = ("n", "articles", "units")
ONE = re.compile(r"(?<![\w.,])1 (article|coding|frame|hit|mention|name|pair|place|quote|sentence|unit|word)s\b")
LONG_CELL = 45  # characters from which a cell is read as a sentence
LONGEST_FACT = 60  # characters beside others
SHOWN = "application/vnd.media-analysis-toolkit+json"  # in a notebook's outputs: facts, findings, tables
LONGEST_TITLE = 60  # characters, under a sentence of evidence
TAG = re.compile(r"<[^>]*>")
UNUSED_ID = re.compile(r' id="([^"]*)"')
USED_ID = re.compile(r'(?:url\(#|href="#)([^")]*)')


class Html:
    """A piece of HTML that Jupyter and nbconvert display, and beside it, for programs, what it shows."""

    def __init__(self, html: str, shown: Mapping[str, object] | None = None) -> None:
        self.html = html
        self.shown = dict(shown or {})

    def __str__(self) -> str:
        return str(self.shown.get("text", self.html))

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return {SHOWN: self.shown} if self.shown else {}


def show_facts(facts: Mapping[str, object], links: Mapping[str, str] | None = None) -> Html:
    """Show names and values side by side, as the block under a report's title; what is long has a line to itself.

    `links` maps names to the headings of the sections where more is told.
    """
    kinds = {name: ' class="long"' if len(str(value)) > LONGEST_FACT else "" for name, value in facts.items()}
    told = {name: DAY.sub(r'<span class="day">\g<0></span>', _text(value)) for name, value in facts.items()}
    told |= {name: f'<a href="#{heading_id(heading)}">{told[name]}</a>' for name, heading in (links or {}).items()}
    rows = "".join(f"<div{kinds[name]}><dt>{_text(name)}</dt><dd>{told[name]}</dd></div>" for name in facts)
    return Html(f'<dl class="facts">{rows}</dl>', {"facts": {str(name): str(facts[name]) for name in facts}})


def heading_id(heading: str) -> str:
    """Return the id of a heading, which is the one that Jupyter gives it, so that a link holds in both."""
    return re.sub(r"[^0-9A-Za-z-]", "", heading.replace(" ", "-"))


def show_findings(sentences: Iterable[str]) -> Html:
    """Show findings, one sentence each, as a list."""
    sentences = [_said(sentence) for sentence in sentences]
    items = "".join(f"<li>{_text(sentence)}</li>" for sentence in sentences)
    return Html(f'<ul class="findings">{items}</ul>', {"findings": sentences})


def show_link(text: str, target: str) -> Html:
    """Show a link to a file that lies beside the page, by its path from there."""
    return Html(f'<a href="{quote(target)}">{_text(text)}</a>', {"text": text})


def show_heading(heading: str) -> Html:
    """Show the heading of a section of a page that is no notebook."""
    return Html(f'<h2 id="{_text(heading_id(heading))}">{_text(heading)}</h2>')


def show_pieces(pieces: Iterable[Html]) -> Html:
    """Show several pieces one below the other."""
    return Html("\n".join(piece.html for piece in pieces))


def show_note(sentence: str) -> Html:
    """Show one sentence of warning or explanation, set apart."""
    return Html(f'<p class="note">{_text(_said(sentence))}</p>')


def show_table(
    table: pd.DataFrame, caption: str, formats: Mapping[str, str] | None = None, grey: Sequence[bool] = ()
) -> Html:
    """Show a table with its caption; `formats` maps columns to format strings such as "{:.0%}".

    Numbers are right-aligned, a missing number is a dash; the names of categories are written with spaces. Of a long
    table the first 100 rows are shown, or, where a column says on how much each rests (n, articles, units), the 50
    largest, and said to be. `grey` says of each row whether it rests on too little.
    """
    caption = _said(caption)
    places, more = _places_shown(table)
    shown, weak = table.iloc[places], [place < len(grey) and list(grey)[place] for place in places]
    kinds = {name: _kind(table[name]) for name in table.columns}
    head = "".join(f'<th scope="col"{kinds[name]}>{_text(label_of(str(name)))}</th>' for name in table.columns)
    few_class = ' class="few"'
    rows = zip(shown.to_dict("records"), weak, strict=True)
    body = "".join(f"<tr{few_class if few else ''}>{_cells(row, kinds, formats or {})}</tr>" for row, few in rows)
    body = body or f'<tr><td colspan="{max(1, len(kinds))}">none</td></tr>'
    return Html(
        f'<figure class="table"><figcaption>{_text(caption)}{more}</figcaption>{_scroll(caption)}'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></figure>",
        {"kind": "table", "caption": caption, "csv": csv_of(table)},
    )


def _places_shown(table: pd.DataFrame) -> tuple[list[int], str]:
    """Return the places of the rows that are shown, and what is said of the others."""
    known = [name for name in SIZES if name in table.columns and pd.api.types.is_numeric_dtype(table[name])]
    if len(table) > LARGEST_SHOWN and known and table[known[0]].nunique() > 1:
        sizes = table[known[0]].reset_index(drop=True).sort_values(ascending=False, kind="stable")
        least, rest = sizes.iloc[LARGEST_SHOWN:].max(), len(table) - LARGEST_SHOWN
        told = f" The {LARGEST_SHOWN} largest rows by {known[0]}; {rest:,} more have {least:g} or less."
        return sorted(sizes.index[:LARGEST_SHOWN]), told
    told = f" The first {ROWS_SHOWN} of {len(table)} rows." if len(table) > ROWS_SHOWN else ""
    return list(range(min(len(table), ROWS_SHOWN))), told


def _said(sentence: str) -> str:
    """Return a sentence with the noun of a number that is one in the singular."""
    return ONE.sub(r"1 \1", str(sentence))


def _cells(row: dict, kinds: Mapping[str, str], formats: Mapping[str, str]) -> str:
    cells = []
    for name, value in row.items():
        missing = pd.api.types.is_scalar(value) and pd.isna(value)
        text = "–" if missing else formats[name].format(value) if name in formats else f"{value}"
        shown = value.html if isinstance(value, Html) else _text(label_of(text) if name in CATEGORIES else text)
        cells.append(f"<td{kinds[name]}>{shown}</td>")
    return "".join(cells)


def _kind(column: pd.Series) -> str:
    """Return the class of a column that is set apart: numbers to the right, days on one line, room for sentences."""
    if pd.api.types.is_numeric_dtype(column):
        return ' class="n"'
    if len(column) and all(BOUNDED.fullmatch(str(cell)) for cell in column):
        return ' class="b"'
    if any(DAY.fullmatch(str(value)) for value in column.head(ROWS_SHOWN)):
        return ' class="day"'
    return ' class="prose"' if any(len(str(value)) > LONG_CELL for value in column.head(ROWS_SHOWN)) else ""


def _scroll(caption: str) -> str:
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{_text(caption)}">'


def show_figure(drawn: Axes | Figure, caption: str, alt: str) -> Html:
    """Show a figure as inline SVG; `alt` states what it shows for those who cannot see it.

    What a plot_ function drew it from can be had as CSV by a link that holds it.
    """
    figure = drawn if isinstance(drawn, Figure) else drawn.figure
    csv, caption = _data_of(figure), _said(caption)
    return Html(
        f'<figure class="plot">{_scroll(caption)}{_svg(figure, alt)}</div>'
        f"<figcaption>{_text(caption)}{_data_link(csv)}</figcaption></figure>",
        {"kind": "figure", "caption": caption, "csv": csv},
    )


def _data_of(figure: Figure) -> str:
    table = table_behind(figure)
    if table is None:
        return ""
    return csv_of(table if isinstance(table.index, pd.RangeIndex) else table.reset_index())


def _data_link(csv: str) -> str:
    if not csv:
        return ""
    packed = base64.b64encode(csv.encode("utf-8-sig")).decode("ascii")
    return f' <a class="data" download="figure.csv" href="data:text/csv;base64,{packed}">Data of this figure (CSV)</a>'


def _svg(figure: Figure, alt: str) -> str:
    """Draw a figure as SVG without what HTML does not need, and with the same bytes every time."""
    buffer = io.StringIO()
    with mpl.rc_context(STYLE):
        figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight", transparent=True
        )
    svg = buffer.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    used = set(USED_ID.findall(svg))
    svg = TAG.sub(lambda tag: UNUSED_ID.sub(lambda match: match[0] if match[1] in used else "", tag[0]), svg)
    # Ids must differ between the figures of one page, and be the same in every run.
    own = hashlib.sha256((alt + svg).encode()).hexdigest()[:8]
    svg = TAG.sub(lambda tag: re.sub(r' id="|url\(#|href="#', lambda match: f"{match[0]}f{own}-", tag[0]), svg)
    width = float(re.search(r'width="([\d.]+)pt"', svg)[1]) * 4 / 3
    svg = re.sub(r' xmlns(?::xlink)?="[^"]*"| (?:width|height)="[\d.]+pt"| version="[\d.]+"', "", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{_text(alt)}" style="width:{width:.0f}px"', 1).strip()


def show_evidence(evidence: pd.DataFrame, labels: Mapping[str, str] | None = None) -> Html:
    """Show sentences with what was found in them marked, under a heading per category (from `sample_evidence`)."""
    pieces = []
    for category, rows in evidence.groupby("category", sort=False):
        pieces.append(f"<h3>{_text((labels or {}).get(category, category))}</h3>")
        for row in rows.itertuples():
            title = "headline" if row.part == "title" else shorten(row.title, LONGEST_TITLE, placeholder=" …")
            where = ", ".join(filter(None, (row.outlet, row.published_local[:10], title, row.source)))
            pieces.append(f"<blockquote><p>{mark(row.text, row.marks)}</p><footer>{_text(where)}</footer></blockquote>")
    return Html(f'<div class="evidence">{"".join(pieces) or "<p>No sentence was found.</p>"}</div>')


def show_kwic(found: pd.DataFrame, articles: pd.DataFrame, caption: str) -> Html:
    """Show matches in context (from `kwic`), one below the other and aligned on the match, each with its outlet."""
    outlets = dict(zip(texts_of(articles, "article_id"), texts_of(articles, "outlet"), strict=True))
    rows = "".join(
        f'<tr><td>{_text(outlets.get(row.article_id, ""))}</td><td class="before">{_text(row.before)}</td>'
        f'<td class="match"><mark>{_text(row.match)}</mark></td><td>{_text(row.after)}</td></tr>'
        for row in found.head(ROWS_SHOWN).itertuples()
    )
    more = f" The first {ROWS_SHOWN} of {len(found)}." if len(found) > ROWS_SHOWN else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("outlet", "before", "match", "after"))
    return Html(
        f'<figure class="table kwic"><figcaption>{_text(caption)}{more}</figcaption>{_scroll(caption)}'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></figure>"
    )


def mark(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` escaped, with the spans marked; overlapping ones run together."""
    pieces, place = [], 0
    for start, end in disjoint(spans):
        pieces += [_text(text[place:start]), f"<mark>{_text(text[start:end])}</mark>"]
        place = end
    return "".join([*pieces, _text(text[place:])])


def _text(value: object) -> str:
    return escape(str(value), quote=True)


def show_codebook(path: str | Path) -> Html:
    """Show a codebook to those who code by it: what it is, and each frame or actor with what counts and examples."""
    kind, examples = load_examples(path)
    parts = [show_facts(describe_codebook(path)).html]
    for entry, title, lines in _frames_told(path) if kind == "frames" else _actors_told(path):
        items = "".join(f"<li><strong>{_text(name)}</strong> {_text(told)}</li>" for name, told in lines)
        parts.append(f"<h2>{_text(title)}</h2><ul>{items}</ul>")
        for must, heading in ((True, "Shows it"), (False, "Does not show it")):
            told = [f"<li>{_text(one.text)}</li>" for one in examples if one.entry == entry and one.must is must]
            parts.append(f"<h3>{heading}</h3><ul>{''.join(told)}</ul>" if told else "")
    return Html("".join(parts))


def _frames_told(path: str | Path) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    frames = load_frames(path)
    asked = frames[frames["kind"] != "exclude"].drop_duplicates(["frame", "item"])
    for frame, own in asked.groupby("frame", sort=False):
        yield frame, frame.replace("_", " ").capitalize(), [(row.item, row.question) for row in own.itertuples()]


def _actors_told(path: str | Path) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    ways = {"alias": "Named by", "surname": "and then", "role": "while in office", "exclude": "Not"}
    for actor_id, own in load_actors(path).groupby("actor_id", sort=False):
        told = {how: "; ".join(names) for how, names in own.groupby("how")["alias"] if how in ways}
        lines = [(ways[how], told[how]) for how in ways if how in told]
        yield actor_id, f"{own['name'].iloc[0]} ({actor_id})", lines


def as_page(title: str, shown: Html, wide: bool = False) -> str:
    """Return a piece of HTML as a page of its own, in the look of the reports; `wide` leaves room for tables."""
    style = (TEMPLATES / "report" / "style.css").read_text(encoding="utf-8")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head += f"<title>{_text(title)}</title><style>{style}</style>"
    opening = '<main class="wide">' if wide else "<main>"
    body = f"{opening}<h1>{_text(title)}</h1>{shown.html}</main>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
