"""Frames learned from coded articles: what is planted is found, what is not there is not, and nothing leaks."""

import json
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest

from toolkit import (
    TableError,
    ToolkitError,
    classify_frames,
    compare_to_gold,
    cross_validate_frames,
    learned_frames,
    learning_curve,
    load_model,
    most_telling_words,
    save_model,
    settle_codings,
    share_by,
    train_frames,
)
from toolkit.crossvalidation import _expected
from toolkit.learning import best_threshold

needs_learning = pytest.mark.skipif(find_spec("sklearn") is None, reason="the extra [ml] is not installed")
FILLER = [f"{start}{end}" for start in "ba de ki lo mu ra se ti vo zu".split() for end in "ban dor fel gim nus".split()]
PLANTED = {"harbour": ["dredging", "quays"], "music": ["violins", "choir"]}


def corpus(n: int = 240, seed: int = 7, planted: float = 1.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles of meaningless words; a third has a frame, and of these the share `planted` a word that betrays it."""
    draw = np.random.default_rng(seed)
    articles, codings = [], []
    for number in range(n):
        words = list(draw.choice(FILLER, 30))
        for frame, telling in PLANTED.items():
            shown = draw.random() < 1 / 3
            codings.append((f"a{number:04}", "K1", frame, str(int(shown))))
            if shown and draw.random() < planted:
                words[draw.integers(30)] = draw.choice(telling)
        articles.append((f"a{number:04}", "Hill Courier", " ".join(words[:5]), " ".join(words[5:])))
    return (
        pd.DataFrame(articles, columns=["article_id", "outlet", "title", "text"]),
        pd.DataFrame(codings, columns=["article_id", "coder", "variable", "value"]),
    )


def coded(*values: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(values, columns=["article_id", "coder", "value"])
    return table.assign(variable="harbour")


def test_numbers_and_truth_values_are_understood_as_codes():
    settled = settle_codings(coded(("a1", "K1", 1), ("a2", "K1", 0.0), ("a3", "K1", True), ("a4", "K1", None)))
    assert list(settled["value"]) == ["1", "0", "1"]


@needs_learning
def test_codings_without_any_value_are_refused():
    articles = corpus(4)[0]
    with pytest.raises(TableError, match="holds no value"):
        train_frames(articles, coded(("a0001", "K1", "")))


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr("toolkit.coded.find_spec", lambda name: None)
    for function in (train_frames, cross_validate_frames, learning_curve):
        with pytest.raises(ToolkitError, match=r'pip install -e "\.\[ml\]"') as error:
            function(*corpus(4))
        assert "\n" not in str(error.value)


def test_the_threshold_is_half_way_where_f1_is_best():
    labels = np.array([True, True, False, True, False, False])
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.3, 0.1])
    # taking four of six: 3 right of 4, all 3 found, F1 6/7; taking two: F1 4/5
    assert best_threshold(labels, scores) == pytest.approx(0.45)


def test_equal_scores_are_never_parted_by_the_threshold():
    assert best_threshold(np.array([True, False, True]), np.array([0.5, 0.5, 0.5])) == pytest.approx(0.25)


@needs_learning
def test_planted_words_are_recovered_in_articles_not_learned_from():
    trials = cross_validate_frames(*corpus()).set_index("frame")
    assert list(trials.index) == ["harbour", "music"]
    assert (trials["f1"] > 0.9).all()
    assert (trials["average_precision"] > 0.9).all()
    assert ((trials["low"] <= trials["f1"]) & (trials["f1"] <= trials["high"])).all()
    assert (trials["n"] == 240).all()
    assert (trials["note"] == "").all()


@needs_learning
def test_what_the_words_do_not_tell_is_not_found_and_the_note_says_so():
    trials = cross_validate_frames(*corpus(planted=0.0))
    blind = 2 * trials["positives"] / (trials["n"] + trials["positives"])
    assert (trials["f1"] < blind + 0.1).all()
    assert (trials["average_precision"] < trials["positives"] / trials["n"] + 0.2).all()
    assert trials["note"].str.contains("Not surely better than taking every article").all()


def copied(times: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles whose words tell nothing, each as several outlets have it, with one word changed."""
    articles, codings = corpus(90, planted=0.0)
    ids = [f"{article_id}-{copy}" for copy in range(times) for article_id in articles["article_id"]]
    more = pd.concat([articles.assign(text=articles["text"] + f" x{copy}") for copy in range(times)], ignore_index=True)
    codes = pd.concat([codings.assign(article_id=codings["article_id"] + f"-{copy}") for copy in range(times)])
    return more.assign(article_id=ids), codes


@needs_learning
def test_copies_across_folds_do_not_inflate_the_figures():
    trials = cross_validate_frames(*copied(3))
    blind = 2 * trials["positives"] / (trials["n"] + trials["positives"])
    assert (trials["n"] == 270).all()
    assert (trials["f1"] < blind + 0.1).all()
    alone = cross_validate_frames(*copied(1))
    assert ((trials["high"] - trials["low"]) > 0.7 * (alone["high"] - alone["low"])).all()  # 270 copies are 90 texts


@needs_learning
def test_passages_of_one_page_can_be_kept_together():
    articles, codings = corpus(150, planted=0.0)
    page = pd.Series([f"page {number // 3}" for number in range(150)])
    of_page = (page.str[5:].astype(int) % 2 == 0).map({True: "1", False: "0"})
    titles = page.str.replace(r"page (\d+)", r"\1th \1st \1nd \1rd", regex=True)
    articles = articles.assign(page=page, title=titles, text=articles["text"].str[:40])
    codings = codings[codings["variable"] == "music"].assign(value=of_page.to_list())
    assert cross_validate_frames(articles, codings)["f1"][0] > 0.75  # the title betrays the page
    assert cross_validate_frames(articles, codings, groups="page")["f1"][0] < 0.7  # taking all of them has .67
    with pytest.raises(TableError, match="lacks sheet"):
        cross_validate_frames(articles, codings, groups="sheet")


@needs_learning
def test_the_order_of_the_rows_changes_nothing():
    articles, codings = corpus(planted=0.7)
    shuffled = (
        articles.sample(frac=1, random_state=3),
        codings.sort_values("article_id", ascending=False, kind="stable"),
    )
    pd.testing.assert_frame_equal(
        cross_validate_frames(articles, codings).set_index("frame"),
        cross_validate_frames(*shuffled).set_index("frame").loc[list(PLANTED)],
    )


@needs_learning
def test_few_codings_give_a_sentence_and_no_figure():
    articles, codings = corpus()
    codings.loc[(codings["variable"] == "music") & (codings["article_id"] > "a0030"), "value"] = "0"
    trials = cross_validate_frames(articles, codings).set_index("frame")
    assert np.isnan(trials.loc["music", "f1"])
    assert trials.loc["music", "note"].startswith("No figure: ")
    assert trials.loc["harbour", "f1"] > 0.9
    curve = learning_curve(articles, codings)
    assert curve[curve["frame"] == "music"]["note"].str.startswith("No figure: ").all()
    model = train_frames(articles, codings)
    assert set(classify_frames(articles, model)["frame"]) == {"harbour"}


@needs_learning
@pytest.mark.parametrize("value", ["1", "0", "neutral"])
def test_codings_that_all_say_the_same_never_crash(value):
    articles, codings = corpus(60)
    codings = codings.assign(value=value)
    assert cross_validate_frames(articles, codings)["note"].str.contains("No figure").all()
    with pytest.raises(TableError, match="no frame can be learned"):
        train_frames(articles, codings)


@needs_learning
def test_what_is_left_out_is_told():
    articles, codings = corpus()
    more = pd.DataFrame(
        [("a0000", "K2", "music", "0" if codings["value"][1] == "1" else "1"), ("gone", "K1", "music", "1")],
        columns=codings.columns,
    )
    codings.loc[3, "value"] = "?"
    note = cross_validate_frames(articles, pd.concat([codings, more]))["note"][1]
    assert "1 coded but not among the articles." in note
    assert "1 left out because their coders were even." in note
    assert "1 left out because their value is neither 1 nor 0." in note


@needs_learning
def test_texts_without_words_and_strange_codings_are_refused_in_one_line():
    articles, codings = corpus(60)
    for broken, message in [
        ((articles.assign(title="", text=""), codings), "no word stands in two"),
        ((articles, codings.assign(article_id="z" + codings["article_id"])), "none of the coded articles"),
        ((pd.concat([articles, articles]), codings), "more than one row"),
    ]:
        with pytest.raises(TableError, match=message):
            cross_validate_frames(*broken)
    for folds in (1, 11, 2.5, "5"):
        with pytest.raises(TableError, match="folds must be"):
            cross_validate_frames(articles, codings, folds=folds)


@needs_learning
def test_a_model_recognises_frames_in_other_articles_and_its_shares_can_be_summed():
    model = train_frames(*corpus(seed=7))
    others, truth = corpus(seed=8)
    found = classify_frames(others, model)
    assert list(found.columns) == ["article_id", "frame", "present", "score"]
    assert len(found) == 2 * len(others)
    merged = found.merge(truth.rename(columns={"variable": "frame"}), on=["article_id", "frame"])
    assert (merged["present"] == (merged["value"] == "1")).mean() > 0.95
    assert found["score"].between(0, 1).all()
    shares = share_by(found, others, by="outlet")
    assert list(shares["category"]) == ["harbour", "music"]
    assert shares["n"].tolist() == [240, 240]


@needs_learning
def test_coded_articles_are_judged_by_what_did_not_see_them_and_the_others_by_all():
    articles, codings = corpus(200)
    uncoded = articles.assign(article_id=[f"b{n}" for n in range(200)])
    both = pd.concat([uncoded.head(30), articles], ignore_index=True)
    table = learned_frames(both, codings)
    assert table["article_id"].drop_duplicates().tolist() == both["article_id"].tolist()
    assert len(table) == 2 * 230
    accuracy = compare_to_gold(table, codings).set_index("category").astype(int)
    trials = cross_validate_frames(articles, codings).set_index("frame")
    for frame in PLANTED:
        tp, fp, fn = accuracy.loc[frame, ["tp", "fp", "fn"]]
        assert 2 * tp / (2 * tp + fp + fn) == pytest.approx(trials.loc[frame, "f1"])
    applied = classify_frames(uncoded.head(30), train_frames(articles, codings))
    assert table[table["article_id"].str[0] == "b"]["present"].tolist() == applied["present"].tolist()


@needs_learning
def test_the_words_that_were_planted_are_the_most_telling():
    words = most_telling_words(train_frames(*corpus()), top=4)
    assert list(words.columns) == ["frame", "word", "weight"]
    for frame, telling in PLANTED.items():
        strongest = words[words["frame"] == frame]
        assert set(telling) <= set(strongest["word"][:4])
        assert strongest["weight"].is_monotonic_decreasing
        assert (strongest["weight"] < 0).sum() == 4


@needs_learning
def test_forms_of_a_word_are_joined_by_their_beginning():
    articles, codings = corpus(120, planted=0.0)
    articles["text"] += [" harbourmaster" if value == "1" else "" for value in codings["value"][::2]]
    model = train_frames(articles, codings[codings["variable"] == "harbour"])
    unseen = pd.DataFrame({"article_id": ["b1", "b2"], "title": "", "text": ["Harbourside.", "Ban dor."]})
    found = classify_frames(unseen, model)
    assert list(found["present"]) == [True, False]


@needs_learning
def test_an_article_without_known_words_has_no_score_and_no_frame():
    unknown = pd.DataFrame({"article_id": ["b1", "b2"], "title": ["", None], "text": ["", "qqqq"]})
    found = classify_frames(unknown, train_frames(*corpus()))
    assert found["score"].isna().all()
    assert not found["present"].any()
    assert len(classify_frames(unknown[:0], train_frames(*corpus()))) == 0


@needs_learning
def test_training_twice_and_saving_gives_the_same_bytes_and_the_same_scores(tmp_path):
    articles, codings = corpus(planted=0.8)
    model = train_frames(articles, codings)
    again = train_frames(articles, codings)
    first, second = save_model(model, tmp_path / "one.json"), save_model(again, tmp_path / "new" / "two.json")
    assert first.read_bytes() == second.read_bytes()
    loaded = load_model(first)
    pd.testing.assert_frame_equal(classify_frames(articles, loaded), classify_frames(articles, model))
    pd.testing.assert_frame_equal(loaded.frames, model.frames)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "one.json", "two.json"]


