"""Word documents: each paragraph once, wherever it stands."""

import docx
import pytest
from lxml import etree

from toolkit.readers.word import read_docx

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
