"""Validation errors as a person wants to read them: which field, what is wrong, what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rapidfuzz import process

from catalog.models import (
    Capability,
    HiddenCapabilities,
    Link,
    LinkKind,
    Price,
    PriceUnit,
    Pricing,
    PricingKind,
    ReportedScore,
    Signal,
    Status,
    Task,
    Tool,
    ToolType,
)

if TYPE_CHECKING:
    from enum import StrEnum

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

_SHOWN = 5
_CLIP = 40
_LIKELY = 60
_LIST_KEYS: dict[str, type[BaseModel]] = {
    "links": Link,
    "capabilities": Capability,
    "hidden_capabilities": HiddenCapabilities,
    "signals": Signal,
    "reported": ReportedScore,
    "pricing": Pricing,
    "starting": Price,
}
_CHOICES: dict[tuple[str, ...], type[StrEnum]] = {
    ("type",): ToolType,
    ("tasks",): Task,
    ("status",): Status,
    ("links", "kind"): LinkKind,
    ("pricing", "kind"): PricingKind,
    ("pricing", "starting", "unit"): PriceUnit,
}
_PATTERNS = {
    "slug": "use lower-case letters, digits and single hyphens",
    "successor": "give the successor's slug: lower-case letters, digits and single hyphens",
    "tags": "use lower-case letters, digits and single hyphens",
    "observed_on": "write a date as 2025, 2025-03 or 2025-03-07",
    "released_on": "write a date as 2025, 2025-03 or 2025-03-07",
    "metric": 'use lower-case words joined by "_", such as github_stars',
    "components": 'name a component in lower-case words joined by "_", such as match_graph',
}
_PLAIN = {
    "missing": "missing",
    "string_type": "should be text; put it in quotes",
    "string_too_short": "empty",
    "too_short": "empty",
    "tuple_type": "should be a list",
    "dict_type": "should be a mapping",
    "model_type": "should be a mapping",
    "model_attributes_type": "should be a mapping",
    "finite_number": "should be an ordinary number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "url_parsing": "no web address; it should start with https:// or http://",
    "url_scheme": "no web address; it should start with https:// or http://",
    "url_type": "no web address; it should start with https:// or http://",
}
_LIMITS = {
    "string_too_long": ("max_length", "longer than {} characters; shorten it"),
    # A text that is cleaned before it is measured reports its length as a list does.
    "too_long": ("max_length", "longer than {} characters; shorten it"),
    "greater_than_equal": ("ge", "should be at least {:g}"),
    "greater_than": ("gt", "should be more than {:g}"),
    "less_than_equal": ("le", "should be at most {:g}"),
    "less_than": ("lt", "should be less than {:g}"),
}
_LINK_IN_MESSAGE = re.compile(r"https?://errors\.pydantic\.dev\S*")


def reasons(error: ValidationError) -> str:
    """Word all that is wrong with a document, in one line; what goes beyond five is counted.

    >>> from pydantic import ValidationError
    >>> try:
    ...     Tool.model_validate({"name": "Ollama", "licens": "MIT"})
    ... except ValidationError as error:
    ...     print(reasons(error))
    licens: unknown field; did you mean "licence"?
    """
    details = error.errors()
    unnamed = any(detail["loc"] == ("name",) for detail in details)
    # The slug is derived from the name: where that is bad, it alone is to blame.
    blamed = (detail for detail in details if not (unnamed and detail["loc"] == ("slug",)))
    worded = list(dict.fromkeys(map(_worded, blamed)))
    more = len(worded) - _SHOWN
    return "; ".join(worded[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _worded(detail: ErrorDetails) -> str:
    path = _path(detail["loc"])
    return f"{path}: {_reason(detail)}" if path else _reason(detail)


def _path(loc: tuple[int | str, ...]) -> str:
    """Spell out where: ``("links", 0, "url")`` is ``"links 1, url"``."""
    spelt = ""
    for step in loc:
        if isinstance(step, int):
            spelt += f" {step + 1}"
        elif step == "[key]":
            spelt += " (name)"
        else:
            spelt += (", " if spelt else "") + _clip(step)
    return spelt


def _reason(detail: ErrorDetails) -> str:
    kind = detail["type"]
    keys = tuple(step for step in detail["loc"] if isinstance(step, str))
    given = detail["input"]
    if kind == "extra_forbidden":
        return _unknown_field(keys)
    if kind == "enum" and keys in _CHOICES:
        return _unknown_choice(given, [member.value for member in _CHOICES[keys]])
    if kind == "string_pattern_mismatch":
        field = next((key for key in reversed(keys) if key in _PATTERNS), "")
        return f"{_quoted(given)} won't do; {_PATTERNS.get(field, 'check how it is spelt')}"
    if kind in _LIMITS:
        limit, wording = _LIMITS[kind]
        return wording.format(detail.get("ctx", {}).get(limit, 0))
    if kind in _PLAIN:
        return _PLAIN[kind]
    return _LINK_IN_MESSAGE.sub("", detail["msg"].removeprefix("Value error, ")).strip()


def _unknown_field(keys: tuple[str, ...]) -> str:
    model = _LIST_KEYS.get(keys[-2], Tool) if len(keys) > 1 else Tool
    guess = _nearest(keys[-1], list(model.model_fields))
    return f'unknown field; did you mean "{guess}"?' if guess else "unknown field; leave it out"


def _unknown_choice(given: Any, choices: list[str]) -> str:  # noqa: ANN401 (whatever the file held)
    guess = _nearest(given, choices) if isinstance(given, str) else None
    hint = f'did you mean "{guess}"? ' if guess else ""
    return f"{_quoted(given)} isn't known; {hint}(one of {', '.join(choices)})"


def _nearest(word: str, choices: list[str]) -> str | None:
    found = process.extractOne(word[:_CLIP].lower(), choices, score_cutoff=_LIKELY)
    return found[0] if found else None


def _quoted(given: Any) -> str:  # noqa: ANN401 (whatever the file held)
    return f'"{_clip(str(given))}"'


def _clip(text: str) -> str:
    line = " ".join(text[: _CLIP + 1].split())
    return line if len(text) <= _CLIP else line[: _CLIP - 1] + "…"