@needs_learning
def test_a_saved_model_classifies_without_the_extra(tmp_path, monkeypatch):
    articles, codings = corpus()
    path = save_model(train_frames(articles, codings), tmp_path / "model.json")
    monkeypatch.setitem(__import__("sys").modules, "sklearn", None)
    assert classify_frames(articles, load_model(path))["present"].any()


@pytest.fixture
def saved() -> dict:
    """The smallest model that is whole, as it stands in its file."""
    frame = {"frame": "music", "n": 40, "positives": 20, "bias": -1.0, "threshold": 0.4, "note": ""}
    return {
        "format": "media-analysis-toolkit frame model 1",
        "frames": [frame],
        "words": ["choir", "viol*"],
        "rarity": [1.5, 2.0],
        "weights": [[2.0, 1.0]],
    }


def test_a_score_is_the_logistic_of_bias_and_weighted_words(tmp_path, saved):
    (tmp_path / "m.json").write_text(json.dumps(saved), encoding="utf-8")
    model = load_model(tmp_path / "m.json")
    articles = pd.DataFrame({"article_id": ["b1", "b2"], "title": ["Choir", ""], "text": ["Violins.", "The choir."]})
    found = classify_frames(articles, model)
    # tf-idf of b1: (1.5, 2.0) / 2.5 = (.6, .8); -1 + 2 x .6 + .8 = 1. Of b2: (1, 0); -1 + 2 = 1.
    assert found["score"].tolist() == pytest.approx([1 / (1 + np.exp(-1))] * 2)
    assert most_telling_words(model, top=1)["word"].tolist() == ["choir"]


