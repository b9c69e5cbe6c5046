"""Annotation: the tables of a corpus in parts are those in one piece, whatever happens in between."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT
from toolkit import (
    CorpusError,
    annotate,
    annotation,
    collected,
    languages,
    load_actors,
    load_corpus,
    load_frames,
    load_table,
)
from toolkit.annotation import TABLES, Books, tables_of
from toolkit.cli import main
from toolkit.drafts import find_drafts
from toolkit.manifest import digest_of
from toolkit.readers import delimited

FRAMES, ACTORS = "codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(collected, "PART", 7)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Path:
    """A folder of several kinds of file: ids claimed twice in parts far from each other, copies, dropped units, columns."""
    folder = tmp_path_factory.mktemp("mixed")
    rows = pd.read_csv(ROOT / "data" / "sample" / "articles.csv", dtype=str, keep_default_na=False).head(24)
    rows.to_csv(folder / "a.csv", index=False)
    rows.tail(10).drop(columns="id").to_json(folder / "b.jsonl", orient="records", lines=True)
    others = rows.head(9).assign(text=rows["text"] + " And so it went.", weather="rain", published="13/01/2022")
    others.loc[3:4, "text"] = ""
    others.loc[5, "published"] = "02/03/2022"  # March, by the evidence of the others
    others.to_parquet(folder / "c.parquet")
    (folder / "d.txt").write_text(
        "Talks open\n\nThey met in the harbour. Nobody left before midnight.\n", encoding="utf-8"
    )
    (folder / "e.pdf").write_text("x")
    rows.head(3).drop(columns="id").to_csv(folder / "f.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def whole(mixed) -> dict[str, pd.DataFrame]:
    return tables_of(load_corpus(mixed), Books(load_frames(FRAMES), load_actors(ACTORS)))


def assert_same(out: Path, whole: dict[str, pd.DataFrame]) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(load_table(out, name), whole[name])


def test_the_tables_in_parts_are_those_in_one_piece(mixed, whole, tmp_path):
    out = annotate(mixed, tmp_path / "out")
    assert len(list((out / "articles").glob("*.parquet"))) > 5
    assert whole["articles"]["article_id"].is_unique
    assert whole["ledger"]["detail"].str.contains("its id stands more than once").sum() > 10
    assert_same(out, whole)


@pytest.mark.skipif(not languages.can_detect(), reason="the extra [language] is not installed")
def test_what_tells_languages_apart_is_not_kept_while_a_large_corpus_is_annotated(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.collected.MANY", 1)
    text = "The negotiators met in the harbour on Monday and talked until late at night about the price of the gas."
    (tmp_path / "a.csv").write_text(f"title,text\nGas,{text}\nOil,{text}\n")
    languages.detect_language(text)
    annotate(tmp_path / "a.csv", tmp_path / "out")
    assert languages._identifier.cache_info().currsize == 0
    assert list(load_table(tmp_path / "out", "articles")["language"]) == ["en", "en"]


def test_a_large_file_is_never_held_whole_and_gives_the_same(mixed, whole, tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.drafts.LARGE", 1_000)
    monkeypatch.setattr("toolkit.readers.decoding.LARGE", 1_000)
    monkeypatch.setattr("toolkit.readers.decoding.CHUNK", 700)
    assert_same(annotate(mixed, tmp_path / "out"), whole)


@pytest.mark.parametrize(
    "content",
    [
        'title,text\r\nTalks,"They met.\r\nTwice."\r\n\r\nEnd,It rained.\r\n',
        "\n\nsep=;\ntitle;text\nTalks;They met.\n",
        "sep=;\ntitle;text\nTalks;They met.\n",
        "\ufefftitle\ttext\nÜber\tSie trafen sich.\n",
        "title,text\nTalks,They \x00met.\n",
        'title,text\nTalks,"They met\nand left.\n',
        "title,text\n",
        "\n\n",
        "Export of 2022\ntitle,text\nTalks,They met.\n",
    ],
)
def test_a_table_read_line_by_line_has_the_drafts_of_one_read_whole(tmp_path, monkeypatch, content):
    (tmp_path / "a.csv").write_bytes(content.encode())
    at_once = list(find_drafts(tmp_path, {}, None))
    monkeypatch.setattr("toolkit.drafts.LARGE", 1)
    monkeypatch.setattr("toolkit.readers.decoding.LARGE", 1)
    assert list(find_drafts(tmp_path, {}, None)) == at_once


@pytest.mark.parametrize(
    ("dates", "times"), [(("2022-03-02", ""), 1), (("2022-03-13T10:00Z", "02/03/2022", "13/03/2022"), 2)]
)
def test_a_large_file_is_read_twice_only_where_a_date_asks_for_the_others(tmp_path, monkeypatch, dates, times):
    read, reads = delimited.read, []

    def counted(path):
        reads.append(path)
        yield from read(path)

    monkeypatch.setattr(delimited, "read", counted)
    monkeypatch.setattr("toolkit.drafts.LARGE", 1)
    (tmp_path / "a.csv").write_text("title,text,date\n" + "".join(f"Talks,They met.,{date}\n" for date in dates))
    drafts = list(find_drafts(tmp_path, {}, None))
    assert len(reads) == times
    assert drafts[1].fields["published"][:10] == ("2022-03-02" if dates[1] else "")


@pytest.mark.parametrize(
    "content", [b"title,text\nTalks,\xfcber\n", b"\xff\xfet\x00e\x00x\x00t\x00\n\x00a\x00", b"\x00" * 50]
)
def test_a_large_file_in_another_encoding_is_read_as_ever(tmp_path, monkeypatch, content):
    (tmp_path / "a.csv").write_bytes(content)
    at_once = list(find_drafts(tmp_path, {}, None))
    monkeypatch.setattr("toolkit.drafts.LARGE", 1)
    monkeypatch.setattr("toolkit.readers.decoding.LARGE", 1)
    assert list(find_drafts(tmp_path, {}, None)) == at_once


def test_workers_side_by_side_give_the_same(mixed, whole, tmp_path):
    assert_same(annotate(mixed, tmp_path / "out", workers=2), whole)


RUN = """
import sys
from toolkit import annotate, collected
collected.PART = 7
annotate(sys.argv[1], sys.argv[2])
"""


def test_a_run_killed_while_it_reads_and_while_it_writes_goes_on_and_gives_the_same(mixed, whole, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-c", RUN, str(mixed), str(out)]
    for sign in (".collected/000002.jsonl", "sentences/part-000001.parquet"):
        running = subprocess.Popen(command, cwd=ROOT)
        while not (out / sign).exists() and running.poll() is None:
            time.sleep(0.01)
        running.kill()
        assert running.wait() != 0
    subprocess.run(command, cwd=ROOT, check=True)
    assert_same(out, whole)


class Stopped(BaseException):
    """As if the process ended here."""


def test_a_run_that_stops_after_every_seventeenth_file_goes_on_and_gives_the_same(mixed, whole, tmp_path, monkeypatch):
    write, left, stops = annotation._write, [0], 0

    def written_by_a_mortal(table, path):
        if not left[0]:
            path.parent.mkdir(exist_ok=True)
            path.with_name(f".{path.name}.1").write_bytes(b"half")
            raise Stopped
        left[0] -= 1
        write(table, path)

    monkeypatch.setattr(annotation, "_write", written_by_a_mortal)
    while True:
        left[0] = 17
        try:
            annotate(mixed, tmp_path / "out")
            break
        except Stopped:
            stops += 1
    assert stops > 3
    assert_same(tmp_path / "out", whole)


def test_what_is_done_is_not_done_again(mixed, tmp_path, monkeypatch):
    out = annotate(mixed, tmp_path / "out")
    (out / "articles" / "part-000002.parquet").unlink()
    made = []
    write = annotation._write
    monkeypatch.setattr(annotation, "_write", lambda table, path: made.append(path.name) or write(table, path))
    annotate(mixed, out)
    assert set(made) == {"part-000002.parquet"}


def test_a_folder_of_other_tables_or_of_anything_else_is_refused(mixed, tmp_path):
    out = annotate(mixed, tmp_path / "out")
    book = tmp_path / "book.yml"
    book.write_text(
        (ROOT / "data" / FRAMES).read_text(encoding="utf-8").replace("budget", "budgets", 1), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match="holds tables of another corpus, codebook or version"):
        annotate(mixed, out, codebook=book)
    with pytest.raises(CorpusError, match="is not empty, and holds no tables"):
        annotate(mixed, tmp_path)
    with pytest.raises(CorpusError, match="lies in what is read"):
        annotate(mixed, mixed / "out")


def test_a_table_that_is_not_complete_is_not_given(mixed, tmp_path):
    out = annotate(mixed, tmp_path / "out")
    assert list(load_table(out, "sentences", ["article_id", "text"]).columns) == ["article_id", "text"]
    with pytest.raises(CorpusError, match="holds no table 'sentence'. There are: articles, ledger"):
        load_table(out, "sentence")
    (out / "articles" / "part-000000.parquet").unlink()
    with pytest.raises(CorpusError, match="is not complete. Run toolkit annotate again"):
        load_table(out, "sentences")


def test_a_part_that_is_gone_or_damaged_is_noticed_and_made_again(tmp_path):
    (tmp_path / "one.txt").write_text("Talks open\n\nThey met in the harbour. Nobody left.\n", encoding="utf-8")
    out = annotate(tmp_path / "one.txt", tmp_path / "out")
    made_of, own = digest_of(out), load_table(out, "sentences")
    part = out / "sentences" / "part-000000.parquet"
    part.write_bytes(part.read_bytes()[:-9])
    assert digest_of(out) != made_of
    with pytest.raises(CorpusError, match="sentences: a file in it is missing or damaged. Delete that folder and run"):
        load_table(out, "sentences")
    part.unlink()
    with pytest.raises(CorpusError, match="is not complete"):
        load_table(out, "extents")
    (out / ".collected" / "state.json").write_text("[")
    annotate(tmp_path / "one.txt", out)
    pd.testing.assert_frame_equal(load_table(out, "sentences"), own)
    assert digest_of(out) == made_of


def _spoil(place: Path, content: str) -> None:
    place.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda out: _spoil(out / ".collected" / "000000.jsonl", '[{"article'), "damaged. Delete that folder and run"),
        (lambda out: (out / ".collected" / "000000.jsonl").unlink(), "damaged. Delete that folder and run"),
        (lambda out: _spoil(out / "articles", "a file"), "cannot be written or read: "),
    ],
)
def test_what_is_damaged_where_a_run_is_taken_up_is_told_in_a_line(tmp_path, capsys, spoil, message):
    corpus, out = tmp_path / "a.csv", tmp_path / "tables"
    corpus.write_text("title,text\nA,The pier is closed.\nB,It rained.\n", encoding="utf-8")
    annotate(corpus, out)
    shutil.rmtree(out / "articles")
    spoil(out)
    assert main(["annotate", str(corpus), "--out", str(out)]) == 1
    told = capsys.readouterr().err
    assert message in told
    assert "Traceback" not in told


def test_a_number_of_parts_that_is_none_has_the_corpus_read_again(tmp_path):
    corpus, out = tmp_path / "a.csv", tmp_path / "tables"
    corpus.write_text("title,text\nA,The pier is closed.\n", encoding="utf-8")
    annotate(corpus, out)
    _spoil(out / ".collected" / "state.json", '{"parts": "1", "extra": [], "ids": {}}')
    with pytest.raises(CorpusError, match="is not complete"):
        load_table(out, "articles")
    assert load_table(annotate(corpus, out), "articles")["title"].tolist() == ["A"]


def test_a_worker_of_another_version_makes_no_part(mixed, tmp_path, monkeypatch):
    out = annotate(mixed, tmp_path / "out")
    (out / "articles" / "part-000001.parquet").unlink()
    monkeypatch.setattr(annotation, "hash_of_toolkit", lambda: "another")
    with pytest.raises(CorpusError, match="was begun by another version of the toolkit"):
        annotation.annotate_part(out, 1)


def test_a_corpus_without_an_article_says_why(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("weather,day\nrain,Monday\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no article could be read"):
        annotate(tmp_path / "in", tmp_path / "out")
    with pytest.raises(CorpusError, match="no file has a column 'prose'"):
        annotate(tmp_path / "in", tmp_path / "out2", columns="prose:text")


def test_the_command_writes_the_tables_and_names_them(mixed, tmp_path, capsys):
    assert main(["annotate", str(mixed), "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
    assert [Path(line).name for line in capsys.readouterr().out.splitlines()] == list(TABLES)
    assert json.loads((tmp_path / "out" / "annotation.json").read_text())["inputs"]
