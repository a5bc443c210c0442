"""What a form asks for: the inputs of each section, made from the documents that what is typed will go into.

What may be typed (how long, which words, whether at all) is read off the documents' own annotations; only what no
annotation says is written here: which fields stand together, and what an input is called where the field's
name doesn't say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import StringConstraints

from catalog.editing.spelling import (
    TEXT_LIMIT,
    Addresses,
    Amount,
    Filed,
    Lines,
    Plain,
    Spelling,
    Tags,
    Word,
    Words,
)
from catalog.models import Document, LinkKind, Slug, Tool
from catalog.text import LINE_LIMIT, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

#: Longest label and longest help, in characters: as much as the narrowest surface shows.
LABEL_LIMIT: Final = 45
HELP_LIMIT: Final = 100
#: Most inputs of a section: as many as the smallest form holds.
INPUTS: Final = 5

_DAY: Final = len("2025-03-07")
_AMOUNT: Final = 60


class Section(StrEnum):
    """What is asked for together."""

    BASICS = "basics"
    NAMES = "names"
    LINKS = "links"
    PRICING = "pricing"
    STATUS = "status"
    CAPABILITY = "capability"

    @property
    def label(self) -> str:
        """How a person reads it: ``"Names and tags"``."""
        return "Names and tags" if self is Section.NAMES else self.value.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One input of a form, as whoever draws it needs it.

    With `choices` the text is one of them; with `several`, any of them, one a line. Lengths are in characters;
    they hold for what is kept, so that a text which is shorter once it is cleaned is taken, too.
    """

    name: str
    label: str
    help: str
    long: bool = False
    required: bool = False
    min_length: int = 0
    max_length: int = TEXT_LIMIT
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form and the place in a document that it is about."""

    path: tuple[str, ...]
    """The names of the fields that lead to it, from the tool on."""
    field: FormField
    spelling: Spelling[Any]
    empty: Any
    """What it holds when it is emptied."""

    def write(self, value: Any) -> str:  # noqa: ANN401 (a field may hold anything)
        """Write what a document holds as text; unknown is empty."""
        return "" if value is None else self.spelling.write(value)

    def read(self, text: str, current: Any) -> Any:  # noqa: ANN401 (a field may hold anything)
        """Read a cleaned text where `current` stood; raises ValueError with a sentence."""
        # An emptied list may still hold what the input had no room for: its spelling knows.
        if text or isinstance(self.empty, tuple):
            return self.spelling.read(text, current)
        if self.field.required:
            raise ValueError("missing; fill it in.")
        return self.empty


#: Labels (where the name of the field won't do) and help (where it has no docstring), by the way to the field.
_ASKED: Final[dict[Section, dict[tuple[str, ...], tuple[str, str]]]] = {
    Section.BASICS: {
        ("name",): ("", "As its makers write it."),
        ("type",): ("", "What kind of thing it is; ranks stay within a kind."),
        ("vendor",): ("", "Who makes it."),
        ("summary",): ("", "What it is, in one line."),
        ("licence",): ("", ""),
    },
    Section.NAMES: {
        ("aliases",): ("", "Other names that people use for it, one a line."),
        ("family",): ("", "What its versions are called together: Mistral Small. That means the newest."),
        ("tags",): ("", "Parted by commas or lines: open-weights, vision."),
        ("tasks",): ("", "The jobs that people bring to it."),
        ("packages",): ("", "pypi:name or npm:name, one a line; downloads are counted there."),
    },
    Section.LINKS: {
        ("links", kind.value): ("", "An https:// address; several are parted by spaces.") for kind in LinkKind
    },
    Section.PRICING: {
        ("pricing", "kind"): (
            "How one pays",
            "Needed for all the rest; empty all to say nothing of the price.",
        ),
        ("pricing", "starting"): (
            "Starting price",
            "In US dollars: 20 per month (or million input tokens, image, second, hour).",
        ),
        ("pricing", "starting", "source"): ("Source of the price", "Where the price stands."),
        ("pricing", "starting", "observed_on"): ("Price seen on", "2025, 2025-03 or 2025-03-07."),
        ("pricing", "note"): ("Note on the price", "What the price leaves out, in one line."),
    },
    Section.STATUS: {
        ("status",): ("", "Whether it can still be counted on."),
        ("successor",): ("", "What took its place, by its name in the catalog: llama-3."),
        ("released_on",): ("", "As exact as it is known: 2025, 2025-03 or 2025-03-07."),
    },
    Section.CAPABILITY: {
        ("capabilities", "title"): ("", "In a few words; left empty, one is made from the description."),
        ("capabilities", "description"): ("", "One thing that it does."),
        ("capabilities", "unique"): ("What is unique", "What sets it apart in doing so."),
        ("capabilities", "versus"): ("Versus alternatives", "How others do the same."),
        ("capabilities", "source"): ("Whose claim it is", "Left empty, it is the catalog's own."),
    },
}


def fields(section: Section) -> tuple[FormField, ...]:
    """Give what a section asks for, in order: at most INPUTS fields."""
    return tuple(asked.field for asked in inputs(section))


@cache
def inputs(section: Section) -> tuple[Input, ...]:
    """Give what a section asks for, and where in a document it stands."""
    return tuple(_input(path, *words) for path, words in _ASKED[section].items())


def _input(path: tuple[str, ...], label: str, about: str) -> Input:
    if path[0] == "links":
        return Input(path, FormField(name=path[1], label=_label(path[1]), help=about), Addresses(), ())
    info, optional = _found(path)
    required = info.is_required() and not optional
    spelling = _spelling(path, info)
    length = _length(spelling, info)
    field = FormField(
        name="price" if isinstance(spelling, Amount) else path[-1],
        label=label or _label(path[-1]),
        help=about or info.description or "",
        long=isinstance(spelling, Lines | Tags) or (isinstance(spelling, Plain) and length > LINE_LIMIT),
        required=required,
        min_length=int(required),
        max_length=length,
        choices=_choices(spelling),
        several=isinstance(spelling, Words),
    )
    return Input(path, field, spelling, None if info.is_required() else info.get_default())


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _found(path: tuple[str, ...]) -> tuple[FieldInfo, bool]:
    """Find a field by the way to it, and whether something on the way may be missing altogether."""
    info, optional = Tool.model_fields[path[0]], False
    for step in path[1:]:
        optional = optional or type(None) in _annotations(info)
        model = next(
            part for part in _annotations(info) if isinstance(part, type) and issubclass(part, Document)
        )
        info = model.model_fields[step]
    return info, optional


def _spelling(path: tuple[str, ...], info: FieldInfo) -> Spelling[Any]:
    """Choose how a field is written by what it holds."""
    if path == ("pricing", "starting"):
        return Amount()
    parts = list(_annotations(info))
    kind = next((part for part in parts if isinstance(part, type) and issubclass(part, StrEnum)), None)
    is_list, is_slug = info.get_default() == (), _is(info, Slug)
    if kind:
        return Words(Word(kind)) if is_list else Word(kind)
    if is_list:
        return Tags() if is_slug else Lines()
    return Filed() if is_slug else Plain()


def _length(spelling: Spelling[Any], info: FieldInfo) -> int:
    """Tell how long a text may be, in characters."""
    match spelling:
        case Amount():
            return _AMOUNT
        case Plain() | Filed():
            return _longest(info)
        case _:
            return TEXT_LIMIT


def _longest(info: FieldInfo) -> int:
    if _is(info, When):
        return _DAY
    lengths = (part.max_length for part in _annotations(info) if isinstance(part, StringConstraints))
    return next(filter(None, lengths), TEXT_LIMIT)


def _choices(spelling: Spelling[Any]) -> tuple[str, ...]:
    match spelling:
        case Word() as word:
            return word.choices
        case Words(word):
            return word.choices
        case _:
            return ()


def _annotations(info: FieldInfo) -> Iterator[Any]:
    """Give all that a field is annotated with, inside out of unions and lists too."""
    yield from info.metadata
    yield from _within(info.annotation)


def _within(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 (a field may hold anything)
    yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def _is(info: FieldInfo, text: Any) -> bool:  # noqa: ANN401 (a field may hold anything)
    """Tell whether a field holds a kind of text, by the constraints that make it one."""
    (constraints,) = (part for part in get_args(text) if isinstance(part, StringConstraints))
    return any(part == constraints for part in _annotations(info))
