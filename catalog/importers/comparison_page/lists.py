"""The capability lists of a comparison page: triples of lines, one list a tool, each closed by "+N more".

A page names no owner beside its capabilities: the lists stand in the order of the title, and what the table
counts for each tool tells whether they were read right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

from catalog.importers.comparison_page.layout import Part, hidden_count, part_of, unlabelled
from catalog.text import PROSE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.importers.comparison_page.layout import Line

_SENTENCE_ENDS = (".", "!", "?", ":", '"', "”", ")")


@dataclass(slots=True)
class Triple:
    """A capability as its lines give it; `line` is the description's."""

    line: int
    description: str
    unique: str | None = None
    versus: str | None = None


@dataclass(slots=True)
class CapabilityList:
    """The capabilities shown for one tool, and how many more are announced (None: the page doesn't say)."""

    triples: list[Triple] = field(default_factory=list)
    hidden: int | None = None
    #: Whether the verdict or footer stands inside: on these pages it does so in the last list.
    interrupted: bool = False


@dataclass(slots=True)
class Lists:
    """One list a tool, in the order of the names, and what was odd: line and reason."""

    by_tool: list[CapabilityList]
    odd: list[tuple[int, str]]


def read_lists(lines: Sequence[Line], names: Sequence[str], totals: Sequence[int | None]) -> Lists:
    """Read every tool's capabilities.

    Args:
        lines: the page.
        names: the tools, in the order in which their lists stand.
        totals: how many capabilities the table counts for each, where it does.
    """
    found, odd = _sections(lines, names)
    end = lines[-1].number if lines else 1
    if len(found) > len(names):
        odd.append((_line(found[len(names)], end), "left out a capability list that belongs to no tool"))
        found = found[: len(names)]
    if len(found) < len(names) and found:
        found = _split(found, names, totals, odd)
    found += [CapabilityList() for _ in names[len(found) :]]
    found = _in_order(found, names, totals, odd)
    for name, total, section in zip(names, totals, found, strict=True):
        _count(section, name, total, odd, end)
    return Lists(found, odd)


class _Reader:
    """Collects triples line by line."""

    def __init__(self) -> None:
        self.sections: list[CapabilityList] = [CapabilityList()]
        self.odd: list[tuple[int, str]] = []
        self._open: Triple | None = None
        self._part = Part.PROSE
        self._interrupted = False

    def take(self, line: Line, part: Part) -> None:
        """Take the next line."""
        if part is Part.PROSE and self._interrupted and line.text[:1].islower():
            # The verdict or the footer was wrapped: what goes on with it is no capability either.
            part = Part.FURNITURE
        if part is Part.PROSE:
            self._prose(line)
        elif part is Part.UNIQUE or part is Part.VERSUS:
            self._label(line, part)
        elif part is Part.MORE:
            self.sections[-1].hidden = hidden_count(line.text)
            self.sections.append(CapabilityList())
            self._open = None
        elif part is Part.FURNITURE and self.sections[-1].triples:
            self.sections[-1].interrupted = True
        self._interrupted = part is Part.FURNITURE

    def _prose(self, line: Line) -> None:
        triple = self._open
        if triple and self._continued(triple, line.text):
            return
        self._open = Triple(line.number, line.text)
        self.sections[-1].triples.append(self._open)
        self._part = Part.PROSE

    def _continued(self, triple: Triple, text: str) -> bool:
        """Append a wrapped line to the part before it; tells whether it was one."""
        before = {Part.UNIQUE: triple.unique, Part.VERSUS: triple.versus}.get(self._part, triple.description)
        # An uppercase word may go on only with a description: the labelled lines often lack a full stop.
        goes_on = text[:1].islower() or (
            self._part is Part.PROSE and not (before or "").endswith(_SENTENCE_ENDS)
        )
        if not before or not goes_on or self._interrupted or len(before) > PROSE_LIMIT:
            return False
        joined = f"{before} {text}"
        if self._part is Part.UNIQUE:
            triple.unique = joined
        elif self._part is Part.VERSUS:
            triple.versus = joined
        else:
            triple.description = joined
        return True

    def _label(self, line: Line, part: Part) -> None:
        triple, text = self._open, unlabelled(line.text) or None
        if part is Part.UNIQUE and triple and triple.unique is None and triple.versus is None:
            triple.unique, self._part = text, part
        elif part is Part.VERSUS and triple and triple.versus is None:
            triple.versus, self._part = text, part
        else:
            # What follows belongs to the same lost description, not to the capability before it.
            self._open = None
            label = line.text.split(":", 1)[0]
            self.odd.append((line.number, f'left out "{label}:" without a description before it'))


