"""What kind of a fit it is: a name said plainly, a version that isn't there, a misspelling, a part of a name."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from catalog.resolver.fit import WHOLE, Versions
from catalog.resolver.resolution import Reason

if TYPE_CHECKING:
    from catalog.resolver.fit import Fit


class Kind(IntEnum):
    """Kinds of fits, the surest first."""

    CLEAN = 1
    """Every word of the query is met exactly and no version disagrees."""
    VERSION = 2
    """The words are met exactly, but a version or size disagrees: never resolved, only offered."""
    NEAR = 3
    """Misspelt, or met by the beginning of a word; versions agree."""
    NEAR_VERSION = 4
    """Misspelt, and a version disagrees: offered."""
    PART = 5
    """Met by a word that isn't the telling part of the name (its maker, the end of a word): offered."""
    BESIDE = 6
    """A whole name among other words: offered."""
    FAR = 7
    """Nothing that would do."""


#: Kinds in which a name was said, plainly or misspelt, and nothing speaks against it.
SAID = frozenset({Kind.CLEAN, Kind.NEAR})


#: Share of a query from which what it asks for is its other words.
HALF = 0.5


class Judged(NamedTuple):
    """A fit with its kind, the reason that a person is given, and how the query had to be read for it."""

    fit: Fit
    kind: Kind
    reason: Reason
    read_as: Reason | None


def judge(fit: Fit, read_as: Reason | None) -> Judged:
    """Say what kind of a fit it is; `read_as` is how the query had to be read for it."""
    kind = _kind(fit)
    # Shorthand for a word among others, or for a part of a name, is a guess upon a guess.
    if read_as is Reason.ACRONYM and kind in {Kind.PART, Kind.BESIDE}:
        kind = Kind.FAR
    return Judged(fit, kind, _reason(fit, kind, read_as), read_as)


def _reason(fit: Fit, kind: Kind, read_as: Reason | None) -> Reason:
    if kind in {Kind.VERSION, Kind.NEAR_VERSION} or (kind is Kind.BESIDE and fit.versioned):
        return Reason.VERSION
    if kind is Kind.CLEAN:
        return read_as or Reason.WORDS
    if kind is Kind.NEAR:
        return read_as or (Reason.TYPO if fit.edits or fit.spelt_alike else Reason.PREFIX)
    if kind is Kind.PART and fit.partial:
        return Reason.PREFIX
    other = fit.strays and fit.asked >= HALF and not fit.spelt_alike
    return Reason.TYPO if kind is Kind.FAR and not other else Reason.WORDS


def _kind(fit: Fit) -> Kind:
    agree = fit.versions in {Versions.SAME, Versions.MISSING}
    exact = not fit.edits and not fit.partial
    if fit.named:
        if exact:
            return Kind.CLEAN if agree else Kind.VERSION
        return Kind.NEAR if agree else Kind.NEAR_VERSION
    # A version may be all of a name: "o3" among other words.
    if exact and fit.versioned and fit.versions is Versions.SAME and not fit.row.phrase.words:
        return Kind.BESIDE
    if fit.telling and fit.hinted and exact and fit.covered >= WHOLE and (agree or fit.versioned):
        return Kind.BESIDE
    # A name may be misspelt across its words ("llama.ccp"): then the letters alone are compared.
    if fit.spelt_alike and fit.versions is Versions.SAME:
        return Kind.NEAR
    return Kind.PART if fit.hinted and not fit.strays and not fit.edits and agree else Kind.FAR
