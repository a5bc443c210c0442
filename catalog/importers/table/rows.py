"""A document as the row of a table, there and back. What a table can't hold is counted, so that it can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from catalog.importers.table.cells import Number, guard
from catalog.importers.table.columns import COLUMNS, Column, Path, column_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: What all metrics of a row may have in common.
_SHARED: Final = ("source", "observed_on", "licence")
#: Lists that no cell holds, and what one entry of them is called.
_NOT_HELD: Final = {
    "capabilities": "capability",
    "hidden_capabilities": "count of hidden capabilities",
    "reported": "reported score",
}
_OLDER: Final = "earlier measurement"


def columns_for(rows: Iterable[Iterable[Path]]) -> tuple[Column, ...]:
    """Give the columns that rows need: those that every table has, and those of the metrics that are measured."""
    used = {path: None for row in rows for path in row if path[0] == "signals"}
    metrics = list(dict.fromkeys(path[1] for path in used))
    order = {part: number for number, part in enumerate(("value", "unit", *_SHARED))}
    paths = sorted(used, key=lambda path: (path[1] != "", metrics.index(path[1]), order[path[2]]))
    return (*COLUMNS, *map(column_of, paths))


def values(document: Mapping[str, Any]) -> dict[Path, Any]:
    """Lay out a document, given as JSON holds it, by what stands in its columns."""
    found: dict[Path, Any] = {
        (field,): value
        for field, value in document.items()
        if field not in {"links", "pricing", "signals", *_NOT_HELD} and value is not None
    }
    for link in document.get("links", ()):
        found.setdefault(("links", link["kind"]), []).append(link["url"])
    pricing = document.get("pricing", {})
    found |= {("pricing", part): value for part, value in pricing.items() if part != "starting"}
    found |= {("pricing", "starting", part): value for part, value in pricing.get("starting", {}).items()}
    return found | _signal_values(_newest(document))


def cells(found: Mapping[Path, Any], columns: Iterable[Column]) -> list[str]:
    """Write the values of a row, column by column; what no value is given for stays empty."""
    return [_cell(found[one.path], one) if one.path in found else "" for one in columns]


def document(found: Mapping[Path, Any]) -> dict[str, Any]:
    """Put a document together from what stands in its columns; it is not yet checked."""
    made: dict[str, Any] = {}
    for path, value in found.items():
        inner = made
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        inner[path[-1]] = value
    if "links" in made:
        made["links"] = [{"kind": kind, "url": url} for kind, urls in made["links"].items() for url in urls]
    if "signals" in made:
        shared = made["signals"].pop("", {})
        made["signals"] = [
            {"metric": metric, **_unit(metric), **shared, **parts}
            for metric, parts in made["signals"].items()
            if "value" in parts
        ]
    return made


def path_of(loc: Sequence[str | int], made: Mapping[str, Any]) -> Path:
    """Find where in a row stands what is wrong in the document that was put together from it."""
    if len(loc) > 1 and loc[0] in {"links", "signals"} and isinstance(loc[1], int):
        entry = made[loc[0]][loc[1]]
        if loc[0] == "links":
            return ("links", entry["kind"])
        part = str(loc[-1])
        return ("signals", entry["metric"], "value" if part == "metric" else part)
    return tuple(step for step in loc if isinstance(step, str))


def not_held(documents: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Count what a table leaves out: ``("340 capabilities", "1 earlier measurement")``."""
    counts = dict.fromkeys((*_NOT_HELD.values(), _OLDER), 0)
    for one in documents:
        for field, word in _NOT_HELD.items():
            counts[word] += len(one.get(field, ()))
        counts[_OLDER] += len(one.get("signals", ())) - len(_newest(one))
    return tuple(
        f"{count:,} {word if count == 1 else _plural(word)}" for word, count in counts.items() if count
    )


def _newest(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give the newest measurement of each metric; of two of one day, the first."""
    newest: dict[str, Mapping[str, Any]] = {}
    for signal in document.get("signals", ()):
        known = newest.get(signal["metric"])
        if known is None or signal["observed_on"] > known["observed_on"]:
            newest[signal["metric"]] = signal
    return newest


def _signal_values(signals: Mapping[str, Mapping[str, Any]]) -> dict[Path, Any]:
    if not signals:
        return {}
    first = next(iter(signals.values()))
    # A licence that is shared would be read as everybody's, so it has to be everybody's.
    everywhere = all(signal.get("licence") == first.get("licence") for signal in signals.values())
    shared = {part: first.get(part) for part in _SHARED if part != "licence" or everywhere}
    found: dict[Path, Any] = {
        ("signals", "", part): value for part, value in shared.items() if value is not None
    }
    for metric, signal in signals.items():
        found["signals", metric, "value"] = signal["value"]
        if signal["unit"] != unit_of(metric):
            found["signals", metric, "unit"] = signal["unit"]
        for part in _SHARED:
            if signal.get(part) not in {None, shared.get(part)}:
                found["signals", metric, part] = signal[part]
    return found


def _cell(value: Any, one: Column) -> str:  # noqa: ANN401 (whatever a document holds there)
    text = one.spelling.write(value)
    return text if isinstance(one.spelling, Number) else guard(text)


def _unit(metric: str) -> dict[str, str]:
    unit = unit_of(metric)
    return {"unit": unit} if unit else {}


def _plural(word: str) -> str:
    if word.startswith("count "):
        return f"counts{word.removeprefix('count')}"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
