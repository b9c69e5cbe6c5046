"""Quotes: who says what, in marks and without, and what is no speech."""

import time
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import CodebookError, TableError, find_quotes, split_sentences
from toolkit.cues import load_cues
from toolkit.reported import find_told
from toolkit.speech_marks import find_marked
from toolkit.tables import QUOTES
from toolkit.tokens import tokens_of


def quotes(text: str, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    return find_quotes(pd.DataFrame({"article_id": ["a"], "text": [text]}), actors)


def told(text: str) -> list[tuple[str, str, str, str]]:
    table = quotes(text)
    return list(zip(table["kind"], table["speaker"], table["cue"], table["content"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The pier is closed," Ann Lee said.', [("direct", "Ann Lee", "said", "The pier is closed,")]),
        ('"The pier is closed," said Ann Lee.', [("direct", "Ann Lee", "said", "The pier is closed,")]),
        ('Ann Lee said: "The pier is closed."', [("direct", "Ann Lee", "said", "The pier is closed.")]),
        ("“The pier is closed,” said the mayor.", [("direct", "the mayor", "said", "The pier is closed,")]),
        ("'We don't know,' said Ann Lee's deputy.", [("direct", "Ann Lee's deputy", "said", "We don't know,")]),
        (
            '"The pier," Ann Lee, the mayor, said, "is closed."',
            [("direct", "Ann Lee", "said", "The pier,"), ("direct", "Ann Lee", "said", "is closed.")],
        ),
        ("Ann Lee said that the pier was closed.", [("indirect", "Ann Lee", "said", "the pier was closed")]),
        ("Ann Lee said the pier was closed.", [("indirect", "Ann Lee", "said", "the pier was closed")]),
        ("The pier was closed on Monday, Ann Lee said.", [("indirect", "Ann Lee", "said", "The pier was closed on Monday")]),
        (
            "According to the port board, the pier is safe.",
            [("indirect", "the port board", "according to", "the pier is safe")],
        ),
        (
            "Ann Lee warned that the pier was old, adding that it would close.",
            [("indirect", "Ann Lee", "warned", "the pier was old"), ("indirect", "Ann Lee", "adding", "it would close")],
        ),
        (
            "Ann Lee told reporters that the pier was closed.",
            [("indirect", "Ann Lee", "told", "the pier was closed")],
        ),
        (
            'Ann Lee said that the pier was "a ruin" by now.',
            [("mixed", "Ann Lee", "said", 'the pier was "a ruin" by now')],
        ),
        (
            "The report says the pier is old.",
            [("indirect", "The report", "says", "the pier is old")],
        ),
    ],
)  # fmt: skip
def test_who_says_what(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of Port, Ann Lee, said the pier was closed.", [("indirect", "Ann Lee", "said", "the pier was closed")]),
        ("Ann Lee has, in a letter, called on the board to resign.", [("indirect", "Ann Lee", "called on", "the board to resign")]),
        ('Ann Lee called it "a ruin".', [("mixed", "Ann Lee", "called", "a ruin")]),
        ("Ann Lee denied taking the money and said it was lost.", [("indirect", "Ann Lee", "denied", "taking the money"), ("indirect", "Ann Lee", "said", "it was lost")]),
        ("The pier, Ann Lee said, was closed.", [("indirect", "Ann Lee", "said", "The pier"), ("indirect", "Ann Lee", "said", "was closed")]),
        ("Ann Lee was quoted by a paper as saying that the pier was closed.", [("indirect", "Ann Lee", "saying", "the pier was closed")]),
        ("»It is late«, said Ann Lee.", [("direct", "Ann Lee", "said", "It is late")]),
        ("« It is late », said Ann Lee.", [("direct", "Ann Lee", "said", "It is late")]),
        ("'I said \"no\" to the players' wish,' said Ann Lee.", [("direct", "Ann Lee", "said", "I said \"no\" to the players' wish,")]),
        ("The WHO said it was late.", [("indirect", "WHO", "said", "it was late")]),
        ("``It is late,'' said Ann Lee.", [("direct", "Ann Lee", "said", "It is late,")]),
        ("“It is late,’’ said Ann Lee. “We go.’’", [("direct", "Ann Lee", "said", "It is late,"), ("direct", "Ann Lee", "said", "We go.")]),
        ("“I said “no” to them,” said Ann Lee.", [("direct", "Ann Lee", "said", "I said “no” to them,")]),
        ('“I said "no" to them,” said Ann Lee.', [("direct", "Ann Lee", "said", 'I said "no" to them,')]),
        ("“I said «no» to them,” said Ann Lee.", [("direct", "Ann Lee", "said", "I said «no» to them,")]),
        ('"IT IS LATE AND COLD," SAID ANN LEE.', [("direct", "ANN LEE", "said", "IT IS LATE AND COLD,")]),
        ("“It is late,”\u200b said Ann Lee.", [("direct", "Ann Lee", "said", "It is late,")]),
        ("“It is late,” said Re\u0301mi Lee\u0301.", [("direct", "Re\u0301mi Lee\u0301", "said", "It is late,")]),
        ('Ann Lee said, "It is late.\n\nThe board met.', [("direct", "Ann Lee", "said", "It is late")]),
        ('"\x01\x01 \x01" said Ann Lee.', [("direct", "Ann Lee", "said", "\x01\x01 \x01")]),
        ("The pier is closed, said Ann Lee, a baker who lives in Port.", [("indirect", "Ann Lee", "said", "The pier is closed")]),
        ("As Ann Lee noted on Monday, the pier is closed.", [("indirect", "Ann Lee", "noted", "the pier is closed")]),
        ("The pier is closed, as Ann Lee noted.", [("indirect", "Ann Lee", "noted", "The pier is closed")]),
        ("They left, with the mayor saying it was late.", [("indirect", "the mayor", "saying", "it was late")]),
        ('Her letter reads, "It is late."', [("direct", "Her letter", "reads", "It is late.")]),
        ('"It is late," comments Ann Lee.', [("direct", "Ann Lee", "comments", "It is late,")]),
        ('"It is late," Ann Lee has written.', [("direct", "Ann Lee", "written", "It is late,")]),
        ("Ann Lee said this week that it was late.", [("indirect", "Ann Lee", "said", "it was late")]),
        ("Two weeks ago Ann Lee was angry, saying it was late.", [("indirect", "Ann Lee", "saying", "it was late")]),
        ("The board have long warned that it is late.", [("indirect", "The board", "warned", "it is late")]),
        ("PORT, Harbour (AP) — Ann Lee was angry, saying that it was late.", [("indirect", "Ann Lee", "saying", "it was late")]),
        ("Hours before the vote, Ann Lee was angry, saying that it was late.", [("indirect", "Ann Lee", "saying", "it was late")]),
        ("The board's office said it was late, but added that they would come.", [("indirect", "The board's office", "said", "it was late"), ("indirect", "The board's office", "added", "they would come")]),
        ("Mrs May said it was late.", [("indirect", "May", "said", "it was late")]),
        ("Voters in May said it was late.", [("indirect", "Voters", "said", "it was late")]),
        ("The Port Sun said it was late.", [("indirect", "Port Sun", "said", "it was late")]),
        ('“ It is late,” said Ann Lee.', [("direct", "Ann Lee", "said", "It is late,")]),
        ('He urged voters, "Come to the old pier."', [("direct", "", "urged", "Come to the old pier.")]),
    ],
)  # fmt: skip
def test_speech_is_told_from_what_stands_around_it(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The United States left the talks.",
        "They came with the said papers.",
        "Ann Lee denied the story.",
        'A house called "The Mill" burned down.',
        "Media reports of the storm were late.",
        "Ann Lee would say nothing.",
        "The plan was called off.",
        "The pier in several northern states was closed.",
        "They sent mixed signals about whether it was late.",
        "In a talk at the Port think tank the board met.",
        "Their repeated claims of having slept were heard.",
        "A recently announced plan for the pier failed.",
        "The board had not, as of Monday, announced any plans.",
        "Earlier this year, Ann Lee told the board the story.",
        "When you think of Port you probably think of the pier.",
        "The band sang “Come Down to the Pier.”",
    ],
)
def test_words_that_only_look_like_cues_are_no_speech(text):
    assert told(text) == []


