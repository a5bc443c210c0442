"""Files in and out of the catalog: import, export, check."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.context import AsJson, CatalogPaths, database, files_in, load, no_files, progress, read_all
from bot.cli.voice import ExitCode, Failure, print_json, print_line, say
from catalog.errors import ImportFileError

if TYPE_CHECKING:
    from catalog.filing import ImportReport
    from catalog.importers import Incoming, Reading

_Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE", help="YAML, JSON, JSONL, CSV files, saved comparison pages, or folders of them."
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(name="import")(import_files)
    app.command(name="export")(export_file)
    app.command(name="check")(check_files)


def import_files(
    context: typer.Context,
    files: _Files,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    skip_rejected: Annotated[
        bool, typer.Option("--skip-rejected", help="Take the rest when some entries are rejected.")
    ] = False,
    json_output: AsJson = False,
) -> None:
    """Take files into the database, all or nothing."""
    no_files(context)
    gathered = Gathered()
    for _, reading in read_all(files_in(files)):
        gathered.add(reading)
    gathered.tell()
    refused = bool(gathered.rejected) and not skip_rejected
    report = None if refused else asyncio.run(_take_in(gathered.tools, dry_run=dry_run))
    gathered.note(report)
    if json_output:
        print_json(gathered.outcome(report))
    elif report:
        print_line(_in_words(report, gathered, "Would be" if dry_run else "Imported"))
    if refused:
        raise Failure("nothing was imported: mend the rejected entries, or pass --skip-rejected")


def export_file(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Where to; .yaml, .json, .jsonl or .csv chooses the format."),
    ],
    *,
    catalog: CatalogPaths = None,
    json_output: AsJson = False,
) -> None:
    """Write the whole catalog to a file that `import` reads."""
    # Late, because --help writes no file.
    from catalog.exporting import write_file

    tools = sorted(load(context, catalog).tools, key=lambda tool: tool.slug)
    try:
        cautions = write_file(file, tools)
    except ValueError as error:
        raise Failure(str(error), ExitCode.BAD_ARGUMENT) from None
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}") from None
    warnings = [asdict(caution) for caution in cautions]
    _tell("warning", warnings)
    if json_output:
        # The counts that the other two commands give are of the catalog, which an export leaves as it is.
        kept = {"added": 0, "changed": 0, "unchanged": len(tools), "rejected": [], "warnings": warnings}
        print_json({"file": str(file), "written": len(tools), **kept})
    else:
        print_line(f"Wrote {len(tools)} tool{'' if len(tools) == 1 else 's'} to {file}")


def check_files(context: typer.Context, files: _Files, *, json_output: AsJson = False) -> None:
    """Say what is wrong with files; change nothing."""
    # Late, because the database's parts that come with it take a second to import, and --help needs none.
    from catalog.revision import Author
    from catalog.service import Catalog

    no_files(context)
    gathered = Gathered()
    for path in files_in(files):
        try:
            gathered.add(next(reading for _, reading in read_all([path])))
        except ImportFileError as error:
            gathered.rejected.append({"where": error.where, "reason": error.reason})
    gathered.tell()
    report = asyncio.run(Catalog().take_in(gathered.tools, Author(name="command line", reason="check")))
    gathered.note(report)
    if json_output:
        print_json(gathered.outcome(report))
    else:
        print_line(_in_words(report, gathered, "Read"))
    if gathered.rejected:
        raise Failure(f"{len(gathered.rejected)} rejected")


async def _take_in(incoming: Sequence["Incoming"], *, dry_run: bool) -> "ImportReport":
    # Late, because a bad file should be told at once and these take a second to import.
    from catalog.database import read_url
    from catalog.revision import Author
    from catalog.service import Catalog

    url = database()
    file = read_url(url).file
    author = Author(name="command line", reason="matchbook import")
    if dry_run and file and not file.exists():
        # Opening would make the database.
        return await Catalog().take_in(incoming, author, dry_run=True)
    with progress("Writing"):
        async with Catalog.open(url, with_starter=False) as catalog:
            return await catalog.take_in(incoming, author, dry_run=dry_run)


@dataclass
class Gathered:
    """What several files gave: tools to take in, and what to tell about the rest, as where and reason."""

    tools: list["Incoming"] = field(default_factory=list)
    rejected: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def add(self, reading: "Reading") -> None:
        """Take over what one file gave."""
        self.tools.extend(reading.tools)
        self.rejected.extend(map(asdict, reading.rejected))
        self.warnings.extend(map(asdict, reading.warnings))

    def note(self, report: "ImportReport | None") -> None:
        """Take over, and say, what was odd while the tools were taken in."""
        found = [asdict(one) for one in report.warnings] if report else []
        self.warnings += found
        _tell("warning", found)

    def tell(self) -> None:
        """Say each warning and each rejection on a line of its own."""
        _tell("warning", self.warnings)
        _tell("rejected", self.rejected)

    def outcome(self, report: "ImportReport | None") -> dict[str, Any]:
        """Give all of it as JSON: counts, slugs, and what was rejected; no report means that nothing was done."""
        slugs = _slugs(report)
        return {
            **{kind: len(found) for kind, found in slugs.items()},
            "rejected": self.rejected,
            "warnings": self.warnings,
            "slugs": slugs,
        }


def _tell(kind: str, found: Iterable[dict[str, str]]) -> None:
    for one in found:
        say(f"{kind}: {one['where']}: {one['reason']}")


def _slugs(report: "ImportReport | None") -> dict[str, Sequence[str]]:
    return {kind: getattr(report, kind, ()) for kind in ("added", "changed", "unchanged")}


def _in_words(report: "ImportReport", gathered: Gathered, done: str) -> str:
    counts = {**_slugs(report), "rejected": gathered.rejected, "warnings": gathered.warnings}
    return f"{done}: " + ", ".join(f"{len(found)} {kind}" for kind, found in counts.items())
