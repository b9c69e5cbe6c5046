"""Parameters: what the notebooks take, as papermill finds it, and what is given for it, checked and typed."""

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from toolkit.errors import ReportError, nearest
from toolkit.imports import import_without_grammar
from toolkit.instruments import is_file
from toolkit.paths import find_notebooks, resolve

# Parameters that name files; several files, parted by semicolons; files or functions, parted by semicolons.
PATHS = ("corpus", "codebook", "actors", "rules", "codings", "lexicon", "targets", "tables")
PATH_LISTS = ("others",)
INSTRUMENTS = ("instrument", "beside")
LEAST = {"at_least": 1, "top": 1}
TYPES = {"int": int, "float": float, "str": str}


def report_names() -> list[str]:
    """Return the notebooks that take parameters and so can be rendered."""
    found = find_notebooks()
    return [name for name, path in found.items() if '"parameters"' in path.read_text(encoding="utf-8")]


def parts_of(value: object) -> list[str]:
    """Return the entries of a parameter that takes several, parted by semicolons."""
    return [part.strip() for part in str(value).split(";") if part.strip()]


def check_parameters(names: Iterable[str], parameters: Iterable[str]) -> None:
    """Raise ReportError for a parameter that none of the notebooks takes, naming those they take."""
    known = {key for name in names for key in _known_parameters(name)}
    for key in parameters:
        if key not in known:
            guess = nearest(key, known)
            raise ReportError(f"no report has a parameter {key!r}.{guess} They take: {', '.join(sorted(known))}.")


def describe_parameters(name: str) -> list[tuple[str, str, str]]:
    """Return (name, default, meaning) of each parameter of a notebook."""
    return [(key, entry["default"], entry["help"]) for key, entry in _known_parameters(name).items()]


def taken_by(name: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return those of the parameters that a notebook takes."""
    known = _known_parameters(name)
    if parameters.get("tables") and not reads_tables(name):
        raise ReportError(f"{name}: reads no tables. Make it of the corpus itself, without tables.")
    return {key: value for key, value in parameters.items() if key in known}


def reads_tables(name: str) -> bool:
    """Say whether a notebook can be made of what `annotate` wrote, in place of the corpus."""
    return "tables" in _known_parameters(name)


def _known_parameters(name: str) -> dict[str, dict]:
    """Return what papermill finds in the cell tagged parameters; papermill itself only warns of unknown ones."""
    if name not in report_names():
        raise ReportError(f"no report {name!r}.{nearest(name, report_names())} There are: {', '.join(report_names())}.")
    path = find_notebooks()[name]
    return _inspect(path, path.stat().st_mtime_ns)


@cache
def _inspect(path: Path, _changed: int) -> dict[str, dict]:
    import_without_grammar("nbformat")
    from papermill.inspection import inspect_notebook

    return inspect_notebook(str(path))


def check_values(name: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return all parameters of a notebook, those not given by their defaults, in its types and with whole paths.

    Raises ReportError for a parameter that the notebook does not take, or a value it cannot take.
    """
    known = _known_parameters(name)
    if unknown := [key for key in parameters if key not in known]:
        guess = nearest(unknown[0], known)
        raise ReportError(f"{name} has no parameter {unknown[0]!r}.{guess} It takes: {', '.join(known)}.")
    given = {key: ast.literal_eval(entry["default"]) for key, entry in known.items()} | dict(parameters)
    told = _told_by(given.get("tables"), known)
    typed = {
        key: _value(name, key, value, known) for key, value in given.items() if key in parameters or key not in told
    }
    for key in told.keys() & typed.keys():
        if typed[key] != told[key]:
            raise ReportError(
                f"{name}: the tables were made with {key} {told[key]!r}, not {typed[key]!r}. Leave {key} out."
            )
    return {key: told[key] if key in told else typed[key] for key in given}


def _told_by(tables: object, known: Mapping[str, dict]) -> dict[str, str]:
    """Return the parameters that follow from the tables a report is to be made of."""
    if not tables or "tables" not in known:
        return {}
    from toolkit.recalled import given_to

    return {key: value for key, value in given_to(resolve(str(tables))).items() if key in known}


def _value(name: str, key: str, value: object, known: Mapping[str, dict]) -> object:
    """Return a parameter in the type the notebook declares, and a path as one that holds from anywhere."""
    wanted = known[key]["inferred_type_name"]
    if wanted == "bool":
        if str(value).lower() not in ("true", "false"):
            raise ReportError(f"{name}: {key} must be true or false, not {value!r}.")
        return str(value).lower() == "true"
    try:
        typed = TYPES.get(wanted, str)(value)
    except (TypeError, ValueError):
        raise ReportError(f"{name}: {key} must be of type {wanted}, not {value!r}.") from None
    if wanted == "int" and typed < LEAST.get(key, 0):
        raise ReportError(f"{name}: {key} must be {LEAST.get(key, 0)} or more, not {typed}.")
    if key in (*PATH_LISTS, *INSTRUMENTS):
        lie = [key in PATH_LISTS or is_file(part) for part in parts_of(typed)]
        named = zip(parts_of(typed), lie, strict=True)
        return "; ".join(str(resolve(part).resolve()) if file else part for part, file in named)
    return str(resolve(typed).resolve()) if key in PATHS and typed else typed
