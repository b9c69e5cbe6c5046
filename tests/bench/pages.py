"""Print how well saved pages are cleaned, whole and by label: python -m tests.bench.pages FOLDER.

The folder holds dumps (NNN.txt, NNN-flat.txt), gold.jsonl (page, body) and score.py, whose measure is used.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from toolkit import clean_page
from toolkit.readers import html
from toolkit.readers.page_labels import BODY_LABELS

LEAST = 3  # words of a line that is counted by label


def measure(folder: Path, rendering: str) -> None:
    """Print what score.py says of one rendering, and the words of each label that the gold text holds or not."""
    gold = {row["page"]: row["body"] for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    predictions, held, other = [], Counter(), Counter()
    for page, body in sorted(gold.items()):
        lines = clean_page((folder / f"{page}{rendering}.txt").read_text(encoding="utf-8", errors="replace"))
        text = "\n\n".join(lines.loc[lines["label"].isin(BODY_LABELS), "text"])
        predictions.append(json.dumps({"page": page, "text": text}))
        for line in lines.itertuples():
            words = _words(line.text)
            if len(words) >= LEAST:
                found = f" {' '.join(words)} " in f" {' '.join(_words(body))} "
                (held if found else other)[line.label] += len(words)
    print(f"NNN{rendering}.txt: {_scored(folder, predictions)}")
    for label in sorted({*held, *other}, key=lambda label: -held[label]):
        print(f"  {label:12} {held[label]:6,} words in the gold text, {other[label]:6,} not")


def measure_html(folder: Path) -> None:
    """Print what score.py says of the articles taken from html/NNN.html."""
    units = ((path.stem, next(html.read(path))) for path in sorted((folder / "html").glob("*.html")))
    predictions = [json.dumps({"page": page, "text": unit.fields.get("text", "")}) for page, unit in units]
    print(f"html/NNN.html: {_scored(folder, predictions)}")


def _scored(folder: Path, predictions: list[str]) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(predictions))
        file.flush()
        command = [sys.executable, str((folder / "score.py").resolve()), file.name]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


if __name__ == "__main__":
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "gold.jsonl").is_file():
        sys.exit("usage: python -m tests.bench.pages FOLDER, one that holds gold.jsonl and score.py")
    for rendering in ("", "-flat"):
        measure(Path(sys.argv[1]), rendering)
    measure_html(Path(sys.argv[1]))