@pytest.mark.parametrize(
    "damage",
    [
        {"format": "something else"},
        {"frames": None},
        {"frames": [{"frame": "music"}]},
        {"frames": [{"frame": "music", "n": "many", "positives": 20, "bias": 0.1, "threshold": 0.4, "note": ""}]},
        {"words": ["choir", "choir"]},
        {"words": [1, 2]},
        {"words": 5},
        {"words": "ab"},
        {"rarity": [1.5]},
        {"rarity": "ab"},
        {"rarity": [0.0, 0.0]},
        {"rarity": [1.5, float("nan")]},
        {"weights": [[1.0], [2.0]]},
        {"weights": [[1.0, 2.0], [3.0]]},
        {"weights": [["1", "2"]]},
        {"weights": [[1e308, 10**400]]},
    ],
)
def test_a_damaged_model_is_refused_in_one_line(tmp_path, saved, damage):
    (tmp_path / "m.json").write_text(json.dumps(saved | damage), encoding="utf-8")
    with pytest.raises(ToolkitError, match=r"^m\.json: .*Train and save it again") as error:
        load_model(tmp_path / "m.json")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"", b'{"format": ', b"[" * 100_000, b"\xff\xfe\x00", b"[]", b"7", b"9" * 5_000])
def test_a_file_that_is_no_model_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "m.json").write_bytes(content)
    with pytest.raises(ToolkitError, match=r"^m\.json: ") as error:
        load_model(tmp_path / "m.json")
    assert "\n" not in str(error.value)


