"""Manifest: what a result was made of, so that it can be made again."""

import hashlib
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from toolkit.paths import DATA, HIDDEN, PACKAGE, resolve

PACKAGES = (
    "media-analysis-toolkit",
    "pandas",
    "numpy",
    "nltk",
    "vaderSentiment",
    "matplotlib",
    "papermill",
    "nbconvert",
    "charset-normalizer",
    "lxml",
    "python-calamine",
    "python-docx",
    "striprtf",
    "trafilatura",
    "feedparser",
    "ftfy",
    "py3langid",
)
SHOWN = 16  # hexadecimal digits
TABLES_OF = "annotation.json"  # in a folder of tables: hashes of the corpus and the books they were made of
CODE = (".py", ".j2", ".css")
SUPPORT = ("outlets.yml", "abbreviations.txt", "cues.yml", "first_names.yml")  # data that every analysis may use


def make_manifest(inputs: Mapping[str, str], parameters: Mapping[str, object]) -> pd.DataFrame:
    """List what a report was made of, one row per thing: what, value.

    `inputs` maps a role (corpus, codebook ...) to a path; files are told by name and by the SHA-256 of what they hold.
    """
    inputs = dict(inputs) | {Path(name).stem: str(DATA / name) for name in SUPPORT}
    rows = [(role, f"{Path(path).name}, SHA-256 {fingerprint(path)}") for role, path in inputs.items() if path]
    rows += [(f"parameter {name}", _plain(value)) for name, value in parameters.items()]
    rows += [("code of the toolkit", f"SHA-256 {digest_of_code()[:SHOWN]}"), *versions().items()]
    return pd.DataFrame(rows, columns=["What", "Value"], dtype="str")


def fingerprint(path: str | Path) -> str:
    """Return the beginning of the SHA-256 of a file, or of the names and contents of a folder's files."""
    return digest_of(path)[:SHOWN]


def digest_of(path: str | Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of a folder's files.

    Tables can be many gigabytes: theirs is that of what they were made of, and of the names and sizes of their files.
    """
    root = resolve(path)
    if (root / TABLES_OF).is_file():
        sizes = (f"{file.relative_to(root).as_posix()}\0{file.stat().st_size}\0" for file in _visible(root))
        return hashlib.sha256("".join([_digest(root, [root / TABLES_OF]), *sizes]).encode()).hexdigest()
    return _digest(root, [root] if root.is_file() else _visible(root))


def describe_input(path: str, folder: Path, digest: Callable[[str | Path], str] = digest_of) -> dict[str, str]:
    """Return a file or folder as its path, seen from data/ or from `folder`, and its SHA-256."""
    place = resolve(path).resolve()
    try:
        seen = place.relative_to(DATA) if place.is_relative_to(DATA) else os.path.relpath(place, folder.resolve())
    except ValueError:  # it lies on another drive
        seen = place
    return {"path": Path(seen).as_posix(), "SHA-256": digest(place)}


def _visible(root: Path) -> list[Path]:
    files = (file for file in sorted(root.rglob("*")) if file.is_file())
    return [file for file in files if not any(part.startswith(HIDDEN) for part in file.relative_to(root).parts)]


def _digest(root: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        if file != root:
            digest.update(file.relative_to(root).as_posix().encode("utf-8", "surrogateescape") + b"\0")
        try:
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError:
            digest.update(b"unreadable")  # as the ledger says of it
    return digest.hexdigest()


@cache
def digest_of_code() -> str:
    """Return the SHA-256 of the toolkit's own code and of the data that every analysis may use."""
    return hashlib.sha256("".join([_digest(PACKAGE, list(_code())), *map(_support, SUPPORT)]).encode()).hexdigest()


def _code() -> Iterator[Path]:
    share = PACKAGE / "share"
    files = sorted(file for file in PACKAGE.rglob("*") if file.suffix in CODE)
    yield from (file for file in files if not file.is_relative_to(share))


def _support(name: str) -> str:
    return digest_of(DATA / name)


def versions() -> dict[str, str]:
    """Return the version of Python and of each package that a result may depend on."""
    return {"Python": platform.python_version()} | {package: version_of(package) for package in PACKAGES}


def version_of(package: str) -> str:
    """Return the version of an installed package, or that it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _plain(value: object) -> str:
    """Write a parameter; of a path only its name, since the rest is a matter of the machine."""
    text = str(value)
    return Path(text).name if Path(text).is_absolute() else text or "(empty)"
