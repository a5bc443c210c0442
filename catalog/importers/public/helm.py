"""HELM: the models that Stanford's benchmark knows, with makers, sizes and release dates.

https://github.com/stanford-crfm/helm, model_metadata.yaml: one entry a model, snapshot and setting. Settings (an
effort, a prompt optimiser, a host) are the same model and say nothing more; pairs of models are none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from catalog.importers.public import display_names
from catalog.importers.public.model_ids import read_id
from catalog.importers.public.model_makers import maker_of
from catalog.importers.public.records import Record, check, day, listing, mapping, newest
from catalog.importers.public.source import Edition, Partial, Shape, Source, brief, links, model_links, names
from catalog.importers.reading import Rejection
from catalog.models import LinkKind, Status, Task, ToolType
from catalog.names import name_key
from catalog.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.importers.public.display_names import Displayed

#: Entries for trying the benchmark itself out.
_TRIALS: Final = frozenset({"simple/model1", "neurips/local"})
#: Names that stood for whichever version was the newest; the versions have entries of their own.
_POINTERS: Final = frozenset({"google/gemini-pro", "google/gemini-pro-vision"})
#: HELM's own folder for models of many makers: nobody types it.
_FOLDER: Final = "huggingface"
_TASKS: Final = {
    "TEXT_MODEL_TAG": Task.TEXT_GENERATION,
    "CODE_MODEL_TAG": Task.CODING,
    "TEXT_TO_IMAGE_MODEL_TAG": Task.IMAGE_GENERATION,
    "VISION_LANGUAGE_MODEL_TAG": Task.IMAGE_UNDERSTANDING,
    "TEXT_SIMILARITY_MODEL_TAG": Task.EMBEDDING,
}
#: HELM's mark for models that their makers no longer offer; with open weights only a host has stopped.
_PAST: Final = "DEPRECATED_MODEL_TAG"
_OPEN: Final = "open"
#: Spellings of makers that aren't those of the catalog.
_MAKERS: Final = {
    "alibaba cloud": "Alibaba",
    "alibaba group": "Alibaba",
    "allen institute for ai": "Ai2",
    "huggingface": "Hugging Face",
    "ibm-granite": "IBM",
    "maritaca-ai": "Maritaca AI",
    "mistral": "Mistral AI",
    "nicholas kluge.": "Nicholas Kluge",
    "qwen": "Alibaba",
    "reka ai": "Reka",
    "together": "Together AI",
}

_LINK: Final = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
#: The remark that holds nothing but links: "([paper](..), [model card](..))".
_REFERENCES: Final = re.compile(rf"\s*\(\s*(?:{_LINK.pattern}[,;\s]*(?:and\b\s*)?)+\)")
_DOCS: Final = re.compile(r"docs?|documentation|model card", re.IGNORECASE)
_ON_BEDROCK: Final = re.compile(r" on Amazon Bedrock\.?$")
#: Whose versions are months.
_MISTRAL: Final = "mistralai/"
_SIZE: Final = re.compile(r"(?<![a-z0-9])\d+(?:\.\d+)?b(?![a-z0-9])", re.IGNORECASE)
#: "Llama 3 Instruct (8B)" is what others call Llama 3 8B Instruct.
_SIZE_LAST: Final = re.compile(r"^(.+) (instruct|chat) \((\d[\d.]*B)\)$", re.IGNORECASE)
_DAY_IN_ID: Final = re.compile(r"(20\d\d)-?(\d\d)-?(\d\d)$")
_PAIR: Final = re.compile(r"[a-z0-9]_(?:gpt|claude|gemini)-")


class _Model(Record):
    name: str
    display_name: str
    description: str = ""
    creator_organization_name: str
    access: str
    num_parameters: float | None = None
    release_date: str | None = None
    release: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def tail(self) -> str:
        """The id without the folder that it stands in."""
        return self.name.rpartition("/")[2]


class _Entry(NamedTuple):
    place: str
    model: _Model
    displayed: Displayed


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    listed = listing(mapping(data, edition.where, "models").get("models"), edition.where, "a list of models")
    records = ((f"model {number} ({_name(record)})", record) for number, record in enumerate(listed, 1))
    models, rejected = check(_Model, records)
    yield from rejected
    entries: defaultdict[str, list[_Entry]] = defaultdict(list)
    for place, model in models.items():
        if model.name in _TRIALS:
            continue
        if reason := _unusable(model):
            yield Rejection(place, reason)
            continue
        displayed = display_names.read(_shown(model))
        entries[displayed.key].append(_Entry(place, model, displayed))
    for its_own in entries.values():
        yield _partial(its_own, edition)


def _partial(entries: list[_Entry], edition: Edition) -> Partial:
    """Make one document of a model's entries: what the plainest of them says, of these the latest."""
    plainest = min(entry.displayed.oddity for entry in entries)
    plain = [entry for entry in entries if entry.displayed.oddity == plainest]
    place, model, displayed = max(plain, key=lambda entry: _released(entry.model) or "")
    named = [entry.model for entry in plain if not entry.displayed.settings]
    shown = [entry.displayed.model for entry in plain]
    maker = model.creator_organization_name
    return Partial(
        place,
        {
            "name": displayed.model,
            "type": ToolType.MODEL,
            "vendor": _MAKERS.get(maker.casefold()) or maker_of(maker) or maker,
            "summary": _summary(model),
            "aliases": names(*shown, *map(_size_first, shown), *filter(_is_telling, _ids(named))),
            "tasks": [task for tag, task in _TASKS.items() if tag in model.tags],
            "links": links(*_links(model.description)),
            "status": Status.DEPRECATED if all(map(_is_past, (one.model for one in plain))) else None,
            "released_on": min(filter(None, (_released(entry.model) for entry in plain)), default=None),
            "signals": edition.signal("parameters", model.num_parameters, "parameters"),
        },
    )