def test_a_folder_or_a_missing_file_is_refused_in_one_line(tmp_path):
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(ToolkitError):
            load_model(path)


@needs_learning
def test_the_curve_rises_where_more_articles_teach_more_and_says_what_to_expect():
    articles, codings = corpus(200, planted=0.9)
    curve = learning_curve(articles, codings[codings["variable"] == "music"])
    measured = curve[curve["kind"] == "measured"]
    assert measured["n"].is_monotonic_increasing
    assert measured["n"].max() == 160  # four of five parts of 200
    assert measured["f1"].iloc[-1] >= measured["f1"].iloc[0]
    expected = curve.iloc[-1]
    assert (expected["kind"], expected["n"]) == ("expected", 300)
    assert expected["note"].startswith("Code 100 more and expect F1 to change by ")
    assert expected["low"] <= expected["f1"] <= expected["high"] <= 1


def test_the_gain_expected_is_read_off_a_line_over_the_logarithm():
    sizes, f1 = np.array([100, 200, 400]), np.array([0.4, 0.5, 0.6])
    draws = np.array([[0.38, 0.48, 0.58], [0.42, 0.52, 0.62]])
    n, expected, low, high, _, note = _expected(sizes, f1, draws, n=700, seed=1)
    assert n == 800
    assert expected == pytest.approx(0.7)  # .1 for each doubling, and 800 is twice 400
    assert (low, high) == (pytest.approx(0.681), pytest.approx(0.719))
    assert note == "Code 100 more and expect F1 to change by +0.019 (95% interval +0.019 to +0.019)."


def test_a_flat_curve_promises_nothing():
    draws = np.array([[0.5, 0.5, 0.49], [0.5, 0.5, 0.51]])
    *_, note = _expected(np.array([100, 200, 400]), np.array([0.5, 0.5, 0.5]), draws, n=500, seed=1)
    assert "flat" in note
    assert "may bring nothing" in note


def test_points_that_scatter_about_the_line_widen_what_is_expected():
    sizes, draws = np.array([100, 200, 400]), np.tile([0.4, 0.6, 0.5], (500, 1))
    _, expected, low, high, *_, note = _expected(sizes, np.array([0.4, 0.6, 0.5]), draws, n=700, seed=1)
    assert expected == pytest.approx(0.55)
    assert high - low > 0.2
    assert "flat" in note
