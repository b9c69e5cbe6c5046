"""Derived: every table that an analysis of a corpus gives, by name, in the order in which they are made."""

import pandas as pd

from toolkit.actors import count_mentions, find_mentions
from toolkit.codebooks import load_frames
from toolkit.company import count_company
from toolkit.framing import count_hits, count_pairs, find_frames
from toolkit.quotes import find_quotes
from toolkit.registry import load_actors
from toolkit.sentences import split_sentences
from toolkit.sentiment import score_articles, score_sentences

Tables = dict[str, pd.DataFrame]


def derive_tables(articles: pd.DataFrame, codebook: str = "", actors: str = "") -> Tables:
    """Return by name what analyses make of articles: sentences, tone, quotes, and by codebook and registry the rest.

    With a codebook frame_hits, frame_counts and frame_pairs, with a registry mentions, mention_counts and actor_pairs;
    columns as in `toolkit.tables`.
    """
    registry = load_actors(actors) if actors else None
    tables = find_all(articles, load_frames(codebook) if codebook else None, registry)
    if codebook:
        tables["frame_pairs"] = count_pairs(tables["frame_counts"])
    if registry is not None:
        tables["mention_counts"] = count_mentions(tables["mentions"], articles, registry)
        tables["actor_pairs"] = count_company(tables["mentions"])
    return tables


def find_all(articles: pd.DataFrame, frames: pd.DataFrame | None, registry: pd.DataFrame | None) -> Tables:
    """Return by name what is found in articles one by one, so that parts of a corpus give what the whole gives."""
    sentences = split_sentences(articles)
    tables = {"sentences": sentences}
    if frames is not None:
        hits = find_frames(sentences, frames, registry)
        tables |= {"frame_hits": hits, "frame_counts": count_hits(hits, sentences, frames)}
    scores = score_sentences(sentences, registry)
    tables |= {"sentence_scores": scores, "article_scores": score_articles(scores, sentences)}
    if registry is not None:
        tables["mentions"] = find_mentions(sentences, registry, articles=articles)
    return tables | {"quotes": find_quotes(articles, registry, sentences)}
