import random
import subprocess
import sys
import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from toolkit import (
    TableError,
    count_carriers,
    count_duplicates,
    describe_duplicates,
    find_duplicates,
    load_corpus,
    plot_duplicates,
    say_duplicates,
    select_representatives,
    share_by,
    show_figure,
    show_table,
)
from toolkit.shingles import WORD, group_alike, hash_text, split_words
from toolkit.tables import DUPLICATES

AGENCY = (
    "Harbour workers in Port Ellery voted on Tuesday to end a strike of eleven days after the owners of the docks "
    "offered shorter night shifts and a pay rise over two years, the union said, while shippers warned that the "
    "backlog of containers would take most of the month to clear."
)  # 51 words, so 47 shingles


def table_of(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "published_local", "text"])
    return table.assign(
        title=table["article_id"], published=pd.to_datetime(table["published_local"], utc=True, format="ISO8601")
    )


@pytest.fixture
def copies() -> pd.DataFrame:
    """A dispatch, two papers that print it, one of them twice, and an article of its own."""
    return table_of(
        ("own", "Bay Times", "2022-01-03T09:00:00+00:00", "A quiet day in the harbour, said everybody who was asked."),
        ("bay2", "Bay Times", "2022-01-05T09:00:00+00:00", AGENCY.upper().replace(",", " -")),
        ("bay1", "Bay Times", "2022-01-04T09:00:00+00:00", AGENCY),
        ("wire", "Wire", "2022-01-04T07:30:00+00:00", AGENCY),
        ("hill", "Hill Courier", "2022-01-05T00:00:00+00:00", AGENCY + " Bread stays dear."),
    )  # fmt: skip


def test_every_article_has_a_row_that_names_the_earliest_of_its_group(copies):
    found = find_duplicates(copies)
    assert found["article_id"].tolist() == copies["article_id"].tolist()
    assert found["group"].tolist() == ["own", "wire", "wire", "wire", "wire"]
    assert found["representative"].tolist() == [True, False, False, True, False]
    assert found["kind"].tolist() == ["unique", "exact", "exact", "exact", "near"]
    assert found["size"].tolist() == [1, 4, 4, 4, 4]
    # Three words more are three shingles more: 47 of 50.
    assert found["similarity"].tolist() == [1, 1, 1, 1, 47 / 50]
    assert found.dtypes.astype(str).to_dict() == dict(DUPLICATES)


def test_a_representative_without_an_exact_copy_is_near(copies):
    found = find_duplicates(copies[copies["article_id"].isin(["wire", "hill"])])
    assert found["kind"].tolist() == ["near", "near"]


def test_the_threshold_is_reached_at_exactly_its_value(copies):
    assert find_duplicates(copies, 47 / 50)["size"].max() == 4
    assert find_duplicates(copies, 0.95)["size"].max() == 3
    assert find_duplicates(copies, 1)["size"].max() == 3


@pytest.mark.parametrize("threshold", [0, -1, 1.01, 80, float("nan"), "0.6", None])
def test_a_threshold_that_is_no_share_is_refused(copies, threshold):
    with pytest.raises(TableError, match="threshold must be above 0 and at most 1"):
        find_duplicates(copies, threshold)


def test_articles_of_one_instant_are_represented_by_the_first_id_and_undated_ones_come_last():
    table = table_of(("b", "X", "2022-01-04", AGENCY), ("a", "X", "2022-01-04", AGENCY), ("A", "X", "", AGENCY))
    assert set(find_duplicates(table)["group"]) == {"a"}
    assert set(find_duplicates(table.drop(columns=["published", "outlet", "title"]))["group"]) == {"A"}


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("", "", False),
        (" ... ", "!", False),
        ("Reuters", "REUTERS.", True),
        ("Port Ellery votes", "Port Ellery", False),
        ("the first-ever “vote”", "The first ever vote", True),
        ("Die Regie\u00adrung ﬁndet nichts", "Die Regierung findet nichts", True),
        ("港口工人周二投票决定结束罢工", "港口工人周二投票决定结束罢工。", True),
        ("港口工人周二投票决定结束为期十一天的罢工", "港口工人周二投票决定结束为期十二天的罢工", False),
        ("की बात", "का बात", False),
        ("", "Reuters", False),
    ],
)
def test_exact_means_the_same_words_and_no_words_are_like_nothing(left, right, alike):
    found = find_duplicates(table_of(("a", "X", "", left), ("b", "Y", "", right)))
    assert set(found["kind"]) == ({"exact"} if alike else {"unique"})


