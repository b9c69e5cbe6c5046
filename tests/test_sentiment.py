import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from tests.conftest import sentences_of
from toolkit import find_tone_words, score_articles, score_sentences, score_texts, split_sentences
from toolkit.masking import mask_names

VADER = SentimentIntensityAnalyzer()

NEUTRAL = [
    "The United Nations Security Council met on Wednesday.",
    "The Freedom Party and the People's Party discussed the Justice Ministry's budget.",
    "The Freedom Party and the People’s Party discussed the Justice Ministry’s budget.",
    "Supreme Allied Commander Europe",
    "The Labour Party met on Tuesday.",
    "Mr. Hope met Ms. Grace",
    "The Freedom Party met",
    "Freedom Party officials met.",
    "Labour Party officials met on Tuesday.",
    "Security Council members met.",
    "Supreme Allied Commander Europe Tod Wolters met ministers.",
    "NATO's Supreme Allied Commander Europe said on Monday.",
    "Ms. Grace met Mr. Hope.",
    "United Nations officials met in Geneva.",
    "The Peace Corps wrote to Justice Minister Joy Trust.",
]


@given(st.text(max_size=120))
def test_plain_scores_equal_the_package_on_any_text(text):
    scores = VADER.polarity_scores(text)
    assert score_texts([text]).iloc[0].to_dict() == scores


def test_plain_scores_equal_the_package_on_every_sentence_of_the_sample():
    from toolkit import load_corpus

    texts = split_sentences(load_corpus("sample").articles)["text"]
    assert score_texts(texts).to_dict("records") == [VADER.polarity_scores(text) for text in texts]


def test_plain_scores_keep_the_index_and_take_missing_texts_as_empty():
    scores = score_texts(pd.Series(["good", None], index=[7, 3]))
    assert list(scores.index) == [7, 3]
    assert scores["compound"].tolist() == [0.4404, 0.0]


@pytest.mark.parametrize("sentence", NEUTRAL)
def test_names_carry_no_tone(sentence):
    assert score_sentences(sentences_of(sentence))["compound"].tolist() == [0.0]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The Labour Party's disastrous plan collapsed.", "disastrous"),
        ("Great news for Europe.", "great"),
        ("Labour Party's disastrous plan collapsed.", "disastrous"),
        ("Labour’s disastrous plan collapsed.", "disastrous"),
        ("Freedom is worth it.", "freedom"),
        ("Brave Ukrainian soldiers died.", "brave"),
        ("He said: “Great news”.", "great"),
        ("Terrible losses shook the Freedom Party.", "terrible"),
    ],
)
def test_ordinary_words_keep_their_tone(sentence, word):
    scores = score_sentences(sentences_of(sentence))
    assert word in scores["words"][0].split(", ")
    assert scores["compound"][0] != 0


def test_a_disastrous_plan_of_a_party_is_clearly_negative():
    scores = score_sentences(sentences_of("The Labour Party's disastrous plan collapsed."))
    assert scores["compound"][0] < -0.5


def test_a_curly_apostrophe_negates_as_a_straight_one_does():
    curly, straight = score_sentences(sentences_of("It doesn’t help.", "It doesn't help."))["compound"]
    assert curly == straight < 0


def test_a_name_known_from_the_article_is_masked_where_its_capital_proves_nothing():
    sentences = sentences_of("He thanked Joy Trust.", "Joy Trust Wins Big Local Vote Again")
    assert list(mask_names(sentences)) == ["He thanked Name Name.", "Name Name Wins Big Local Vote Again"]


def test_a_short_name_that_begins_a_longer_one_hides_no_part_of_it():
    sentences = sentences_of("He met the Trust.", "The Trust for Peace and Hope agreed.")
    assert list(mask_names(sentences))[1] == "The Name for Name and Name agreed."


def test_names_of_the_registry_are_masked_even_at_the_beginning():
    actors = pd.DataFrame({"actor_id": ["f"], "alias": ["Freedom"], "how": ["alias"]})
    scores = score_sentences(sentences_of("Freedom marched on."), actors)
    assert (scores["compound"][0], scores["plain"][0]) == (0.0, 0.6369)


def test_articles_are_scored_by_the_mean_of_their_sentences():
    articles = pd.DataFrame({"article_id": ["a"], "title": ["Good"], "text": ["It is bad. It is a chair."]})
    sentences = split_sentences(articles)
    row = score_articles(score_sentences(sentences), sentences).iloc[0]
    assert row["title_compound"] == pytest.approx(0.4404)
    assert row["body_compound"] == pytest.approx(-0.5423 / 2)
    assert row["compound"] == pytest.approx((0.4404 - 0.5423) / 3)
    assert row["scored_share"] == pytest.approx(2 / 3)


def test_strong_sentences_give_the_place_of_each_word_that_fired():
    sentences = sentences_of("It was a terrible, horrible war.", "It was a chair.")
    found = find_tone_words(sentences, score_sentences(sentences))
    assert list(found["word"]) == ["terrible", "horrible", "war"]
    assert set(found["tone"]) == {"negative wording"}
    assert sentences["text"][0][found["start"][0] : found["end"][0]] == "terrible"
