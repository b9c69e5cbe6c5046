import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.terms import Terms, longest_first


def found(term: str, text: str) -> list[str]:
    return [text[start:end] for _, start, end in Terms([term]).find(text)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("cost", "a cost", ["cost"]),
        ("cost", "COST and cost", ["COST", "cost"]),
        ("cost", "costume", []),
        ("cost", "low-cost", ["cost"]),
        ("econom*", "economy, Economics; uneconomic", ["economy", "Economics"]),
        ("con", "économie con", ["con"]),
        ("école", "École publique", ["École"]),
        ("U.S.", "the U.S. (U.S.A.)", ["U.S."]),
        ("people's party", "the People’s Party's plan", ["People’s Party"]),
        (
            "NATO-Russia Council",
            "NATO–Russia Council, NATO Russia  Council",
            ["NATO–Russia Council", "NATO Russia  Council"],
        ),
        ("econom* growth", "economic growth", ["economic growth"]),
        (
            "sanctions ... against",
            "sanctions by five of the states against",
            ["sanctions by five of the states against"],
        ),
        ("sanctions ... against", "sanctions by one two three four five against", []),
        ("sanctions ... against", "sanctions against", ["sanctions against"]),
        ("€5", "it costs €5 now", ["€5"]),
        ("pro-* government", "a pro-Western government", ["pro-Western government"]),
        ("N.A.T.O.* summit", "the N.A.T.O.S summit", ["N.A.T.O.S summit"]),
        ("-phobia", "xeno -phobia", ["phobia"]),
        ("ΟΔΟΣ", "οδος οδοσ", ["οδος", "οδοσ"]),
        ("Istanbul", "İstanbul ISTANBUL ıstanbul", ["İstanbul", "ISTANBUL", "ıstanbul"]),
    ],
)
def test_a_term_matches_whole_words_only(term, text, expected):
    assert found(term, text) == expected


def test_every_match_is_found_with_its_term_and_place():
    assert Terms(["NATO", "NATO-Russia Council"]).find("NATO-Russia Council") == [(0, 0, 4), (1, 0, 19)]


def test_the_longest_of_overlapping_matches_is_kept():
    assert longest_first([(0, 0, 4), (1, 0, 19), (2, 12, 25), (3, 30, 31)]) == [(1, 0, 19), (3, 30, 31)]


def test_of_equally_long_matches_the_earlier_term_is_kept():
    assert longest_first([(5, 0, 4), (2, 0, 4)]) == [(2, 0, 4)]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6), st.text(max_size=200))
def test_any_terms_on_any_text_give_places_within_it(terms, text):
    for number, start, end in Terms(terms).find(text):
        assert 0 <= number < len(terms)
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="ab cé'’-.", min_size=1, max_size=40))
def test_a_word_is_found_wherever_python_finds_it_between_word_borders(text):
    import re

    expected = [match.span() for match in re.finditer(r"(?<!\w)ab(?!\w)", text, re.IGNORECASE)]
    assert [(start, end) for _, start, end in Terms(["ab"]).find(text)] == expected
