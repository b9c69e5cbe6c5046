"""Decoding: bytes become the text they were written as, by one rule for files, pages and mails."""

import pytest

from toolkit.readers import html, mail, markup
from toolkit.readers.decoding import NotTextError, decode

JAPANESE = "会談は月曜日に港町で始まった。"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "read_as"),
    [
        ("Häfen", "utf-8", "", "utf-8"),
        ("Häfen", "utf-8", "iso-8859-1", "utf-8"),
        ("Häfen", "utf-8-sig", "koi8-r", "utf-8-sig"),
        ("“Häfen”", "cp1252", "iso-8859-1", "cp1252"),
        ("Гавань", "koi8-r", "koi8-r", "koi8-r"),
        ("Häfen", "cp1252", "no-such-thing", "cp1252"),
        ("Häfen", "cp1252", "utf-7", "cp1252"),
        ("Häfen", "utf-16-le", "cp1252", "utf-16-le"),
        (JAPANESE, "iso2022_jp", "", "iso2022_jp_2"),
        (JAPANESE, "shift_jis", "shift_jis", "shift_jis"),
    ],
)
def test_text_is_read_as_it_shows_then_as_it_says(text, encoding, declared, read_as):
    assert decode((f"{text} of the town\r\n" * 20).encode(encoding), declared) == (
        f"{text} of the town\n" * 20,
        read_as,
    )


@pytest.mark.parametrize("data", [b"", b" \n", bytes(range(256)) * 40])
def test_what_holds_no_text_is_refused(data):
    with pytest.raises(NotTextError):
        decode(data, "koi8-r")


def test_escapes_of_a_terminal_are_not_taken_for_japanese():
    assert decode(b"\x1b[31mred\x1b[0m and so on") == ("\x1b[31mred\x1b[0m and so on", "utf-8")


def test_a_page_and_a_mail_in_japanese_of_seven_bits_are_read():
    page = f'<meta charset="iso-2022-jp"><p>{JAPANESE}</p>'.encode("iso2022_jp")
    assert markup.parse(page).text_content() == JAPANESE
    letter = b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + JAPANESE.encode("iso2022_jp")
    assert mail.read_mail(letter)[0].plain.strip() == JAPANESE


def test_a_page_saved_as_a_mail_tells_the_encoding_of_the_page(tmp_path):
    paragraph = "<p>Der Hafen ist wegen des Eises geschlossen, und die Fähren legen an diesem Tag nicht mehr ab.</p>"
    head = b"Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"
    (tmp_path / "a.mht").write_bytes(head + f"<article><h1>Eis</h1>{paragraph * 5}</article>".encode("cp1252"))
    (unit,) = html.read(tmp_path / "a.mht")
    assert "Fähren" in unit.fields["text"]
    assert unit.detail.split("; ")[0] == "cp1252"
