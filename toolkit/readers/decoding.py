"""Decoding: the bytes of a text file, in whatever encoding they are, to str."""

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SAMPLE = 200_000  # bytes that decide on an encoding
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
