"""Files beside the catalog, as export writes them."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import AsJson, CatalogPaths, load
from bot.cli.gathered import tell
from bot.cli.voice import ExitCode, Failure, print_json, print_line


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(name="export")(export_file)


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
    tell("warning", warnings)
    if json_output:
        # The counts that the other two commands give are of the catalog, which an export leaves as it is.
        kept = {"added": 0, "changed": 0, "unchanged": len(tools), "rejected": [], "warnings": warnings}
        print_json({"file": str(file), "written": len(tools), **kept})
    else:
        print_line(f"Wrote {len(tools)} tool{'' if len(tools) == 1 else 's'} to {file}")
