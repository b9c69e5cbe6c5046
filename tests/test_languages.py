"""Languages: what a file says, what a text reads as, and what is set aside because of it."""

import pytest

from toolkit import CorpusError, load_corpus, set_aside, split_sentences
from toolkit.languages import can_detect, detect_language, language_code

GERMAN = "Die Unterhändler trafen sich am Montag im Hafen und sprachen bis in die Nacht über den Preis für das Gas."
ENGLISH = "The negotiators met in the harbour on Monday and talked until late at night about the price of the gas."
SPANISH = "Los negociadores se reunieron el lunes en el puerto y hablaron hasta la noche sobre el precio del gas."
needs_detection = pytest.mark.skipif(not can_detect(), reason="the extra [language] is not installed")


def load(tmp_path, rows: list[tuple[str, str]]):
    lines = ["title;language;text;date", *(f"Gas;{language};{text};2022-01-12" for language, text in rows)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    return load_corpus(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("written", "code"),
    [("ENGLISH", "en"), ("en-GB", "en"), ("Dutch / Nederlands", "nl"), ("Deutsch", "de"), ("de_AT", "de"), ("", ""),
     ("und", ""), ("N/A", ""), ("zh-Hans", "zh"), ("English; French", "en")],
)  # fmt: skip
def test_languages_are_named_by_their_code(written, code):
    assert language_code(written) == code


@needs_detection
def test_the_language_of_a_text_is_told_by_its_words():
    assert [detect_language(text) for text in (GERMAN, ENGLISH, SPANISH, "NATO", "1 2 3 " * 50)] == ["de", "en", "es", "", ""]  # fmt: skip


@needs_detection
def test_the_file_has_the_first_word_on_its_language_and_a_contradiction_is_said(tmp_path):
    articles, ledger = load(tmp_path, [("English", ENGLISH), ("", GERMAN), ("en", SPANISH), ("", "Gas.")])
    assert list(articles["language"]) == ["en", "de", "en", ""]
    details = list(ledger["detail"])
    assert "language" not in details[0].replace("language,", "")
    assert "language by its words" in details[1]
    assert "language said to be en, reads as es" in details[2]
    assert "language unknown" in details[3]


def test_articles_in_another_language_are_set_aside_and_those_of_unknown_language_stay(tmp_path):
    articles, _ = load(tmp_path, [("en", ENGLISH), ("de", GERMAN), ("", "Gas.")])
    kept, aside = set_aside(articles, "en")
    assert list(kept["text"]) == [ENGLISH, "Gas."]
    assert aside.to_dict("records") == [
        {"article_id": articles["article_id"][1], "reason": "in another language (de, not en)"}
    ]
    with pytest.raises(CorpusError, match=r"no article is left to score: 2 in another language \(.., not fr\)"):
        set_aside(articles[articles["language"] != ""].assign(language="de"), "fr")


def test_rows_of_a_list_of_links_are_kept_without_a_text_and_never_scored(tmp_path):
    rows = "title,url,date\nGas talks,https://hill.example/a,2022-01-12\nGas talks,https://bay.example/b,2022-01-12\n"
    (tmp_path / "links.csv").write_text(rows)
    (tmp_path / "news.csv").write_text(f"title,text\nGas,{ENGLISH}\n")
    articles, ledger = load_corpus(tmp_path)
    assert list(articles["text"]) == ["", "", ENGLISH]
    assert list(ledger["status"]) == ["kept", "kept", "kept"]
    assert [("no text: its metadata is kept" in detail) for detail in ledger["detail"]] == [True, True, False]
    assert articles["article_id"].is_unique and not articles["article_id"].str.contains("-").any()
    assert set(split_sentences(articles)["article_id"]) == {articles["article_id"][2]}
    assert list(set_aside(articles).aside["reason"]) == ["without a text", "without a text"]


@pytest.mark.parametrize(
    ("written", "read", "said"),
    [("â€œTalksâ€\x9d in MÃ¼nchen", "“Talks” in München", True), ("Ã‰lysÃ©e", "Élysée", True), ("São Paulo, Ängste, naïve", "São Paulo, Ängste, naïve", False)],
)  # fmt: skip
def test_letters_read_in_the_wrong_encoding_are_repaired_and_that_is_said(tmp_path, written, read, said):
    (tmp_path / "a.csv").write_text(f"title;text\n{written};They met in the harbour on Monday.\n", encoding="utf-8")
    articles, ledger = load_corpus(tmp_path / "a.csv")
    assert articles["title"][0] == read
    assert ("letters repaired" in ledger["detail"][0]) == said
