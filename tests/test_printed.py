"""Printed: a report on A4, with no figure in two and nothing fetched; without what it needs, one clear line."""

import sys

import pytest

from toolkit import CodebookError, ReportError, load_grid, run_grid, write_overview
from toolkit.cli import main
from toolkit.paths import TEMPLATES
from toolkit.printed import load_printer, pdf_of
from toolkit.runner import KEPT, MADE

ONE = "outlet,text\nHill Courier,It rained all day long.\n"
STYLE = (TEMPLATES / "report" / "style.css").read_text(encoding="utf-8")


HEIGHTS = (400, 400, 400, 400, 3000)  # of figures 500 wide


def can_print() -> bool:
    try:
        return bool(load_printer())
    except ReportError:
        return False


needs_printer = pytest.mark.skipif(not can_print(), reason="the extra pdf, or Pango, is not installed")


def page_of(body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>x</title><style>{STYLE}</style></head><body>{body}</body></html>'
    )


def test_without_the_extra_a_pdf_is_refused_in_one_line_before_anything_is_made(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert main(["report", "corpus", "--pdf", "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == 'toolkit: a PDF needs the extra pdf. Install it: pip install -e ".[pdf]"\n'
    assert not (tmp_path / "out").exists()
    (tmp_path / "grid.yml").write_text("reports: corpus\npdf: true\n")
    with pytest.raises(ReportError, match="a PDF needs the extra pdf"):
        load_grid(tmp_path / "grid.yml")


def test_without_pango_a_pdf_is_refused_in_one_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "weasyprint.py").write_text(
        "print('WeasyPrint could not import')\nraise OSError('cannot load library libgobject')\n"
    )
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ReportError, match=r"^a PDF needs Pango, which pip does not bring\. On Debian"):
        load_printer()
    assert capsys.readouterr().out == ""


def test_whether_a_grid_is_printed_is_said_by_true_or_false(tmp_path):
    (tmp_path / "grid.yml").write_text("reports: corpus\npdf: A4\n")
    with pytest.raises(CodebookError, match=r"grid.yml:2: pdf must be true or false\."):
        load_grid(tmp_path / "grid.yml")


@needs_printer
def test_a_pdf_has_the_same_bytes_again_and_fetches_nothing(monkeypatch):
    asked = []
    monkeypatch.setattr("socket.socket.connect", lambda *address: asked.append(address))
    html = page_of('<p>Rain.<img src="http://127.0.0.1:1/a.png"><img src="file:///etc/hostname"></p>')
    pdf = pdf_of(html)
    assert pdf.startswith(b"%PDF-") and pdf == pdf_of(html) and not asked


@needs_printer
def test_sheets_are_a4_no_figure_is_split_or_parted_from_its_heading_and_facts_stay_whole():
    figure = '<h2>{0}</h2><p>What it is.</p><figure class="plot"><div class="scroll"><svg viewBox="0 0 500 {1}"></svg></div><figcaption>{0}</figcaption></figure>'
    facts = '<dl class="facts">' + '<div class="long"><dt>Outlets</dt><dd>Hill Courier</dd></div>' * 3 + "</dl>"
    document = (
        load_printer()
        .HTML(string=page_of(f"<main>{facts}{''.join(map(figure.format, 'abcde', HEIGHTS))}</main>"))
        .render()
    )
    assert {(round(page.width * 25.4 / 96), round(page.height * 25.4 / 96)) for page in document.pages} == {(210, 297)}
    for tag in ("figure", "dl"):
        pages = [
            {box.element for box in page._page_box.descendants() if getattr(box, "element_tag", "") == tag}
            for page in document.pages
        ]
        assert sum(map(len, pages)) == len(set().union(*pages)) == {"figure": 5, "dl": 1}[tag]
    ends = [
        [box.element_tag for box in page._page_box.descendants() if box.element_tag in ("h2", "figure")]
        for page in document.pages
    ]
    assert len(ends) > 1 and all(tags[-1] == "figure" for tags in ends if tags)


@needs_printer
def test_a_grid_prints_keeps_what_is_printed_and_its_manifest_makes_it_again(tmp_path, capsys):
    (tmp_path / "one.csv").write_text(ONE)
    text = "reports: corpus\nparameters: {corpus: one.csv}\n"
    (tmp_path / "grid.yml").write_text(text)
    plain = load_grid(tmp_path / "grid.yml")
    assert run_grid(plain)["corpus"].status == MADE
    (tmp_path / "grid.yml").write_text(text + "pdf: true\n")
    grid = load_grid(tmp_path / "grid.yml")
    assert [run_grid(grid)["corpus"].status for _ in range(2)] == [MADE, KEPT]
    write_overview(grid, run_grid(grid))
    assert 'href="corpus.pdf"' in (grid.out / "index.html").read_text(encoding="utf-8")
    assert (grid.out / "corpus.pdf").read_bytes().startswith(b"%PDF-")
    assert main(["rerun", str(grid.out / "corpus.manifest.json")]) == 0
    assert capsys.readouterr() == ("corpus.html: the same, byte for byte\n", "")
    # A PDF of an older report does not stay beside a newer one; one of other origin does.
    assert main(["report", "corpus", "--corpus", str(tmp_path / "one.csv"), "--out", str(grid.out)]) == 0
    assert not (grid.out / "corpus.pdf").exists()
