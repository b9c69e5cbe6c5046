"""Commands of a study: parse, call the library, print; `toolkit.cli` runs them beside its own."""

import argparse
import sys


def grid(arguments: argparse.Namespace) -> int:
    """Make all reports that a file asks for side by side, with an index; what is done is kept."""
    from toolkit.grid import load_grid
    from toolkit.overview import write_overview
    from toolkit.runner import FAILED, KEPT, MADE, run_grid

    asked = load_grid(arguments.file, arguments.out)
    outcomes = run_grid(asked, arguments.workers)
    index = write_overview(asked, outcomes)
    for outcome in outcomes.values():
        if outcome.status == FAILED:
            print(f"toolkit: {outcome.reason}", file=sys.stderr)
    numbers = {kind: sum(outcome.status == kind for outcome in outcomes.values()) for kind in (MADE, KEPT, FAILED)}
    print(f"{len(outcomes)} reports: {', '.join(f'{number} {kind}' for kind, number in numbers.items())}")
    print(index)
    return int(numbers[FAILED] > 0)


def rerun(arguments: argparse.Namespace) -> int:
    """Make a report again from its manifest, and say whether it is the same, byte for byte, or what is different."""
    from toolkit.rerun import rerun_report

    done = rerun_report(arguments.manifest, arguments.out)
    for difference in done.differences:
        print(f"toolkit: {difference}.", file=sys.stderr)
    unknown = "" if done.same or done.differences else " Inputs, code and versions are the same."
    print(f"{done.path.name}: {'the same, byte for byte' if done.same else 'not the same.' + unknown}")
    return int(not done.same)


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
