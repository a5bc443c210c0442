"""Evaluation sets: what people type, and what should come of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.evaluation import mistyped
from tests.evaluation.catalogs import SHARED, SIZES, has_shared, load, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Chat queries over the starter catalog, written for this project.
OWN = Path(__file__).with_name("queries.jsonl")
#: Queries that name nothing in the catalog: something else altogether, a version that isn't there, a name held out.
OUTSIDE = ("ooc", "nearmiss", "heldout")
#: Kinds of pairs in which the text of the one name leads to the other.
TEXTUAL = ("separators_only", "prefix_only", "reordered", "subset")
#: The kind of a pair whose query spells another listed tool, but for separators and an owner in front: whoever
#: types it gets that tool, and rightly so.
_SHADOWED = "shadowed"
#: What a query is called that holds two names.
VERSUS = "vs"
#: Stands between the slugs of such a query's answer.
AND = " & "

_SEPARATORS = re.compile(r"[\W_]+")
_OWNER = re.compile(r"^.*(?:/|: )")


class Wanted(StrEnum):
    """What should come of a query."""

    TOOL = "tool"
    """One tool, whichever of the answers."""
    FAMILY = "family"
    """A question back, with members of the family."""
    MEMBER = "member"
    """The same; one member right away is fine too."""
    NOTHING = "nothing"
    """No tool: there is none of this name."""


class Task(StrEnum):
    """What is asked of the resolver."""

    RESOLVE = "resolve"
    COMPLETE = "complete"
    UNDERSTAND = "understand"
    """A question with two names in it, both of which have to be right."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, the slugs that are right, and of what kind the difficulty is."""

    text: str
    answers: frozenset[str]
    kind: str
    wanted: Wanted = Wanted.TOOL


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Queries over one catalog."""

    name: str
    catalog: str
    queries: tuple[Query, ...]
    task: Task = Task.RESOLVE


def makers(sizes: Iterable[str] = SIZES) -> dict[str, Callable[[], EvaluationSet]]:
    """Give what makes each set, by its name, without those on larger catalogs than asked for.

    Sets that lie beside the project are missing where they aren't there.
    """
    made: dict[str, Callable[[], EvaluationSet]] = {"own": own}
    if has_shared():
        made |= {"human": human, "human_vs": versus, "alias_pairs": pairs}
        made |= {"alias_pairs_clear": clear_pairs, "alias_pairs_all": pairs_with_canonicals}
    for size in sizes:
        made[f"synth_{size}"] = partial(typos, size)
        made[f"prefix_{size}"] = partial(half_typed, size)
    return made


def own() -> EvaluationSet:
    """Chat queries over the starter catalog."""
    queries = (
        Query(row["query"], frozenset(row["answers"]), row["kind"], _wanted(row["kind"], row.get("flag")))
        for row in rows(OWN)
    )
    return EvaluationSet("own", "starter", tuple(queries))


def human() -> EvaluationSet:
    """Chat queries over a catalog of AI tools: names, names of families, and what isn't there."""
    queries = [
        Query(row["q"], _numbered("ai", row["answers"]), row["type"])
        for row in rows(SHARED / "names" / "human.jsonl")
        if row["type"] != VERSUS
    ]
    queries += (
        Query(row["q"], _numbered("ai", row["answers"]), "family", _wanted("family", row["flag"]))
        for row in rows(SHARED / "names" / "human_ambiguous.jsonl")
    )
    queries += _strangers(SHARED / "names" / "human_negative.jsonl")
    return EvaluationSet("human", "ai", tuple(queries))


def versus() -> EvaluationSet:
    """The few chat queries with two names in them; both have to be right, in their order."""
    return EvaluationSet(
        "human_vs",
        "ai",
        tuple(
            Query(row["q"], frozenset({AND.join(load("ai")[n].slug for n in row["answers"])}), VERSUS)
            for row in rows(SHARED / "names" / "human.jsonl")
            if row["type"] == VERSUS
        ),
        Task.UNDERSTAND,
    )


def typos(size: str) -> EvaluationSet:
    """Names of software with errors in them, and names that aren't in the catalog."""
    if not has_shared():
        return EvaluationSet(f"synth_{size}", size, _mistyped(size))
    queries = [
        Query(row["q"], _numbered(size, row["answers"]), row["type"])
        for row in rows(SHARED / "names" / f"synth_{size}_dev.jsonl")
    ]
    queries += _strangers(SHARED / "names" / f"synth_{size}_dev_negative.jsonl")
    return EvaluationSet(f"synth_{size}", size, tuple(queries))


def half_typed(size: str) -> EvaluationSet:
    """Names of software that aren't typed to the end."""
    if not has_shared():
        queries = tuple(
            Query(text, frozenset({slug}), kind) for text, slug, kind in mistyped.prefixes(load(size))
        )
    else:
        queries = tuple(
            Query(row["q"], _numbered(size, row["answers"]), row["type"])
            for row in rows(SHARED / "names" / f"prefix_{size}_dev.jsonl")
        )
    return EvaluationSet(f"prefix_{size}", size, queries, Task.COMPLETE)


def pairs() -> EvaluationSet:
    """Second names of real tools, where the tool itself is listed and the text leads to it."""
    return EvaluationSet("alias_pairs", "tools", tuple(_pairs("tools")))


def clear_pairs() -> EvaluationSet:
    """The same without queries that spell another tool: no text tells that it isn't meant."""
    asked = (query for query in _pairs("tools") if query.kind != _SHADOWED)
    return EvaluationSet("alias_pairs_clear", "tools", tuple(asked))


def pairs_with_canonicals() -> EvaluationSet:
    """All pairs over a catalog to which the tools that the list lacks were added, so that every pair counts."""
    return EvaluationSet("alias_pairs_all", "tools+", tuple(_pairs("tools+")))


def _pairs(catalog: str) -> Iterator[Query]:
    exactly, roughly = defaultdict(set), defaultdict(set)
    for one in load(catalog):
        exactly[one.name.casefold()].add(one.slug)
        roughly[_letters(one.name)].add(one.slug)
    for row in rows(SHARED / "alias_pairs_dev.jsonl"):
        text, canonical = row["query"], row["canonical"].casefold()
        if row["difficulty"] not in TEXTUAL or text.casefold() == canonical or canonical not in exactly:
            continue
        answers = exactly[canonical]
        ways = (_letters(text), _letters(_OWNER.sub("", text)))
        spelt = next((roughly[letters] for letters in ways if letters in roughly), answers)
        shadowed = text.casefold() in exactly or not spelt & answers
        yield Query(text, frozenset(answers), _SHADOWED if shadowed else row["difficulty"])


def _letters(name: str) -> str:
    return _SEPARATORS.sub("", name.casefold())


def _strangers(path: Path) -> Iterator[Query]:
    for row in rows(path):
        yield Query(row["q"], frozenset(), row["type"], Wanted.NOTHING)


def _mistyped(size: str) -> tuple[Query, ...]:
    return tuple(Query(text, frozenset({slug}), kind) for text, slug, kind in mistyped.names(load(size)))


def _numbered(catalog: str, numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(load(catalog)[number].slug for number in numbers)


def _wanted(kind: str, flag: str | None) -> Wanted:
    if kind in OUTSIDE:
        return Wanted.NOTHING
    if kind == "family":
        return Wanted.MEMBER if flag == "may" else Wanted.FAMILY
    return Wanted.TOOL
