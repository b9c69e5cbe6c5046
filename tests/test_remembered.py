"""Remembered: what was reckoned once is read again, and never when anything it rests on has changed."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT, sentences_of
from toolkit import contents, find_frames, load_corpus, load_frames, remember, remembered, set_aside, split_sentences
from toolkit.contents import UntoldError, hash_of, hash_of_files

CODEBOOK = """
name: Harbour
version: 1.0.0
language: en
licence: MIT
frames:
  cost:
    question: Does it cost?
    items:
      C1: {question: "Costs?", terms: [cost]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(remembered, "FOLDER", tmp_path / "remembered")
    return tmp_path / "remembered"


@pytest.fixture
def corpus(tmp_path) -> Path:
    path = tmp_path / "corpus" / "a.csv"
    path.parent.mkdir()
    path.write_text(
        "id,outlet,date,title,text\n1,Hill Courier,2022-01-12,Talks,The cost is high. They met.\n2,,,Än,\n"
        "3,Bay Times,02/03/2022,=1,Nobody came.\n",
        encoding="utf-8",
    )
    return path.parent


def kept(folder: Path) -> list[str]:
    return sorted(path.name.split("-")[0] for path in folder.glob("*.parquet"))


@pytest.fixture
def calls(monkeypatch) -> list[str]:
    """The names of functions that were reckoned rather than read."""
    done: list[str] = []

    def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
        done.append("split")
        return sentences_of(*articles["text"])

    split_sentences.__module__ = "toolkit.sentences"
    monkeypatch.setattr("tests.test_remembered.split_sentences", split_sentences)
    return done


def test_a_table_is_reckoned_once_and_comes_back_the_same(articles, calls):
    first = remember(split_sentences, articles)
    again = remember(split_sentences, articles.copy())
    assert calls == ["split"]
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(again, sentences_of(*articles["text"]))


def test_corpus_ledger_and_what_is_made_of_them_come_back_with_their_types(corpus, folder):
    plain = load_corpus(corpus)
    for _ in range(2):
        collected, ledger = remember(load_corpus, corpus)
        pd.testing.assert_frame_equal(collected, plain.articles)
        pd.testing.assert_frame_equal(ledger, plain.ledger)
        chosen, aside = remember(set_aside, collected, "en")
        sentences = remember(split_sentences, chosen)
        pd.testing.assert_frame_equal(aside, set_aside(plain.articles, "en").aside)
        pd.testing.assert_frame_equal(sentences, split_sentences(set_aside(plain.articles, "en").articles))
    # Two of the corpus, two of the choice, one of sentences: the second round made no others.
    assert kept(folder) == ["load_corpus"] * 2 + ["set_aside"] * 2 + ["split_sentences"]


@pytest.mark.parametrize("place", range(0, 140, 7))
def test_one_byte_of_the_corpus_changed_gives_another_name(corpus, place):
    before = hash_of(corpus)
    content = bytearray((corpus / "a.csv").read_bytes())
    content[place % len(content)] ^= 1
    (corpus / "a.csv").write_bytes(content)
    assert hash_of(corpus) != before


def test_a_file_added_even_a_hidden_one_gives_another_name_since_the_ledger_tells_of_it(corpus):
    names = {hash_of(corpus)}
    (corpus / ".hidden").write_text("")
    names.add(hash_of(corpus))
    (corpus / "b.csv").write_text("")
    assert len({*names, hash_of(corpus)}) == 3


def test_a_changed_codebook_reckons_its_own_table_anew_and_no_other(tmp_path, corpus, folder):
    book = tmp_path / "book.yml"
    for text in (CODEBOOK, CODEBOOK.replace("[cost]", "[costs]")):
        book.write_text(text, encoding="utf-8")
        sentences = remember(split_sentences, remember(load_corpus, corpus).articles)
        remember(find_frames, sentences, load_frames(book))
    assert kept(folder) == ["find_frames"] * 2 + ["load_corpus"] * 2 + ["split_sentences"]


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.assign(text=[*table["text"][:3], "Both sides clash again!"]),
        lambda table: table.rename(columns={"title": "titles"}),
        lambda table: table.astype({"title": "object"}),
        lambda table: table.iloc[::-1],
        lambda table: table.head(3),
        lambda table: table[["outlet", "article_id", "title", "text", "published", "published_local"]],
        lambda table: table.assign(published=table["published"] + pd.Timedelta(microseconds=1)),
        lambda table: table.assign(title=[*table["title"][:3], None]),
    ],
)
def test_a_table_that_differs_in_anything_has_another_name(articles, change):
    assert hash_of(articles) == hash_of(articles.copy())
    assert hash_of(change(articles)) != hash_of(articles)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"),
        (1, True),
        (1, 1.0),
        (None, ""),
        (["a", "b"], ["ab"]),
        (("a",), ["a"]),
        ({"a": "b"}, {"b": "a"}),
        ("", []),
    ],
)
def test_values_that_differ_have_different_names(one, other):
    assert hash_of(one) != hash_of(other)
    assert hash_of([one, other]) != hash_of([other, one])


