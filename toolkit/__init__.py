"""Framing, tone and actors in news coverage: plain DataFrames in, plain DataFrames out.

Names are imported when they are first used, so that the command starts quickly.
"""

from importlib import import_module

_HOMES = {
    "actors": ("count_mentions", "find_mentions", "rank_actors"),
    "classifier": ("classify_frames", "most_telling_words", "train_frames"),
    "clauses": ("split_clauses",),
    "codebooks": ("describe_codebook", "language_of", "load_actors", "load_frames"),
    "corpus": ("Corpus", "load_corpus"),
    "crossvalidation": ("cross_validate_frames", "learned_frames", "learning_curve"),
    "duplicates": (
        "count_carriers",
        "count_duplicates",
        "describe_duplicates",
        "find_duplicates",
        "select_representatives",
    ),
    "errors": ("CodebookError", "CorpusError", "ReportError", "TableError", "ToolkitError"),
    "accuracy": ("compare_f1", "compare_to_gold", "score_accuracy", "try_thresholds"),
    "reliability": ("agreement", "find_disagreements"),
    "codings": ("load_codings", "settle_codings"),
    "correction": ("corrected_shares",),
    "evidence": ("kwic", "sample_evidence"),
    "derived": ("derive_tables",),
    "exports": ("save_network", "save_table", "spread_codings"),
    "findings": (
        "corpus_facts",
        "furthest_apart",
        "say_accuracy",
        "say_actors",
        "say_agreement",
        "say_basis",
        "say_corpus",
        "say_correction",
        "say_duplicates",
        "say_keyness",
        "say_robustness",
        "say_shares",
        "say_tone",
        "say_validation",
        "say_values",
    ),
    "framing": ("count_frames", "count_hits", "count_pairs", "dominant_frames", "find_frames"),
    "keywords": ("keyness", "select_key_words"),
    "layout": ("cross_table", "join_intervals"),
    "lexicons": ("load_lexicon",),
    "ledger": ("count_files", "count_ledger"),
    "manifest": ("make_manifest",),
    "measures": ("class_tone", "gold_of", "level_of", "measure_articles", "values_of", "variables_of"),
    "models": ("FrameModel", "load_model", "save_model"),
    "parts": ("share_by_part",),
    "plots": (
        "plot_counts",
        "plot_duplicates",
        "plot_keyness",
        "plot_lengths",
        "plot_means",
        "plot_network",
        "plot_share_panels",
        "plot_share_timelines",
        "plot_shares",
        "plot_timeline",
    ),
    "quotes": ("find_quotes",),
    "readers.page_text": ("clean_page",),
    "report": ("render_report",),
    "explorer": ("explore",),
    "grid": ("load_grid",),
    "reading": ("show_article",),
    "pack": ("save_evidence", "verify_evidence"),
    "study": ("make_study",),
    "rerun": ("rerun_report",),
    "runner": ("render_reports", "run_grid"),
    "overview": ("write_overview",),
    "robustness": ("compare_groups", "vary_counts"),
    "salience": ("salience_beside", "salience_by"),
    "sampling": ("sample_articles",),
    "selection": ("select_articles", "selection_facts", "set_aside"),
    "sentences": ("split_sentences",),
    "sentiment": ("count_masked", "score_articles", "score_sentences", "score_texts"),
    "sheets": ("write_sheets",),
    "show": (
        "show_codebook",
        "show_evidence",
        "show_facts",
        "show_figure",
        "show_findings",
        "show_kwic",
        "show_note",
        "show_table",
    ),
    "store": ("save_corpus",),
    "summary": (
        "article_lengths",
        "count_articles",
        "count_languages",
        "describe_articles",
        "fitting_period",
        "group_of",
        "mean_by",
        "share_by",
        "voice_by",
    ),
    "voices": ("name_speakers", "never_heard", "quotes_by", "rank_speakers"),
    "targets": ("score_targets",),
    "tone_words": ("count_words", "explain_scores", "find_tone_words", "tell_apart"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(import_module(f"toolkit.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