def test_an_office_a_first_name_and_an_acronym_go_back_to_the_full_name():
    text = (
        "Ann Lee, the mayor, met the Port Health Board (PHB).\n\n"
        "The mayor said it was late. Ann said it was early. The PHB said it was noon."
    )
    assert quotes(text)["speaker"].tolist() == ["Ann Lee", "Ann Lee", "Port Health Board"]


def test_he_and_she_pass_over_those_they_cannot_mean():
    text = "Mary Fox met John Lee. She said it was late. He said it was early."
    assert quotes(text)["speaker"].tolist() == ["Mary Fox", "John Lee"]


def test_who_is_named_in_the_last_paragraph_of_a_quotation_speaks_in_the_first():
    assert quotes("“It is late.\n\n“We go home,” said Ann Lee.")["speaker"].tolist() == ["Ann Lee", "Ann Lee"]


def test_a_headline_is_heard_too_with_offsets_into_it():
    articles = pd.DataFrame({"article_id": ["a"], "title": ["Mayor: Pier is closed"], "text": ["Mayor Ann Lee spoke."]})
    row = find_quotes(articles).iloc[0]
    assert row[["part", "speaker", "cue", "content"]].tolist() == ["title", "Ann Lee", ":", "Pier is closed"]
    assert articles["title"][0][row["start"] : row["end"]] == "Pier is closed"