def test_scripts_without_spaces_are_compared_by_character():
    text = "".join(chr(0x4E00 + 7 * number) for number in range(100))  # 96 shingles
    found = group_alike([text, text[:50] + "一" + text[51:]], 0.8)
    assert found[1].similarity == 91 / 101


def test_texts_of_one_word_over_and_over_are_alike_but_not_exactly():
    found = find_duplicates(table_of(("a", "X", "", "la " * 9), ("b", "Y", "", "la " * 900), ("c", "Z", "", "la " * 4)))
    assert found["kind"].tolist() == ["near", "near", "unique"]
    assert found["similarity"].tolist() == [1, 1, 1]


def words(*numbers: int) -> str:
    return " ".join(f"word{number}" for number in numbers)


def test_versions_each_like_the_last_do_not_chain_into_one_group():
    # 100 words, each version 10 further on: 86 shingles of 106 in common with the last, 76 of 116 with the one before.
    versions = [words(*range(start, start + 100)) for start in (0, 10, 20, 30)]
    assert [found.leader for found in group_alike(versions, 0.8)] == [0, 0, 2, 2]
    assert [found.leader for found in group_alike(versions, 0.6)] == [0, 0, 0, 3]


def test_an_article_joins_the_representative_it_is_most_like():
    first, second = words(*range(100)), words(*range(20, 120))
    between = words(*range(14, 114))
    found = group_alike([first, second, between], 0.7)
    # 82 of 110 shingles with the first, 90 of 102 with the second.
    assert found[2][1:] == (1, 90 / 102)


TEXTS = st.lists(st.sampled_from([words(*range(start, start + 40)) for start in (0, 2, 4, 9, 30, 99)] + ["", "word1", "word1 word2"]), max_size=12)  # fmt: skip


@given(TEXTS, st.sampled_from([0.3, 0.5, 0.8, 1.0]), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_rows(texts, threshold, chance):
    table = table_of(
        *((f"a{number:02}", "X", f"2022-01-{number % 4 + 1:02}", text) for number, text in enumerate(texts))
    )
    order = list(range(len(texts)))
    chance.shuffle(order)
    before, after = find_duplicates(table, threshold), find_duplicates(table.iloc[order], threshold)
    pd.testing.assert_frame_equal(before, after.sort_values("article_id", ignore_index=True))

    assert before["article_id"].tolist() == table["article_id"].tolist()
    assert (before.groupby("group")["representative"].sum() == 1).all()
    assert (before.loc[before["representative"], "group"] == before.loc[before["representative"], "article_id"]).all()
    assert (before["similarity"] >= threshold).all()
    assert (before.groupby("group")["group"].transform("size") == before["size"]).all()
    groups_of_text = before["group"].groupby(table["text"]).nunique()
    assert (groups_of_text.drop("", errors="ignore") == 1).all()
    if threshold == 1:
        assert table["text"].groupby(before["group"]).nunique().max() in (1, np.nan) or not texts


def similarity_of(left: str, right: str) -> float:
    """The definition, written out."""
    sets = [
        {tuple(text.split()[place : place + 5]) for place in range(len(text.split()) - 4)} for text in (left, right)
    ]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.8, 0.9])
def test_pairs_above_the_threshold_are_found_and_no_other(threshold):
    chance = random.Random(7)
    for number in range(60):
        text = [f"word{chance.randrange(10**6)}" for _ in range(200)]
        changed = [f"new{place}" if chance.random() < number / 600 else word for place, word in enumerate(text)]
        pair = [" ".join(text), " ".join(changed)]
        truth = similarity_of(*pair)
        found = group_alike(pair, threshold)[1]
        assert (found.leader == 0) == (truth >= threshold)
        assert found.leader == 1 or found.similarity == truth


def test_copies_among_many_texts_of_one_template_are_found():
    chance = random.Random(7)
    template = words(*range(400))
    texts = [f"{template} {words(*(chance.randrange(10**6) for _ in range(70)))}" for _ in range(400)]
    copies = [text.replace("word200 ", "") for text in texts[::4]]
    found = group_alike([*texts, *copies], 0.8)
    assert [likeness.leader for likeness in found[:400]] == list(range(400))
    assert [likeness.leader for likeness in found[400:]] == list(range(0, 400, 4))


