"""Study: a folder of one's own with corpus, codebooks, notebooks and one file that says what is asked of them."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from toolkit.books import Book
from toolkit.errors import ReportError
from toolkit.paths import DATA, NOTEBOOKS, STUDY, study_folder

PARAMETERS = {"corpus": "corpus", "codebook": "codebooks/frames.yml", "actors": "codebooks/actors.yml"}
STUDY_FILE = """\
# The study in one file: `toolkit grid study.yml` makes all its reports, and `toolkit report` in this folder takes its
# parameters. `toolkit report all --parameters` lists what there is to set; a list of values makes a report for each.
title: {title}
out: reports
reports: all
outlets: [all]  # or each, or names
periods: [all]  # or each month, latest week, 2022-01-01 to 2022-01-31
parameters:
  corpus: corpus
  codebook: codebooks/frames.yml
  actors: codebooks/actors.yml
"""
ACTORS_FILE = """\
# Whom to count: replace this example by the actors of your story.
name: Actors of this study
version: 0.1.0
language: en
licence: CC0-1.0
actors:
  united_nations:
    name: United Nations
    kind: organisation
    aliases: [United Nations, UN]
"""
README_FILE = """\
# {title}

The next three commands, here in this folder:

    toolkit check corpus
    toolkit report all
    toolkit grid study.yml

`check` says what was read and what was not; `report` and `grid` write to `reports/`. `corpus/` holds your articles as
they came, `codebooks/` what is looked for (`toolkit codebook check codebooks/frames.yml`), `study.yml` what is asked.
`notebooks/` are copies, yours to change (`jupyter lab notebooks`): a report is made from the copy where there is one,
else from the toolkit's own.
"""


def make_study(folder: str | Path, pile: Iterable[str | Path] = ()) -> Path:
    """Make the folder of a study from files and folders, which are copied into its corpus/; return its path.

    Raises ReportError where something is there already, or a file cannot be copied: then no folder is made.
    """
    folder, pile = Path(folder), [Path(path) for path in pile]
    if around := next((path for path in pile if folder.resolve().is_relative_to(path.resolve())), None):
        raise ReportError(f"{folder}: lies in {around}, which would be copied into itself. Choose a place outside.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReportError(f"{folder}: is there already, and not empty. Choose a new name.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".toolkit-") as making:
            place = Path(making) / "study"
            _fill(place, folder.resolve().name, pile)
            place.replace(folder)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        named = f"{error.filename}: " if getattr(error, "filename", None) else ""
        raise ReportError(f"{folder}: could not be made: {named}{reason[:200]}.") from None
    return folder


def _fill(place: Path, title: str, pile: list[Path]) -> None:
    for name in ("corpus", "codebooks", "notebooks", "reports"):
        (place / name).mkdir(parents=True)
    for path in pile:
        _copy(path, place / "corpus" / path.resolve().name)
    shutil.copyfile(DATA / "codebooks" / "frames" / "generic.yml", place / PARAMETERS["codebook"])
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        (place / "notebooks" / path.name).write_text(
            _set_parameters(path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    texts = {PARAMETERS["actors"]: ACTORS_FILE, STUDY: STUDY_FILE.format(title=json.dumps(title, ensure_ascii=False))}
    for name, text in (texts | {"README.md": README_FILE.format(title=title)}).items():
        (place / name).write_text(text, encoding="utf-8")


def _copy(path: Path, target: Path) -> None:
    if target.exists():
        raise OSError(17, f"two things are called {target.name}", str(path))
    if path.is_dir():
        shutil.copytree(path, target, symlinks=True)
    else:
        shutil.copy2(path, target)


def _set_parameters(notebook: str) -> str:
    """Return a notebook that names the files of the study where it named those of the sample."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = [_set_line(line) for line in cell["source"]]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _set_line(line: str) -> str:
    found = re.match(r'(\w+)((?:: str)? = )"[^"]+"', line)
    own = PARAMETERS.get(found[1]) if found else None
    return f'{found[1]}{found[2]}"{own}"{line[found.end() :]}' if own else line


def study_parameters() -> dict[str, object]:
    """Return the parameters of the study one works in, but for those with several values; none outside of a study."""
    folder = study_folder()
    if folder is None:
        return {}
    found = Book(folder / STUDY, kind="a study", needed="keys such as reports and parameters").content.get("parameters")
    return {str(key): value for key, value in (found or {}).items() if not isinstance(value, list)}
