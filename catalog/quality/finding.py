"""What a rule finds: where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from catalog.models import Tool
from catalog.quality import vocabulary

if TYPE_CHECKING:
    from catalog.importers import Incoming

#: The way to a field of a tool: ``("capabilities", 0, "title")``.
Path: TypeAlias = "tuple[int | str, ...]"


class Found(NamedTuple):
    """What a rule says of one document: which field, what to do, and the word in its text that it is about."""

    path: Path
    reason: str
    word: str = ""


class Spot(NamedTuple):
    """A place in a document: the document, the field, and the word in its text."""

    incoming: Incoming
    path: Path
    word: str = ""


class Finding(NamedTuple):
    """Something that should be mended before an entry is taken into the starter catalog.

    Attributes:
        rule: the rule's name: ``"few capabilities"``.
        spot: where it is.
        reason: what is wrong and what to do.
        also: the other place, where it takes two; `reason` is to be followed by where that is.
    """

    rule: str
    spot: Spot
    reason: str
    also: Spot | None = None


#: A rule that looks at one document at a time.
Rule: TypeAlias = Callable[[Tool], Iterator[Found]]


def name_of(rule: Callable[..., object]) -> str:
    """Give a rule's name: that of its function in plain words."""
    return rule.__name__.replace("_", " ")


def says(rule: Callable[..., object]) -> str:
    """Give what a rule asks for: the first line of its docstring, in which limits go by their name in `vocabulary`."""
    return (rule.__doc__ or "").strip().format_map(vars(vocabulary))


def texts(tool: Tool) -> Iterator[tuple[Path, str]]:
    """Give every text of an entry that somebody wrote for it, with the way to it; not what others say of it."""
    if tool.summary:
        yield ("summary",), tool.summary
    if tool.pricing and tool.pricing.note:
        yield ("pricing", "note"), tool.pricing.note
    for number, capability in enumerate(tool.capabilities):
        if capability.source is None:
            for field in ("title", "description", "unique", "versus"):
                if text := getattr(capability, field):
                    yield ("capabilities", number, field), text
