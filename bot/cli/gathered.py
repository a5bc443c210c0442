"""What several files gave: tools to take in, and what to tell about the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.cli.voice import say

if TYPE_CHECKING:
    from catalog.filing import ImportReport
    from catalog.importers import Incoming, Reading

#: Findings that are said one by one; of the rest, how many have each of the commonest reasons.
_MOST: Final = 50
_TOLD: Final = 5


class Source(NamedTuple):
    """One file: what it was read as, its licence if it is somebody else's, and what of it was rejected."""

    form: str
    licence: str | None
    rejected: int


class Tally(NamedTuple):
    """What became of one file's tools."""

    name: str
    source: Source
    added: int
    changed: int
    unchanged: int


@dataclass
class Gathered:
    """What several files gave, with the rest as where and reason."""

    tools: list["Incoming"] = field(default_factory=list)
    rejected: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)
    files: dict[str, Source] = field(default_factory=dict)
    #: Whether something of our own kind was rejected, which somebody should mend first.
    blocked: bool = False

    def add(self, name: str, reading: "Reading") -> None:
        """Take over what one file gave."""
        self.tools.extend(reading.tools)
        self.rejected.extend({"where": one.where, "reason": one.reason} for one in reading.rejected)
        self.warnings.extend(map(asdict, reading.warnings))
        self.files[name] = Source(reading.format, reading.licence, len(reading.rejected))
        # Of somebody else's data the rest is taken in all the same, if there is any.
        self.blocked |= bool(reading.rejected) and (reading.licence is None or not reading.tools)

    def note(self, report: "ImportReport | None") -> None:
        """Take over, and say, what was odd while the tools were taken in."""
        found = [asdict(one) for one in report.warnings] if report else []
        self.warnings += found
        tell("warning", found)

    def tell(self) -> None:
        """Say each warning and each rejection on a line of its own; of very many the first, and how many more."""
        tell("warning", self.warnings)
        tell("rejected", self.rejected)

    def outcome(self, report: "ImportReport | None") -> dict[str, Any]:
        """Give all of it as JSON: counts, slugs, and what was rejected; no report means that nothing was done."""
        slugs = _slugs(report)
        return {
            **{kind: len(found) for kind, found in slugs.items()},
            "rejected": self.rejected,
            "warnings": self.warnings,
            "slugs": slugs,
            "files": [
                {"file": one.name, **one.source._asdict(), **{kind: getattr(one, kind) for kind in slugs}}
                for one in self.by_file(report)
            ],
            "change": report.change if report else None,
        }

    def by_file(self, report: "ImportReport | None") -> list[Tally]:
        """Count by file what became of its tools; one that several files are about counts for each of them."""
        kinds = {kind: frozenset(found) for kind, found in _slugs(report).items()}
        about = {name: frozenset(report.files.get(name, ()) if report else ()) for name in self.files}
        return [
            Tally(name, source, **{kind: len(about[name] & slugs) for kind, slugs in kinds.items()})
            for name, source in self.files.items()
        ]

    def in_words(self, report: "ImportReport", done: str) -> str:
        """Say all the counts in one line."""
        counts = {**_slugs(report), "rejected": self.rejected, "warnings": self.warnings}
        return f"{done}: " + ", ".join(f"{len(found):,} {kind}" for kind, found in counts.items())


def tell(kind: str, found: Sequence[dict[str, str]]) -> None:
    """Say each of some findings on a line of its own; of very many the first, and how many have the same reasons."""
    for one in found[:_MOST]:
        say(f"{kind}: {one['where']}: {one['reason']}")
    for reason, count in Counter(one["reason"] for one in found[_MOST:]).most_common(_TOLD):
        say(f"{kind}: {count:,} more: {reason}")


def _slugs(report: "ImportReport | None") -> dict[str, Sequence[str]]:
    return {kind: getattr(report, kind, ()) for kind in ("added", "changed", "unchanged")}
