"""A document as a form of text, section by section: filled in with what is known, and read back as it was typed.

Whoever opens a form and sends it back as it was changes nothing, byte for byte: a field whose text is still the one
that was filled in keeps its value, whatever the text couldn't carry of it. So does all that an input has no room
for, and all that no section asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from catalog.editing.fields import Section, inputs
from catalog.editing.spelling import TEXT_LIMIT
from catalog.errors import FormError
from catalog.importers import wording
from catalog.merging import by_hand
from catalog.models import Tool
from catalog.text import clean_line, clean_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from catalog.editing.fields import Input
    from catalog.models import Capability, Link

#: Fields of a tool that no form asks for: what it is filed under, and what is measured or said elsewhere.
NOT_ASKED: Final = frozenset(
    {"slug", "popularity", "hidden_capabilities", "signals", "reported", "origins", "withdrawn"}
)

_QUOTED: Final = 40
_MISSING: Final = "missing; fill it in."


def filled(tool: Tool | None, section: Section, place: int | None = None) -> dict[str, str]:
    """Write what is known in a section as text.

    Args:
        tool: the document; None for a new one, of which nothing is known.
        section: what is asked for.
        place: which capability, from 0 on; None for a new one. Other sections need none.

    Returns:
        the text of each input, by its name; at most TEXT_LIMIT characters each. Of a list that is longer, the
        first entries.

    Raises:
        FormError: there is no such capability.
    """
    values = _values(tool, section, place)
    return {asked.field.name: asked.write(values.get(asked.field.name)) for asked in inputs(section)}


def read(tool: Tool | None, section: Section, typed: Mapping[str, str], place: int | None = None) -> Tool:
    """Read what was typed in a section.

    Args:
        tool: the document as it was when the form was filled in; None for a new one, which needs at least a name.
        section: what was asked for.
        typed: the text of each input, by its name. An input that isn't given stays as it was.
        place: which capability, from 0 on; None adds one (unless nothing was typed). Other sections need none.

    Returns:
        the document with what was typed, under the same slug; a new one under the slug of its name.

    Raises:
        FormError: some of it won't do, or there is no such capability; it says for each field what to do.
    """
    values = _values(tool, section, place)
    changed, reasons = _typed(inputs(section), values, typed)
    if tool is not None and not changed and not reasons:
        return tool
    changes = _changes(tool, section, values, changed, place)
    known = dict(tool) if tool else {}
    try:
        new = Tool.model_validate(known | changes)
    except ValidationError as error:
        for label, reason in _rejected(section, changes, error):
            reasons.setdefault(label, reason)
    else:
        if not reasons:
            # Nothing but what was asked for, so that what was given and what was derived stay apart.
            return by_hand(tool, {name: getattr(new, name) for name in changes}) if tool else new
    raise FormError({label: reasons[label] for label in _in_order(section, reasons)})


def _typed(
    asked: Iterable[Input], values: Mapping[str, Any], typed: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Read each input that isn't as it was; give what was read by name, and what can't be by label."""
    changed: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for one in asked:
        field, current = one.field, values.get(one.field.name)
        given = typed.get(field.name)
        if given is None:
            continue
        if len(given) > TEXT_LIMIT:
            # Before anything else is done with it: it may be a megabyte.
            reasons[field.label] = _too_long(field.max_length, len(given))
            continue
        text = clean_prose(given)
        if text == clean_prose(one.write(current)):
            continue
        try:
            changed[field.name] = one.read(text, current)
        except ValueError as error:
            reasons[field.label] = str(error)
    return changed, reasons


def _values(tool: Tool | None, section: Section, place: int | None) -> dict[str, Any]:
    """Give what a document holds for each input of a section, by its name; unknown is None or not there."""
    if section is Section.CAPABILITY and place is not None:
        return dict(_capability(tool, place))
    if tool is None or section is Section.CAPABILITY:
        return {}
    match section:
        case Section.LINKS:
            kinds = (asked.field.name for asked in inputs(section))
            return {kind: tuple(link.url for link in tool.links if link.kind == kind) for kind in kinds}
        case Section.PRICING:
            pricing = tool.pricing
            start = pricing.starting if pricing else None
            price = {"price": (start.usd, start.unit)} if start else {}
            return {**dict(pricing or {}), **dict(start or {}), **price}
        case _:
            return dict(tool)


