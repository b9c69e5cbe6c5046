"""Recalled: a report made of tables says what one made of the corpus says, and refuses tables of anything else."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from tests.conftest import ROOT
from toolkit import (
    CorpusError,
    ReportError,
    annotate,
    find_frames,
    intervals,
    load_actors,
    load_corpus,
    load_frames,
    recalled,
    refuse_settings,
    remember_from,
    salience_by,
    select_articles,
    set_aside,
    share_by_part,
    split_sentences,
)
from toolkit.extents import extents_of, locate
from toolkit.intervals import mean_intervals, ratio_intervals
from toolkit.parameters import check_values
from toolkit.runner import render_reports

FRAMES, ACTORS = "codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml"
READING = ("corpus", "framing", "sentiment", "actors")  # reports that read tables


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.collected.PART", 17)
        return annotate("sample", tmp_path_factory.mktemp("annotated") / "tables")


def test_a_report_of_tables_is_that_of_the_corpus(tables, tmp_path):
    chosen = {"start": "2021-12-15", "end": "2022-01-31"}
    made = render_reports(READING, tmp_path / "a", {"tables": str(tables)} | chosen)
    made |= {f"{name}, corpus": path for name, path in render_reports(READING, tmp_path / "b", chosen).items()}
    for name in READING:
        one, other = (json.loads(made[key].with_suffix(".results.json").read_text("utf-8"))
                      for key in (name, f"{name}, corpus"))  # fmt: skip
        assert one["facts"] == other["facts"] and one["findings"] == other["findings"]
        assert one["tables"][:-1] == other["tables"][:-1]  # the last is that of inputs
        assert "tables" in one["tables"][-1]["csv"] and "corpus" not in one["tables"][-1]["csv"]
        evidence = [path.read_text("utf-8").count("<mark") for path in (made[name], made[f"{name}, corpus"])]
        assert evidence[0] == evidence[1] and (evidence[0] > 10 or name == "corpus")


def test_tables_hold_nothing_that_was_not_asked_for(tables):
    remember = remember_from(tables, "sample", frames=load_frames(FRAMES), actors=load_actors(ACTORS))
    whole = load_corpus("sample").articles
    articles, ledger = remember(load_corpus, "sample")
    assert "text" not in articles and articles["article_id"].tolist() == whole["article_id"].tolist()
    assert len(ledger) == len(load_corpus("sample").ledger)
    some = select_articles(articles, start="2022-01-10")
    own = set_aside(select_articles(whole, start="2022-01-10"), "en").articles
    chosen = remember(set_aside, some, "en", "keep", 0.6).articles
    assert chosen["article_id"].tolist() == own["article_id"].tolist()
    sentences = remember(split_sentences, chosen)
    hits = remember(find_frames, sentences)
    split = split_sentences(own)
    found = find_frames(split, load_frames(FRAMES), load_actors(ACTORS))
    assert hits.astype({"article_id": "str", "term": "str"})[["article_id", "term"]].equals(
        found[["article_id", "term"]]
    )
    frames = load_frames(FRAMES)
    for count in (salience_by, share_by_part):
        pd.testing.assert_frame_equal(count(hits, sentences, frames, chosen), count(found, split, frames, own))


def test_of_many_articles_some_are_read_and_copies_are_not_looked_for(tables, monkeypatch):
    monkeypatch.setattr(recalled, "MOST_READ", 20)
    remember = remember_from(tables, "sample")
    articles, _ = remember(load_corpus, "sample")
    read = recalled.read_texts(articles, tables, 20)
    texts = load_corpus("sample").articles.set_index("article_id")["text"]
    assert len(read) == 20 and read["text"].tolist() == texts[read["article_id"]].tolist()
    with pytest.raises(CorpusError, match="copies are not looked for among 63 articles of tables, only up to 20"):
        remember(set_aside, articles, "en", "once", 0.6)


def test_tables_of_anything_else_are_refused_in_one_line(tables, tmp_path):
    book = load_frames(FRAMES).assign(term="harbour")
    for given, said in (
        (("data/codebooks", {}), "was made of the corpus .*sample, not of .*data/codebooks. Name that as corpus"),
        (("sample", {"frames": book}), "was made with the frames of .*generic.yml as they were then, not with these"),
        (("sample", {"actors": None}), "was made with the actors of .*nato-russia.yml"),
    ):
        with pytest.raises(CorpusError, match=said):
            remember_from(tables, ROOT / given[0] if "/" in given[0] else given[0], **given[1])
    with pytest.raises(CorpusError, match="holds no tables of this version"):
        remember_from(tmp_path, "sample")
    with pytest.raises(
        ReportError, match=r"made with codebook '.*generic.yml', not '.*nato-russia.yml'. Leave codebook"
    ):
        check_values("framing", {"tables": str(tables), "codebook": ACTORS})
    told = check_values("framing", {"tables": str(tables), "codebook": FRAMES})
    assert told["corpus"] == str(ROOT / "data" / "sample")


def test_tables_made_anew_in_the_same_place_are_not_taken_for_those_before(tmp_path):
    corpus, out = tmp_path / "a.csv", tmp_path / "out"
    for term, sign in (("pier", "."), ("harbour", "!")):
        shutil.rmtree(out, ignore_errors=True)
        corpus.write_text(f"id,title,text\n{term},Talks,They met at the {term}{sign}\n")
        book = tmp_path / f"{term}.yml"
        book.write_text(f"name: x\nframes:\n  place:\n    items: {{P1: {{terms: [{term}]}}}}\n")
        annotate(corpus, out, book, ACTORS)
        articles, _ = remember_from(out, corpus, frames=load_frames(book))(load_corpus, corpus)
        assert recalled.read_texts(articles, out)["text"].tolist() == [f"They met at the {term}{sign}"]


def test_tables_that_are_not_complete_are_refused_and_reports_that_read_none_say_so(tables, tmp_path):
    part = tables / "articles" / "part-000001.parquet"
    content = part.read_bytes()
    part.unlink()
    try:
        with pytest.raises(CorpusError, match="is not complete. Run toolkit annotate again"):
            remember_from(tables, "sample")
    finally:
        part.write_bytes(content)
    told = render_reports(["validation"], tmp_path, {"tables": str(tables)})
    assert "validation: reads no tables" in str(told["validation"])
    with pytest.raises(CorpusError, match="was scored by VADER with names masked. Leave lexicon as it is"):
        refuse_settings(tables, mask=False, lexicon=True)


def test_a_place_is_found_in_extents_as_in_sentences():
    sentences = pd.DataFrame(
        {"article_id": ["b", "b", "b", "a", "a"], "sentence_id": [0, 1, 2, 0, 1], "part": [*"tlb", *"lb"]}
    )
    extents = extents_of(sentences)
    assert extents["sentences"].tolist() == [1, 1, 1, 1, 1]
    found = pd.DataFrame({"article_id": ["a", "b", "b", "c", "a"], "sentence_id": [1, 2, 3, 0, 2]})
    assert locate(found, extents).tolist() == locate(found, sentences).tolist() == [4, 2, -1, -1, -1]


def test_of_very_many_articles_the_interval_is_the_normal_one_by_hand():
    n = intervals.LARGE + 2
    values = np.tile([0.0, 1.0], n // 2)  # deviation .5, but for n - 1
    reach = 1.959964 * 0.5 * (n / (n - 1)) ** 0.5 / n**0.5
    (low, high, how), (_, _, few) = mean_intervals(np.stack([values, np.where(np.arange(n) < 2, values, np.nan)]).T, 1)
    assert (low, high) == pytest.approx((0.5 - reach, 0.5 + reach)) and how == "normal approximation"
    assert few == "Student's t"
    # One of two sentences in each article, of one in half of them: a ratio of .5, residuals of .5.
    (low, high, how), _ = ratio_intervals(np.stack([values, 1 - values]).T, 1)
    assert (low, high) == pytest.approx((0.5 - reach, 0.5 + reach)) and how == "normal approximation"
