"""The `matchbook` command: what is asked in Discord, asked from a terminal or a script.

One module a group of commands. What a command prints for people is drawn in `tables`; with `--json` it prints
the catalog's own documents. What goes wrong is one line on stderr and an exit code (`voice`).
"""

import typer

from bot.cli import checking, files, history, importing, questions, refresh, serving
from bot.cli.context import CatalogPaths
from bot.cli.voice import CommandLine

app = typer.Typer(
    name="matchbook",
    cls=CommandLine,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 (typer hands an option's value to its callback by position)
    if wanted:
        # Late, because nothing else needs it.
        from importlib.metadata import version

        typer.echo(f"matchbook {version('matchbook')}")
        raise typer.Exit


@app.callback()
def _matchbook(
    context: typer.Context,
    *,
    catalog: CatalogPaths = None,
    show_version: bool = typer.Option(
        False,  # noqa: FBT003 (the default, which typer takes by position)
        "--version",
        callback=_say_version,
        is_eager=True,
        help="Print the version and stop.",
    ),
) -> None:
    """Compare AI tools side by side, and see where every point comes from.

    Exit codes: 0 done, 1 failed, 2 a bad argument or setting, 3 not found.
    """
    del show_version
    context.obj = tuple(catalog or ())


questions.register(app)
importing.register(app)
files.register(app)
checking.register(app)
history.register(app)
refresh.register(app)
serving.register(app)

__all__ = ["app"]
