"""Names as fingers leave them: with slips of some kind, or not typed to the end; always the same ones."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from catalog.resolver import Entry

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
#: The keys beside each letter, above and below it too.
_BESIDE = {
    letter: "".join(
        row[place + step]
        for number, row in enumerate(_ROWS)
        for step in (-1, 0, 1)
        if abs(number - at) <= 1 and 0 <= place + step < len(row) and row[place + step] != letter
    )
    for at, letters in enumerate(_ROWS)
    for place, letter in enumerate(letters)
}
#: Of names this long, one letter less is still the same name to whoever reads it.
_LONG_ENOUGH = 4
_HALF_TYPED = (2, 10)
_EXTRA = ("latest", "official", "tool", "library", "python")


def names(entries: Sequence[Entry], count: int = 480, *, seed: int = 2) -> Iterator[tuple[str, str, str]]:
    """Give names with errors in them: what is typed, the slug that is meant, and the kind of error.

    Half of the names come from the most popular tenth.
    """
    random = Random(seed)  # noqa: S311 (slips to measure with, no secrets)
    kinds = list(_SLIPS)
    for number, entry in enumerate(_drawn(random, entries, count)):
        kind = kinds[number % len(kinds)]
        typed = _SLIPS[kind](random, entry.name)
        yield typed, entry.slug, kind if typed != entry.name else "exact"


def prefixes(entries: Sequence[Entry], count: int = 120, *, seed: int = 3) -> Iterator[tuple[str, str, str]]:
    """Give beginnings of names: what is typed so far, the slug that is meant, and "prefix"."""
    random = Random(seed)  # noqa: S311 (the same)
    for entry in _drawn(random, entries, count):
        typed = entry.name[: random.randint(*_HALF_TYPED)]
        yield typed.rstrip() or entry.name, entry.slug, "prefix"


def _drawn(random: Random, entries: Sequence[Entry], count: int) -> Iterator[Entry]:
    popular = max(1, len(entries) // 10)
    for number in range(count if entries else 0):
        entry = entries[random.randrange(popular if number % 2 else len(entries))]
        while len(entry.name) <= _LONG_ENOUGH:
            entry = entries[random.randrange(len(entries))]
        yield entry


def _beside(random: Random, name: str) -> str:
    at = random.randrange(len(name))
    near = _BESIDE.get(name[at].lower(), "aeiou")
    return name[:at] + random.choice(near) + name[at + 1 :]


def _without(random: Random, name: str) -> str:
    at = random.randrange(1, len(name))
    return name[:at] + name[at + 1 :]


def _twice(random: Random, name: str) -> str:
    at = random.randrange(len(name))
    return name[:at] + name[at] + name[at:]


def _swapped(random: Random, name: str) -> str:
    at = random.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _run_together(_random: Random, name: str) -> str:
    return name.replace("-", "").replace(" ", "")


def _other_order(_random: Random, name: str) -> str:
    first, _, rest = name.replace("-", " ").partition(" ")
    return f"{rest} {first}".strip()


def _and_more(random: Random, name: str) -> str:
    return f"{name.replace('-', ' ')} {random.choice(_EXTRA)}"


def _two_slips(random: Random, name: str) -> str:
    return _beside(random, _swapped(random, name))


_SLIPS: Mapping[str, Callable[[Random, str], str]] = {
    "sub": _beside,
    "del": _without,
    "dbl": _twice,
    "trans": _swapped,
    "dropsep": _run_together,
    "swap": _other_order,
    "extraword": _and_more,
    "edit2": _two_slips,
}