def test_a_pronoun_goes_back_to_who_spoke_last_and_a_surname_to_the_full_name():
    table = quotes('"It is closed," said Ann Lee.\n\nLee met the board. "It is old," she added.')
    assert table["speaker"].tolist() == ["Ann Lee", "Ann Lee"]
    assert table["as_written"].tolist() == ["Ann Lee", "she"]


def test_a_quote_that_goes_on_belongs_to_the_one_who_began_it():
    table = quotes('"One," said Ann Lee. "Two is more than one."\n\n"Three is more than two."')
    assert table["speaker"].tolist() == ["Ann Lee"] * 3
    assert table["kind"].tolist() == ["direct"] * 3


def test_a_quote_over_paragraphs_is_a_row_for_each():
    text = "Ann Lee said: “The pier is old and it will be closed.\n\n“It will not open again.”"
    table = quotes(text)
    assert table["content"].tolist() == ["The pier is old and it will be closed.", "It will not open again."]
    assert table["speaker"].tolist() == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "deal" failed.',
        'They saw "The Harbour" at the cinema.',
        "The pier was closed on Monday.",
        'A "friend" of the house came.',
    ],
)
def test_scare_quotes_and_titles_are_no_speech(text):
    assert told(text) == []


def test_a_mark_that_never_closes_takes_nothing_along():
    assert told('He had a "friend in the town. They left.\n\n"It is late," said Ann Lee.') == [
        ("direct", "Ann Lee", "said", "It is late,")
    ]


def test_speakers_are_known_by_a_registry():
    actors = pd.DataFrame([("ann", "Ann Lee", "person")], columns=["actor_id", "name", "kind"])
    table = quotes('"It is closed," said Ann Lee. "It is old," the mayor said.', actors)
    assert table["actor_id"].tolist() == ["ann", ""]


def test_cues_have_leanings_and_offsets_hold():
    text = "Ann Lee admitted that the pier was old."
    table = quotes(text)
    assert table.loc[0, ["leaning", "sentence_id"]].tolist() == ["admit", 0]
    assert text[table.loc[0, "start"] : table.loc[0, "end"]] == table.loc[0, "content"] == "the pier was old"


def test_sentences_are_those_of_the_sentences_table():
    articles = pd.DataFrame(
        {"article_id": ["a"], "title": ["News"], "text": ['They met. "It is closed," said Ann Lee.']}
    )
    assert find_quotes(articles)["sentence_id"].tolist() == [2]


@pytest.mark.parametrize("text", ["category", "object"])
def test_sentences_of_any_kind_of_column_are_taken(text):
    articles = pd.DataFrame({"article_id": ["a"], "text": ["Ann Lee said the pier was closed."]}, dtype=object)
    sentences = split_sentences(articles).astype({"text": object}).astype({"text": text})
    assert find_quotes(articles, sentences=sentences)["speaker"].tolist() == ["Ann Lee"]
    empty = sentences.iloc[:0].astype({"text": object})
    assert find_quotes(articles.iloc[:0], sentences=empty).empty


def test_sentences_split_already_give_the_same_quotes():
    texts = ["It rained. Ann Lee said it was late.\n\n“So it is.", "“It is late,” she said.", " "]
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "title": ["Mayor: late", "", "T"], "text": texts})
    sentences = split_sentences(articles)

    pd.testing.assert_frame_equal(find_quotes(articles, sentences=sentences), find_quotes(articles))
    with pytest.raises(TableError, match="sentences lacks article 'b'"):
        find_quotes(articles, sentences=sentences[sentences["article_id"] == "a"])


