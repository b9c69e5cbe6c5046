"""Word documents: each paragraph once, wherever it stands."""

import time

import docx
import pytest
from lxml import etree

from toolkit.readers.word import read_docx, read_rtf

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(cell: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (table(table(table(paragraph("They met.")))), ["They met."]),
        (table(paragraph("One") + table(paragraph("two"))), ["One", "two"]),
        (f"<w:customXml>{paragraph('They met.')}</w:customXml>", ["They met."]),
        (f"<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{paragraph('One')}</w:tc></w:sdtContent></w:sdt><w:tc>{paragraph('two')}</w:tc></w:tr></w:tbl>", ["One\ttwo"]),
        (f"<w:p><w:r><w:t>Out</w:t></w:r><w:r><w:txbxContent>{paragraph('box')}{paragraph('two')}</w:txbxContent></w:r><w:r><w:t>side</w:t></w:r></w:p>", ["Outside", "box", "two"]),
    ],
)  # fmt: skip
def test_a_word_document_gives_up_each_paragraph_once(tmp_path, body, lines):
    document = docx.Document()
    holder = etree.fromstring(f'<w:body xmlns:w="{WORD}">{body}</w:body>')
    for node in reversed(holder):
        document.element.body.insert(0, node)
    document.save(tmp_path / "a.docx")
    assert read_docx((tmp_path / "a.docx").read_bytes()).strip().split("\n") == lines


def test_a_font_table_tells_the_letters_of_each_font():
    fonts = rb"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}}"
    assert read_rtf(rb"{\rtf1\ansi" + fonts + rb"\f1 \'cc\'e8\'f0\par \f0 caf\'e9}") == "Мир\ncafé"


@pytest.mark.parametrize(
    "piece", [rb"{\fonttbl{\f0 ", rb"\fonttbl", rb"\f0\fcharset0 ", rb"\f0 ", rb"{\f0\fcharset0 A"]
)
def test_a_hostile_font_table_takes_time_in_proportion_to_its_length(piece):
    start = time.perf_counter()
    read_rtf(rb"{\rtf1{\fonttbl" + piece * 20_000 + rb" They met.}")
    assert time.perf_counter() - start < 5
