import pandas as pd
import pytest

from tests.conftest import sentences_of
from toolkit import TableError, count_masked, explain_scores, load_lexicon, score_sentences, score_texts, tell_apart
from toolkit.masking import find_names
from toolkit.vader import normalise


def test_each_word_contributes_its_valence_after_the_rules():
    fired = explain_scores(sentences_of("It was not a very good plan, but the War of Hope ended."))
    assert fired["word"].tolist() == ["good"]
    text = "It was not a very good plan"
    assert (fired["start"][0], fired["end"][0]) == (text.index("good"), text.index("good") + 4)
    assert fired["valence"][0] == pytest.approx((1.9 + 0.293) * -0.74 * 0.5)


@pytest.mark.parametrize(
    "text", ["A “terrible”, (horrible) war is not VERY good", "He smiled 😀great and 💀", "good but bad", "a chair"]
)
def test_contributions_add_up_to_the_compound(text):
    fired = explain_scores(sentences_of(text), mask=False)
    compound = score_sentences(sentences_of(text), mask=False)["compound"][0]
    assert round(normalise(fired["valence"].sum()), 4) == compound


def test_an_emoji_is_the_place_of_its_words_and_offsets_count_from_the_article():
    sentences = sentences_of("Oh 😀, (great)!").assign(start=100)
    fired = explain_scores(sentences)
    assert list(zip(fired["word"], fired["start"], fired["end"], strict=True)) == [
        ("grinning", 103, 104),
        ("great", 107, 112),
    ]


def test_the_words_that_set_two_groups_apart_add_up_to_their_difference():
    sentences = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "b"],
            "sentence_id": [0, 1, 0, 1],
            "text": ["A good day.", "A bad war.", "A good, good day.", "A chair."],
        }
    )
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Courier", "Bay Times"]})
    table = tell_apart(explain_scores(sentences), sentences, articles, ("Hill Courier", "Bay Times"))
    assert table["word"].tolist() == ["war", "bad", "good"]
    assert table["difference"].tolist() == pytest.approx([-2.9 / 2, -2.5 / 2, 1.9 / 2 - 3.8 / 2])
    assert table["second_times"].tolist() == [0, 0, 2]
    with pytest.raises(TableError, match="no sentence belongs to 'Hil' by 'outlet'. Use two of: Bay Times, Hill"):
        tell_apart(explain_scores(sentences), sentences, articles, ("Hil", "Bay Times"))


def test_plain_scores_are_those_without_a_mask():
    sentences = sentences_of("The Freedom Party met.", "A great day!")
    scores = score_sentences(sentences, mask=False)
    assert (
        scores["compound"].tolist() == scores["plain"].tolist() == score_texts(sentences["text"])["compound"].tolist()
    )
    assert scores["words"].tolist() == ["freedom, party", "great"]


def test_a_lexicon_changes_the_tone_of_sentences_and_whose_names_are_masked(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("term,score\nlevy,-3\ngreat,\n", encoding="utf-8")
    lexicon = load_lexicon(path)
    scores = score_sentences(sentences_of("The levy is great.", "He met Levy."), lexicon=lexicon)
    assert scores["words"].tolist() == ["levy", ""]
    assert scores["compound"].tolist() == [-0.6124, 0.0]


def test_what_masking_changes_is_counted_by_name():
    sentences = sentences_of("The Freedom Party met.", "The Freedom Party lost a great vote.", "A terrible day.")
    table = count_masked(sentences).set_index("name")
    assert table.loc["Freedom Party", ["sentences", "changed"]].tolist() == [2, 2]
    assert table.loc["Freedom Party", ["plain_share", "share"]].tolist() == [1.0, 0.5]
    assert table.loc["(all sentences)", ["sentences", "changed"]].tolist() == [3, 2]
    assert table.index[0] == "(all sentences)"
    assert count_masked(sentences[:0])["sentences"].tolist() == [0]


def test_a_name_is_found_again_at_the_beginning_of_a_sentence():
    sentences = sentences_of("They met Hope.", "Hope left.")
    assert list(find_names(sentences)) == [[(9, 13)], [(0, 4)]]
