"""How a tool's rank came to be what it is, from the ledger in the database."""

import asyncio
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import AsJson, database, no_files
from bot.cli.questions import Name, resolved
from bot.cli.voice import ExitCode, Failure, as_json, print_json

if TYPE_CHECKING:
    from catalog.ledger import History
    from catalog.models import Tool


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(history)


def history(
    context: typer.Context,
    name: Name,
    *,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="Explain what changed since then; its first day, unless told."
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Explain until then; today, unless told.")
    ] = None,
    json_output: AsJson = False,
) -> None:
    """Say how a tool's rank changed, and what each change came from."""
    # Late, because --help needs neither documents nor a database.
    from catalog.attribution import explain, unexplained

    no_files(context)
    first_day, last_day = _date(since, "--from"), _date(until, "--to")
    if first_day and last_day and first_day > last_day:
        raise Failure("--from is later than --to; swap them", ExitCode.BAD_ARGUMENT)
    tool, told = asyncio.run(_told(name))
    first = told.at(first_day) if first_day else (*told.entries, told.now)[0]
    explanation = explain(first, told.at(last_day) if last_day else told.now)
    scored = [score for score in told.reported if score.rank is not None]
    beside = [unexplained(*pair) for pair in pairwise(scored)]
    if json_output:
        reasons = as_json(explanation, exclude={"first", "last"})
        days = {"from": explanation.first.day, "to": explanation.last.day}
        print_json({**as_json(told), "explanation": {**days, **reasons}, "unexplained": beside})
        return
    # Late, because a script that asks for JSON needs nothing drawn.
    from bot.cli import tables

    tables.show(tables.history(tool, told, explanation, beside))


async def _told(name: str) -> "tuple[Tool, History]":
    # Late, because --help needs no database.
    from catalog.service import Catalog

    async with Catalog.open(database(), noting=False) as catalog:
        (slug,) = resolved(catalog, [name])
        return catalog.get(slug), await catalog.history(slug)


def _date(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Failure(f"{option} takes a day such as 2026-03-01", ExitCode.BAD_ARGUMENT) from None
