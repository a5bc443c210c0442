"""Weights: how much each component counts in a rank, and the ways in which people ask for others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from catalog.errors import WeightsError
from catalog.models import ComponentName, ToolType
from catalog.rounding import split

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPONENTS: tuple[ComponentName, ...] = get_args(ComponentName)

_WHOLE = 100
#: "quality=50", "quality: 50%", "match graph = 20".
_PART = re.compile(r"\s*([A-Za-z][A-Za-z _-]*?)\s*[=:]\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*(?:[,;]|\s|$)")


class Weights(NamedTuple):
    """Shares of the components in a rank: each 0..1, together 1, in the order of `COMPONENTS`."""

    adoption: float
    quality: float
    ecosystem: float
    match_graph: float
    freshness: float

    @classmethod
    def of(cls, parts: Mapping[str, float]) -> Weights:
        """Give weights in these proportions; what isn't named counts nothing.

        Raises:
            WeightsError: a name is no component, or nothing counts.
        """
        for name in parts:
            if name not in COMPONENTS:
                raise WeightsError(f"“{name}” is no component; there are {_choices()}.")
        whole = sum(parts.values())
        if whole <= 0:
            raise WeightsError(f"At least one component has to count; there are {_choices()}.")
        return cls(*(parts.get(name, 0.0) / whole for name in COMPONENTS))

    def named(self) -> dict[ComponentName, float]:
        """Give the shares by component."""
        return dict(zip(COMPONENTS, self, strict=True))

    def percent(self) -> tuple[int, ...]:
        """Give whole percentages that add up to 100 (largest remainder)."""
        return split(_WHOLE, [share * _WHOLE for share in self])

    def rounded(self) -> Weights:
        """Give them in whole percentages."""
        return Weights(*(share / _WHOLE for share in self.percent()))

    @property
    def text(self) -> str:
        """Say them for people, the heaviest first: "quality 50%, adoption 30%, freshness 20%"."""
        shares = sorted(zip(self.percent(), COMPONENTS, strict=True), key=lambda pair: -pair[0])
        return ", ".join(f"{name.replace('_', ' ')} {share}%" for share, name in shares if share)


#: What a tool is ranked by whose type has no weights of its own.
DEFAULT = Weights(adoption=0.25, quality=0.25, ecosystem=0.10, match_graph=0.20, freshness=0.20)

#: Percentages in the order of `COMPONENTS`, and why. Two rules lie behind all of them: what can hardly be known of
#: a type weighs little there, as it would only widen every interval; and no component decides alone.
_ARGUED: Mapping[ToolType, tuple[tuple[int, int, int, int, int], str]] = {
    ToolType.MODEL: (
        (20, 40, 5, 15, 20),
        "Models are tested in public like nothing else, while who uses a closed one or builds on it is hardly known.",
    ),
    ToolType.REPOSITORY: (
        (30, 10, 20, 15, 25),
        "Use, forks and commits lie open; no figure that others could check says how good the code is.",
    ),
    ToolType.FRAMEWORK: (
        (30, 10, 30, 15, 15),
        "A framework is worth what is built on it, so dependants and contributors weigh as much as use.",
    ),
    ToolType.LIBRARY: (
        (35, 10, 25, 15, 15),
        "Registries count downloads and dependants of every library; a finished one needs few commits.",
    ),
    ToolType.MCP_SERVER: (
        (25, 10, 15, 25, 25),
        "The protocol is young: a server that nobody keeps in step breaks, and whether it fits is seen in matches.",
    ),
    ToolType.EXTENSION: (
        (30, 10, 10, 20, 30),
        "An extension breaks with the next version of what it extends, so upkeep weighs as much as use.",
    ),
    ToolType.AGENT: (
        (25, 30, 10, 15, 20),
        "Agents are judged by the tasks that they solve, which benchmarks measure; they change by the month.",
    ),
    ToolType.PRODUCT: (
        (35, 15, 5, 35, 10),
        "A product shows neither code nor tests: what is left is who uses it, and what people accepted here.",
    ),
    ToolType.API: (
        (30, 25, 5, 25, 15),
        "An API can be tested from outside but shows no code, so use and matches carry it beside quality.",
    ),
    ToolType.DATASET: (
        (40, 10, 20, 20, 10),
        "A data set is proven by who trains on it and what is made of it, and it ages slowly.",
    ),
    ToolType.BENCHMARK: (
        (30, 10, 25, 15, 20),
        "A benchmark counts by who reports it and builds on it, and it wears out as models solve it.",
    ),
    ToolType.OTHER: (
        (25, 25, 10, 20, 20),
        "Of anything else little is known in advance: use and quality first, and ecosystem last, as it follows use.",
    ),
}
#: What each type of tool is ranked by unless somebody asks for something else.
BY_TYPE: Mapping[ToolType, Weights] = {
    kind: Weights(*(share / _WHOLE for share in shares)) for kind, (shares, _) in _ARGUED.items()
}
#: Why, in a sentence a type.
REASONS: Mapping[ToolType, str] = {kind: reason for kind, (_, reason) in _ARGUED.items()}
#: Weights that can be asked for by a word.
PRESETS: Mapping[str, Weights] = {
    "adoption": Weights.of(
        {"adoption": 60, "quality": 15, "ecosystem": 10, "match_graph": 5, "freshness": 10}
    ),
    "quality": Weights.of(
        {"adoption": 15, "quality": 60, "ecosystem": 5, "match_graph": 10, "freshness": 10}
    ),
    "freshness": Weights.of(
        {"adoption": 10, "quality": 20, "ecosystem": 10, "match_graph": 10, "freshness": 50}
    ),
    # What only public code can show: forks, contributors, dependants, and that it moves.
    "openness": Weights.of(
        {"adoption": 15, "quality": 10, "ecosystem": 50, "match_graph": 5, "freshness": 20}
    ),
    "equal": Weights.of(dict.fromkeys(COMPONENTS, 1)),
}


def of_type(kind: ToolType) -> Weights:
    """Give the weights that tools of a type are ranked by."""
    return BY_TYPE.get(kind, DEFAULT)


def parse(text: str) -> Weights:
    """Read weights as people write them: a preset's name, or "quality=50 ecosystem=20".

    Raises:
        WeightsError: neither of the two; the message says what there is.
    """
    asked = text.strip().casefold()
    if asked in PRESETS:
        return PRESETS[asked]
    parts: dict[str, float] = {}
    at = 0
    while at < len(asked):
        found = _PART.match(asked, at)
        if not found:
            raise WeightsError(
                f"“{text.strip()}” are no weights. Write a preset ({', '.join(PRESETS)}) or shares such as "
                f"quality=50 ecosystem=20; there are {_choices()}."
            )
        name = re.sub(r"[ -]+", "_", found[1].strip())
        if name in parts:
            raise WeightsError(f"“{name}” is named twice; name each component once.")
        parts[name] = float(found[2])
        at = found.end()
    return Weights.of(parts)


def _choices() -> str:
    return ", ".join(name.replace("_", " ") for name in COMPONENTS)
