"""Who leads on what, in one clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.verdict.ground import listed, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from catalog.models import Slug
    from catalog.rows import Row
    from catalog.verdict.ground import Ground

#: Beyond this many components they are listed without their figures: those stand in the table.
_WITH_FIGURES = 2


def leading(ground: Ground, rows: Sequence[Row], shown: Callable[[Row], Sequence[str]], verb: str) -> str:
    """Say who leads on which of some rows, each of which has a winner.

    "A leads on adoption (0.9 against 0.8)", "A leads on adoption and quality, B on freshness".
    """
    clauses: list[str] = []
    for slug in ground.slugs:
        led = [row for row in rows if row.winner == slug]
        if led:
            how = "on" if clauses else verb
            clauses.append(f"{ground.name(slug)} {how} {_what(ground, slug, led, shown, len(rows))}")
    return ", ".join(clauses)


def _what(
    ground: Ground, slug: Slug, led: Sequence[Row], shown: Callable[[Row], Sequence[str]], among: int
) -> str:
    figures = [_figures(ground, slug, shown(row)) for row in led]
    alike = len(set(figures)) == 1
    if not ground.pair or (among > _WITH_FIGURES and not (alike and among == len(led))):
        return listed([plain(row) for row in led])
    if alike:
        return f"{listed([plain(row) for row in led])} ({figures[0]})"
    return listed([f"{plain(row)} ({figure})" for row, figure in zip(led, figures, strict=True)])


def _figures(ground: Ground, slug: Slug, shown: Sequence[str]) -> str:
    index = ground.slugs.index(slug)
    return f"{shown[index]} against {listed([text for other, text in enumerate(shown) if other != index])}"
