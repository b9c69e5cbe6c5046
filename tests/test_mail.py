"""Mail: a message is an article, and so is each message or text attached to it; nothing attached is lost unsaid."""

import time
from email.message import EmailMessage

import pytest

from toolkit import load_corpus
from toolkit.readers import documents
from toolkit.units import Unit

BODY = (
    "The ferry company of {0} said on Monday that it will run a second boat between the harbour and the island.\n\n"
    "“We have learned from that winter,” said the captain in {0}, who has been with the company for thirty years.\n"
)


def message(subject: str, town: str = "", day: int = 12) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["Date"] = f"{day} Jan 2022 10:00:00 +0000"
    if town:
        made.set_content(BODY.format(town))
    return made


def read(path, made: EmailMessage | bytes) -> list[Unit]:
    (path / "a.eml").write_bytes(made if isinstance(made, bytes) else made.as_bytes())
    return list(documents.read_eml(path / "a.eml"))


def test_each_message_attached_is_an_article_with_its_own_title_and_date(tmp_path):
    made = message("Three for you", "Linz")
    for number, town in enumerate(("Hillmouth", "Bay Town"), start=1):
        made.add_attachment(message(f"Boats of {town}", town, day=number))
    units = read(tmp_path, made)
    assert [unit.place for unit in units] == ["", "attached 1", "attached 2"]
    assert [unit.fields["title"] for unit in units] == ["Three for you", "Boats of Hillmouth", "Boats of Bay Town"]
    assert [unit.fields["published"][5:11] for unit in units] == ["12 Jan", "01 Jan", "02 Jan"]
    for unit, town in zip(units, ("Linz", "Hillmouth", "Bay Town"), strict=True):
        assert f"captain in {town}" in unit.fields["text"]


def test_a_message_that_only_carries_another_is_no_unit(tmp_path):
    made = message("Fwd: boats")
    made.add_attachment(message("Boats", "Hillmouth"))
    (unit,) = read(tmp_path, made)
    assert unit.fields["title"] == "Boats"


def test_texts_attached_are_read_and_what_else_is_attached_is_told_of(tmp_path):
    made = message("Boats", "Linz")
    made.add_attachment(f"Ferries\n\n{BODY.format('Hillmouth')}", filename="ferries.txt")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="boats.pdf")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="boat.png")
    first, second, third = read(tmp_path, made)
    assert (first.fields["title"], second.fields["title"]) == ("Boats", "Ferries")
    assert third.reason == "an attachment that is neither a message nor a text"
    assert "boats.pdf" in third.detail
    ledger = load_corpus(tmp_path / "a.eml").ledger
    assert ledger["status"].tolist() == ["kept", "kept", "dropped"]


def test_of_several_texts_in_a_message_the_longest_is_read_and_the_others_are_told_of(tmp_path):
    parts = [BODY.format("Linz"), "Sent from a boat.\n", "The office is closed today.\n"]
    body = "".join(f"--X\nContent-Type: text/plain; charset=utf-8\n\n{part}\n" for part in parts)
    (unit,) = read(tmp_path, f"Subject: Boats\nContent-Type: multipart/mixed; boundary=X\n\n{body}--X--\n".encode())
    assert "captain in Linz" in unit.fields["text"]
    assert unit.detail == "2 shorter texts left out"


@pytest.mark.parametrize(
    ("page", "is_plain"),
    [
        ("<style>" + "p { color: black }\n" * 200 + "</style><p>View in browser</p>", True),
        (f"<p>{BODY.format('Bay Town')}</p>", False),
    ],
)
def test_the_plain_text_is_read_where_the_page_beside_it_is_far_shorter(tmp_path, page, is_plain):
    made = message("Boats")
    made.set_content(BODY.format("Linz") + f"Read on: https://bay.example/{'boats-' * 200}\n")
    made.add_alternative(page, subtype="html")
    (unit,) = read(tmp_path, made)
    assert ("captain in Linz" in unit.fields["text"]) == is_plain
    assert unit.fields["title"] == "Boats"


@pytest.mark.parametrize(
    "header",
    [
        *("Subject: " + "=?utf-8?q?a?= " * 20_000, "Content-Type: text/plain; " + "a@b.c, " * 20_000),
        *("Content-Type: text/plain; " + "(" * 20_000, "Content-Type: text/plain" + ";a=b" * 20_000),
    ],
)
def test_a_header_of_any_length_is_read_soon(tmp_path, header):
    start = time.process_time()
    (unit,) = read(tmp_path, f"{header}\n\n{BODY.format('Linz')}".encode())
    assert time.process_time() - start < 5
    assert "captain in Linz" in unit.fields["text"]


def test_messages_in_messages_are_read_however_deep(tmp_path):
    (unit,) = read(tmp_path, b"Content-Type: message/rfc822\n\n" * 900 + message("Boats", "Linz").as_bytes())
    assert unit.fields["title"] == "Boats"
