"""Weights: how much each component counts in a rank, and the ways in which people ask for others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from catalog.errors import WeightsError
from catalog.models import ComponentName, ToolType

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
        exact = [share * _WHOLE for share in self]
        cut = [int(value + 1e-9) for value in exact]
        by_loss = sorted(range(len(cut)), key=lambda place: cut[place] - exact[place])
        for place in by_loss[: _WHOLE - sum(cut)]:
            cut[place] += 1
        return tuple(cut)

    @property
    def text(self) -> str:
        """Say them for people, the heaviest first: "quality 50%, adoption 30%, freshness 20%"."""
        shares = sorted(zip(self.percent(), COMPONENTS, strict=True), key=lambda pair: -pair[0])
        return ", ".join(f"{name.replace('_', ' ')} {share}%" for share, name in shares if share)


#: What each type of tool is ranked by unless somebody asks for something else.
DEFAULT = Weights(adoption=0.25, quality=0.25, ecosystem=0.10, match_graph=0.20, freshness=0.20)
BY_TYPE: Mapping[ToolType, Weights] = {}
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
