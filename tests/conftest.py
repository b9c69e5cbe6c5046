"""What several tests need: small tables written for the project, and the way to data that may be absent."""

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

# No deadline, since machines differ; the same examples every time where a failure would stop everybody.
settings.register_profile("toolkit", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("toolkit")


@pytest.fixture
def articles() -> pd.DataFrame:
    """Four articles of two outlets, small enough to be counted by eye."""
    return pd.DataFrame(
        {
            "article_id": ["a1", "a2", "a3", "a4"],
            "outlet": ["Hill Courier", "Hill Courier", "Bay Times", "Bay Times"],
            "title": ["Cost of talks rises", "Ministers meet", "A quiet day", ""],
            "text": [
                "The cost is high. Nobody disagrees.\n\nThe two sides clash over cost.",
                "They met.",
                "Nothing happened in the harbour.",
                "Both sides clash again.",
            ],
            "published": pd.to_datetime(
                ["2022-01-31T23:30Z", "2022-02-01", "2022-02-02", None], utc=True, format="mixed"
            ),
            "published_local": ["2022-02-01T00:30:00+01:00", "2022-02-01", "2022-02-02", ""],
        }
    )


@pytest.fixture
def frames() -> pd.DataFrame:
    rows = [
        ("economic", "E1", "cost", "include", "What does it cost?"),
        ("economic", "E1", "cost of talks", "include", "What does it cost?"),
        ("conflict", "C1", "clash*", "include", "Do sides disagree?"),
        ("conflict", "C1", "disagrees", "include", "Do sides disagree?"),
        ("conflict", "", "nobody disagrees", "exclude", ""),
    ]
    return pd.DataFrame(rows, columns=["frame", "item", "term", "kind", "question"])


@pytest.fixture
def registry() -> pd.DataFrame:
    rows = [
        ("nato", "NATO", "organisation", "", "NATO", "alias"),
        ("council", "NATO-Russia Council", "organisation", "", "NATO-Russia Council", "alias"),
        ("us", "United States", "country", "", "United States", "alias"),
        ("us", "United States", "country", "", "US", "alias"),
        ("georgia", "Georgia", "country", "", "Georgia", "alias"),
        ("georgia", "Georgia", "country", "", "Atlanta, Georgia", "exclude"),
        ("russia", "Russia", "country", "", "Russia", "alias"),
        ("russia", "Russia", "country", "", "Moscow", "metonym"),
        ("ana", "Ana Keller", "person", "", "Ana Keller", "alias"),
        ("ana", "Ana Keller", "person", "", "Keller", "surname"),
        ("ana", "Ana Keller", "person", "", "Foreign Minister", "alias"),
        ("jo", "Jo Marsh", "person", "", "Jo Marsh", "alias"),
        ("jo", "Jo Marsh", "person", "", "Marsh", "surname"),
        ("lee", "Lee Marsh", "person", "", "Lee Marsh", "alias"),
        ("lee", "Lee Marsh", "person", "", "Marsh", "surname"),
    ]
    return pd.DataFrame(rows, columns=["actor_id", "name", "kind", "side", "alias", "how"])


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the development data beside the checkout is absent")
    return SHARED


def sentences_of(*texts: str) -> pd.DataFrame:
    """A sentences table of one article whose sentences are `texts`, each at offset 0."""
    return pd.DataFrame(
        {
            "article_id": "a1",
            "sentence_id": range(len(texts)),
            "part": "body",
            "start": 0,
            "text": texts,
        }
    )
