"""Commands of a study: parse, call the library, print; `toolkit.cli` runs them beside its own."""

import argparse
import sys
from pathlib import Path

from toolkit.errors import ToolkitError
from toolkit.paths import existing


def grid(arguments: argparse.Namespace) -> int:
    """Make all reports that a file asks for side by side, with an index; what is done is kept."""
    from toolkit.findings import count
    from toolkit.grid import load_grid
    from toolkit.overview import write_overview
    from toolkit.runner import EMPTY, FAILED, KEPT, MADE, run_grid

    asked = load_grid(arguments.file, arguments.out)
    outcomes = run_grid(asked, arguments.workers)
    index = write_overview(asked, outcomes)
    for outcome in outcomes.values():
        if outcome.status == FAILED:
            print(f"toolkit: {outcome.reason}", file=sys.stderr)
    numbers = {
        kind: sum(outcome.status == kind for outcome in outcomes.values()) for kind in (MADE, KEPT, EMPTY, FAILED)
    }
    told = ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number or kind != EMPTY)
    print(f"{count(len(outcomes), 'report')}: {told}")
    if asked.left_out:
        print(f"left out: {', '.join(asked.left_out)}, since it needs codings, and reads no tables")
    print(index)
    return int(numbers[FAILED] > 0 or numbers[EMPTY] == len(outcomes))


def rerun(arguments: argparse.Namespace) -> int:
    """Make a report again from its manifest, and say whether it is the same, byte for byte, or what is different."""
    from toolkit.rerun import rerun_report

    done = rerun_report(arguments.manifest, arguments.out)
    for difference in done.differences:
        print(f"toolkit: {difference}.", file=sys.stderr)
    unknown = "" if done.same or done.differences else " Inputs, code and versions are the same."
    print(f"{done.path.name}: {'the same, byte for byte' if done.same else 'not the same.' + unknown}")
    return int(not done.same)


def init(arguments: argparse.Namespace) -> int:
    """Make the folder of a study of your own from a pile of files: corpus, codebooks, notebooks and study.yml."""
    from toolkit.study import make_study

    folder = make_study(arguments.dir, arguments.pile)
    print(folder)
    print(f"Go on with: cd {folder}; toolkit check corpus")
    return 0


def evidence(arguments: argparse.Namespace) -> int:
    """Write what may be published without the texts, or say whether what was published follows from them."""
    from toolkit.corpus import load_corpus
    from toolkit.pack import save_evidence, verify_evidence

    articles, _ = load_corpus(existing(arguments.corpus), arguments.columns)
    if arguments.verify:
        same, told = verify_evidence(articles, arguments.verify)
        print(*told, "All of it follows from these articles." if same else "Not all of it follows.", sep="\n")
        return int(not same)
    if not arguments.out:
        raise ToolkitError("say where it goes, --out DIR, or what to verify, --verify DIR.")
    print(*save_evidence(articles, arguments.out, *_instruments(arguments)), sep="\n")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write the tables of a corpus: articles with texts, sentences, frames, tone, quotes; with a registry, actors."""
    from toolkit.corpus import load_corpus
    from toolkit.derived import derive_tables
    from toolkit.exports import save_network, save_table

    articles, ledger = load_corpus(existing(arguments.corpus), arguments.columns)
    tables = {"articles": articles, "ledger": ledger} | derive_tables(articles, *_instruments(arguments))
    out = Path(arguments.out)
    paths = [save_table(table, out / f"{name}.{arguments.format}") for name, table in tables.items()]
    networks = [name for name in ("frame_pairs", "actor_pairs") if name in tables]
    paths += [save_network(tables[name], out / f"{name}.graphml") for name in networks]
    print(*paths, sep="\n")
    return 0


def _instruments(arguments: argparse.Namespace) -> tuple[str, str]:
    """Return codebook and registry as asked for, else those of the study, else the generic frames and nobody."""
    from toolkit.paths import resolve
    from toolkit.study import study_parameters

    study = study_parameters()
    codebook = arguments.codebook or study.get("codebook") or "codebooks/frames/generic.yml"
    actors = arguments.actors or study.get("actors") or ""
    return str(resolve(existing(codebook))), str(resolve(existing(actors))) if actors else ""


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the parser."""
    one = commands.add_parser("grid", help=grid.__doc__, description=grid.__doc__)
    one.add_argument("file", metavar="FILE", help="a YAML file of reports, outlets, periods and parameters")
    one.add_argument("--out", metavar="DIR", default="", help="where the reports go (default: as the file says)")
    one.add_argument("--workers", type=int, default=0, help="reports at a time (default: one per core)")
    one.set_defaults(run=grid)

    one = commands.add_parser("rerun", help=rerun.__doc__, description=rerun.__doc__)
    one.add_argument("manifest", metavar="MANIFEST", help="the NAME.manifest.json beside a report")
    one.add_argument("--out", metavar="DIR", default="", help="where to leave the report (default: nowhere)")
    one.set_defaults(run=rerun)

    one = commands.add_parser("init", help=init.__doc__, description=init.__doc__)
    one.add_argument("dir", metavar="DIR", help="the folder to make")
    one.add_argument("pile", metavar="PATH", nargs="*", help="files and folders of articles, copied into its corpus/")
    one.set_defaults(run=init)

    instruments = argparse.ArgumentParser(add_help=False)
    instruments.add_argument("corpus", metavar="CORPUS", help="a file or folder of articles")
    instruments.add_argument("--codebook", metavar="FILE", default="", help="frames (default: the study's, or generic)")
    instruments.add_argument(
        "--actors",
        metavar="FILE",
        default="",
        help="a registry, for mentions and networks (default: the study's, or none)",
    )
    instruments.add_argument("--columns", default="", help='your names to ours, e.g. "medium:outlet, body:text"')

    one = commands.add_parser("evidence", help=evidence.__doc__, description=evidence.__doc__, parents=[instruments])
    one.add_argument("--out", metavar="DIR", default="", help="a new folder for what may be published")
    one.add_argument("--verify", metavar="DIR", default="", help="such a folder, to be held against the texts")
    one.set_defaults(run=evidence)

    one = commands.add_parser("export", help=export.__doc__, description=export.__doc__, parents=[instruments])
    one.add_argument("--out", metavar="DIR", required=True, help="where the tables go")
    one.add_argument("--format", choices=("csv", "xlsx", "parquet"), default="csv", help="(default: csv)")
    one.set_defaults(run=export)
