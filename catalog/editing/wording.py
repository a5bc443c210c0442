"""What stands at a place of a document, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from catalog.claims import heading
from catalog.editing.pairing import Entry
from catalog.models import (
    Capability,
    HiddenCapabilities,
    Link,
    LinkKind,
    Origin,
    Pricing,
    ReportedScore,
    Signal,
    Status,
    ToolType,
)
from catalog.pricing import price_in_words
from catalog.rows import credit

if TYPE_CHECKING:
    from catalog.models import Tool

#: Longest label, in characters: as much as a menu shows of an option.
LABEL_LIMIT: Final = 100
# Longest part of a label that somebody wrote.
_QUOTE_LIMIT = 60

_ONE_OF = {
    "aliases": "Alias",
    "tasks": "Task",
    "tags": "Tag",
    "links": "Link",
    "packages": "Package",
    "withdrawn": "Taken away by hand",
    "capabilities": "Capability",
}


class Order(NamedTuple):
    """In which order a list has some of its entries.

    Attributes:
        keys: the keys of the entries.
        names: what people know them by; the same key has the same name.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]


#: What can stand at a place.
Value: TypeAlias = Entry | float | Order


def document_label(tool: Tool) -> str:
    """Name a whole document: ``"Tool “vLLM”"``."""
    return f"Tool “{_cut(tool.name)}”"


def field_label(field: str) -> str:
    """Name a field: ``"Released on"``."""
    return {"reported": "Reported scores"}.get(field, field.replace("_", " ").capitalize())


def order_label(field: str) -> str:
    """Name the order of a list: ``"Order of capabilities"``."""
    return f"Order of {field_label(field).lower()}"


def entry_label(field: str, entry: Entry) -> str:
    """Name an entry of a list, in at most LABEL_LIMIT characters: ``"Alias “SD”"``."""
    match entry:
        case Signal():
            label = f"Signal {entry.metric} ({credit(_cut(entry.source), entry.observed_on)})"
        case HiddenCapabilities():
            label = f"Hidden capabilities ({_cut(entry.source)})"
        case ReportedScore():
            label = f"Reported score ({_cut(entry.source)})"
        case Origin():
            label = f"Origin ({_cut(entry.source)})"
        case _:
            label = f"{_ONE_OF[field]} “{_cut(entry_name(entry))}”"
    return _cut(label, LABEL_LIMIT)


def entry_name(entry: Entry) -> str:
    """Give what people know an entry of a list by, on one line: an alias, a heading, an address."""
    match entry:
        case Capability():
            return heading(entry)
        case Link():
            return entry.url
        case Signal():
            return f"{entry.metric} ({credit(entry.source, entry.observed_on)})"
        case HiddenCapabilities() | ReportedScore() | Origin():
            return entry.source
        case _:
            return str(entry)


def in_words(value: Value) -> str:
    """Write what stands at a place as a person reads it; a capability has its texts on lines of their own."""
    match value:
        case Order():
            return "\n".join(f"{place}. {name}" for place, name in enumerate(value.names, 1))
        case float() | int():
            return _figure(value)
        case ToolType():
            return value.label
        case Status():
            return value.value.capitalize()
        case str():
            return str(value)
        case _:
            return _document(value)


def _document(value: Entry) -> str:
    match value:
        case Pricing():
            words = _pricing(value)
        case Link():
            kind = "Model hub" if value.kind is LinkKind.MODEL_HUB else value.kind.value.capitalize()
            words = f"{kind}: {value.url}"
        case Capability():
            words = _capability(value)
        case HiddenCapabilities():
            words = f"{value.count:,} more ({value.source})"
        case Signal():
            licence = f"; licence {value.licence}" if value.licence else ""
            words = (
                f"{_figure(value.value)} {value.unit} ({credit(value.source, value.observed_on)}){licence}"
            )
        case ReportedScore():
            words = _reported(value)
        case Origin():
            named = ", ".join(field.replace("_", " ") for field in value.fields)
            words = f"{named} ({credit(value.source, value.observed_on)}); licence {value.licence}"
        case _:
            words = str(value)
    return words


def _pricing(pricing: Pricing) -> str:
    start = pricing.starting
    price = (
        f", from {price_in_words(start)} ({credit(start.source, start.observed_on)}"
        f"{f'; licence {start.licence}' if start.licence else ''})"
        if start is not None
        else ""
    )
    return f"{pricing.kind.label}{price}{f'; {pricing.note}' if pricing.note else ''}"


def _capability(capability: Capability) -> str:
    lines = (
        ("", capability.title),
        ("", capability.description),
        ("Unique: ", capability.unique),
        ("Versus: ", capability.versus),
        ("Source: ", capability.source),
        ("Licence: ", capability.licence),
    )
    return "\n".join(f"{before}{text}" for before, text in lines if text is not None)


def _reported(score: ReportedScore) -> str:
    parts = [f"{name.replace('_', ' ')} {_figure(value)}" for name, value in score.components.items()]
    if score.rank is not None:
        parts.insert(0, f"rank {_figure(score.rank)}")
    if score.times_matched is not None:
        parts.append(f"matched {score.times_matched:,} times")
    if score.rounded:
        parts.append("rounded")
    return f"{', '.join(parts) or 'no figures'} ({credit(score.source, score.observed_on)})"


def _figure(value: float) -> str:
    # To the last digit: rounded, a small correction would read like none.
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def _cut(text: str, limit: int = _QUOTE_LIMIT) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
