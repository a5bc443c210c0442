"""Curves: how a figure becomes a score of 0..1, and which figure a score stands for.

A count goes on a logarithmic curve, where the step from 100 to 1,000 means as much as the one from 10,000 to
100,000. A score goes on a linear one, an age is halved again and again, and the result of a benchmark is placed
among the results that others published of the same benchmark.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve through figures.

    Attributes:
        text: the curve in words, with its floor and ceiling.
        score: gives the score (0..1) of a figure.
        figure: gives the figure that a score (0..1) stands for.
    """

    text: str
    score: Callable[[float], float]
    figure: Callable[[float], float]


def log_curve(floor: float, ceiling: float) -> Curve:
    """Make a curve for counts: 0 at or below `floor`, 1 at or above `ceiling`, logarithmic between."""
    span = math.log(ceiling / floor)
    return Curve(
        f"logarithmic: 0 up to {floor:,}, 1 from {ceiling:,} on",
        lambda value: min(math.log(value / floor) / span, 1.0) if value > floor else 0.0,
        lambda score: floor * math.exp(score * span),
    )


def linear_curve(floor: float, ceiling: float) -> Curve:
    """Make a curve for scores: 0 at `floor`, 1 at `ceiling`; a floor above the ceiling makes less better."""
    span = ceiling - floor
    return Curve(
        f"linear: 0 at {floor:,}, 1 at {ceiling:,}",
        lambda value: min(max((value - floor) / span, 0.0), 1.0),
        lambda score: floor + score * span,
    )


def half_life(days: float) -> Curve:
    """Make a curve for age in days: 1 for today, halved with every `days` that pass."""
    return Curve(
        f"1 for today, halved every {days:g} days",
        lambda age: 0.5 ** (max(age, 0.0) / days),
        lambda score: -days * math.log2(score) if score > 0 else math.inf,
    )


def through(points: Iterable[tuple[float, float]], text: str) -> Curve:
    """Make a curve of straight lines through points (figure, score), both rising.

    Points that share a figure become one in their middle, so that a better figure always has a better score.
    """
    knots = [
        (figure, fmean(score for _, score in shared))
        for figure, shared in groupby(sorted(points), key=lambda point: point[0])
    ]
    figures, scores = (list(axis) for axis in zip(*knots, strict=True))
    return Curve(text, _line(figures, scores), _line(scores, figures))


def _line(xs: list[float], ys: list[float]) -> Callable[[float], float]:
    last = len(xs) - 2

    def at(x: float) -> float:
        if x <= xs[0]:
            return ys[0]
        if x >= xs[-1]:
            return ys[-1]
        left = min(bisect_right(xs, x) - 1, last)
        share = (x - xs[left]) / (xs[left + 1] - xs[left])
        return ys[left] + share * (ys[left + 1] - ys[left])

    return at
