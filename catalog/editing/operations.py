"""Small edits of one document, each a function from a tool to the tool as it is after it.

A document that comes out is a whole new one that keeps every other byte, or the very same where there was nothing to
do. What can't be done raises an `EditError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from catalog.claims import heading
from catalog.editing.wording import field_label
from catalog.errors import EditError
from catalog.importers import Authority, Incoming
from catalog.merging import by_hand, capability_key, merge
from catalog.models import Status, Tool, ToolType
from catalog.text import ALIAS_LIMIT, Name

if TYPE_CHECKING:
    from catalog.models import Capability, Document, Pricing, Signal

_Made = TypeVar("_Made", bound="Document")
_NAME: TypeAdapter[str] = TypeAdapter(Name)

_LIKE = {
    "successor": "the short name of a tool in the catalog, like stable-diffusion",
    "metric": "a metric's name in lower case, like github_stars",
    "observed_on": "a date like 2025, 2025-03 or 2025-03-07",
}


def with_alias(tool: Tool, alias: str) -> Tool:
    """Give a tool another name to be found by.

    Raises:
        EditError: it is no name, the tool is called so already, or has as many aliases as it can have.
    """
    cleaned = _name(alias)
    if cleaned.casefold() == tool.name.casefold():
        raise EditError(f"{cleaned} is the tool's name already; an alias is another name for it.")
    if cleaned.casefold() in map(str.casefold, tool.aliases):
        raise EditError(f"{tool.name} has the alias {cleaned} already.")
    if len(tool.aliases) >= ALIAS_LIMIT:
        raise EditError(
            f"{tool.name} has {len(tool.aliases)} aliases, and can't have more; remove one first."
        )
    return _remade(tool, aliases=(*tool.aliases, cleaned))


def without_alias(tool: Tool, alias: str) -> Tool:
    """Take an alias away, whatever its case.

    Raises:
        EditError: the tool has no such alias.
    """
    cleaned = _name(alias)
    left = tuple(known for known in tool.aliases if known.casefold() != cleaned.casefold())
    if left == tool.aliases:
        raise EditError(f"{tool.name} has no alias {cleaned}; choose one that it has.")
    return _remade(tool, aliases=left)


def with_capability_changed(tool: Tool, place: int, capability: Capability) -> Tool:
    """Put another text in the place of a capability (counted from 0).

    Raises:
        EditError: there is no such place, or another capability with the same description.
    """
    known = tool.capabilities
    at = _place(tool, place, len(known))
    if capability_key(capability) != capability_key(known[at]):
        _is_new(tool, capability)
    return _remade(tool, capabilities=(*known[:at], _given(capability), *known[at + 1 :]))


def with_capability_moved(tool: Tool, place: int, to: int) -> Tool:
    """Move a capability from its place to another one (counted from 0); the others close up.

    Raises:
        EditError: there is no such place.
    """
    left = list(tool.capabilities)
    capability = left.pop(_place(tool, place, len(left)))
    left.insert(_place(tool, to, len(tool.capabilities)), capability)
    return _remade(tool, capabilities=tuple(left))


def without_capability(tool: Tool, place: int) -> Tool:
    """Take the capability at a place (counted from 0) away.

    Raises:
        EditError: there is no such place.
    """
    at = _place(tool, place, len(tool.capabilities))
    return _remade(tool, capabilities=(*tool.capabilities[:at], *tool.capabilities[at + 1 :]))


def with_signal(tool: Tool, signal: Signal) -> Tool:
    """Add a measured figure; it replaces what is known of the same metric, source and day.

    Raises:
        EditError: the figure breaks a rule.
    """
    known = [_observation(entry) for entry in tool.signals]
    this = _observation(signal)
    if this not in known:
        return _remade(tool, signals=(*tool.signals, _given(signal)))
    at = known.index(this)
    return _remade(
        tool,
        signals=(
            *tool.signals[:at],
            _given(signal),
            *(entry for entry in tool.signals[at + 1 :] if _observation(entry) != this),
        ),
    )


def without_signal(tool: Tool, signal: Signal) -> Tool:
    """Take away what is known of a figure's metric, source and day.

    Raises:
        EditError: nothing is.
    """
    left = tuple(entry for entry in tool.signals if _observation(entry) != _observation(signal))
    if left == tool.signals:
        raise EditError(
            f"{tool.name} has no {signal.metric} from {signal.source} of {signal.observed_on}; choose one that it has."
        )
    return _remade(tool, signals=left)


def with_pricing(tool: Tool, pricing: Pricing | None) -> Tool:
    """Say how one pays, or (None) that it isn't known.

    Raises:
        EditError: the pricing breaks a rule.
    """
    return _remade(tool, pricing=None if pricing is None else _given(pricing))


def deprecated(tool: Tool, successor: str | None) -> Tool:
    """Say that a tool shouldn't be counted on any more, and which one took its place (a slug; None for none).

    Raises:
        EditError: the successor is no slug, or the tool itself.
    """
    return _with_status(tool, Status.DEPRECATED, successor)


def gone(tool: Tool, successor: str | None) -> Tool:
    """Say that a tool is no more, and which one took its place (a slug; None for none).

    Raises:
        EditError: the successor is no slug, or the tool itself.
    """
    return _with_status(tool, Status.GONE, successor)


def active(tool: Tool) -> Tool:
    """Say that a tool can be counted on, after all: it has no successor then."""
    return _with_status(tool, Status.ACTIVE, None)


def absorbed(survivor: Tool, duplicate: Tool) -> Tool:
    """Merge a duplicate into the tool that it is a duplicate of.

    Its name and aliases become aliases of the survivor, as far as they don't read the same; its lists are united with
    the survivor's, and what the survivor leaves empty is filled. Where both fill a field of one value (a vendor, a
    pricing, a capability's "unique" under the same description), the survivor's stays and the duplicate's is not
    taken; of two scores that one source reported, the one seen last is. The survivor's status stays with its
    successor: a duplicate's successor is taken only where the survivor isn't active either.

    Raises:
        EditError: both are the same tool, or have more aliases together than a tool can have.
    """
    if survivor.slug == duplicate.slug:
        raise EditError(f"{survivor.name} can't be merged into itself; choose another tool to keep.")
    # The duplicate is no more after this: it can't succeed anything, least of all itself.
    kept = pointed(survivor, duplicate.slug, survivor.slug)
    merged = merge(kept, Incoming(_of_no_source(duplicate, kept), duplicate.slug, Authority.FOREIGN))
    if len(merged.aliases) > ALIAS_LIMIT:
        raise EditError(
            f"{survivor.name} and {duplicate.name} have {len(merged.aliases)} other names together, and a tool has "
            f"at most {ALIAS_LIMIT}; remove {len(merged.aliases) - ALIAS_LIMIT} first."
        )
    changes = {
        field: getattr(merged, field)
        for field in Tool.model_fields
        if getattr(merged, field) != getattr(kept, field)
    }
    if kept.status is Status.ACTIVE:
        changes.pop("successor", None)
    return _remade(kept, **changes)


def pointed(tool: Tool, old_slug: str, new_slug: str) -> Tool:
    """Point a tool at another successor where its own was merged away; it can't be its own, and has none then.

    Raises:
        EditError: the new slug is none.
    """
    if tool.successor != old_slug:
        return tool
    return _remade(tool, successor=None if new_slug == tool.slug else new_slug)


def with_summary(tool: Tool, summary: str) -> Tool:
    """Give the tool with another summary, or (empty) without one; EditError when it breaks a rule."""
    return _remade(tool, summary=summary or None)


def _of_no_source(duplicate: Tool, survivor: Tool) -> Tool:
    """Take from a duplicate's origins the fields that the survivor has, or a later edition would replace them."""

    def is_open(field: str) -> bool:
        known = getattr(survivor, field, None)
        return isinstance(known, tuple) or known in (None, ToolType.OTHER)

    origins = tuple(
        origin.model_copy(update={"fields": left})
        for origin in duplicate.origins
        if (left := tuple(filter(is_open, origin.fields)))
    )
    return duplicate.model_copy(update={"origins": origins})


