"""Hostile files: whatever lies in a folder, nothing raises, every file is accounted for, and memory stays bounded."""

import gzip
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet as parquet_module

from tests.conftest import ROOT
from toolkit import CorpusError, load_corpus
from toolkit.cli import main
from toolkit.files import find_files
from toolkit.readers import readers

BODY = "The delegations met in the harbour town on Monday. Nobody left before midnight, said the mayor.\n\n" * 3
HTML = f"<html><head><title>Talks open</title></head><body><nav>Home</nav><article><h1>Talks open</h1><p>{BODY * 4}</p></article></body></html>"
LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)
LAUGHS += "]><rss><channel><item><title>&m;</title><description>&m;</description></item></channel></rss>"
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>t</title><description>&x; and some words</description></item></channel></rss>'
EXCEPTION = re.compile(r"[A-Z]\w+(?:Error|Exception)\b")  # its name tells nobody what to do
MEMORY = 3_000_000_000  # bytes of address space for the whole run


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame({"title": ["Talks"], "text": [BODY]}).to_parquet(buffer)
    return buffer.getvalue()


def database(folder: Path) -> bytes:
    path = folder / "made.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE news (title TEXT, text TEXT)")
        connection.execute("INSERT INTO news VALUES (?, ?)", ("Talks", BODY))
    connection.close()
    content = path.read_bytes()
    path.unlink()
    return content


def word(document: str) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def contents(folder: Path) -> dict[str, bytes]:
    """Return good and bad content of every kind; each is written under every suffix."""
    good = {
        "csv": f'title,text\nTalks,"{BODY}"\n'.encode(),
        "json": json.dumps([{"title": "Talks", "text": BODY}]).encode(),
        "lines": (json.dumps({"title": "Talks", "text": BODY}) + "\n{broken\n").encode(),
        "page": f"Home\nLogin\n\nTalks open\n\n{BODY}".encode(),
        "html": HTML.encode(),
        "rtf": rb"{\rtf1\ansi Talks open\par " + BODY.encode().replace(b"\n", rb"\par ") + b"}",
        "feed": f"<rss version='2.0'><channel><title>Hill Courier</title><item><title>Talks</title><description>{BODY}</description></item></channel></rss>".encode(),
        "mail": b"Subject: Talks\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + HTML.encode(),
        "parquet": parquet(),
        "sqlite": database(folder),
        "zip": packed({"a.csv": b"title,text\nTalks,They met in the harbour.\n"}),
        "gzip": gzip.compress(b"title,text\nTalks,They met in the harbour.\n"),
    }
    bad = {
        "empty": b"",
        "blank": b" \n\t\n ",
        "bom": b"\xef\xbb\xbf",
        "bom16": b"\xff\xfe",
        "nuls": b"\x00" * 5_000,
        "noise": bytes(range(256)) * 40,
        "utf16": f"title,text\nTalks,{BODY[:40]}\n".encode("utf-16"),
        "mixed": "title,text\nGespräche,Über alles wurde geredet.\n".encode("cp1252") + "Ängste,Über alles.\n".encode(),
        "ragged": b"title,text\na\na,b,c,d\n\"open,quote\n,,,,\n",
        "deep": b"[" * 100_000,
        "deepmap": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        "laughs": LAUGHS.encode(),
        "outside": OUTSIDE.encode(),
        "deephtml": b"<div>" * 50_000 + b"text",
        "wordlaughs": word(LAUGHS),
        "wordbroken": word("<w:document"),
        "zipslip": packed({"../../evil.txt": b"x", "a\nb.csv": b"title,text\na,b c d\n"}),
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj",
        "surrogates": json.dumps([{"title": "\ud800", "text": "\udfff broken \ud83d text of words"}]).encode(),
        "number": b"1" * 10_000,
        "quotes": b'"' * 9_999,
    }  # fmt: skip
    cut = {f"cut-{name}": content[: len(content) * 2 // 3] for name, content in good.items()}
    return good | bad | cut


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    found = contents(folder)
    for suffix in [*readers(), ".zip", ".csv.gz", ".txt.xz", ".pdf", ""]:
        for name, content in found.items():
            (folder / f"{name}{suffix}").write_bytes(content)
    deep = folder / "sub" / "deeper"
    deep.mkdir(parents=True)
    (deep / "a name\nwith a line break.txt").write_text(BODY)
    (deep / "..‮hidden.txt").write_text(BODY)
    (deep / os.fsdecode(b"not-utf8-\xff.txt")).write_text(BODY)
    (folder / "out").symlink_to("/etc/passwd")
    (folder / "self").symlink_to(folder)
    os.mkfifo(folder / "pipe.csv")
    (folder / "long.txt").write_bytes(b"Home\n" * 1_000_000)
    (folder / "wide.csv").write_bytes(b"a," * 100_000 + b"\n" + b"b," * 100_000)
    for name, content in bombs(folder).items():
        (folder / name).write_bytes(content)
    return folder


def bombs(folder: Path) -> dict[str, bytes]:
    """Small files that hold gigabytes: one text named many times, cells that are made up, columns without end."""
    rows, once = 100_000, pyarrow.array(["word " * 200_000])
    named = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows, pyarrow.int32()), once)
    buffer = io.BytesIO()
    parquet_module.write_table(pyarrow.table({"title": ["Talks"] * rows, "text": named}), buffer)
    path = folder / "made.sqlite"
    with sqlite3.connect(path) as connection:
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        connection.execute(f"CREATE VIEW news AS {endless} SELECT i AS title, hex(zeroblob(1000000)) AS text FROM n")
    connection.close()
    view = path.read_bytes()
    path.unlink()
    header = ",".join(["title", "text", *(f"c{number}" for number in range(20_000))])
    records = [{"text": f"They met in harbour {number}.", f"k{number}": "x"} for number in range(5_000)]
    return {
        "bomb.parquet": buffer.getvalue(),
        "bomb.db": view,
        "bomb.csv": f"{header}\n".encode() + b"Talks,They met in the harbour.\n" * 20_000,
        "bomb.json": json.dumps(records).encode(),
        "bomb.csv.gz": gzip.compress(b"text\n" + b"a b\n" * 2_000_000),
    }


