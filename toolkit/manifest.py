"""Manifest: what a result was made of, so that it can be made again."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from toolkit.paths import HIDDEN, resolve

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


def make_manifest(inputs: Mapping[str, str], parameters: Mapping[str, object]) -> pd.DataFrame:
    """List what a report was made of, one row per thing: what, value.

    `inputs` maps a role (corpus, codebook ...) to a path; files are told by name and by the SHA-256 of what they hold.
    """
    inputs = dict(inputs) | {"outlets": "outlets.yml", "abbreviations": "abbreviations.txt"}
    rows = [(role, f"{Path(path).name}, SHA-256 {fingerprint(path)}") for role, path in inputs.items() if path]
    rows += [(f"parameter {name}", _plain(value)) for name, value in parameters.items()]
    rows += [("Python", platform.python_version()), *((package, version_of(package)) for package in PACKAGES)]
    return pd.DataFrame(rows, columns=["What", "Value"], dtype="str")


def fingerprint(path: str | Path) -> str:
    """Return the beginning of the SHA-256 of a file, or of the names and contents of a folder's files."""
    root = resolve(path)
    digest = hashlib.sha256()
    for file in [root] if root.is_file() else sorted(root.rglob("*")):
        if file.is_file() and not any(part.startswith(HIDDEN) for part in file.relative_to(root).parts):
            digest.update(
                b"" if file == root else file.relative_to(root).as_posix().encode("utf-8", "surrogateescape") + b"\0"
            )
            try:
                with file.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
            except OSError:
                digest.update(b"unreadable")  # as the ledger says of it
    return digest.hexdigest()[:SHOWN]


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
