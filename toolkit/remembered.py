"""Remembered: tables that were reckoned once are read again, as long as all they rest on is the same byte for byte.

A result is kept under data/processed/remembered as Parquet, named by a hash of what it was made of: the function and
the code of the whole package, the data it brings (abbreviations, outlets, cues), the versions of the packages beneath,
and each argument: of a table its content, of a file or folder the bytes in it. Nothing is ever out of date: what
differs has another name. The folder can be deleted at any time; beyond a limit the tables unused for longest go by
themselves.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, get_type_hints

import pandas as pd

from toolkit.contents import UntoldError, hash_of, hash_of_toolkit
from toolkit.paths import DATA

FOLDER = DATA / "processed" / "remembered"
LIMIT = 2_000_000_000  # bytes
SUFFIX = ".parquet"
SHOWN = 32  # hexadecimal digits

T = TypeVar("T")


def remember(function: Callable[..., T], *arguments: object, **options: object) -> T:
    """Return `function(*arguments, **options)`, from disk where it was reckoned before.

    It serves functions of the toolkit that give a table, or a tuple of tables as `load_corpus` does; what others give,
    and what is called with arguments other than tables, text, numbers and paths, is reckoned anew each time. A table
    that another process is at is waited for. Where nothing can be written nothing is kept.
    """
    kind = get_type_hints(function).get("return") if _is_ours(function) else None
    try:
        if kind is not pd.DataFrame and not _is_tuple_of_tables(kind):
            return function(*arguments, **options)
        name = f"{function.__name__}-{_key(function, arguments, options)}"
        FOLDER.mkdir(parents=True, exist_ok=True)
    except (UntoldError, OSError):
        return function(*arguments, **options)
    if (kept := _read(name, kind)) is not None:
        return kept
    with _alone(name):
        if (kept := _read(name, kind)) is not None:  # by now
            return kept
        result = function(*arguments, **options)
        written = _write(name, result)
        forget(LIMIT)
        # As it will be read again, so that what is made of it has one name, the first time too.
        kept = _read(name, kind) if written else None
        return result if kept is None else kept


def forget(most: int = 0) -> None:
    """Remove the remembered tables that were not used for longest, until the rest hold at most so many bytes."""
    found = []
    for path in [*FOLDER.glob(f"*{SUFFIX}"), *FOLDER.glob(f".writing-*/*{SUFFIX}")]:  # these of what was killed
        with suppress(OSError):  # another process was quicker
            found.append((path.stat().st_mtime_ns, path.stat().st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= most:
            return
        with suppress(OSError):
            path.unlink()
        total -= size


def _is_ours(function: Callable) -> bool:
    return getattr(function, "__module__", "").startswith("toolkit.")


def _is_tuple_of_tables(kind: object) -> bool:
    tuples = isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")
    return tuples and set(get_type_hints(kind).values()) == {pd.DataFrame}


def _key(function: Callable, arguments: Sequence[object], options: Mapping[str, object]) -> str:
    # The day, since a ledger says which articles are dated in the future.
    today = datetime.now(UTC).date().isoformat() if function.__name__ == "load_corpus" else ""
    told = [hash_of_toolkit(), function.__module__, function.__qualname__, today]
    told += [hash_of(part) for part in (*arguments, options)]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:SHOWN]


def _read(name: str, kind: type) -> object:
    """Return the table or tables kept under a name, None where any is not there or damaged."""
    import pyarrow
    from pyarrow import parquet

    paths = _paths(name, kind)
    try:
        tables = [parquet.read_table(path, page_checksum_verification=True).to_pandas() for path in paths]
        for path in paths:
            os.utime(path)  # it was of use
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, TypeError):
        return None
    return tables[0] if kind is pd.DataFrame else kind(*tables)


def _write(name: str, result: pd.DataFrame | tuple[pd.DataFrame, ...]) -> bool:
    """Write each table under another name first, so that none is seen half written; say whether all are written."""
    import pyarrow
    from pyarrow import parquet

    tables = (result,) if isinstance(result, pd.DataFrame) else result
    try:
        with tempfile.TemporaryDirectory(dir=FOLDER, prefix=".writing-") as folder:
            for table, path in zip(tables, _paths(name, type(result)), strict=True):
                place = Path(folder) / path.name
                parquet.write_table(
                    pyarrow.Table.from_pandas(table), place, compression="zstd", write_page_checksum=True
                )
                place.replace(path)
    except (pyarrow.ArrowException, OSError, ValueError, TypeError):
        return False
    return True


def _paths(name: str, kind: type) -> list[Path]:
    parts = ("table",) if kind is pd.DataFrame else kind._fields
    return [FOLDER / f"{name}.{part}{SUFFIX}" for part in parts]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let no other process do what stands within for the same name; the system lets go of what a killed one held."""
    try:
        import fcntl
    except (
        ImportError
    ):  # not on Windows: there two may reckon the same, and the later result takes the place of the other
        yield
        return
    path = FOLDER / f"{name}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
