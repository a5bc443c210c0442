"""A source of public data: what it is called, under which licence, how its files are told from others and read.

A source's reader turns records into `Partial`s: whatever fields of a tool the record gives, as plain data. All else is
done here, once for all sources: parsing the file, dating it, checking the documents, and noting on each what came from
where (`Tool.origins`).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from catalog.addresses import HubKind, hub, package, repository
from catalog.errors import ImportFileError
from catalog.importers import json_documents, yaml_documents
from catalog.importers.reading import Authority, Caution, Incoming, Reading, Rejection
from catalog.importers.wording import reasons
from catalog.licences import is_share_alike
from catalog.models import Link, LinkKind, PriceUnit, Tool
from catalog.text import LINE_LIMIT, Name, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: What a document keeps the source of beside each entry, and what says which tool is meant.
_CREDITED: Final = frozenset(
    {"slug", "name", "signals", "capabilities", "hidden_capabilities", "reported", "pricing"}
)
_DAY: Final = re.compile(r"(?<!\d)20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")
_NAME: Final[TypeAdapter[str]] = TypeAdapter(Name)
#: Most names that one record gives: of the rest nobody types any.
_NAMES: Final = 12
_MILLION: Final = 1_000_000
#: Figures are shown with fewer digits than this.
_DIGITS: Final = 9
#: 2026-08-22
_DAY_LONG: Final = 10
_PAPER: Final = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/")
_MARKED_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP: Final = re.compile(r"</?[a-z][\w-]*>|\*\*|`")


class Shape(StrEnum):
    """How the files of a source are written."""

    JSON = "JSON"
    YAML = "YAML"
    CSV = "CSV"


class Partial(NamedTuple):
    """What one record gives of a tool.

    Attributes:
        place: where the record stands: a line (``"12"``) or a key (``"openai/gpt-4o"``).
        fields: fields of a `Tool` as plain data; None and empty ones are left out.
    """

    place: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Public data that others publish, in one kind of file.

    Attributes:
        name: what its facts are credited to.
        licence: under which they are published; an SPDX id where there is one.
        about: what stands in its files, in a sentence for people.
        shape: how its files are written.
        marks: what stands in each of its files, and all of it in no other kind of file but those that `shaped` tells
            from them.
        read: gives the partial tools of a parsed file, best first where several say the same; of a CSV file it gets
            a list of `Row`s, in order.
        dated: gives the day as of which a parsed file's facts hold, where the file says so itself.
        shaped: tells whether a text that has the marks is such a file, where they alone don't say it; has to be quick
            with a long text of ours, and of a table the first lines have to do.
    """

    name: str
    licence: str
    about: str
    shape: Shape
    marks: tuple[str, ...]
    read: Callable[[Any, Edition], Iterable[Partial | Rejection]]
    dated: Callable[[Any], str | None] | None = None
    shaped: Callable[[str], bool] | None = None

    def claims(self, text: str) -> bool:
        """Tell whether a text is a file of this source.

        What stands in it decides and not its name: many publish a "projects.yaml", and people rename what they save.
        """
        if self.shape is Shape.CSV:
            # A table of ours may speak of such columns in its cells.
            header = text[: text.find("\n") + 1 or None]
        elif self.shape is Shape.YAML and yaml_documents.is_entry(text):
            return False
        else:
            header = text
        return all(mark in header for mark in self.marks) and (self.shaped is None or self.shaped(text))


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a source, and what is made of its figures.

    Attributes:
        source: whose file it is.
        where: the file's name.
        observed_on: the day as of which its facts hold, where they have none of their own.
    """

    source: Source
    where: str
    observed_on: str

    def signal(
        self, metric: str, value: float | None, unit: str, *, on: str | None = None
    ) -> list[dict[str, Any]]:
        """Make a signal of a figure; none of a missing one. `on` is the figure's own date."""
        if value is None:
            return []
        return [{"metric": metric, "value": value, "unit": unit, **self._credit(on)}]

    def price(
        self, usd: float | None, unit: PriceUnit = PriceUnit.MILLION_INPUT_TOKENS, *, on: str | None = None
    ) -> dict[str, Any] | None:
        """Make a starting price of an amount in US dollars; none of a missing one."""
        return None if usd is None else {"usd": round(usd, _DIGITS), "unit": unit, **self._credit(on)}

    def capability(self, title: str | None, description: str) -> dict[str, Any]:
        """Make a capability of somebody else's words."""
        return {
            "title": title,
            "description": description,
            "source": self.source.name,
            "licence": self.source.licence,
        }

    def days_since(self, moment: str) -> float | None:
        """Count the days from a moment (ISO) to the day of the file; None of what is no moment."""
        try:
            return max(
                (date.fromisoformat(self.observed_on) - date.fromisoformat(moment[:_DAY_LONG])).days, 0
            )
        except ValueError:
            return None

    def _credit(self, on: str | None) -> dict[str, str]:
        return {
            "source": self.source.name,
            "observed_on": on or self.observed_on,
            "licence": self.source.licence,
        }


def links(*given: tuple[LinkKind, str | None]) -> list[Link]:
    """Make links of those addresses that are any; a record isn't worse for a broken one."""
    made: dict[str, Link] = {}
    for kind, url in given:
        try:
            link = Link.model_validate({"kind": kind, "url": url})
        except ValidationError:
            continue
        made.setdefault(link.url, link)
    return list(made.values())


