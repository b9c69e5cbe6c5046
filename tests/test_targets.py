import pandas as pd
import pytest

from tests.bench.targets import macro_f1, verdicts
from tests.conftest import sentences_of
from toolkit import TableError, find_mentions, load_lexicon, load_target_labels, score_targets, split_clauses


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("Keller failed, but Marsh won.", ["Keller failed,", "but Marsh won."]),
        ("Keller, who lied, met Marsh", ["Keller,", "who lied,", "met Marsh"]),
        ("While Keller shone; Marsh fell: it hurt", ["While Keller shone;", "Marsh fell:", "it hurt"]),
        ("Keller lost — Marsh won – he said", ["Keller lost —", "Marsh won –", "he said"]),
        ("Keller wept and Marsh was glad and proud", ["Keller wept", "and Marsh was glad and proud"]),
        ("Keller paid 1,000 crowns (a fine)", ["Keller paid 1,000 crowns (", "a fine)"]),
        ("Keller said that Marsh lied", ["Keller said", "that Marsh lied"]),
        ("", []),
        (" ... ", []),
    ],
)
def test_sentences_are_cut_where_another_clause_begins(sentence, clauses):
    assert [sentence[start:end] for start, end in split_clauses(sentence)] == clauses


def mentions_of(sentences: pd.DataFrame, *names: str) -> pd.DataFrame:
    rows = [
        (row.article_id, row.sentence_id, name, row.text.index(name), row.text.index(name) + len(name))
        for row in sentences.itertuples()
        for name in names
        if name in row.text
    ]
    return pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id", "start", "end"])


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("Keller failed badly, but Marsh won a great victory.", ["negative", "positive"]),
        ("Keller was sued by Marsh.", ["negative", "neutral"]),
        ("Keller lauded Marsh.", ["neutral", "positive"]),
        ("“It was a terrible, horrible war,” Keller said.", ["neutral"]),
        ("Keller said the day was bad.", ["neutral"]),
        ("Joy Trust met Marsh.", ["neutral"]),
        ("Keller met people like Marsh.", ["neutral", "neutral"]),
    ],
)
def test_tone_goes_to_whom_the_words_are_about(sentence, labels):
    sentences = sentences_of(sentence)
    found = score_targets(sentences, mentions_of(sentences, "Keller", "Marsh"))
    assert found["label"].tolist() == labels


def test_the_name_of_the_target_carries_no_tone_though_it_opens_the_sentence():
    sentences = sentences_of("Hope met Marsh.")
    assert score_targets(sentences, mentions_of(sentences, "Hope"))["compound"].tolist() == [0.0]


def test_offsets_are_those_of_the_article_where_sentences_have_them(registry):
    articles = pd.DataFrame({"article_id": ["a"], "title": ["x"], "text": ["It rained. Ana Keller lied, he said."]})
    from toolkit import split_sentences

    sentences = split_sentences(articles)
    row = score_targets(sentences, find_mentions(sentences, registry)).iloc[0]
    assert (row["actor_id"], row["start"], row["end"], row["label"]) == ("ana", 11, 21, "negative")
    assert articles["text"][0][row["clause_start"] : row["clause_end"]] == "Ana Keller lied,"


def test_tables_with_the_least_columns_will_do_and_a_lexicon_counts(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("term,score\nlevied,-3\n", encoding="utf-8")
    sentences = pd.DataFrame({"article_id": ["a"], "sentence_id": [4], "text": ["Keller levied it."]})
    mentions = pd.DataFrame({"article_id": ["a"], "sentence_id": [4], "start": [0], "end": [6]})
    assert score_targets(sentences, mentions)["label"].tolist() == ["neutral"]
    assert score_targets(sentences, mentions, load_lexicon(path))["label"].tolist() == ["negative"]
    assert score_targets(sentences, mentions[:0]).empty


@pytest.mark.parametrize("change", [{"start": 30, "end": 40}, {"end": 0}, {"sentence_id": 7}, {"article_id": "b"}])
def test_a_mention_outside_its_sentence_is_refused(change):
    sentences = sentences_of("Keller left.")
    with pytest.raises(TableError, match="is not in that sentence"):
        score_targets(sentences, mentions_of(sentences, "Keller").assign(**change))


def test_real_marked_sentences_are_told_better_than_by_the_sentence(shared):
    path = shared / "dev" / "tone" / "targets.csv"
    if not path.is_file():
        pytest.skip("no sentences with marked targets beside the checkout")
    sentences, mentions = load_target_labels(path)
    found = verdicts(sentences, mentions)
    gold = mentions["polarity"].to_numpy()
    assert macro_f1(gold, found["VADER, sentence"]) < 0.53
    assert macro_f1(gold, found["score_targets"]) > 0.57
