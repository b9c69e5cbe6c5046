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
    sentences = split_sentences(articles)
    registry = load_actors(actors) if actors else None
    tables = {"sentences": sentences}
    if codebook:
        frames = load_frames(codebook)
        hits = find_frames(sentences, frames, registry)
        counts = count_hits(hits, sentences, frames)
        tables |= {"frame_hits": hits, "frame_counts": counts, "frame_pairs": count_pairs(counts)}
    scores = score_sentences(sentences, registry)
    tables |= {"sentence_scores": scores, "article_scores": score_articles(scores, sentences)}
    if registry is not None:
        mentions = find_mentions(sentences, registry, articles=articles)
        counts = count_mentions(mentions, articles, registry)
        tables |= {"mentions": mentions, "mention_counts": counts, "actor_pairs": count_company(mentions)}
    return tables | {"quotes": find_quotes(articles, registry)}
