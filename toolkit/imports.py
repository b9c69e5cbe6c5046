"""Imports: libraries without the parts that take longest and that nobody here asks for."""

import sys
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType

GRAMMAR = "rfc3987_syntax"  # of web addresses
PUNKT = "nltk.tokenize.punkt"
_ALONE = RLock()  # threads of one worker would see each other's makeshifts


def import_without_grammar(package: str) -> None:
    """Import what checks notebooks by JSON Schema, which builds a grammar for a check no notebook asks for.

    That takes longer than all other imports together. While it cannot be found, jsonschema does without.
    """
    with _ALONE:
        if GRAMMAR in sys.modules or "jsonschema" in sys.modules:
            return
        sys.modules[GRAMMAR] = None
        try:
            import_module(package)
        finally:
            del sys.modules[GRAMMAR]


def import_punkt() -> ModuleType:
    """Import one module of NLTK: the whole package brings SciPy and scikit-learn, a second and 100 MB of memory."""
    with _ALONE:
        return import_module(PUNKT) if "nltk" in sys.modules else _without_package()


def _without_package() -> ModuleType:
    spec, before = find_spec("nltk"), set(sys.modules)
    if spec and spec.submodule_search_locations:
        package = sys.modules["nltk"] = ModuleType("nltk")
        package.__path__ = spec.submodule_search_locations
    try:
        return import_module(PUNKT)
    finally:  # so that whoever imports NLTK gets all of it
        for name in [name for name in sys.modules.keys() - before if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]
