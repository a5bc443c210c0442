"""Who leads on what: the components of our own ranks, all that are known for everybody in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.verdict.ground import PAIR, Ground, capital, listed, plain, say
from catalog.verdict.leading import leading
from catalog.verdict.sentence import Claim, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.models import Slug
    from catalog.rows import Row


def known(ground: Ground) -> Iterator[Sentence]:
    """Say who leads on what, what is level and where nobody is clearly ahead."""
    rows = [row for row in ground.parts() if all(cell.ours for cell in row.cells)]
    led = [row for row in rows if row.winner]
    level = [row for row in rows if not row.winner and len(set(row.values)) == 1]
    unclear = [row for row in rows if row not in led and row not in level]
    leaders = [slug for slug in ground.slugs if any(row.winner == slug for row in led)]
    clauses: list[str] = []
    sweep = len(leaders) == 1 and len(led) == len(rows) >= PAIR
    if led:
        verb = f"leads on every part known for {ground.all.lower()}:" if sweep else "leads on"
        clauses.append(leading(ground, led, _shown, verb))
    if level:
        what = listed([f"{plain(row)} ({row.values[0]})" for row in level])
        clauses.append(f"{ground.all.lower()} are level on {what}")
    if unclear:
        clauses.append(f"{ground.nobody} is clearly ahead on {listed([plain(row) for row in unclear])}")
    if clauses:
        claim = Claim.SWEEP if sweep else _claim(leaders, unclear)
        evidence = [row.feature for row in rows]
        # A name that begins with a small letter keeps it.
        text = "; ".join(clauses) if led else capital("; ".join(clauses))
        yield say(f"{text}.", claim, leaders or ground.slugs, evidence)


def unknown(ground: Ground) -> Iterator[Sentence]:
    """Say what nobody knows of those that are ranked: it counts half, which is neither good nor bad."""
    ranked = set(ground.ranked())
    if len(ranked) < PAIR:
        return
    missing: dict[tuple[Slug, ...], list[Row]] = {}
    for row in ground.parts():
        cells = zip(ground.slugs, row.cells, strict=True)
        without = tuple(slug for slug, cell in cells if slug in ranked and not cell.ours and not cell.reports)
        if without:
            missing.setdefault(without, []).append(row)
    if missing:
        each = [
            f"{listed([plain(row) for row in rows])} of {_whose(ground, of)}" for of, rows in missing.items()
        ]
        concerned = [slug for slug in ground.slugs if any(slug in of for of in missing)]
        evidence = [row.feature for rows in missing.values() for row in rows]
        yield say(f"Not known: {'; '.join(each)}.", Claim.UNKNOWN, concerned, evidence)


def _claim(leaders: Sequence[Slug], unclear: Sequence[Row]) -> Claim:
    if leaders:
        return Claim.LEAD if len(leaders) == 1 else Claim.MIXED
    return Claim.OPEN if unclear else Claim.TIE


def _shown(row: Row) -> list[str]:
    return [f"{cell.value:.2f}" for cell in row.cells]


def _whose(ground: Ground, slugs: Sequence[Slug]) -> str:
    if len(slugs) == len(ground.tools):
        return ground.all.lower()
    return ground.names(slugs)