def made(model: type[_Made], **values: Any) -> _Made:  # noqa: ANN401 (fields of any kind, which pydantic checks)
    """Make a part of a document of what somebody gave; EditError says what is wrong with it."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise EditError(_reason(error)) from error


def _with_status(tool: Tool, status: Status, successor: str | None) -> Tool:
    if successor == tool.slug:
        raise EditError(f"{tool.name} can't be its own successor; choose another tool.")
    return _remade(tool, status=status, successor=successor)


def _observation(signal: Signal) -> tuple[str, str, str]:
    return signal.metric, signal.source, signal.observed_on


def _place(tool: Tool, place: int, places: int) -> int:
    if 0 <= place < places:
        return place
    count = len(tool.capabilities)
    many = "1 capability" if count == 1 else f"{count or 'no'} capabilities"
    raise EditError(
        f"{tool.name} has {many}, and none in that place. Look at the list again and choose one of it."
    )


def _is_new(tool: Tool, capability: Capability) -> None:
    if capability_key(capability) in map(capability_key, tool.capabilities):
        raise EditError(
            f"{tool.name} has this capability already: {heading(capability)}. Change that one instead."
        )


def _name(text: str) -> str:
    try:
        return _NAME.validate_python(text)
    except ValidationError as error:
        raise EditError(_reason(error)) from error


def _reason(error: ValidationError) -> str:
    """Say in a sentence what is wrong with the first value that broke a rule, without repeating it."""
    first = error.errors(include_url=False)[0]
    field = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "name")
    limits = first.get("ctx", {})
    match first["type"]:
        case "value_error":
            reason = str(limits["error"])
        case "string_too_short" | "too_short":
            reason = "it can't be empty; write something that can be seen"
        case "string_too_long" | "too_long":
            reason = f"it is too long; shorten it to {limits['max_length']} characters"
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
            reason = "the figure is out of bounds; look at it again"
        case _:
            reason = f"it can't be read; write {_LIKE.get(field, 'it in another way')}"
    return f"{field_label(field)}: {reason}."


def _given(document: Document) -> dict[str, Any]:
    """Give a document's fields to be checked again: a copy of one with other values never was."""
    return document.model_dump(exclude_unset=True, warnings=False)


def _remade(tool: Tool, **changes: Any) -> Tool:  # noqa: ANN401 (fields of any kind, which pydantic checks)
    """Give the tool with other values, those checked as part of its document and the rest as it was."""
    try:
        checked = Tool.model_validate({"slug": tool.slug, "name": tool.name, **changes})
    except ValidationError as error:
        raise EditError(_reason(error)) from error
    return by_hand(tool, {field: getattr(checked, field) for field in changes})