RUN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from toolkit import load_corpus
articles, ledger = load_corpus(sys.argv[1])
ledger.to_json(sys.argv[2])
articles.to_json(sys.argv[3])
"""


def test_a_folder_of_hostile_files_is_read_to_the_end_and_every_file_is_in_the_ledger(hostile, tmp_path):
    names = {file.name for file in find_files(hostile)}
    assert len(names) > 500
    out = tmp_path / "ledger.json", tmp_path / "articles.json"
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(memory=MEMORY), str(hostile), *map(str, out)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    ledger, articles = pd.read_json(out[0], dtype=str), pd.read_json(out[1], dtype=str)
    assert set(ledger["file"]) == names
    assert (ledger["status"] == "kept").sum() == len(articles)
    assert (ledger.loc[ledger["status"] == "dropped", "reason"] != "").all()
    assert "root:" not in articles["text"].str.cat() + articles["title"].str.cat()
    assert not ledger["source"].str.contains("\n").any()
    assert not any(map(EXCEPTION.search, ledger["reason"]))
    cut = ledger.loc[ledger["reason"].str.contains("far more than its size"), "file"]
    assert {"bomb.parquet", "bomb.db", "bomb.csv", "bomb.csv.gz"} <= set(cut)


def test_a_file_that_holds_far_more_than_its_size_costs_the_files_beside_it_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.units.SMALL", 10_000)
    # 12 bytes and 52 cells a row: about 6,700 bytes of memory, where 50 times its size are 3,600.
    (tmp_path / "a.csv").write_text("title,text," + ",".join(f"c{n}" for n in range(50)) + "\n" + "T,They met.\n" * 30)
    (tmp_path / "b.csv").write_text("title,text\n" + "Talks,They met in the harbour at noon on Monday.\n" * 30)
    articles, ledger = load_corpus(tmp_path)
    assert (ledger["file"] == "b.csv").sum() == 30 and (ledger["status"] == "dropped").sum() == 1
    last = ledger[ledger["file"] == "a.csv"].iloc[-1]
    assert (last["status"], last["reason"]) == (
        "dropped",
        "the file holds far more than its size: not read from here on",
    )
    assert (ledger["file"] == "a.csv").sum() - 1 == len(articles) - 30 > 0


def test_a_page_that_unpacks_to_far_more_than_text_can_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.drafts.LARGEST_PAGE", 10_000)
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>" * 100_000))
    (tmp_path / "b.txt").write_text(BODY)
    assert list(load_corpus(tmp_path).ledger["reason"]) == ["holds far more than its size: not read", ""]


def test_in_a_zip_one_bomb_costs_the_other_files_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.files.SMALL", 1_000)
    good = b"title,text\nTalks,They met in the harbour.\n"
    (tmp_path / "a.zip").write_bytes(packed({"a.csv": b"x" * 1_000_000, "b.csv": good}))
    ledger = load_corpus(tmp_path).ledger.set_index("file")["reason"]
    assert dict(ledger) == {"a.zip/a.csv": "holds far more than its size: not unpacked", "a.zip/b.csv": ""}


def test_names_from_a_file_are_one_line_wherever_they_are_shown(tmp_path, capsys):
    record = {"text": "They met in the harbour.", "\ud83d note": "x", "a\nb\x1b[31m": "y", " spaced ": "z"}
    (tmp_path / "a.json").write_text(json.dumps([record]))
    articles = load_corpus(tmp_path).articles
    assert list(articles.columns)[-3:] == ["? note", "a b\ufffd[31m", "spaced"]
    (tmp_path / "b.json").write_text(json.dumps([{"a\nb\x1b[31m": "y"}, {"te\nxt": "x"}]))
    assert main(["check", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_marks_without_end_on_one_letter_take_no_time(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "They met: a" + "\u0316\u0300" * 200_000 + " café."}))
    text = load_corpus(tmp_path).articles["text"][0]
    assert text.startswith("They met: à") and text.endswith(" café.") and len(text) < 60


def test_a_file_that_vanishes_or_may_not_be_read_is_in_the_ledger(tmp_path, monkeypatch):
    for name in ("a.csv", "gone.csv", "locked.txt"):
        (tmp_path / name).write_text("title,text\nTalks,They met in the harbour.\n")
    read_bytes = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.name == "gone.csv":
            raise FileNotFoundError(2, "No such file or directory")
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    ledger = load_corpus(tmp_path).ledger.set_index("file")
    assert dict(ledger["reason"]) == {
        "a.csv": "",
        "gone.csv": "cannot be read: No such file or directory",
        "locked.txt": "cannot be read: Permission denied",
    }


@cache
def good() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        found = contents(Path(folder))
    kinds = {"csv": ".csv", "json": ".json", "lines": ".jsonl", "page": ".txt", "html": ".html", "rtf": ".rtf", "feed": ".rss",
             "mail": ".eml", "parquet": ".parquet", "sqlite": ".sqlite", "zip": ".zip", "gzip": ".csv.gz"}  # fmt: skip
    return {f"{name}{suffix}": found[name] for name, suffix in kinds.items()}


@settings(max_examples=150)
@given(data=st.data())
def test_a_good_file_with_some_bytes_changed_is_kept_or_dropped_with_a_reason(tmp_path_factory, data):
    name = data.draw(st.sampled_from(sorted(good())))
    content = bytearray(good()[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        removed = data.draw(st.integers(0, 40))
        content[place : place + removed] = data.draw(st.binary(max_size=20))
    folder = tmp_path_factory.mktemp("mutated")
    (folder / name).write_bytes(bytes(content))
    (folder / "good.csv").write_bytes(good()["csv.csv"])
    articles, ledger = load_corpus(folder)
    assert {file.split("/")[0] for file in ledger["file"]} == {name, "good.csv"}
    assert (ledger["status"] == "kept").sum() == len(articles) >= 1
    assert not any(map(EXCEPTION.search, ledger["reason"])), list(ledger["reason"])


def test_a_folder_with_nothing_to_read_is_refused_in_one_line(tmp_path):
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)))
    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert "\n" not in str(caught.value)
