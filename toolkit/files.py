"""Files: what lies in a folder or a zip, each with its name in the ledger, and the reason why it cannot be read."""

import bz2
import gzip
import lzma
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from toolkit.paths import HIDDEN
from toolkit.printable import printable

OPENERS: dict[str, Callable[[Path], IO[bytes]]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
ZIP = ".zip"
MOST_MEMBERS = 1_000_000
EXPANSION = 200  # times its own size that a packed file may hold
PACKED = 20  # times that packed text seldom reaches
SMALL = 100_000_000  # bytes that every packed file may hold, however small it is
LARGEST = 20_000_000_000  # bytes
CHUNK = 1 << 20
TOO_MUCH = "holds far more than its size: not unpacked"


class File(NamedTuple):
    """A file to be read: its name in the ledger, where it lies, and its place within a zip if it lies in one."""

    name: str
    path: Path
    reason: str = ""  # why it cannot be read, "" if it can
    member: zipfile.ZipInfo | None = None

    @property
    def suffix(self) -> str:
        """Lower-cased; that of what is packed inside for corpus.csv.gz."""
        name = PurePosixPath(self.name.lower())
        return PurePosixPath(name.stem).suffix if name.suffix in OPENERS else name.suffix

    def size(self, place: Path) -> int:
        """Return the bytes of its content, unpacked at a place; no more than text can be packed into its own."""
        packed = self.member.compress_size if self.member else self.path.stat().st_size
        return min(place.stat().st_size, PACKED * packed)


class UnpackError(ValueError):
    """A packed file cannot be unpacked; the message says why."""


def find_files(root: Path) -> list[File]:
    """Return every file of a folder in order, also in its subfolders and zips, with the reason if it cannot be read."""
    return [inner for file in _walk(root, root) for inner in (_members(file) if file.suffix == ZIP else [file])]


def _walk(path: Path, root: Path) -> Iterator[File]:
    name = printable(path.name if path == root else path.relative_to(root).as_posix())
    if not path.is_dir():
        yield File(name, path, "" if path.is_file() else "not a regular file")
        return
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        yield File(name, path, f"cannot be opened: {error.strerror}")
        return
    for entry in entries:
        shown = printable(entry.relative_to(root).as_posix())
        if entry.name.startswith(HIDDEN):
            yield File(shown, entry, "hidden")
        elif entry.is_symlink():
            yield File(shown, entry, _fault_of_link(entry, root))
        else:
            yield from _walk(entry, root)


def _fault_of_link(path: Path, root: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "a link to nothing"
    if not target.is_relative_to(root.resolve()):
        return "a link out of the folder"
    return "" if target.is_file() else "a link to a folder"  # which may hold the link itself


def _members(file: File) -> list[File]:
    if file.reason:
        return [file]
    try:
        with zipfile.ZipFile(file.path) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
        return [file._replace(reason=f"not a zip file that can be read: {_said(error)}")]
    if not members or len(members) > MOST_MEMBERS:
        return [file._replace(reason=f"a zip of {len(members):,} files")]
    return [
        File(f"{file.name}/{printable(member.filename)}", file.path, _fault_of_member(member), member)
        for member in members
    ]


def _fault_of_member(member: zipfile.ZipInfo) -> str:
    parts = PurePosixPath(member.filename).parts
    if any(part.startswith(HIDDEN) and part != ".." for part in parts) or "__MACOSX" in parts:
        return "hidden"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link within a zip"
    if member.filename.lower().endswith(ZIP):
        return "a zip within a zip: unpack it first"
    return "encrypted: unpack it first" if member.flag_bits & 1 else ""


def unpacked(files: list[File]) -> Iterator[tuple[File, Path]]:
    """Yield each file with the path at which its content lies, unpacked for as long as it is looked at.

    What cannot be unpacked comes with a reason. No path is ever made of a name from within a zip.
    """
    with tempfile.TemporaryDirectory(prefix="toolkit-") as folder:
        place = Path(folder) / "unpacked"
        for path, group in groupby(files, key=lambda file: file.path):
            budget = _Budget(path)
            with _opened(path, group_files := list(group)) as packed:
                for file in group_files:
                    yield _unpack(file, packed, place, budget)


class _Budget:
    """How many bytes one packed file may still give, against bombs."""

    def __init__(self, path: Path) -> None:
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        self.left = min(max(SMALL, EXPANSION * size), LARGEST)

    def copy(self, source: IO[bytes], target: IO[bytes]) -> None:
        while chunk := source.read(CHUNK):
            self.left -= len(chunk)
            if self.left < 0:
                raise UnpackError(TOO_MUCH)
            target.write(chunk)


@contextmanager
def _opened(path: Path, files: list[File]) -> Iterator[zipfile.ZipFile | None]:
    """Open a zip once for all its members; yield None where there is nothing to open."""
    if not any(file.member and not file.reason for file in files):
        yield None
        return
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError):  # it was read a moment ago
        yield None
        return
    with packed:
        yield packed


def _unpack(file: File, packed: zipfile.ZipFile | None, place: Path, budget: _Budget) -> tuple[File, Path]:
    opener = OPENERS.get(PurePosixPath(file.name.lower()).suffix)
    if file.reason or not (file.member or opener):
        return file, file.path
    try:
        if file.member:
            if packed is None:
                raise UnpackError("the zip cannot be opened any more")
            if file.member.file_size > budget.left:  # which the others of the zip may then use
                raise UnpackError(TOO_MUCH)
            with packed.open(file.member) as source, place.open("wb") as target:
                budget.copy(source, target)
        if opener:
            within = place.with_name("within")
            origin = shutil.move(place, within) if file.member else file.path
            with opener(origin) as source, place.open("wb") as target:
                budget.copy(source, target)
    except UnpackError as error:
        return file._replace(reason=str(error)), place
    except Exception as error:  # each way of packing fails in its own way
        return file._replace(reason=f"cannot be unpacked: {_said(error)}"), place
    return file, place


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or " ".join(str(error).split())[:100] or type(error).__name__
