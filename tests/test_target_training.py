"""Target training: tone towards a target learned from marks, kept as JSON, and tried on sentences it has not seen."""

import json

import pandas as pd
import pytest

pytest.importorskip("sklearn", reason="the extra [ml] is not installed")

from tests.conftest import sentences_of
from toolkit import (
    TableError,
    ToolkitError,
    classify_targets,
    cross_validate_targets,
    hold_out_targets,
    load_target_labels,
    load_target_model,
    save_target_model,
    score_labels,
    train_targets,
)

NAMES = ("Keller", "Marsh", "Ode", "Pavel", "Quint")
FRAMES = {
    "negative": ("{} botched the {}", "{} bungled another {}"),
    "neutral": ("{} chaired the {}", "{} opened another {}"),
    "positive": ("{} rescued the {}", "{} mended another {}"),
}
THINGS = ("harbour", "budget", "school", "railway", "bridge")


def marked(folder, times: int = 1):
    rows = []
    for label, frames in FRAMES.items():
        for frame in frames:
            for name in NAMES:
                rows += [(frame.format(name, thing) + ".", 0, len(name), label) for thing in THINGS] * times
    path = folder / "marked.csv"
    pd.DataFrame(rows, columns=["sentence", "start", "end", "polarity"]).to_csv(path, index=False)
    return load_target_labels(path)


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    return marked(tmp_path_factory.mktemp("marked"))


@pytest.fixture(scope="module")
def model(labelled):
    return train_targets(*labelled)


def mention(sentences: pd.DataFrame, name: str) -> pd.DataFrame:
    start = sentences["text"][0].index(name)
    return pd.DataFrame({"article_id": ["a1"], "sentence_id": [0], "start": [start], "end": [start + len(name)]})


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Zora botched the opera.", "Zora", "negative"),
        ("Zora rescued the opera.", "Zora", "positive"),
        ("Zora chaired the opera.", "Zora", "neutral"),
    ],
)
def test_what_was_learned_holds_for_names_and_things_never_seen(model, text, name, label):
    sentences = sentences_of(text)
    row = classify_targets(sentences, mention(sentences, name), model).iloc[0]
    assert row["label"] == label
    assert abs(row["compound"]) > 0.3 or label == "neutral"


def test_a_saved_model_tells_the_same(model, labelled, tmp_path):
    again = load_target_model(save_target_model(model, tmp_path / "model.json"))
    told = classify_targets(*labelled, again)
    pd.testing.assert_frame_equal(told, classify_targets(*labelled, model))
    assert list(told.columns)[-2:] == ["compound", "label"]
    assert classify_targets(labelled.sentences, labelled.mentions[:0], again).empty


@pytest.mark.parametrize(
    "change",
    [
        {"weights": [[1.0]]},
        {"words": "no list"},
        {"bias": [0.0, float("1e999"), 0.0]},
        {"labels": ["good", "bad", "ugly"]},
        {"rarity": None},
        {"format": "another"},
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_one_line(model, tmp_path, change):
    path = save_target_model(model, tmp_path / "model.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ToolkitError, match=r"^model\.json: .*Train and save it again\.$"):
        load_target_model(path)


def test_one_sentence_is_never_learned_from_where_it_is_judged(labelled):
    """Marked at random, a sentence that stood on both sides would be told by heart."""
    sentences, mentions = labelled
    chance = pd.Series(["negative", "neutral", "positive"] * 100).sample(len(mentions), random_state=1).tolist()
    twice = pd.concat([mentions.assign(polarity=chance)] * 2, ignore_index=True)
    found = hold_out_targets(sentences, twice)
    assert sum(one == other for one, other in zip(found, twice["polarity"], strict=True)) / len(twice) < 0.5


def test_trials_say_how_well_each_label_is_told(labelled):
    table = cross_validate_targets(*labelled).set_index("label")
    assert list(table.index) == ["macro", "negative", "neutral", "positive"]
    assert table["n"].tolist() == [150, 50, 50, 50]
    assert table["f1"].min() > 0.9


def test_labels_are_held_against_marks_whichever_way_they_were_found():
    mentions = pd.DataFrame(
        {"article_id": list("abcd"), "sentence_id": 0, "polarity": ["negative"] * 2 + ["neutral", "positive"]}
    )
    table = score_labels(mentions, ["negative", "neutral", "neutral", "positive"]).set_index("label")
    assert table.loc["negative", ["precision", "recall", "f1"]].tolist() == pytest.approx([1, 1 / 2, 2 / 3])
    assert table.loc["neutral", ["precision", "recall", "f1"]].tolist() == pytest.approx([1 / 2, 1, 2 / 3])
    assert table.loc["macro", "f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_too_few_marks_are_refused(labelled):
    few = labelled.mentions.groupby("polarity").head(3)
    with pytest.raises(TableError, match="3 mentions are negative. Mark 20 of each label or more."):
        train_targets(labelled.sentences, few)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Keller left.,0,60,neutral", "0-60 is not in the sentence"),
        ("Keller left.,0,6,angry", "'angry' is no polarity"),
    ],
)
def test_marks_that_cannot_be_are_refused_with_their_line(tmp_path, row, reason):
    path = tmp_path / "marks.csv"
    path.write_text(f"sentence,start,end,polarity\n{row}\n", encoding="utf-8")
    with pytest.raises(ToolkitError, match=f"^marks.csv:2: {reason}"):
        load_target_labels(path)


def test_real_marked_sentences_are_told_better_by_what_was_learned(shared):
    path = shared / "dev" / "tone" / "targets.csv"
    if not path.is_file():
        pytest.skip("no sentences with marked targets beside the checkout")
    assert cross_validate_targets(*load_target_labels(path))["f1"][0] > 0.66
