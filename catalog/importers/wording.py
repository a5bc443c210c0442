"""Validation errors as a person wants to read them: which field, what is wrong, what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rapidfuzz import process

from catalog.importers.reading import Problem
from catalog.models import (
    Capability,
    HiddenCapabilities,
    Link,
    LinkKind,
    Origin,
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
    from collections.abc import Sequence
    from enum import StrEnum

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

_SHOWN = 5
_CLIP = 40
_LIKELY = 60
#: Shortest word, in characters, that a guess is made for: a letter or two is in nearly every name.
_GUESSABLE = 3
_LIST_KEYS: dict[str, type[BaseModel]] = {
    "links": Link,
    "capabilities": Capability,
    "hidden_capabilities": HiddenCapabilities,
    "signals": Signal,
    "reported": ReportedScore,
    "origins": Origin,
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
    "packages": "name the registry and the package: pypi:vllm or npm:@scope/name",
    "observed_on": "write a date as 2025, 2025-03 or 2025-03-07",
    "released_on": "write a date as 2025, 2025-03 or 2025-03-07",
    "metric": 'use lower-case words joined by "_", such as github_stars',
    "components": 'name a component in lower-case words joined by "_", such as match_graph',
}
_PLAIN = {
    "missing": "missing",
    "string_type": "should be text; put it in quotes",
    "string_unicode": "holds half a character; write it anew",
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
    "int_parsing_size": "a number with too many digits",
    "invalid_key": "a field's name should be text; put it in quotes",
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
    "greater_than_equal": ("ge", "should be at least {}"),
    "greater_than": ("gt", "should be more than {}"),
    "less_than_equal": ("le", "should be at most {}"),
    "less_than": ("lt", "should be less than {}"),
}
_TOO_MANY = "more than {} of them; keep those that people use"
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
    return in_one_line([problem.reason for problem in problems(error)])


def in_one_line(worded: Sequence[str]) -> str:
    """Join what is wrong with a document; what goes beyond five is counted."""
    more = len(worded) - _SHOWN
    return "; ".join(worded[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def problems(error: ValidationError) -> tuple[Problem, ...]:
    """Word all that is wrong with a document, each thing with the way to its field, and nothing twice."""
    details = error.errors()
    unnamed = any(detail["loc"] == ("name",) for detail in details)
    # The slug is derived from the name: where that is bad, it alone is to blame.
    blamed = (detail for detail in details if not (unnamed and detail["loc"] == ("slug",)))
    worded: dict[str, Problem] = {}
    for detail in blamed:
        text = _worded(detail)
        worded.setdefault(text, Problem(detail["loc"], text))
    return tuple(worded.values())


def _worded(detail: ErrorDetails) -> str:
    path = _path(detail["loc"])
    return f"{path}: {reason(detail)}" if path else reason(detail)


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


def reason(detail: ErrorDetails) -> str:
    """Word what is wrong with one field, and what to write instead."""
    kind, given = detail["type"], detail["input"]
    keys = tuple(step for step in detail["loc"] if isinstance(step, str))
    if kind == "extra_forbidden":
        return _unknown_field(keys)
    if given is None or given == "":
        return "empty"
    if kind in _PLAIN:
        nested = kind == "string_type" and isinstance(given, (list, dict))
        return (
            f"should be text, not a {'list' if isinstance(given, list) else 'mapping'}"
            if nested
            else _PLAIN[kind]
        )
    if kind in _LIMITS:
        limit, wording = _LIMITS[kind]
        if kind == "too_long" and not isinstance(given, str):
            wording = _TOO_MANY
        return wording.format(_figure(detail.get("ctx", {}).get(limit, 0)))
    return _spelt_wrong(detail, keys)


def _spelt_wrong(detail: ErrorDetails, keys: tuple[str, ...]) -> str:
    kind, given = detail["type"], detail["input"]
    if kind == "enum" and keys in _CHOICES:
        return _unknown_choice(given, [member.value for member in _CHOICES[keys]])
    if kind == "literal_error":
        return f"write {detail.get('ctx', {}).get('expected', 'another word')}".replace("'", "")
    if kind == "string_pattern_mismatch":
        field = next((key for key in reversed(keys) if key in _PATTERNS), "")
        return f"{_quoted(given)} won't do; {_PATTERNS.get(field, 'check how it is spelt')}"
    return _LINK_IN_MESSAGE.sub("", detail["msg"].removeprefix("Value error, ")).strip()


def _unknown_field(keys: tuple[str, ...]) -> str:
    model = _LIST_KEYS.get(keys[-2], Tool) if len(keys) > 1 else Tool
    guess = _nearest(keys[-1], list(model.model_fields))
    return f'unknown field; did you mean "{guess}"?' if guess else "unknown field; leave it out"


def _unknown_choice(given: Any, choices: list[str]) -> str:  # noqa: ANN401 (whatever the file held)
    guess = _nearest(given, choices) if isinstance(given, str) else None
    known = ", ".join(choices)
    remedy = f'did you mean "{guess}"? (one of {known})' if guess else f"write one of {known}"
    return f"{_quoted(given)} isn't known; {remedy}"


def _nearest(word: str, choices: list[str]) -> str | None:
    if len(word) < _GUESSABLE:
        return None
    found = process.extractOne(word[:_CLIP].lower(), choices, score_cutoff=_LIKELY)
    return found[0] if found else None


def _figure(limit: float) -> str:
    return f"{int(limit) if limit == int(limit) else limit:,}"


def _quoted(given: Any) -> str:  # noqa: ANN401 (whatever the file held)
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return f'"{_clip(text)}"'


def _clip(text: str) -> str:
    line = " ".join(text[: _CLIP + 1].split())
    return line if len(text) <= _CLIP else line[: _CLIP - 1] + "…"
