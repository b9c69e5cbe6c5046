import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.names import Aliases, may_be_named
from toolkit.terms import Terms
from toolkit.vocabulary import may_hold

GLUE = [
    "",
    " ",
    "  ",
    "-",
    "–",
    "’",
    "'",
    ".",
    ", ",
    "\n",
    "\u00a0",
    "\u0307",
    "_",
    "*",
    "...",
    " ... ",
    "\ud800",
    "\x1c",
]
WORDS = [
    "peace",
    "Peace",
    "PEACE",
    "talks",
    "talk*",
    "İstanbul",
    "istanbul",
    "µ",
    "μ",
    "ſea",
    "sea",
    "a",
    "the",
    "5",
    "ΟΔΟΣ",
    "οδος",
]
LINES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=6).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)


def held(texts: list[str], *terms: str) -> list[bool]:
    return may_hold(texts, Terms(terms).needed).tolist()


def test_a_text_without_the_words_of_a_term_is_passed_over():
    texts = ["", "Peace.", "peaceful", "(the “PEACE” of it)", "the peace-talks", "talks"]
    assert held(texts, "peace") == [False, True, False, True, True, False]
    assert held(texts, "peace*") == [False, True, True, True, True, False]
    assert held([], "peace") == []


def test_two_words_of_a_term_must_follow_each_other_in_one_text():
    texts = ["peace talks", "peace - talks", "talks of peace", "peace", "talks", "a peace-talks plan", "PEACE\nTalks"]
    assert held(texts, "peace talks") == [True, True, False, False, False, True, True]


@given(st.lists(LINES, max_size=4), st.lists(LINES, min_size=1, max_size=4))
@example(["the ΟΔΟΣ"], ["οδοσ"])
@example(["a\ud800peace"], ["peace"])
def test_no_match_is_lost_by_passing_texts_over(texts, lines):
    terms = Terms([line.replace("\ud800", "") for line in lines])
    looked_into = may_hold(texts, terms.needed)
    assert [text for text, own in zip(texts, looked_into, strict=True) if not own and terms.find(text)] == []


@given(st.lists(LINES, min_size=1, max_size=4))
@example(["Erdoğan", "ERDOG\u0306AN", "U.S", "the Erdo\u00adgan"])
def test_nobody_named_is_lost_by_passing_sentences_over(texts):
    names = ["Erdoğan", "US", "Peace Talks"]
    registry = Aliases(pd.DataFrame({"actor_id": ["e", "us", "p"], "name": names, "kind": "organisation"}))
    looked_into = may_be_named(texts, registry)
    assert [text for text, own in zip(texts, looked_into, strict=True) if not own and registry.find(text)] == []
