"""Rerun: a report made again from its manifest, and what is different where it is not the same."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import ReportError, ToolkitError
from toolkit.manifest import SHOWN, digest_of, digest_of_code, versions
from toolkit.parameters import INSTRUMENTS, PATH_LISTS, check_values, parts_of
from toolkit.paths import find_notebooks, resolve
from toolkit.printed import load_printer
from toolkit.report import MANIFEST, hashes_of, make_report

NEEDED = {"report", "parameters", "inputs", "notebook SHA-256", "code SHA-256", "versions", "report SHA-256"}


class Rerun(NamedTuple):
    """What came of making a report again: its path, whether its bytes are the same, and what it was made of is not."""

    path: Path
    same: bool
    differences: list[str]


def rerun_report(manifest: str | Path, out: str | Path = "") -> Rerun:
    """Make a report again from its NAME.manifest.json, into a folder `out`, or into one that is given up again.

    Inputs are looked for where the manifest says, seen from its folder. Raises ReportError for a manifest that is none,
    or where an input is not to be had.
    """
    place = Path(manifest)
    made_of = _load(place)
    inputs = {role: _find(role, entry, place.parent) for role, entry in made_of["inputs"].items()}
    differences = list(_differences(made_of, inputs))
    values = check_values(made_of["report"], made_of["parameters"] | dict(_parameters(made_of["parameters"], inputs)))
    name = place.name.removesuffix(MANIFEST)
    with tempfile.TemporaryDirectory(prefix="toolkit-") as folder:
        pdf, lacking = _drawn(made_of)
        path = make_report(made_of["report"], values, Path(out or folder) / f"{name}.html", pdf=pdf)
        now = hashes_of(path, pdf)
    same = now["report SHA-256"] == made_of["report SHA-256"]
    if lacking or (pdf and same and now["PDF SHA-256"] != made_of["PDF SHA-256"]):
        differences.append(lacking or "the PDF is another, as by other fonts or another WeasyPrint")
    return Rerun(path, same, differences)


def _drawn(made_of: Mapping) -> tuple[bool, str]:
    """Return whether a PDF belongs to the report and can be made again here, and why it cannot."""
    if "PDF SHA-256" not in made_of:
        return False, ""
    try:
        load_printer()
        return True, ""
    except ReportError as error:
        return False, f"the PDF was not made again: {error}"


def _load(path: Path) -> dict:
    try:
        made_of = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror}. Give a NAME{MANIFEST}.") from None
    except ValueError:
        raise ReportError(f"{path.name}: not JSON. Give a NAME{MANIFEST}, as it was written.") from None
    if not isinstance(made_of, dict) or (lacking := sorted(NEEDED - set(made_of))):
        told = ", ".join(lacking) if isinstance(made_of, dict) else "everything"
        raise ReportError(f"{path.name}: no manifest of a report; it lacks {told}. Give a NAME{MANIFEST}.")
    return made_of


def _find(role: str, entry: Mapping[str, str], folder: Path) -> Path:
    """Return where an input lies now: seen from the manifest's folder, else as names in parameters are."""
    named = str(entry["path"])
    try:
        beside = folder / named
        return (beside if beside.exists() else resolve(named)).resolve()
    except ToolkitError:
        raise ReportError(
            f"the {role} is not there: {named}, seen from {folder}. Put it there, and run again."
        ) from None


def _parameters(given: Mapping[str, object], inputs: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """Yield the parameters that name files, as where these lie now."""
    for key in (key for key in INSTRUMENTS if key in given):
        parts = enumerate(parts_of(given[key]), 1)
        yield key, "; ".join(str(inputs.get(f"{key} {place}", part)) for place, part in parts)
    for key in PATH_LISTS:
        if paths := [str(path) for role, path in inputs.items() if role.startswith(f"{key} ")]:
            yield key, "; ".join(paths)
    yield from ((role, str(path)) for role, path in inputs.items() if " " not in role)


def _differences(made_of: Mapping, inputs: Mapping[str, Path]) -> Iterator[str]:
    """Yield what is not as the manifest says, a sentence each."""
    for role, path in inputs.items():
        was, now = made_of["inputs"][role]["SHA-256"], digest_of(path)
        if was != now:
            yield f"the {role} {path.name} is another: SHA-256 {now[:SHOWN]}, was {was[:SHOWN]}"
    notebook = find_notebooks().get(made_of["report"])
    if notebook and digest_of(notebook) != made_of["notebook SHA-256"]:
        yield f"the notebook {notebook.name} is another"
    if digest_of_code() != made_of["code SHA-256"]:
        yield "the code of the toolkit is another"
    now = versions()
    for package, was in made_of["versions"].items():
        if now.get(package, "not installed") != was:
            yield f"{package} is {now.get(package, 'not installed')}, was {was}"
