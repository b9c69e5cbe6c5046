"""Recalled: a report made of tables says what one made of the corpus says, and refuses tables of anything else."""

import json
import shutil

import numpy as np
import pandas as pd
import pyarrow
import pytest

from tests.conftest import ROOT
from toolkit import (
    CorpusError,
    ReportError,
    TableError,
    annotate,
    find_frames,
    find_mentions,
    group_of,
    intervals,
    load_actors,
    load_corpus,
    load_frames,
    load_table,
    mean_by,
    recalled,
    refuse_settings,
    remember_from,
    salience_by,
    select_articles,
    set_aside,
    share_by,
    share_by_part,
    split_sentences,
    spread_scores,
)
from toolkit.extents import each_once, extents_of, locate
from toolkit.gathered import GATHERED, _repeating
from toolkit.intervals import mean_intervals, ratio_intervals
from toolkit.parameters import check_values
from toolkit.runner import render_reports

FRAMES, ACTORS = "codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml"
READING = ("corpus", "framing", "sentiment", "actors")  # reports that read tables


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.collected.PART", 17)
        patch.setattr("toolkit.gathered.ROWS", 40)
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


@pytest.mark.parametrize("unread", ["title", "url", "source"])
def test_articles_of_tables_are_not_grouped_by_what_was_left_unread(tables, unread):
    with pytest.raises(TableError, match=f"cannot be grouped by '{unread}'"):
        group_of(recalled.read_articles(tables).articles, unread)


def test_columns_named_like_our_own_stand_in_the_way_of_no_report(tmp_path):
    named = {"title": ["A", "B"], "text": ["The pier is closed.", "It rained."], "(part)": "x", "(words)": "y"}
    pd.DataFrame(named).to_csv(tmp_path / "a.csv", index=False)
    tables = annotate(tmp_path / "a.csv", tmp_path / "tables")
    assert load_table(tables, "articles")["(part)"].tolist() == ["x", "x"]
    assert recalled.read_articles(tables).articles["(words)"].tolist() == [4, 2]


def test_tables_that_do_not_belong_together_are_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(f"id,title,text\n{name},A,Putin said NATO must go.\n", encoding="utf-8")
        annotate(tmp_path / f"{name}.csv", tmp_path / f"tables-{name}")
    shutil.rmtree(tmp_path / "tables-a" / GATHERED)
    shutil.copytree(tmp_path / "tables-b" / "mentions", tmp_path / "tables-a" / "mentions", dirs_exist_ok=True)
    with pytest.raises(CorpusError, match="mentions: a file in it is missing or damaged"):
        recalled.read_articles(tmp_path / "tables-a")


def test_of_many_articles_some_are_read_and_copies_are_not_looked_for(tables, monkeypatch):
    monkeypatch.setattr(recalled, "MOST_READ", 20)
    remember = remember_from(tables, "sample")
    articles, _ = remember(load_corpus, "sample")
    read = recalled.read_texts(articles, tables, 20)
    texts = load_corpus("sample").articles.set_index("article_id")["text"]
    assert len(read) == 20 and read["text"].tolist() == texts[read["article_id"]].tolist()
    with pytest.raises(CorpusError, match="copies are not looked for among 63 articles of tables, only up to 20"):
        remember(set_aside, articles, "en", "once", 0.6)


def test_what_is_gathered_is_made_again_where_it_is_missing_and_refused_where_it_is_damaged(tables):
    gathered, registry = tables / GATHERED, load_actors(ACTORS)
    remember = remember_from(tables, "sample", actors=registry)
    articles, _ = remember(load_corpus, "sample")
    mentions = remember(find_mentions, articles, registry)
    assert len(mentions) > 100 and mentions["article_id"].dtype is articles["article_id"].dtype
    shutil.rmtree(gathered)
    pd.testing.assert_frame_equal(remember(find_mentions, articles, registry), mentions)
    (gathered / "mentions.parquet").write_bytes(b"x")
    with pytest.raises(
        CorpusError, match=r"\.gathered: a file in it is missing or damaged. Delete that folder and run"
    ):
        remember(find_mentions, articles, registry)
    shutil.rmtree(gathered)


def test_text_that_hardly_repeats_is_not_held_by_number(monkeypatch):
    monkeypatch.setattr("toolkit.gathered.FEW", 1)
    names = {"outlet": [*"ababab"], "note": [*"abcdab"], "article_id": [*"111111"]}
    schema = _repeating(pyarrow.table(names, pyarrow.schema(dict.fromkeys(names, pyarrow.large_string()))))
    assert [pyarrow.types.is_dictionary(kind) for kind in schema.types] == [True, False, False]


def test_ids_as_categories_are_counted_as_ids_as_text_are():
    articles = pd.DataFrame(
        {"article_id": [*"dbace"], "outlet": ["Bay", "Hill", "", "Bay", "Hill"], "published": pd.NaT}
    ).assign(published_local=["2022-01-03", "2022-02-01", "2022-01-09", "2022-02-02", ""])
    ids, frames = [*"cacaddbb"], ["cost", "cost", "rule", "rule", "cost", "rule", "cost", "rule"]
    counts = pd.DataFrame({"article_id": ids, "frame": frames, "present": [True, False] * 3 + [True, True]})
    counts = counts.assign(score=[0.5, 0, 1, 0, 0.25, 0, 0, 1.0])
    kind = pd.CategoricalDtype([*"zdbacey"])  # also of articles that were left out, in another order
    others = articles.astype({"article_id": kind, "outlet": "category"}), counts.astype({"article_id": kind})
    codes, once = each_once(others[1]["article_id"])
    assert codes.tolist() == [0, 1, 0, 1, 2, 2, 3, 3] and once.tolist() == [*"cadb"]
    for by in ("", "outlet", "month", "week"):
        assert share_by(counts, articles, by).equals(share_by(*others[::-1], by))
        means = (mean_by(spread_scores(table), known, by) for known, table in ((articles, counts), others))
        pd.testing.assert_frame_equal(*means)
    pairs = [("c", 1), ("a", 2), ("b", 4), ("d", 3), ("d", 3)]
    places = pd.DataFrame(pairs, columns=["article_id", "sentence_id"])
    extents = places.drop_duplicates().assign(first=1, sentences=[2, 1, 4, 4])
    found = [locate(table, rows) for table, rows in ((places, extents), (places.astype({"article_id": kind}),
             extents.astype({"article_id": kind})))]  # fmt: skip
    assert [one.tolist() for one in found] == [[0, -1, 2, 3, 3]] * 2
    assert group_of(others[0], "outlet").tolist() == ["Bay", "Hill", "(unknown)", "Bay", "Hill"]


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