@given(
    text=st.text(max_size=80)
    | st.lists(
        st.sampled_from(['"', "“", "”", "'", "‘", "„", "«", "»", "''", "``", "\x01", "\x00", "\t", "\u0301", "He ", "According to ", "as ", "May ", " said ", "Ann Lee", ", ", ". ", "\n\n", "that ", "according to "]),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_odd_marks_never_raise_and_offsets_hold(text):
    table = quotes(text)
    assert list(table.columns) == list(QUOTES)
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == table[
        "content"
    ].tolist()
    marked = find_marked(text)
    assert all(one.end <= other.start for one, other in pairwise(marked))


@pytest.mark.parametrize(
    "piece",
    [
        '"said ',
        '"No", ',
        '"No," said Ann. ',
        "said Ann, ",
        'A "b ',
        "According to x ",
        "'a ",
        "Ann Lee said that, adding ",
    ],
)
def test_long_odd_texts_end(piece):
    start = time.perf_counter()
    quotes(piece * 4000)
    assert time.perf_counter() - start < 20  # a bound against growth by the square, not a measure of speed


def test_a_cue_that_stands_twice_is_refused_with_its_line(tmp_path):
    path = tmp_path / "cues.yml"
    path.write_text("verbs:\n  neutral: [said]\n  claim: [said]\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"cues.yml:3: 'said' stands twice, under neutral and claim. Delete one."):
        load_cues(path)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("President Pole walked in Central Park. He said it was late.", ["Pole"]),
        ("Prince Carl met Bo Ray's board.\n\nCarl said it was late.", ["Prince Carl"]),
        ("Vice President Ann Lee met President Bo Ray. The vice president said it was late.", ["Ann Lee"]),
        ("Prime Minister Ann Lee met Bo Ray. The prime minister said it was late.", ["Ann Lee"]),
        ("The Port Food Fund met. Port officials left. Port said it was late.", ["Port"]),
        ("Minister Ann Lee met Bo Ray, a minister. The local minister said it was late.", ["The local minister"]),
        ("They sat in the Cabinet Room. He said it was late.", [""]),
    ],
)
def test_a_place_is_nobody_and_a_title_with_a_surname_is_somebody(text, speakers):
    assert quotes(text)["speaker"].tolist() == speakers


def test_cues_of_an_edited_file_are_found_whatever_their_case_and_refused_where_they_never_could_be(tmp_path):
    path = tmp_path / "cues.yml"
    path.write_text("verbs: {neutral: [Said, Pointed Out]}\nphrases: {neutral: [As per]}\n", encoding="utf-8")
    cues = load_cues(path)
    assert find_told(tokens_of("As per the board, it was late."), cues)[0].cue == "as per"
    assert cues.leaning_of("said") == cues.leaning_of("Pointed out") == "neutral"
    (tmp_path / "long.yml").write_text("verbs: {neutral: [said out loud]}\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="long.yml:1: 'said out loud' has more than two words"):
        load_cues(tmp_path / "long.yml")


@pytest.mark.parametrize("cue", ["erklärte", "сказал"])
def test_a_cue_may_have_any_letters(tmp_path, cue):
    path = tmp_path / "cues.yml"
    path.write_text(f"verbs: {{neutral: [{cue}]}}\nopen: [{cue}]\n", encoding="utf-8")
    cues = load_cues(path)
    sentence = f"Ann Lee {cue} that it was late."

    assert cues.may_occur_in(sentence) and cues.may_occur_in_each(pd.Series([sentence])) == [True]
    assert find_told(tokens_of(sentence), cues)[0].cue == cue


def test_a_file_of_cues_without_a_verb_is_refused(tmp_path):
    path = tmp_path / "cues.yml"
    path.write_text("name: Mine\nverbs: {}\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="cues.yml:2: verbs lists no cue, and nothing would be found."):
        load_cues(path)


@pytest.mark.parametrize(
    ("text", "speaker", "actor_id"),
    [
        ("Port President Bo Ray said it was late.", "Bo Ray", ""),
        ("According to Ann Lee's critics, it was late.", "Ann Lee's critics", ""),
        ("Critics of Ann Lee said it was late.", "Critics of Ann Lee", ""),
        ("A spokesman for Port said it was late.", "A spokesman for Port", "port"),
        ("The Port Supreme Court said it was late.", "Port Supreme Court", ""),
        ("Port said it was late.", "Port", "port"),
    ],
)
def test_an_actor_speaks_only_where_the_words_are_its_own(text, speaker, actor_id):
    actors = pd.DataFrame(
        [("ann", "Ann Lee", "person"), ("port", "Port", "country")], columns=["actor_id", "name", "kind"]
    )
    assert quotes(text, actors)[["speaker", "actor_id"]].to_numpy().tolist() == [[speaker, actor_id]]
