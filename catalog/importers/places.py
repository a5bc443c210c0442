"""On which line of a file a field stands, for who wants to mend it.

Reading keeps a line for each document and no more: a million names shouldn't pay for what only a few want to know.
What is asked about is looked up in the text again.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from catalog.importers import json_documents, yaml_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The way to a field: ``("capabilities", 0, "title")``.
Path: TypeAlias = "tuple[int | str, ...]"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")


class Places:
    r"""Finds the lines of fields in the text of one file.

    >>> places = Places("- name: vLLM\n- name: Ollama\n  tags: [local]\n", "YAML")
    >>> places.line(2, ("tags", 0)), places.line(2, ("summary",))
    (3, 2)
    """

    def __init__(self, text: str, form: str) -> None:
        """Take a text that was read without complaint, and what it was read as (`Reading.format`)."""
        self._text = text
        self._lines = text.split("\n")
        look_up = {yaml_documents.NAME: self._in_yaml, json_documents.NAME: self._in_json}
        self._look_up: Callable[[int, Path], tuple[int, int]] = look_up.get(
            form, lambda start, _: (start, start)
        )
        self._nodes: dict[int, yaml.Node] | None = None

    def line(self, start: int, path: Path, word: str = "") -> int:
        """Give the line (from 1) of a field.

        Args:
            start: the line on which its document starts.
            path: the way from the document to the field. Where the field isn't there, what it is missing from counts.
            word: of a text over several lines, the line on which this stands.
        """
        first, last = self._look_up(start, path)
        inside = range(first, min(last, len(self._lines)) + 1)
        return next((line for line in inside if word and word in self._lines[line - 1]), first)

    def _in_yaml(self, start: int, path: Path) -> tuple[int, int]:
        if self._nodes is None:
            self._nodes = {}
            for document in yaml.compose_all(self._text, Loader=_LOADER):
                for entry in _entries(document):
                    self._nodes.setdefault(entry.start_mark.line + 1, entry)
        node: yaml.Node | None = self._nodes.get(start)
        first = last = start
        for step in path:
            found = _within(node, step)
            if found is None:
                break
            (first, node), last = found, found[1].end_mark.line + 1
        return first, last

    def _in_json(self, start: int, path: Path) -> tuple[int, int]:
        before = sum(len(line) + 1 for line in self._lines[: start - 1])
        place = value = self._text.find("{", before)
        if place < 0:
            return start, start
        for step in path:
            found = _step(self._text, value, step)
            if found is None:
                break
            place, value = found
        return self._text.count("\n", 0, place) + 1, self._text.count("\n", 0, value) + 1


def _entries(document: yaml.Node | None) -> Iterator[yaml.Node]:
    """Give the nodes of the tools of a document: itself, its items, or those under "tools"."""
    listed = _within(document, "tools")
    node = listed[1] if listed and isinstance(listed[1], yaml.SequenceNode) else document
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif node is not None:
        yield node


def _within(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node] | None:
    """Take one step into a list or mapping; gives the line of the item or key, and what stands there."""
    if isinstance(node, yaml.MappingNode):
        pairs = ((key.start_mark.line + 1, value) for key, value in node.value if key.value == step)
        return next(pairs, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _step(text: str, at: int, step: int | str) -> tuple[int, int] | None:
    """Take one step into a JSON list or object at a place; gives where the item or key, and its value, begin."""
    is_object = text[at] == "{"
    if text[at] not in "{[" or is_object == isinstance(step, int):
        return None
    at, count = _skip(text, at + 1), 0
    while text[at] not in "]}":
        place, key = at, count
        if is_object:
            key, at = _value(text, at)
            at = _skip(text, _skip(text, at) + 1)
        if key == step:
            return place, at
        _, at = _value(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        count += 1
    return None


def _value(text: str, at: int) -> tuple[Any, int]:
    return _DECODER.raw_decode(text, at)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
