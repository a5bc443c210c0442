"""The sentences that a document says, one by one, so that one of them can be disputed and mended."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from catalog.claims import heading
from catalog.editing.operations import with_capability_changed, with_summary
from catalog.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.models import Tool

#: The end of a sentence: its mark, a space, and what begins like another one. "vs. Llama" and "3.5 Turbo" are no ends.
_END: Final = re.compile(r"(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<=[.!?])\s+(?=[A-Z0-9“\"(])|\n+")
_PROSE: Final = ("description", "unique", "versus")


class Sentence(NamedTuple):
    """A sentence and where it stands: in the summary (`place` None), or in a field of a capability."""

    text: str
    place: int | None
    field: str
    label: str

    @property
    def key(self) -> str:
        """A short stand-in that fits in an option of a menu, the same as long as the sentence is."""
        return blake2b(self.text.encode(), digest_size=9).hexdigest()


def sentences(tool: Tool) -> Iterator[Sentence]:
    """Give a tool's sentences in the order in which they are shown."""
    for text in _END.split(tool.summary or ""):
        if text.strip():
            yield Sentence(text.strip(), None, "summary", "Summary")
    for place, capability in enumerate(tool.capabilities):
        for field in _PROSE:
            for text in _END.split(getattr(capability, field) or ""):
                if text.strip():
                    yield Sentence(text.strip(), place, field, heading(capability))


def reworded(tool: Tool, sentence: Sentence, wording: str) -> Tool:
    """Give the tool with another sentence in a sentence's place, or (empty) without it.

    Raises:
        EditError: the sentence isn't there, or what is left breaks a rule.
    """
    if sentence.place is None:
        return with_summary(tool, _replaced(tool.summary, sentence.text, wording))
    if sentence.place >= len(tool.capabilities):
        raise EditError("That sentence isn't there any more.")
    capability = tool.capabilities[sentence.place]
    text: Any = _replaced(getattr(capability, sentence.field), sentence.text, wording)
    return with_capability_changed(
        tool, sentence.place, capability.model_copy(update={sentence.field: text or None})
    )


def _replaced(text: str | None, old: str, new: str) -> str:
    if not text or old not in text:
        raise EditError("That sentence isn't there any more.")
    return text.replace(old, new.strip(), 1).strip()