def model_links(*given: str | None) -> Iterator[tuple[LinkKind, str]]:
    """Give those addresses that are a model's own: its page on a hub, a repository, a paper.

    Pages of news, demonstrations and single files are about whole families, as often as not.
    """
    for url in filter(None, given):
        page, code = hub(url), repository(url)
        if page and page.kind is HubKind.MODEL:
            yield LinkKind.MODEL_HUB, url
        elif code and not code.folder:
            yield LinkKind.REPOSITORY, url
        elif _PAPER.match(url):
            yield LinkKind.PAPER, url


def packages(*given: str) -> list[str]:
    """Give those texts that can be packages ("pypi:vllm"), each spelt as its registry does and none twice."""
    return list(dict.fromkeys(found.text for found in map(package, given) if found))


def names(*given: str | None) -> list[str]:
    """Give those texts that can be names, none twice and no more than a tool is usefully found by."""
    found: dict[str, str] = {}
    for text in given:
        try:
            name = _NAME.validate_python(text)
        except ValidationError:
            continue
        found.setdefault(name.casefold(), name)
    return list(found.values())[:_NAMES]


def brief(text: str | None) -> str | None:
    """Make one line of a description: all of it, or as many whole words as fit."""
    line = clean_line(text or "")
    if len(line) <= LINE_LIMIT:
        return line or None
    return f"{line[: LINE_LIMIT - 1].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def plain(text: str | None) -> str | None:
    """Take Markdown out of a line: of links their text, of code and bold type what stands in it."""
    return brief(_MARKUP.sub("", _MARKED_LINK.sub(r"\1", text or "")))


def benchmark(name: str) -> str:
    """Give the metric of a benchmark's results: ``"benchmark:mmlu_pro"`` of ``"MMLU-Pro"``."""
    plain = _NOT_PLAIN.sub("_", name.casefold().replace("+", " plus ")).strip("_")
    return f"benchmark:{plain}"


def per_million(usd: float | None) -> float | None:
    """Give the price of a million tokens from that of one, without the last digits of floats."""
    return None if usd is None else round(usd * _MILLION, _DIGITS)


def number(text: str | None) -> float | None:
    """Read a cell's number; None where there is none."""
    try:
        return float(text) if text and text.strip() else None
    except ValueError:
        return None


def day_in(text: str) -> str | None:
    """Find a date written 2026-08-22 in a text, such as a file's name."""
    found = _DAY.search(text)
    return found.group() if found else None


def read(source: Source, text: str, where: str, *, observed_on: str | None = None, saved_on: str) -> Reading:
    """Read a file of a source.

    Args:
        source: whose file it is.
        text: the file.
        where: the file's name; a date in it is that of its facts.
        observed_on: the day as of which the facts hold, where the caller knows it.
        saved_on: the day on which the file was saved, which is the last guess.

    Raises:
        ImportFileError: the file as a whole is broken.
    """
    rejected: list[Rejection] = []
    data = _parsed(source, text, where, rejected)
    known = observed_on or (source.dated(data) if source.dated else None) or day_in(where)
    edition = Edition(source, where, known or saved_on)
    tools: list[Incoming] = []
    for found in source.read(data, edition):
        if isinstance(found, Rejection):
            rejected.append(Rejection(f"{where}:{found.where}", found.reason))
            continue
        place = f"{where}:{found.place}"
        try:
            tools.append(Incoming(_document(found.fields, edition), place, Authority.FOREIGN))
        except ValidationError as error:
            rejected.append(Rejection(place, reasons(error)))
    cautions = tuple(_cautions(edition, dated=known is not None))
    return Reading(source.name, tuple(tools), tuple(rejected), cautions, source.licence)


def _parsed(source: Source, text: str, where: str, rejected: list[Rejection]) -> Any:  # noqa: ANN401 (files hold anything)
    match source.shape:
        case Shape.JSON:
            return json_documents.parsed(text, where)
        case Shape.YAML:
            return yaml_documents.parsed(text, where)
        case Shape.CSV:
            return list(_rows(text, where, rejected))


class Row(dict[str, str]):
    """A row of a table by header, and the line on which it ends."""

    line: int


def _rows(text: str, where: str, rejected: list[Rejection]) -> Iterator[Row]:
    # Strict: a quote that nobody closes would take all that follows for one cell.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        for cells in filter(None, reader):
            if len(cells) != len(header):
                said = f"{len(cells)} cells under {len(header)} columns"
                rejected.append(Rejection(f"{where}:{reader.line_num}", said))
                continue
            row = Row(zip(header, cells, strict=True))
            row.line = reader.line_num
            yield row
    except csv.Error as error:
        raise ImportFileError(f"{where}:{reader.line_num}", f"broken CSV: {error}") from None


def _document(fields: dict[str, Any], edition: Edition) -> Tool:
    given = {field: value for field, value in fields.items() if value not in (None, "", [], ())}
    if told := sorted(given.keys() - _CREDITED):
        given["origins"] = [
            {
                "source": edition.source.name,
                "licence": edition.source.licence,
                "observed_on": edition.observed_on,
                "fields": told,
            }
        ]
    return Tool.model_validate(given)


def _cautions(edition: Edition, *, dated: bool) -> Iterator[Caution]:
    if not dated:
        said = f"nothing says of which day its facts are; took {edition.observed_on}, when it was saved"
        yield Caution(edition.where, f"{said} (--observed-on says another)")
    if is_share_alike(edition.source.licence):
        said = f"{edition.source.name} is under {edition.source.licence}"
        yield Caution(edition.where, f"{said}: pass on what comes from it under the same licence only")
