"""What the rules of a verdict stand on: the rows as they are shown, and how tools and figures are named in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.rows import COMPONENT_OF, Cell, Feature, Row
from catalog.verdict.sentence import Claim, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from catalog.flip import Reversal
    from catalog.models import Slug, ToolRef

PAIR = 2


@dataclass(frozen=True)
class Ground:
    """What a verdict may be drawn from.

    Attributes:
        tools: the tools, in the order of the rows' cells.
        rows: the rows that are shown.
        reversals: what it takes to reverse a lead, or that nothing does.
        weighed: the ranks are by weights that somebody asked for.
        apart: a warning says that the tools don't do the same job.
    """

    tools: Sequence[ToolRef]
    rows: Mapping[Feature, Row]
    reversals: Sequence[Reversal] = ()
    weighed: bool = False
    apart: bool = False

    @property
    def slugs(self) -> tuple[Slug, ...]:
        """The tools' slugs."""
        return tuple(tool.slug for tool in self.tools)

    @property
    def pair(self) -> bool:
        """Whether there are just two."""
        return len(self.tools) == PAIR

    @property
    def all(self) -> str:
        """How all of them are called at the start of a sentence."""
        return "Both" if self.pair else "All"

    @property
    def nobody(self) -> str:
        """How none of them is called inside a sentence."""
        return "neither" if self.pair else "nobody"

    def cells(self, feature: Feature) -> dict[Slug, Cell]:
        """Give the cells of a row by tool."""
        return dict(zip(self.slugs, self.rows[feature].cells, strict=True))

    def parts(self) -> Iterator[Row]:
        """Give the rows of the rank's components that are shown."""
        return (self.rows[feature] for feature in COMPONENT_OF if feature in self.rows)

    def ranked(self) -> list[Slug]:
        """Give the tools that have a rank of our own, the highest first."""
        cells = self.cells(Feature.RANK)
        return sorted(
            (slug for slug in self.slugs if cells[slug].ours), key=lambda slug: -(cells[slug].value or 0.0)
        )

    def name(self, slug: Slug) -> str:
        """Name one tool."""
        return next(tool.name for tool in self.tools if tool.slug == slug)

    def names(self, slugs: Iterable[Slug]) -> str:
        """Name some of them."""
        return listed([self.name(slug) for slug in slugs])

    def against(self, slugs: Sequence[Slug], shown: Mapping[Slug, str], *, named: bool = True) -> str:
        """Set figures against each other: "A at 3, B at 2", or "3 against 2"."""
        if named:
            return ", ".join(f"{self.name(slug)} at {shown[slug]}" for slug in slugs)
        return " against ".join(shown[slug] for slug in slugs)


def say(text: str, claim: Claim, subjects: Iterable[Slug], evidence: Iterable[Feature]) -> Sentence:
    """Make a sentence."""
    return Sentence(text=text, claim=claim, subjects=tuple(subjects), evidence=tuple(evidence))


def plain(row: Row) -> str:
    """Name what a row is about inside a sentence."""
    return row.feature.value.lower()


def listed(items: Sequence[str]) -> str:
    """List for a sentence: "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def capital(text: str) -> str:
    """Begin a sentence; the rest keeps its letters."""
    return text[:1].upper() + text[1:]
