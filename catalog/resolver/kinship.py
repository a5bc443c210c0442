"""Kinship: how near a name is whose version disagrees with the one that was asked for.

The figures below order what is offered, and never say how probable it is, so they are no weights to learn: a
query for a version that isn't listed has no right answer to learn them from. They were set by hand on the queries
of kind "nearmiss" in tests/evaluation/queries.jsonl, so that what shares words goes before what shares a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.resolver.kinds import SAID, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.ranking import Ranked

#: How far behind the nearest of kin another one may be to be offered next to it, and to be named with it.
_AKIN = 0.25
_CLOSE_KIN = 0.08
#: What it costs to be met by an alias: an o3 that is also called "gpt-o3" is further from "gpt 3" than a GPT.
_ALIAS = 0.01


def kinship(one: Ranked) -> float:
    """Say how near a name is whose version disagrees, 0..1: its words first, then what the versions share."""
    fit = one.judged.fit
    own = 0.0 if fit.row.is_name else _ALIAS
    return 0.22 + 0.11 * fit.asked + 0.09 * fit.covered + 0.05 * fit.likeness + 0.25 * fit.shared - own


def kin(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give those with another version that were meant, as far as the query tells, the nearest first."""
    every = sorted((one for one in ranked if _is_akin(one)), key=kinship, reverse=True)
    return [one for one in every if kinship(one) > kinship(every[0]) - _AKIN]


def _is_akin(one: Ranked) -> bool:
    kind, fit = one.judged.kind, one.judged.fit
    # A part of a longer name that has all versions of the query is nearer than a name that has none of them.
    return kind is Kind.VERSION or (kind in {Kind.BESIDE, Kind.PART} and fit.versioned)


def closest(leaders: Sequence[Ranked]) -> list[Ranked]:
    """Give those of the leaders that a sentence should name: of names with another version, the nearest of kin."""
    if leaders[0].judged.kind in SAID:
        return list(leaders)
    return [one for one in leaders if kinship(one) > kinship(leaders[0]) - _CLOSE_KIN]