def test_nothing_depends_on_the_process():
    assert hash_text("Port Ellery") == int.from_bytes(bytes.fromhex("6e365375a1e736e5"), "little")  # by b2sum -l 64
    code = (
        "from toolkit.shingles import group_alike; t = ' '.join(f'w{n}' for n in range(60));"
        "print(group_alike([t, t[:-4], t[9:], ''], 0.5))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0].stdout == runs[1].stdout != b""


def test_a_table_given_is_never_changed(copies):
    before = copies.copy(deep=True)
    duplicates = find_duplicates(copies)
    for function in (count_duplicates, describe_duplicates, count_carriers):
        function(duplicates, copies)
    select_representatives(copies, duplicates)
    pd.testing.assert_frame_equal(copies, before)


def test_no_articles_have_no_duplicates(copies):
    none = copies.head(0)
    found = find_duplicates(none)
    assert found.dtypes.astype(str).to_dict() == dict(DUPLICATES)
    assert len(select_representatives(none, found)) == len(describe_duplicates(found, none)) == 0
    assert len(count_duplicates(found, none)) == len(count_carriers(found, none)) == 0


def test_ids_that_stand_twice_are_refused(copies):
    with pytest.raises(TableError, match="more than one row of id 'own'"):
        find_duplicates(copies.assign(article_id="own"))


def test_each_text_counts_once_by_its_earliest_article(copies):
    chosen = select_representatives(copies, find_duplicates(copies))
    assert chosen["article_id"].tolist() == ["own", "wire"]


def test_of_a_selection_each_text_counts_once_though_its_representative_is_elsewhere(copies):
    bay = copies[copies["outlet"] == "Bay Times"]
    assert select_representatives(bay, find_duplicates(copies))["article_id"].tolist() == ["own", "bay1"]


def test_articles_that_were_not_looked_at_are_refused(copies):
    with pytest.raises(TableError, match="1 articles are not in duplicates, first 'own'"):
        select_representatives(copies, find_duplicates(copies.tail(4)))


def test_counts_say_who_shares_a_text_and_who_had_it_first(copies):
    counts = count_duplicates(find_duplicates(copies), copies)
    present = counts[counts["present"]].groupby("article_id")["category"].agg(list).to_dict()
    assert present == {
        "bay1": ["shared", "later", "repeated"],
        "bay2": ["shared", "later", "repeated"],
        "wire": ["shared", "first"],
        "hill": ["shared", "later"],
    }
    assert len(counts) == 5 * 4
    shares = share_by(counts, copies, "outlet").set_index(["group", "category"])["value"]
    assert shares[("Bay Times", "shared")] == pytest.approx(2 / 3)
    assert shares[("Wire", "first")] == 1


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2022-01-04T00:00:00+00:00", "2022-01-04T08:00:00+00:00", []),  # a day against a time of that day
        ("2022-01-04T00:00:00+00:00", "2022-01-05T00:00:00+00:00", ["first", "later"]),
        ("2022-01-04T07:00:00+00:00", "2022-01-04T08:00:00+00:00", ["first", "later"]),
        ("2022-01-04T07:00:00+00:00", "2022-01-04T07:00:00+00:00", []),
        ("2022-01-04T07:00:00+00:00", "", []),
        ("", "", []),
    ],
)
def test_nobody_is_first_where_the_dates_do_not_say_so(left, right, expected):
    table = table_of(("a", "Wire", left, AGENCY), ("b", "Bay Times", right, AGENCY))
    counts = count_duplicates(find_duplicates(table), table)
    found = counts[counts["present"] & counts["category"].isin(["first", "later"])]["category"].tolist()
    assert found == expected
    bare = table.drop(columns="published_local")
    pd.testing.assert_frame_equal(count_duplicates(find_duplicates(bare), bare), counts)


def test_groups_are_described_with_who_carries_them_and_when(copies):
    table = describe_duplicates(find_duplicates(copies), copies)
    assert table.to_dict("records") == [
        {
            "title": "wire",
            "articles": 4,
            "exact": 3,
            "least": 47 / 50,
            "carriers": 3,
            "carried by": "Bay Times; Hill Courier; Wire",
            "first": "2022-01-04",
            "last": "2022-01-05",
        }
    ]


