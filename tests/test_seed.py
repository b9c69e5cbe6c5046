"""The page that began it all, where it lies beside the checkout; it is never copied into the project."""

import json

import pandas as pd

from toolkit import load_actors, load_corpus


def test_the_article_read_from_the_page_is_what_the_page_says(shared):
    gold = json.loads((shared / "seed" / "gold.json").read_text(encoding="utf-8"))
    row = load_corpus(shared / "seed" / "page.txt").articles.iloc[0]
    paragraphs = row["text"].split("\n\n")
    assert row["title"] == gold["title"]
    assert row["outlet"] == gold["outlet"]
    assert row["section"] == gold["section"]
    assert row["published"] == pd.Timestamp(gold["published"])
    assert row["published_local"] == gold["published"]
    assert row["teaser"] == gold["teaser"]
    assert row["tags"].split("; ") == gold["tags"]
    assert row["related"].split("\n") == gold["related"]
    assert [text for text in paragraphs if text in gold["paragraphs"]] == gold["paragraphs"]
    assert set(paragraphs) == {gold["teaser"], *gold["paragraphs"], *gold["subheadings"]}


def test_the_council_is_one_actor_and_holds_no_other(shared):
    from toolkit import find_mentions, split_sentences

    articles = load_corpus(shared / "seed" / "page.txt").articles
    mentions = find_mentions(split_sentences(articles), load_actors("codebooks/actors/nato-russia.yml"))
    spans = mentions[mentions["surface"] == "NATO-Russia Council"]
    assert len(spans) == 2
    assert spans["actor_id"].nunique() == 1
    inside = mentions.merge(spans[["part", "start", "end"]], on="part", suffixes=("", "_council"))
    assert not ((inside["start"] > inside["start_council"]) & (inside["end"] <= inside["end_council"])).any()


def test_uncleaned_pages_of_other_sites_are_cleaned_well(shared, tmp_path):
    """Aimed at .85 by the measure of the article-extraction benchmark; the floor is just under what was measured."""
    import subprocess
    import sys

    from toolkit import clean_page
    from toolkit.readers.page_text import BODY_LABELS

    folder = shared / "dev" / "pages"
    with (tmp_path / "found.jsonl").open("w", encoding="utf-8") as stream:
        for path in sorted(folder.glob("[0-9][0-9][0-9].txt")):
            lines = clean_page(path.read_text(encoding="utf-8", errors="replace"))
            text = "\n\n".join(lines.loc[lines["label"].isin(BODY_LABELS), "text"])
            stream.write(json.dumps({"page": path.stem, "text": text}) + "\n")
    command = [sys.executable, str(folder / "score.py"), str(tmp_path / "found.jsonl")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert float(said.split()[-1]) >= 0.92


def test_who_is_heard_on_the_page_and_who_is_only_named(shared):
    from toolkit import find_mentions, find_quotes, never_heard, split_sentences

    articles = load_corpus(shared / "seed" / "page.txt").articles
    actors = load_actors("codebooks/actors/nato-russia.yml")
    quotes = find_quotes(articles, actors)
    stoltenberg = quotes[(quotes["actor_id"] == "jens_stoltenberg") & (quotes["kind"] == "direct")]
    assert stoltenberg["as_written"].tolist() == [
        "Secretary General Stoltenberg", "He", "Secretary General Stoltenberg", "Stoltenberg"
    ]  # fmt: skip
    assert set(stoltenberg["speaker"]) == {"Jens Stoltenberg"}
    direct = quotes[quotes["kind"] == "direct"].groupby("actor_id").size()
    assert direct[["tass", "open_door_policy"]].tolist() == [1, 1]
    unheard = never_heard(find_mentions(split_sentences(articles), actors), quotes, actors, ["person"])
    assert set(unheard["name"]) == {"Alexander Grushko", "Alexander Fomin", "Wendy Sherman"}