def test_one_byte_of_the_package_or_its_data_changed_gives_another_name(tmp_path):
    copy = tmp_path / "toolkit"
    shutil.copytree(ROOT / "toolkit", copy, ignore=shutil.ignore_patterns("__pycache__"))
    sources = sorted(copy.rglob("*.py"))
    before = hash_of_files(copy, sources)
    moved = shutil.copytree(copy, tmp_path / "moved")
    assert hash_of_files(moved, sorted(moved.rglob("*.py"))) == before
    (copy / "terms.py").write_bytes((copy / "terms.py").read_bytes() + b"\n")
    assert hash_of_files(copy, sources) != before
    assert hash_of_files(copy, sources, "pandas 3.0") != hash_of_files(copy, sources, "pandas 3.1")


def test_another_code_version_reckons_anew(articles, calls, monkeypatch):
    remember(split_sentences, articles)
    monkeypatch.setattr(remembered, "hash_of_toolkit", lambda: "another")
    remember(split_sentences, articles)
    assert calls == ["split", "split"]


@pytest.mark.parametrize("damage", [lambda content: content[:-20], lambda content: b"", lambda content: b"no table"])
def test_a_damaged_table_is_reckoned_anew_and_mended(articles, calls, folder, damage):
    first = remember(split_sentences, articles)
    path = next(folder.glob("*.parquet"))
    path.write_bytes(damage(path.read_bytes()))
    pd.testing.assert_frame_equal(remember(split_sentences, articles), first)
    assert calls == ["split", "split"]
    remember(split_sentences, articles)
    assert calls == ["split", "split"]


def test_no_bit_of_a_kept_table_can_turn_unseen(articles, calls, folder):
    first = remember(split_sentences, articles)
    path = next(folder.glob("*.parquet"))
    content = path.read_bytes()
    for place in range(4, len(content) - 8, 97):
        path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        pd.testing.assert_frame_equal(remember(split_sentences, articles), first)


def test_beyond_the_limit_the_tables_unused_for_longest_go(articles, folder, monkeypatch):
    for text in ("One.", "Two.", "Three."):
        remember(split_sentences, articles.assign(text=text))
        time.sleep(0.02)
    size = max(path.stat().st_size for path in folder.glob("*.parquet"))
    remember(split_sentences, articles.assign(text="One."))  # used, so that the second is now the oldest
    remembered.forget(2 * size + 10)
    left = [pd.read_parquet(path)["text"].iloc[-1] for path in folder.glob("*.parquet")]
    assert sorted(left) == ["One.", "Three."]
    remembered.forget()
    assert list(folder.glob("*.parquet")) == []


def test_what_cannot_be_told_or_is_not_ours_is_reckoned_each_time(articles, folder):
    done = []

    def count(table: pd.DataFrame) -> pd.DataFrame:
        done.append(1)
        return table

    for _ in range(2):
        assert remember(count, articles) is articles
    assert len(done) == 2
    with pytest.raises(UntoldError):
        hash_of(object())
    assert remember(split_sentences, articles.assign(tags=object())).equals(split_sentences(articles))
    assert not list(folder.glob("*.parquet"))


def test_where_nothing_can_be_written_the_table_is_given_all_the_same(articles, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(remembered, "FOLDER", tmp_path / "file" / "remembered")
    assert remember(split_sentences, articles).equals(split_sentences(articles))


def test_an_error_is_raised_as_without_and_nothing_kept(folder):
    with pytest.raises(Exception, match="lacks article_id"):
        remember(split_sentences, pd.DataFrame({"x": [1]}))
    assert list(folder.glob("*")) == []


SLOW = """
import sys, time
from pathlib import Path
import pandas as pd
from toolkit import remembered
remembered.FOLDER = Path(sys.argv[1])
def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    with open(sys.argv[2], "a") as stream:
        stream.write("x")
    time.sleep(1)
    return articles.assign(text="One.")
split_sentences.__module__ = "toolkit.sentences"
print(remembered.remember(split_sentences, pd.DataFrame({"article_id": ["a"], "text": [""]}))["text"][0])
"""


def test_two_processes_at_once_reckon_a_table_once_and_both_have_it(tmp_path, folder):
    command = [sys.executable, "-c", SLOW, str(folder), str(tmp_path / "calls")]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0].strip() for process in running] == ["One."] * 3
    assert (tmp_path / "calls").read_text() == "x"


def test_a_process_killed_while_it_reckons_holds_up_nobody(tmp_path, folder):
    command = [sys.executable, "-c", SLOW, str(folder), str(tmp_path / "calls")]
    killed = subprocess.Popen(command, cwd=ROOT)
    while not (tmp_path / "calls").exists():
        time.sleep(0.05)
    killed.kill()
    killed.wait()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "One."


def test_the_hash_of_the_toolkit_is_of_its_sources_data_and_what_lies_beneath():
    assert contents.hash_of_toolkit() == contents.hash_of_toolkit.__wrapped__()
    assert len(contents.hash_of_toolkit()) == 64
