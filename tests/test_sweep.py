import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit import sweep
from toolkit.names import Aliases, find_named
from toolkit.sweep import find_in_each, which_hold
from toolkit.terms import Terms

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


@pytest.fixture(autouse=True)
def swept_however_few(monkeypatch):
    monkeypatch.setattr(sweep, "FEW", 0)
    monkeypatch.setattr(sweep, "TEXTS", 3)


def test_a_text_in_which_nothing_is_found_is_passed_over():
    texts = ["", "Peace.", "peaceful", "(the “PEACE” of it)", "the peace-talks", "talks"]
    found = dict(find_in_each(texts, Terms(["peace", "peace talks"]), Terms(["talk*"])))
    assert found == {
        1: [[(0, 0, 5)], []],
        3: [[(0, 6, 11)], []],
        4: [[(0, 4, 9), (1, 4, 15)], [(0, 10, 15)]],
        5: [[], [(0, 0, 5)]],
    }
    assert dict(find_in_each([], Terms(["peace"]))) == {}


def test_two_words_of_a_term_must_follow_each_other_in_one_text():
    texts = ["peace talks", "peace  - talks", "talks of peace", "peace", "talks", "no peace-talks", "PEACE\nTalks"]
    found = dict(find_in_each(texts, Terms(["peace talks"])))
    assert found == {0: [[(0, 0, 11)]], 1: [[(0, 0, 14)]], 5: [[(0, 3, 14)]], 6: [[(0, 0, 11)]]}


def test_a_text_whose_places_are_not_known_is_read_once_however_often_a_term_may_stand_in_it(monkeypatch):
    read, terms = [], Terms(["peace talks"])
    monkeypatch.setattr(terms, "find", lambda text: read.append(text) or [])
    assert dict(find_in_each(["peace; talks  " * 5], terms)) == {}
    assert read == ["peace; talks  " * 5]


@given(st.lists(LINES, max_size=5), st.lists(LINES, min_size=1, max_size=4))
@example(["the ΟΔΟΣ"], ["οδοσ"])
@example(["a\ud800peace  talks", "\ud800 a peace"], ["peace", "peace talks"])
def test_in_many_texts_is_found_what_is_found_in_each(texts, lines):
    terms = Terms([line.replace("\ud800", "") for line in lines])
    one_by_one = {number: [found] for number, text in enumerate(texts) if (found := terms.find(text))}
    assert dict(find_in_each(texts, terms)) == one_by_one


@given(st.lists(LINES, min_size=1, max_size=4))
@example(["Erdoğan", "ERDOG\u0306AN", "U.S", "the Erdo\u00adgan"])
def test_in_many_sentences_are_named_those_who_are_named_in_each(texts):
    names = ["Erdoğan", "US", "Peace Talks"]
    registry = Aliases(pd.DataFrame({"actor_id": ["e", "us", "p"], "name": names, "kind": "organisation"}))
    found = {number: matches for number, (matches,) in find_named(texts, registry) if matches}
    assert found == {number: matches for number, text in enumerate(texts) if (matches := registry.find(text))}


def test_each_distinct_piece_is_put_to_a_test_once():
    asked = []
    assert which_hold(["a b", "", "b\tb", " a", "c"], lambda piece: asked.append(piece) or piece == "b").tolist() == [
        *(True, False, True),
        *(False, False),
    ]
    assert sorted(asked) == ["", "", "a", "a", "b", "c"]  # of three texts at a time
