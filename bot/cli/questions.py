"""Questions to the catalog: names, comparisons, ranks, alternatives."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bot.cli.batch import resolve_batch
from bot.cli.context import AsJson, CatalogPaths, load
from bot.cli.voice import ExitCode, Failure, as_json, print_json, quoted, say
from catalog.errors import ComparisonError, WeightsError

if TYPE_CHECKING:
    from catalog.resolver import Resolution
    from catalog.view import View
    from catalog.weights import Weights

#: How many tools fit side by side.
_FEWEST: Final = 2
_MOST: Final = 4
_NAMED_CANDIDATES: Final = 5

Name = Annotated[str, typer.Argument(metavar="NAME", help="A tool, as you would type it.")]
_AskedWeights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="WEIGHTS",
        help="Rank by these instead: adoption, quality, freshness, openness, equal, or shares such as "
        '"quality=50 ecosystem=20".',
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (resolve, complete, compare, rank, alternatives):
        app.command()(command)


def resolve(
    context: typer.Context,
    queries: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help="Names to look up, each an argument of its own."),
    ] = None,
    *,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            help='Look up the "query" of each line of this file instead, as the lines come in; - reads stdin. '
            "Every line has one line of output; where it holds no query, that says why, and the exit code is 1.",
        ),
    ] = None,
    catalog: CatalogPaths = None,
    json_output: AsJson = False,
) -> None:
    """Say which tool a name means, and why."""
    if bool(queries) == bool(batch):
        raise Failure("name what to look up: either QUERY... or --batch FILE.jsonl", ExitCode.BAD_ARGUMENT)
    if batch:
        resolve_batch(load(context, catalog), batch, json_output=json_output)
        return
    asked = load(context, catalog)
    resolutions = [asked.resolve(query) for query in queries or ()]
    if json_output:
        for resolution in resolutions:
            print_json(as_json(resolution), one_line=True)
    else:
        _show("resolutions", resolutions)
    missing = [one for one in resolutions if one.outcome == "not_found"]
    if missing:
        raise Failure("; ".join(map(_unclear, missing)), ExitCode.NOT_FOUND)


def complete(
    context: typer.Context,
    prefix: Annotated[
        str, typer.Argument(help="The beginning of a name; the empty text offers the most popular.")
    ],
    *,
    limit: Annotated[int, typer.Option(min=1, help="Offer at most so many.")] = 25,
    catalog: CatalogPaths = None,
    json_output: AsJson = False,
) -> None:
    """Offer what autocomplete offers for a half-typed name."""
    offers = load(context, catalog).complete(prefix, limit=limit)
    if json_output:
        print_json([as_json(offer, exclude_none=True) for offer in offers])
    else:
        _show("completions", offers)


def compare(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(metavar="A B [C D]", help='Two to four tools, as you would type them; or "A vs B".'),
    ],
    *,
    weights: _AskedWeights = None,
    catalog: CatalogPaths = None,
    json_output: AsJson = False,
) -> None:
    """Hold two to four tools side by side."""
    _check_count(names, least=1)
    shares = _weights(weights)
    asked = load(context, catalog)
    if len(names) == 1:
        question = asked.understand(names[0])
        names = list(question.names) if question else names
        _check_count(names)
    slugs = resolved(asked, names)
    try:
        comparison = asked.compare(slugs, shares)
    except ComparisonError as error:
        raise Failure(str(error), ExitCode.BAD_ARGUMENT) from None
    if json_output:
        print_json(as_json(comparison))
    else:
        _show("comparison", comparison)


def _weights(text: str | None) -> "Weights | None":
    if text is None:
        return None
    # Late: the presets come with the catalog's documents, which --help doesn't need.
    from catalog.weights import parse

    try:
        return parse(text)
    except WeightsError as error:
        raise Failure(str(error), ExitCode.BAD_ARGUMENT) from None


def _check_count(names: Sequence[str], *, least: int = _FEWEST) -> None:
    if not least <= len(names) <= _MOST:
        raise Failure(
            f"compare takes {_FEWEST} to {_MOST} names, and {len(names)} came; quote a name that holds spaces",
            ExitCode.BAD_ARGUMENT,
        )


def rank(
    context: typer.Context,
    name: Name,
    *,
    weights: _AskedWeights = None,
    catalog: CatalogPaths = None,
    json_output: AsJson = False,
) -> None:
    """Break down a tool's rank to the last point, and say what would raise it."""
    shares = _weights(weights)
    asked = load(context, catalog)
    (slug,) = resolved(asked, [name])
    judged = asked.rank(slug, shares)
    # Where it would stand by these weights nobody has worked out: all others would have to be ranked by them as well.
    place = None if shares else asked.place(slug)
    better = asked.improvements(slug, shares)
    if json_output:
        said = {"place": as_json(place) if place else None, "improvements": [as_json(one) for one in better]}
        print_json(as_json(judged) | said)
    else:
        _show("rank", asked.get(slug), judged, place, better)


def alternatives(
    context: typer.Context,
    name: Name,
    *,
    limit: Annotated[int, typer.Option(min=1, help="Give at most so many.")] = 10,
    catalog: CatalogPaths = None,
    json_output: AsJson = False,
) -> None:
    """Give tools that could stand in for one, each with reasons."""
    asked = load(context, catalog)
    (slug,) = resolved(asked, [name])
    near = asked.alternatives(slug, limit=limit)
    if json_output:
        print_json([as_json(one) for one in near])
    else:
        _show("alternatives", asked.get(slug), near)


def _show(noun: str, *parts: Any) -> None:  # noqa: ANN401 (each table takes its own noun)
    # Late, because a script that asks for JSON needs nothing drawn.
    from bot.cli import tables

    tables.show(getattr(tables, noun)(*parts))


def resolved(catalog: "View", names: Iterable[str]) -> list[str]:
    """Give the slugs of tools named as people type them, with a receipt for each name that wasn't exact."""
    asked = [catalog.resolve(name) for name in names]
    unclear = [one for one in asked if not one.tool]
    if unclear:
        raise Failure("; ".join(map(_unclear, unclear)), ExitCode.NOT_FOUND)
    for one in asked:
        if one.note:
            say(f"{quoted(one.query)} {one.note}")
    return [one.tool.slug for one in asked if one.tool]


def _unclear(resolution: "Resolution") -> str:
    """Word why a name is no tool, with those that it may mean."""
    names = [candidate.name for candidate in resolution.candidates[:_NAMED_CANDIDATES]]
    more = len(resolution.candidates) - len(names)
    listed = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    if resolution.reason == "version" and resolution.note:
        return f"{quoted(resolution.query)}: {resolution.note}"
    if resolution.outcome == "ambiguous":
        return f"{quoted(resolution.query)} could be {listed}; say which"
    nearest = f"; nearest: {listed}" if names else ""
    return f"{quoted(resolution.query)} is not in the catalog{nearest}"
