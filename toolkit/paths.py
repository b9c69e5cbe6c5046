"""Where the data, the notebooks and the reports lie, whatever the working directory is."""

from pathlib import Path

from toolkit.errors import ToolkitError

PACKAGE = Path(__file__).resolve().parent
# In a checkout the folders lie beside the package; an installed wheel carries copies inside it.
ROOT = PACKAGE.parent if (PACKAGE.parent / "notebooks").is_dir() else PACKAGE / "share"
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
HIDDEN = (".", "~$")  # how the names of files begin that nobody means to read
TEMPLATES = PACKAGE / "templates"
STUDY = "study.yml"  # in the folder of a study


def resolve(name: str | Path) -> Path:
    """Return the existing path that `name` means: absolute, or from the study's folder, from data/, or from here.

    JupyterLab runs a notebook in its own folder and a report runs it from elsewhere, so relative names in parameters
    are read from the study one works in, then from data/. Raises ToolkitError where nothing is there.
    """
    if not str(name).strip():
        raise ToolkitError("no file or folder is named. Give its path.")
    try:
        path = Path(name).expanduser()
        for candidate in (path,) if path.is_absolute() else [folder / path for folder in _roots()]:
            if candidate.exists():
                return candidate
    except (OSError, RuntimeError, ValueError):
        pass  # too long a name, or of no user
    name = str(name)[:200]
    raise ToolkitError(f"{name}: no such file or folder, neither in {DATA} nor in {Path.cwd()}. Check the spelling.")


def _roots() -> list[Path]:
    own = study_folder()
    return [*([own] if own else []), DATA, Path.cwd()]


def existing(path: str) -> str:
    """Return the path as one that holds from anywhere: from here first, since it was typed here."""
    try:
        here = Path(path).expanduser()
        return str(here.resolve()) if path and here.exists() else path
    except (OSError, RuntimeError):
        return path


def study_folder() -> Path | None:
    """Return the folder of the study one works in: the nearest one from here upwards that holds a study.yml."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / STUDY).is_file()), None)


def find_notebooks() -> dict[str, Path]:
    """Return the notebooks by name, sorted; one in the notebooks/ of the study takes the place of the toolkit's."""
    own = study_folder()
    folders = [NOTEBOOKS, *([own / "notebooks"] if own else [])]
    found = {path.stem: path for folder in folders for path in folder.glob("*.ipynb")}
    return dict(sorted(found.items()))