def _capability(tool: Tool | None, place: int) -> Capability:
    if tool is None or not 0 <= place < len(tool.capabilities):
        raise FormError({"Capability": "it is no longer there; open the tool again."})
    return tool.capabilities[place]


def _changes(
    tool: Tool | None,
    section: Section,
    values: Mapping[str, Any],
    changed: Mapping[str, Any],
    place: int | None,
) -> dict[str, Any]:
    """Give the fields of a tool that a section changes, not yet checked."""
    match section:
        case Section.LINKS:
            return {"links": _links(tool.links if tool else (), {**values, **changed})}
        case Section.PRICING:
            return {"pricing": _pricing({**values, **changed})}
        case Section.CAPABILITY:
            capabilities: list[Any] = list(tool.capabilities if tool else ())
            if place is None:
                capabilities.append(dict(changed))
            elif changed:
                given = {name: values[name] for name in capabilities[place].model_fields_set}
                capabilities[place] = {**given, **changed}
            return {"capabilities": tuple(capabilities)}
        case _:
            return dict(changed)


def _links(links: Sequence[Link], urls: Mapping[str, Sequence[str]]) -> tuple[Any, ...]:
    """Put addresses where links of their kind stood; what is left over comes last."""
    left = {kind: list(given) for kind, given in urls.items()}
    placed: list[Any] = []
    for link in links:
        if left[link.kind]:
            url = left[link.kind].pop(0)
            placed.append(link if link.url == url else {"kind": link.kind, "url": url})
    placed += [{"kind": kind, "url": url} for kind, given in left.items() for url in given]
    return tuple(placed)


def _pricing(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Put a pricing together; one of which nothing is said is none."""
    price, source, day = (values.get(name) for name in ("price", "source", "observed_on"))
    starting = None
    if not (price is None and source is None and day is None):
        usd, unit = price or (None, None)
        starting = {"usd": usd, "unit": unit, "source": source, "observed_on": day}
    kind, note = values.get("kind"), values.get("note")
    if kind is None and note is None and starting is None:
        return None
    return {"kind": kind, "note": note, "starting": starting}


def _rejected(
    section: Section, changes: Mapping[str, Any], error: ValidationError
) -> Iterable[tuple[str, str]]:
    """Word what the document refuses: the label of the input that is to blame, and a sentence."""
    for detail in error.errors(include_url=False):
        yield _blamed(section, changes, detail["loc"]), _worded(section, detail)


def _blamed(section: Section, changes: Mapping[str, Any], loc: tuple[int | str, ...]) -> str:
    path = tuple(step for step in loc if isinstance(step, str))
    if path[:1] == ("links",) and len(loc) > 1 and isinstance(loc[1], int):
        path = ("links", dict(changes["links"][loc[1]])["kind"])
    # The one rule that binds several fields is about the successor.
    path = path or ("successor",)
    blamed = [asked for asked in inputs(section) if path[: len(asked.path)] == asked.path]
    if blamed:
        return max(blamed, key=lambda asked: len(asked.path)).field.label
    # Something that the form doesn't ask for stands in the way: of an old document, or a name that isn't there.
    return path[0].replace("_", " ").capitalize()


def _worded(section: Section, detail: ErrorDetails) -> str:
    """Word what is wrong with an input, and what to do, in a sentence."""
    given, limits = detail["input"], detail.get("ctx", {})
    entry = any(isinstance(step, int) for step in detail["loc"]) and section is not Section.CAPABILITY
    if given is None or detail["type"] == "missing":
        return "missing; fill it in, or empty the rest." if detail["loc"][0] == "pricing" else _MISSING
    if detail["type"] in {"string_too_long", "too_long"}:
        if not isinstance(given, str):
            return f"at most {limits['max_length']} of them; these are {len(given)}."
        reason = _too_long(limits["max_length"], limits.get("actual_length", len(given)))
    else:
        reason = f"{wording.reason(detail)}."
    return f'"{_clipped(given)}": {reason}' if entry and not reason.startswith('"') else reason


def _too_long(limit: int, length: int) -> str:
    return f"at most {limit:,} characters; this has {length:,}."


def _clipped(text: str) -> str:
    line = clean_line(text[: _QUOTED + 1])
    return line if len(line) < _QUOTED else f"{line[: _QUOTED - 1]}…"


def _in_order(section: Section, reasons: Mapping[str, str]) -> list[str]:
    """Put labels in the order of the form."""
    order = [asked.field.label for asked in inputs(section)]
    return sorted(reasons, key=lambda label: order.index(label) if label in order else len(order))