def test_carriers_are_counted_by_texts_they_share_not_by_copies(copies):
    table = count_carriers(find_duplicates(copies), copies)
    assert table.to_numpy().tolist() == [
        ["Bay Times", "Hill Courier", 1],
        ["Bay Times", "Wire", 1],
        ["Hill Courier", "Wire", 1],
    ]


def test_findings_say_the_threshold_and_that_this_is_a_count(copies):
    duplicates = find_duplicates(copies)
    shares = share_by(count_duplicates(duplicates, copies), copies, "outlet")
    assert say_duplicates(duplicates, shares) == [
        "4 articles of 5 (80%) have a text that stands more than once, at a similarity of 0.6 or more: "
        "3 in the same words, 1 nearly.",
        "They form 1 group, the largest of 4 articles. With each text counted once, 2 articles remain.",
        "4 articles (80%) stand in more than one outlet.",
        "Groups are not compared: fewer than two have 10 articles or more.",
        "This counts the articles in hand, at this threshold; copy that was cut or rewritten may lie below it.",
    ]
    none = copies.head(1)
    duplicates = find_duplicates(none, 0.5)
    said = say_duplicates(duplicates, share_by(count_duplicates(duplicates, none), none, "outlet"), 0.5)
    assert said[0] == "No two of 1 article have nearly the same text, at a similarity of 0.5 or more."


def test_outlets_of_enough_articles_are_compared():
    rows = [(f"{outlet}{n:02}", outlet, "2022-01-04", AGENCY if n < shared else words(*range(1000 * n + base, 1000 * n + base + 50)))
            for outlet, shared, base in (("Bay Times", 8, 0), ("Wire", 1, 200), ("Hill Courier", 0, 400)) for n in range(10 if base < 400 else 3)]  # fmt: skip
    table = table_of(*rows)
    duplicates = find_duplicates(table)
    said = say_duplicates(duplicates, share_by(count_duplicates(duplicates, table), table, "outlet"))
    assert said[2:5] == [
        "9 articles (39%) stand in more than one outlet.",
        "Largest share: Bay Times (80% of 10); smallest: Wire (10% of 10).",
        "Not compared, with fewer than 10 articles: Hill Courier.",
    ]


def test_the_figure_draws_the_shared_articles_of_each_outlet_the_most_on_top(copies):
    script = "<script>alert(1)</script>"
    table = copies.replace({"outlet": {"Wire": script}})
    duplicates = find_duplicates(table)
    shares = share_by(count_duplicates(duplicates, table), table, "outlet")
    ax = plot_duplicates(shares)
    assert next(label.get_text() for label in ax.get_yticklabels()) == "Bay Times (n = 3)"
    assert [note.get_text() for note in ax.texts] == ["67%", "100%", "100%"]
    html = (
        show_figure(ax, "Caption.", "Alt.").html + show_table(describe_duplicates(duplicates, table), "Caption.").html
    )
    assert "<script" not in html
    assert "Nothing to draw" in show_figure(plot_duplicates(shares.head(0)), "", "").html


def test_the_coded_passages_beside_the_checkout_hold_copies_of_other_outlets(shared):
    articles = load_corpus(shared / "dev" / "frames" / "coded.csv").articles
    duplicates = find_duplicates(articles, 0.4)
    assert (duplicates["size"] > 1).sum() > 100
    counts = count_duplicates(duplicates, articles)
    assert counts.loc[counts["category"] == "shared", "present"].sum() >= 8


def test_words_are_the_same_whatever_their_case_and_the_form_of_their_letters():
    words = ["äpfel", "d", "été", "1", "2", "strasse", "find_it"]
    assert [word.decode() for word in split_words("“ÄPFEL” — d’E\u0301té…½ Straße: ﬁnd_it")] == words


def test_words_in_latin_letters_are_those_that_the_expression_for_all_scripts_finds():
    for sign in map(chr, [*range(0x80, 0x300), *range(0x2000, 0x2070), *range(0x20A0, 0x20C0), 0x2122]):
        text = f"A{sign}b {sign}. {sign}\u00adC"
        plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()
        assert split_words(text) == [word.encode() for word in WORD.findall(plain)], hex(ord(sign))
