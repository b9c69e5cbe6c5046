"""Word: DOCX and RTF files as lines of text, a paragraph a line, the cells of a row between tabs."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from toolkit.readers.decoding import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 200_000_000  # bytes a DOCX may unpack to
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {f"{WORDS}tab": "\t", f"{WORDS}br": "\n", f"{WORDS}cr": "\n", f"{WORDS}noBreakHyphen": "-"}
PARAGRAPH = f"{WORDS}p"
CONTAINERS = {f"{WORDS}{name}" for name in ("tbl", "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
RTF = "{\\rtf"
PICTURE = re.compile(r"(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{1000,}")
FONT_TABLE = "\\fonttbl"
FONT = re.compile(r"\\f(\d{1,5})(?:(?!\\f\d)[^;]){0,300}?\\fcharset(\d{1,3})")
BRACE = re.compile(r"[{}]")
ROW = re.compile(r"^.*\|$", re.MULTILINE)


class NotWordError(ValueError):
    """The bytes are no document; the message says why."""


def read_docx(data: bytes) -> str:
    """Return the paragraphs and table cells of a DOCX in their order; raise NotWordError where it is none."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise NotWordError("a Word document that unpacks to too much")
        body = docx.Document(io.BytesIO(data)).element.body
    except NotWordError:
        raise
    except Exception:  # a damaged package fails in as many ways as it has parts
        raise NotWordError("not a Word document, or a damaged one") from None
    return "\n".join(_blocks(body))


def _blocks(parent: Iterable) -> Iterator[str]:
    for node in parent:
        if node.tag == PARAGRAPH:
            yield _text(node)
        elif node.tag == f"{WORDS}tr":
            yield "\t".join("\n".join(_blocks(cell)).strip() for cell in _cells(node))
        elif node.tag in CONTAINERS:
            yield from _blocks(node)


def _cells(row: Iterable) -> Iterator["_Element"]:
    """Yield the cells of a row, not those of the tables within them."""
    for node in row:
        if node.tag == f"{WORDS}tc":
            yield node
        elif node.tag in CONTAINERS:
            yield from _cells(node)


def _text(paragraph: "_Element") -> str:
    """Return a paragraph's text with links and insertions, and on lines of their own the text boxes that hang on it.

    A drawing may hold a second writing of its text for older programs, which is left out.
    """
    parts: dict[_Element, list[str]] = {paragraph: []}
    for node in paragraph.iter(f"{WORDS}t", *BREAKS):
        if not any(parent.tag == FALLBACK for parent in node.iterancestors()):
            parts.setdefault(next(node.iterancestors(PARAGRAPH)), []).append(BREAKS.get(node.tag, node.text or ""))
    return "\n".join(map("".join, parts.values()))


def read_rtf(data: bytes) -> str:
    """Return the lines of an RTF file, and of a text file that is only called so."""
    from striprtf.striprtf import rtf_to_text

    text, _ = decode(data)
    if not text.lstrip().startswith(RTF):
        return text
    # The address of a link would be written into its text, by an expression that is slow on long lines.
    text = PICTURE.sub("", text).replace("\\fldinst{", "\\fldinst {")
    text = _with_short_fonts(text)
    return ROW.sub(lambda match: match[0].rstrip("|").replace("|", "\t"), rtf_to_text(text, errors="replace"))


def _with_short_fonts(text: str) -> str:
    """Return an RTF text whose font table holds the number and character set of each font alone, on a line of its own.

    The library looks for them with an expression whose time may grow with the cube of the table.
    """
    start = text.find(FONT_TABLE)
    if start < 0:
        return text
    depth, end = 1, len(text)
    for brace in BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            end = brace.start()
            break
    fonts = "".join(f"{{\\f{font}\\fcharset{charset} x;}}\n" for font, charset in FONT.findall(text, start, end))
    return text[:start] + FONT_TABLE + fonts + text[end:].replace(FONT_TABLE, "")
