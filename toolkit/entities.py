"""Entities: names found by a spaCy model that the user installed, in place of rules."""

from collections.abc import Callable

from toolkit.errors import ToolkitError
from toolkit.proper_names import Found

KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "other",
    "LAW": "other",
    "PRODUCT": "other",
    "WORK_OF_ART": "other",
    "MISC": "other",
}


def find_entities(model: str) -> Callable[[list[tuple[str, str]]], list[list[Found]]]:
    """Return a function that finds the names in each (part, text) of an article by a spaCy model.

    Raises ToolkitError where spaCy or the model is not installed.
    """
    try:
        import spacy
    except ImportError:
        raise ToolkitError(
            f'the model {model!r} needs spaCy, which is not installed: pip install -e ".[spacy]"'
        ) from None
    try:
        pipeline = spacy.load(model)
    except (OSError, ValueError) as error:
        told = " ".join(str(error).split())[:120]
        raise ToolkitError(
            f"spaCy has no model {model!r} that it can load: {told} Install one: python -m spacy download {model}"
        ) from None
    return lambda sentences: [_found(doc) for doc in pipeline.pipe(text for _, text in sentences)]


def _found(doc) -> list[Found]:
    return [
        Found(" ".join(entity.text.split()), entity.start_char, entity.end_char, "", KINDS[entity.label_])
        for entity in doc.ents
        if entity.label_ in KINDS and entity.text.strip()
    ]
