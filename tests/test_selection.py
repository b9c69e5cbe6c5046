"""Selection: what is set aside before scoring, and for what reason."""

import pandas as pd
import pytest

from toolkit import CorpusError, set_aside

COPY = "The negotiators met in the harbour on Monday and talked until late at night about the price of the gas."


@pytest.fixture
def wire() -> pd.DataFrame:
    rows = [
        ("w2", "Bay Times", "2022-01-13", COPY, "en"),
        ("w1", "Hill Courier", "2022-01-12", COPY, "en"),
        ("w3", "Hill Courier", "2022-01-12", "Something else was written here.", ""),
        ("w4", "Bay Times", "2022-01-11", COPY.replace("The", "Die"), "de"),
        ("w5", "Bay Times", "2022-01-11", " ", "en"),
    ]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "text", "language"])
    return table.assign(published=pd.to_datetime(table["published"], utc=True))


def test_copies_count_once_by_the_earliest_that_can_be_scored(wire):
    kept, aside = set_aside(wire, "en", copies="once", threshold=0.8)
    assert list(kept["article_id"]) == ["w1", "w3"]
    assert dict(aside.itertuples(index=False)) == {
        "w2": "later copies of a text that counts once",
        "w4": "in another language (de, not en)",
        "w5": "without a text",
    }


def test_without_being_asked_copies_and_languages_stay(wire):
    kept, aside = set_aside(wire)
    assert list(kept["article_id"]) == ["w2", "w1", "w3", "w4"]
    assert list(aside["reason"]) == ["without a text"]


def test_another_word_for_copies_is_refused(wire):
    with pytest.raises(CorpusError, match="copies must be keep or once, not 'drop'"):
        set_aside(wire, copies="drop")