def _sections(
    lines: Sequence[Line], names: Sequence[str]
) -> tuple[list[CapabilityList], list[tuple[int, str]]]:
    reader = _Reader()
    for line in lines:
        reader.take(line, part_of(line, names))
    sections = reader.sections
    if not sections[-1].triples and sections[-1].hidden is None:
        sections.pop()
    for triple in (triple for section in sections for triple in section.triples):
        lacks = [
            label
            for label, text in (("Unique:", triple.unique), ("vs alternatives:", triple.versus))
            if text is None
        ]
        if lacks:
            named = " and ".join(f'"{label}"' for label in lacks)
            reader.odd.append((triple.line, f"a capability without {named}; taken as it is"))
    return sections, reader.odd


def _split(
    found: list[CapabilityList],
    names: Sequence[str],
    totals: Sequence[int | None],
    odd: list[tuple[int, str]],
) -> list[CapabilityList]:
    """Find the border that a missing "+N more" line leaves open, from what the table counts."""
    last, total = found[-1], totals[-1]
    line = _line(last, 1)
    if len(found) == len(names) - 1 and last.hidden is not None and total is not None:
        owned = total - last.hidden
        before = len(last.triples) - owned
        limit = totals[len(found) - 1]
        if owned > 0 and before > 0 and (limit is None or before <= limit):
            reason = (
                f'the "+N more" line after the list of {names[len(found) - 1]} is missing; split by count'
            )
            odd.append((line, reason))
            first = CapabilityList(last.triples[:before])
            return [*found[:-1], first, CapabilityList(last.triples[before:], last.hidden, interrupted=True)]
    if last.interrupted:
        odd.append((line, "left out a capability list: it can't be told where one tool's ends"))
        return found[:-1]
    return found


def _in_order(
    found: list[CapabilityList],
    names: Sequence[str],
    totals: Sequence[int | None],
    odd: list[tuple[int, str]],
) -> list[CapabilityList]:
    """Keep the order of the names unless no list has its count there, and all do in another order."""

    def fits(order: Sequence[CapabilityList]) -> list[bool]:
        return [
            section.hidden is not None and len(section.triples) + section.hidden == total
            for section, total in zip(order, totals, strict=True)
        ]

    if len(names) > 1 and not any(fits(found)):
        for order in permutations(found):
            if all(fits(order)):
                odd.append((_line(found[0], 1), "the lists stand in another order than the names; put right"))
                return list(order)
    return found


def _count(
    section: CapabilityList, name: str, total: int | None, odd: list[tuple[int, str]], end: int
) -> None:
    """Settle how many capabilities are hidden: what the table counts beyond those that were read."""
    shown = len(section.triples)
    if total is not None and total >= shown:
        if section.hidden is None or shown + section.hidden != total:
            said = "no" if section.hidden is None else str(section.hidden)
            reason = f"{name}: {total} capabilities are counted, {shown} were read, {said} more are announced"
            odd.append((_line(section, end), f"{reason}; {total - shown} taken as hidden"))
        section.hidden = total - shown
    elif section.hidden is None:
        odd.append((_line(section, end), f"{name}: how many more capabilities there are is missing"))


def _line(section: CapabilityList, otherwise: int) -> int:
    return section.triples[0].line if section.triples else otherwise
