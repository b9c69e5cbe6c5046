"""Decoding: the bytes of a text file, in whatever encoding they are, to str."""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SAMPLE = 200_000  # bytes that decide on an encoding
LARGE = 2_000_000  # bytes, beyond which a file is read line by line
HEAD = 600_000  # characters of it that are looked at beforehand
CHUNK = 1 << 20
OTHERS = {
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "iso8859_5", "iso8859_7", "koi8_r"),
    *("mac_cyrillic", "gb18030", "gbk", "big5", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"),
}
NAMED = ("cp", "iso", "koi8", "mac", "gb", "big5", "euc", "shift_jis", "tis")  # the beginnings of those a file may name
JAPANESE = (b"\x1b$B", b"\x1b$@")  # what ISO-2022-JP, which is all ASCII, writes before its letters
MOST_ACCENTED = 0.3  # of all letters
NOT_WESTERN = re.compile(r"(?<=[^\W\d_])[¹³¿¼¾½¯¥£±¶¦¬](?=[^\W\d_])|[^\W\d_][¹³¿¼¾½¯±¶]|[¿¶¦](?=[a-z])")
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


class NotTextError(ValueError):
    """The bytes are no text; the message says what they look like."""


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file and the encoding it was read in; raise NotTextError where it holds none."""
    return decode(path.read_bytes())


class Lines(NamedTuple):
    """The lines of a text file, as often as they are asked for, and the text they begin with."""

    head: str
    encoding: str
    again: Callable[[], Iterable[str]]


def read_lines(path: Path) -> Lines:
    """Return the lines of a file as `read_text` has them, of a large file in UTF-8 without ever holding it whole."""
    encoding = _utf8_throughout(path) if path.stat().st_size > LARGE else ""

    def again() -> Iterator[str]:
        with path.open(encoding=encoding) as stream:  # which makes line ends one kind
            for line in stream:
                yield line.replace("\x00", "")

    if encoding and (head := "".join(_until(again(), HEAD))).strip():
        return Lines(head, encoding, again)
    text, encoding = read_text(path)
    return Lines(text, encoding, lambda: io.StringIO(text, newline=""))


def _until(lines: Iterable[str], most: int) -> Iterator[str]:
    """Yield whole lines until they hold so many characters."""
    for line in lines:
        yield line
        most -= len(line)
        if most < 0:
            return


def _utf8_throughout(path: Path) -> str:
    """Return utf-8 or utf-8-sig for a file that is that and needs no closer look, "" for any other."""
    decoder, other, first = codecs.getincrementaldecoder("utf-8")(), False, b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            first = first or chunk[:SAMPLE]
            other = other or not chunk.isascii()
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return ""
    if first.count(0) or len(first.translate(None, CONTROL)) < 0.98 * len(first) or (not other and b"\x1b" in first):
        return ""
    return "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text of bytes and the encoding it was read in; raise NotTextError where they hold none.

    What is UTF-8 is that, whatever it is `declared` to be; what is neither is told by its looks.
    """
    sample = data[:SAMPLE]
    if encoding := _marked(data, sample):
        return _clean(data.decode(encoding, errors="replace")), encoding
    if len(sample.translate(None, CONTROL)) < 0.98 * len(sample):
        raise NotTextError("not text but binary data")
    try:
        return _clean(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        encoding = _codec(declared)
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if not encoding and bad <= sum(not character.isascii() for character in text) - bad:
        return _clean(text), f"utf-8 but for {bad} bytes"
    encoding = encoding or _guess(sample)
    return _clean(data.decode(encoding, errors="replace")), encoding


def _marked(data: bytes, sample: bytes) -> str:
    """Return the encoding that marks in the bytes tell of, "" for none."""
    if bom := next(filter(data.startswith, BOMS), b""):
        return BOMS[bom]
    if sample.count(0) > len(sample) / 5:
        # Every second byte zero: UTF-16 without its mark.
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        if max(sample[1::2].count(0), sample[::2].count(0)) > 0.7 * len(sample) / 2 and _is_even(sample, encoding):
            return encoding
    return "iso2022_jp_2" if any(map(data.__contains__, JAPANESE)) and data.isascii() else ""


def _codec(name: str) -> str:
    """Return Python's name of a single- or double-byte encoding, "" for any other."""
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if name in ("iso8859-1", "ascii"):  # as browsers do
        return "cp1252"
    return name if name.startswith(NAMED) else ""


def _is_even(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    return sum(character.isprintable() or character.isspace() for character in text) > 0.95 * len(text)


def _guess(sample: bytes) -> str:
    """Guess an encoding: cp1252, unless read so the text is full of letters or signs no Western text holds there."""
    western = sample.decode("cp1252", errors="replace")
    letters = sum(map(str.isalpha, western)) or 1
    accented = sum(character.isalpha() and not character.isascii() for character in western)
    if accented < MOST_ACCENTED * letters and len(NOT_WESTERN.findall(western)) < letters / 200:
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding in OTHERS else "cp1252"


def _clean(text: str) -> str:
    """Make line ends one kind and drop NULs, which nothing can carry; raise NotTextError if nothing is left."""
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removeprefix("\ufeff")
    if not cleaned.strip():
        raise NotTextError("empty file")
    return cleaned
