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
_END: Final = re.compile(r"(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<=[.!?])\s+(?=[A-Z0-9“\"(])|\n+")
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
    for start, end in _spans(tool.summary or ""):
        yield Sentence((tool.summary or "")[start:end], None, "summary", "Summary")
    for place, capability in enumerate(tool.capabilities):
        for field in _PROSE:
            text: str = getattr(capability, field) or ""
            for start, end in _spans(text):
                yield Sentence(text[start:end], place, field, heading(capability))


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
    if not text and sentence.field == "description":
        raise EditError("A capability has to say what it does; remove the whole of it instead.")
    return with_capability_changed(
        tool, sentence.place, capability.model_copy(update={sentence.field: text or None})
    )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence of a text begins and ends."""
    start = 0
    for end, after in [*(match.span() for match in _END.finditer(text)), (len(text), len(text))]:
        if text[start:end].strip():
            yield start, end
        start = after


def _replaced(text: str | None, old: str, new: str) -> str:
    # Not wherever these letters stand first: another sentence may end in them.
    for start, end in _spans(text or ""):
        if text and text[start:end] == old:
            return f"{text[:start]}{new.strip()}{text[end:]}".strip()
    raise EditError("That sentence isn't there any more.")
