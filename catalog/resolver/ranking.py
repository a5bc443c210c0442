"""The ranking: which fits are likelier, by weights that were learned from queries with known answers.

The weights are data (weights.json beside this module, with where they come from); `make fit` learns them anew.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import TYPE_CHECKING, Any, NamedTuple

from catalog.resolver.fit import WHOLE, Versions
from catalog.resolver.kinds import SAID, Kind
from catalog.resolver.resolution import Reason
from catalog.resolver.slips import Slip, slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from catalog.resolver.kinds import Judged
    from catalog.resolver.phrase import Phrase

#: Letters that differ from which on they are no one slip.
_SEVERAL = 2
#: What a version that disagrees costs: about as much as two letters of a name.
_AGAINST = 4.0
#: How far behind the likeliest name of a tool another one may be and still speak for it.
_NEARLY = 4.0
#: The margin of a fit without a rival, and the most that a margin counts.
_ALONE = 6.0


_READ_AS = {None: "read as typed"} | {reason: f"read as {reason}" for reason in Reason}
_SLIP = {one: f"slip {one}" for one in Slip}
_KIND = {kind: f"kind {kind.name.lower()}" for kind in Kind}
_VERSIONS = {versions: f"versions {versions}" for versions in Versions}


class Ranked(NamedTuple):
    """A judged fit and its score: the logarithm of how likely it is beside the others, up to a constant."""

    judged: Judged
    score: float


class Weights(NamedTuple):
    """What was learned.

    Attributes:
        scores: by feature, what one unit of it adds to a score.
        trust: by trait, what one unit of it adds to the log-odds that the best fit is the one meant.
        resolve: the least probability to resolve.
        offer: the least probability to ask back about a fit that is far.
    """

    scores: Mapping[str, float]
    trust: Mapping[str, float]
    resolve: float
    offer: float


@cache
def weights() -> Weights:
    """Read the weights that come with the package."""
    data: dict[str, Any] = json.loads((files("catalog.resolver") / "weights.json").read_text("utf-8"))
    return Weights(data["scores"], data["trust"], data["resolve"], data["offer"])


def features(query: Phrase, judged: Judged) -> dict[str, float]:
    """Say in numbers how a query fits a row; what isn't named is 0.

    Returns:
        by feature: likenesses and shares between 0 and 1, counts of letters, and 1 for each trait that applies.
    """
    fit = judged.fit
    name = fit.row.phrase
    longer = max(len(query.compact), len(name.compact), 1)
    return {
        "letters": fit.likeness**3,
        "sorted words": fit.ordered,
        "shared words": fit.words,
        "asked": fit.asked,
        "rare": fit.rare,
        "length": min(len(query.compact), len(name.compact)) / longer,
        "edits": float(min(fit.edits, 4)),
        _READ_AS[judged.read_as]: 1.0,
        _SLIP[slip(query.compact, name.compact) if fit.distance < _SEVERAL else Slip.SEVERAL]: 1.0,
        _KIND[judged.kind]: 1.0,
        _VERSIONS[fit.versions]: 1.0,
    }


def against(judged: Judged) -> float:
    """Say what is taken off a score because a version disagrees: that isn't for examples to teach."""
    return _AGAINST if judged.fit.versions is Versions.CONFLICT else 0.0


def rank(query: Phrase, judged: Judged) -> Ranked:
    """Score a fit."""
    learned = weights().scores
    score = sum(learned.get(feature, 0.0) * value for feature, value in features(query, judged).items())
    return Ranked(judged, score - against(judged))


def traits(best: Ranked, second: Ranked | None, names: int) -> dict[str, float]:
    """Say what speaks for and against the best fit being the one meant.

    Args:
        best: the fit.
        second: the best fit of another tool, if there is one.
        names: how many tools there are: in a dense catalog a neighbour is close to anything.
    """
    fit = best.judged.fit
    margin = best.score - second.score if second else _ALONE
    return {
        "always": 1.0,
        "score": best.score,
        "margin": min(margin, _ALONE),
        "names": log(names + 1),
        "letters": min(len(fit.row.phrase.compact), 16) / 16,
        "likeness": fit.likeness,
        "whole": float(best.judged.kind is Kind.CLEAN and fit.covered >= WHOLE),
        _KIND[best.judged.kind]: 1.0,
        _VERSIONS[fit.versions]: 1.0,
    }


def trust(best: Ranked, second: Ranked | None, names: int) -> float:
    """Say how probable it is that the best fit is the one meant, 0..1."""
    learned = weights().trust
    odds = sum(learned.get(trait, 0.0) * value for trait, value in traits(best, second, names).items())
    return 1 / (1 + exp(-odds))


def best_of_tools(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Give one fit for each tool, the likeliest tool first; equals by popularity.

    A tool is as likely as its likeliest name. What may be done about it, though, is said by a name that was said
    as it is or misspelt, where that is nearly as likely: "sagemaker" is a part of the alias "AWS SageMaker".
    """
    best: dict[str, Ranked] = {}
    for one in ranked:
        slug = one.judged.fit.row.entry.slug
        known = best.get(slug)
        if known is None:
            best[slug] = one
            continue
        upper, lower = (one, known) if one.score > known.score else (known, one)
        plainer = lower.judged.kind in SAID and upper.judged.kind not in SAID
        # What was said whole, but for a version, was said all the same: "ollama 3.1 8b".
        plainer = plainer or (upper.judged.kind is Kind.FAR and lower.judged.kind is Kind.VERSION)
        if plainer and lower.score > upper.score - _NEARLY:
            upper = Ranked(lower.judged, upper.score)
        best[slug] = upper
    return sorted(best.values(), key=lambda one: (-one.score, one.judged.fit.row.rank))


def rival(best: Ranked, others: Iterable[Ranked]) -> Ranked | None:
    """Give the likeliest of other tools that may have been meant as well; `others` by score.

    A name that was said whole leaves no doubt about longer ones that it is a part of.
    """
    whole = best.judged.kind is Kind.CLEAN and best.judged.fit.covered >= WHOLE
    return next(
        (
            one
            for one in others
            if one is not best
            and not (whole and one.judged.fit.edits == 0 and one.judged.fit.covered < WHOLE)
        ),
        None,
    )
