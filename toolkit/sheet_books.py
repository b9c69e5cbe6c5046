"""Sheet books: a registry of actors as a CSV file, one row per actor or per way of naming one."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.books import Book, read_source
from toolkit.errors import CodebookError
from toolkit.printable import printable

LISTS = ("aliases", "metonyms", "demonyms", "not", "roles")
EXAMPLES = ("must", "must_not")
WORDS = ("name", "kind", "side", "surname")
OTHER_NAMES = {"id": "actor_id", "affiliation": "side", "type": "kind", "exclude": "not"}
WAYS = {"alias": "aliases", "exclude": "not", "role": "roles", "metonym": "metonyms", "demonym": "demonyms"}
ONE_PER_WAY = ("alias", "how", "valid_from", "valid_to")
PARTED = re.compile(r"[;|]")


class SheetBook(Book):
    """A CSV file read as the YAML file of the same registry would be, and the lines of its rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content = {"actors": {}}
        self._cells: list[tuple[str, set[str], int]] = []  # actor_id, strings and line of each row
        for line, row in self._rows(read_source(path)):
            actor_id = row.get("actor_id", "")
            if not actor_id:
                raise CodebookError(f"{path.name}:{line}: a row without an actor_id. Give it one, or delete the line.")
            self._add(actor_id, row, line)
            parts = {
                part
                for cell in row.values()
                for part in [cell, *PARTED.split(cell), *PARTED.split(cell.replace("(", ";"))]
            }
            parts = {" ".join(part.split()) for part in parts}
            self._cells.append((actor_id, parts, line))

    def line_of(self, near: str, under: str = "") -> int:
        near = " ".join(near.split())
        lines = [line for actor_id, parts, line in self._cells if under in ("", actor_id) and near in parts]
        return lines[-1] if lines else 0

    def _rows(self, source: str) -> Iterator[tuple[int, dict[str, str]]]:
        head = source.lstrip().partition("\n")[0]
        delimiter = next((mark for mark in "\t,;" if mark in head), ",")
        # Not by splitlines, which also ends a line at signs that may stand in a cell.
        reader = csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True)
        try:
            names = [_column(name) for name in next(reader, [])]
            self._check_names(names)
            for cells in reader:
                if len(cells) > len(names) and any(map(str.strip, cells[len(names) :])):
                    raise CodebookError(
                        f"{self.path.name}:{reader.line_num}: {len(cells)} cells in a row, but {len(names)} columns. "
                        "Put quotation marks round a cell that holds a comma."
                    )
                if any(map(str.strip, cells)):
                    yield reader.line_num, {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        except csv.Error as error:
            raise CodebookError(f"{self.path.name}:{reader.line_num}: cannot be read as CSV: {error}.") from None

    def _check_names(self, names: list[str]) -> None:
        known = {"actor_id", *WORDS, *(ONE_PER_WAY if "alias" in names else (*LISTS, *EXAMPLES))}
        fault = ""
        if "actor_id" not in names or "name" not in names:
            fault = "a registry needs the columns actor_id, name and kind"
        elif unknown := [name for name in names if name and name not in known]:
            fault = f"unknown column {unknown[0][:40]!r}. It takes: {', '.join(sorted(known))}"
        elif twice := [name for name in names if name and names.count(name) > 1]:
            fault = f"column {twice[0]!r} stands twice. Delete one"
        if fault:
            raise CodebookError(f"{self.path.name}:1: {fault}.")

    def _add(self, actor_id: str, row: dict[str, str], line: int) -> None:
        actors = self.content["actors"]
        if "alias" in row:
            entry = actors.setdefault(actor_id, {key: row[key] for key in ("name", "kind", "side") if row.get(key)})
            self._add_way(entry, row, line)
            return
        if actor_id in actors:
            twice = f"actor {printable(actor_id)} stands twice. Rename or delete one."
            raise CodebookError(f"{self.path.name}:{line}: {twice}")
        entry = {key: row[key] for key in WORDS if row.get(key)}
        entry |= {key: _parts(row[key], PARTED) for key in LISTS if row.get(key)}
        examples = {key: _parts(row[key], re.compile(r"\|")) for key in EXAMPLES if row.get(key)}
        actors[actor_id] = entry | ({"examples": examples} if examples else {})

    def _add_way(self, entry: dict, row: dict[str, str], line: int) -> None:
        how, dates = row.get("how") or "alias", (row.get("valid_from", ""), row.get("valid_to", ""))
        how = "role" if how == "alias" and any(dates) else how
        if how not in (*WAYS, "surname"):
            known = ", ".join((*WAYS, "surname"))
            raise CodebookError(f"{self.path.name}:{line}: {how[:40]!r} is no way of naming. Use one of: {known}.")
        string = row["alias"]
        if how == "role":
            string = {"role": string, "from": dates[0], "to": dates[1]}
        if row["alias"]:
            entry.setdefault(WAYS.get(how, how), []).append(string)


def _column(name: str) -> str:
    name = "_".join(name.strip().lower().split())
    return OTHER_NAMES.get(name, name)


def _parts(cell: str, mark: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in mark.split(cell) if part.strip()]
