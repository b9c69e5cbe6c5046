"""Punkt: our quick decisions draw the same boundaries as NLTK's, on prose and on hostile strings."""

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from toolkit import load_corpus
from toolkit.punkt import Punkt
from toolkit.sentences import STARTERS, abbreviations

PIECES = [
    *("Mr.", "U.S.", "e.g.", "i.e", "a", "B", "J.", "Hello", "world", "said", "The", "the", "No.", "vice-pres", "p.m"),
    *(
        "5",
        "3.14",
        "2020",
        "...",
        "..",
        "…",
        ".",
        "!",
        "?",
        "?!",
        '"',
        "'",
        "”",
        "“",
        "»",
        "«",
        "(",
        ")",
        "[",
        "]",
        "--",
    ),
    *(
        "-",
        "—",
        ",",
        ";",
        ":",
        "\n",
        "\n\n",
        "\t",
        " ",
        "  ",
        "\u00a0",
        "\u2028",
        "\x1c",
        "\x85",
        "\x0b",
        "é",
        "ß",
        "İ",
    ),
    *(
        "中",
        "。",
        "_",
        "@",
        "#",
        "*",
        "&",
        "`",
        "{",
        "}",
        "https://a.example/c.d",
        "O'Neil",
        "don't",
        "²",
        "\u0301",
        "\ufeff",
    ),
]


@pytest.fixture(scope="module")
def both():
    parameters = PunktParameters()
    parameters.abbrev_types, parameters.sent_starters = set(abbreviations()), set(STARTERS)
    return Punkt(abbreviations(), STARTERS), PunktSentenceTokenizer(parameters)


def test_a_whole_corpus_has_the_boundaries_of_nltk(both):
    ours, theirs = both
    for text in load_corpus("sample").articles["text"]:
        assert list(ours.spans(text)) == list(theirs.span_tokenize(text))


def test_strings_of_odd_pieces_have_the_boundaries_of_nltk(both):
    ours, theirs = both
    chance = random.Random(7)
    for _ in range(3000):
        pieces = chance.choices(PIECES, k=chance.randint(1, 14))
        text = "".join(piece + chance.choice(["", " ", " ", ". "]) for piece in pieces)
        assert list(ours.spans(text)) == list(theirs.span_tokenize(text)), text


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from('. ?!\n"”Aa'), max_size=60))
def test_any_text_has_the_boundaries_of_nltk(both, text):
    ours, theirs = both
    assert list(ours.spans(text)) == list(theirs.span_tokenize(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("He met Mr. Smith. (It rained.) They left", ["He met Mr. Smith.", "(It rained.)", "They left"]),
        ("", []),
    ],
)
def test_boundaries_by_hand(both, text, expected):
    assert [text[start:end] for start, end in both[0].spans(text)] == expected


def test_splitting_loads_neither_scipy_nor_scikit_learn_nor_leaves_a_part_of_nltk_behind():
    code = "import sys, toolkit.sentences as s; print(len(s.split_spans('It is. So.')), {'scipy', 'sklearn', 'nltk'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2 set()"


def test_threads_that_split_first_at_once_do_not_disturb_each_other():
    code = """
import sys, threading, toolkit.sentences as s
sys.setswitchinterval(1e-6)
split, found = lambda: found.append(len(s.split_spans("It is. So."))), []
threads = [threading.Thread(target=split) for _ in range(4)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(found)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[2, 2, 2, 2]"