def _shown(model: _Model) -> str:
    """Give the displayed name, or the id where that alone says which version or size it is."""
    name = _ON_BEDROCK.sub("", model.display_name)
    if _MISTRAL in model.name:
        name = display_names.with_month(name, model.tail)
    if not any(map(str.isdigit, name)) and _SIZE.search(model.tail):
        # "Qwen" alone is a family, qwen-7b a model.
        return model.tail
    return name


def _unusable(model: _Model) -> str | None:
    if _PAIR.search(model.name):
        return "two models one after the other, and no model itself"
    if model.name in _POINTERS:
        return "whichever version was the newest; each has an entry of its own"
    return None


def _ids(models: Iterable[_Model]) -> Iterator[str]:
    """Give the ids that people type: plain ones before those of snapshots; none that only HELM writes."""
    written = [
        name
        for model in models
        if not model.tail.startswith("amazon-")
        for name in (model.tail, model.name)
        if not name.startswith(f"{_FOLDER}/")
    ]
    yield from (read_id(name).plain for name in written)
    yield from written


def _is_telling(name: str) -> bool:
    """Tell whether an id is more than one common word: of "cohere/medium-20220720" "medium" isn't."""
    return not name.isalpha()


def _size_first(name: str) -> str | None:
    found = _SIZE_LAST.match(name)
    return f"{found[1]} {found[3]} {found[2]}" if found else None


def _is_past(model: _Model) -> bool:
    return _PAST in model.tags and model.access != _OPEN


def _released(model: _Model) -> str | None:
    """Give the day of release; one before the day or month in the model's id is a slip."""
    told = day(model.release_date or model.release)
    if told is None:
        return None
    if found := _DAY_IN_ID.search(model.tail):
        return told if told >= "-".join(found.groups()) else None
    month = display_names.month_in(model.tail) if _MISTRAL in model.name else None
    return None if month and told < f"20{month[:2]}-{month[2:]}" else told


def _summary(model: _Model) -> str | None:
    """Give a description without its references; None where that is the name and nothing more."""
    text = _LINK.sub(r"\1", _REFERENCES.sub("", clean_line(model.description))).strip()
    known = {name_key(model.display_name), name_key(_ON_BEDROCK.sub("", model.display_name))}
    return None if name_key(text) in known else brief(text)


def _links(description: str) -> Iterator[tuple[LinkKind, str]]:
    """Give the links that are a model's own; announcements are about whole families."""
    for found in _LINK.finditer(description):
        label, url = found.groups()
        if own := list(model_links(url)):
            yield from own
        elif label.casefold() == "paper":
            yield LinkKind.PAPER, url
        elif _DOCS.fullmatch(label):
            yield LinkKind.DOCS, url


def _name(record: object) -> str:
    return str(record.get("name")) if isinstance(record, dict) else ""


def _dated(data: object) -> str | None:
    """Give the day of the latest release: the file is as of then at least."""
    listed = data.get("models") if isinstance(data, dict) else None
    models: list[Any] = listed if isinstance(listed, list) else []
    return newest(model.get("release_date") for model in models if isinstance(model, dict))


SOURCES: Final = (
    Source(
        name="HELM",
        licence="Apache-2.0",
        about="The models that Stanford's benchmark knows, with makers, sizes and release dates.",
        shape=Shape.YAML,
        marks=("creator_organization_name:", "display_name:", "access:", "_TAG"),
        read=_read,
        dated=_dated,
    ),
)
