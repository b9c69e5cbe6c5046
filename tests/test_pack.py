"""Pack: what is published holds no text, and whoever has the texts can prove it."""

import json
import re
import shutil
from hashlib import sha256

import pytest

from toolkit import TableError, load_corpus, save_evidence, verify_evidence
from toolkit.cli import main
from toolkit.pack import MOST, PART

BOOKS = ("codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml")


@pytest.fixture(scope="module")
def articles():
    return load_corpus("sample").articles


@pytest.fixture(scope="module")
def pack(articles, tmp_path_factory):
    from toolkit.paths import DATA

    folder = tmp_path_factory.mktemp("pack") / "published"
    save_evidence(articles, folder, *(str(DATA / book) for book in BOOKS))
    return folder


def test_no_stretch_of_a_text_is_published_but_short_contexts(articles, pack):
    published = "\n".join(path.read_text(encoding="utf-8-sig") for path in pack.glob("*.csv") if path.stem != "kwic")
    runs = [re.findall(r"\S+", text) for text in articles["text"]]
    eights = {" ".join(words[place : place + 8]) for words in runs for place in range(len(words) - 8)}
    assert not [run for run in eights if run in published]


def test_contexts_are_few_short_and_never_add_up_to_a_text(articles, pack):
    import pandas as pd

    found = pd.read_csv(pack / "kwic.csv", keep_default_na=False)
    assert len(found) > 50
    assert found["before"].str.len().max() <= 40 and found["after"].str.len().max() <= 40
    assert found.groupby("article_id").size().max() <= MOST
    shown = (found["before"] + found["match"] + found["after"]).str.len().groupby(found["article_id"]).sum()
    sizes = articles.set_index("article_id")["text"].str.len()
    assert (shown <= PART * sizes.loc[shown.index] + 1e-9).all()


def test_a_pack_is_proved_by_whoever_holds_the_texts(pack, capsys):
    assert main(["evidence", "sample", "--verify", str(pack)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "All of it follows from these articles."


def test_another_text_is_noticed_and_said(articles, pack):
    changed = articles.assign(
        text=["Nothing of it." if number == 0 else text for number, text in enumerate(articles["text"])]
    )
    same, told = verify_evidence(changed, pack)
    assert not same
    assert "articles: 1 of 63 rows do not follow from these articles." in told
    assert any(line.startswith("frame_hits: ") and "do not follow" in line for line in told)


def test_articles_that_are_missing_are_said_and_the_others_still_compared(articles, pack):
    same, told = verify_evidence(articles.iloc[1:].reset_index(drop=True), pack)
    assert not same
    assert told[0].startswith("1 articles are not among yours, first ")
    assert "sentences: the same" in " ".join(told)


def test_the_manifest_holds_the_hash_of_every_other_file(pack):
    hashes = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["files SHA-256"]
    assert hashes == {
        path.name: sha256(path.read_bytes()).hexdigest() for path in pack.iterdir() if path.name != "manifest.json"
    }


def test_a_file_that_is_missing_or_altered_is_named(articles, pack, tmp_path):
    folder = tmp_path / "altered"
    shutil.copytree(pack, folder)
    (folder / "kwic.csv").write_text("altered", encoding="utf-8")
    (folder / "quotes.csv").unlink()
    same, told = verify_evidence(articles, folder)
    assert not same
    assert told[:2] == ["kwic.csv: is not as it was written.", "quotes.csv: is missing."]
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert not verify_evidence(articles, folder)[0]


def test_what_is_no_pack_or_there_already_is_refused(articles, pack, tmp_path, capsys):
    with pytest.raises(TableError, match="no articles.csv is in it"):
        verify_evidence(articles, tmp_path)
    with pytest.raises(TableError, match="is there already. Choose another folder"):
        save_evidence(articles, pack)
    assert main(["evidence", "sample"]) == 1
    assert capsys.readouterr().err == "toolkit: say where it goes, --out DIR, or what to verify, --verify DIR.\n"


def test_every_table_is_exported_in_the_form_asked_for(tmp_path, capsys):
    assert main(["export", "sample", "--out", str(tmp_path / "tables"), "--format", "parquet"]) == 0
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert {"articles.parquet", "frame_hits.parquet", "quotes.parquet", "frame_pairs.graphml"} <= names
