"""What several sources say of repositories: whose they are, how their licence is spelt, their figures over time."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from catalog.importers.public.source import Edition, Partial, links, names, number
from catalog.importers.reading import Rejection
from catalog.models import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HOST: Final = "github.com"
_REPOSITORY: Final = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/+"
    r"(?P<owner>[^/\s?#]+)/+(?P<name>[^/\s?#]+)",
    re.IGNORECASE,
)
#: What sources write where they know of no licence, or of none that has a name.
_NO_LICENCE: Final = frozenset({"", "unknown", "other", "noassertion", "custom", "gnu", "none"})
#: Spellings that differ from SPDX in more than case.
_SPELT: Final[Mapping[str, str]] = {
    "apache 2.0": "Apache-2.0",
    "cc by-nc-sa 4.0": "CC-BY-NC-SA-4.0",
    "pil": "HPND",
    "unlicensed": "Proprietary",
    "proprietary": "Proprietary",
}
_SPDX: Final[Mapping[str, str]] = {
    licence.casefold(): licence
    for licence in (
        "0BSD",
        "AGPL-3.0",
        "AGPL-3.0-only",
        "Apache-2.0",
        "BSD-1-Clause",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "BUSL-1.1",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "CC0-1.0",
        "EUPL-1.2",
        "FSL-1.1-ALv2",
        "FSL-1.1-Apache-2.0",
        "GPL-2.0",
        "GPL-3.0",
        "ICU",
        "Intel",
        "ISC",
        "LGPL-2.1",
        "LGPL-3.0",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "MulanPSL-2.0",
        "Unlicense",
        "UPL-1.0",
        "Zlib",
    )
}


class Figure(NamedTuple):
    """A column of figures: its header, and the metric and unit of what stands in it."""

    column: str
    metric: str
    unit: str


def address(path: str) -> str:
    """Give where the repository of a path is: ``"https://github.com/vllm-project/vllm"``."""
    return f"https://{_HOST}/{path}"


def path_of(url: str | None) -> str | None:
    """Give owner and name of the repository that an address leads to or into; None where it leads to none."""
    found = _REPOSITORY.match(url or "")
    return f"{found['owner']}/{found['name'].removesuffix('.git')}" if found else None


def is_path(text: str | None) -> bool:
    """Tell whether a text reads like ``"owner/name"``."""
    return path_of(address(text)) == text if text else False


def spdx(licence: str | None) -> str | None:
    """Spell a licence as SPDX does; None where none is named."""
    known = (licence or "").strip()
    folded = known.casefold()
    if folded in _NO_LICENCE:
        return None
    return _SPELT.get(folded) or _SPDX.get(folded, known)


def series(
    rows: Sequence[Mapping[str, str]], edition: Edition, *, key: str, figures: Sequence[Figure]
) -> Iterator[Partial | Rejection]:
    """Gather rows of one repository and one day each into a partial tool a repository, with figures over time.

    All that such rows know of a repository is its path. It is the tool's name, too: "chatgpt" alone is the name of
    three repositories and of a product.
    """
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        lines[row[key].casefold()].append(at)
    for found in lines.values():
        first, path = found[0] + 2, rows[found[-1]][key]
        if not is_path(path):
            yield Rejection(str(first), f'"{path[:60]}" is no repository; write it owner/name')
            continue
        signals: dict[tuple[str, str], dict[str, Any]] = {}
        for at in found:
            row = rows[at]
            for figure in figures:
                for signal in edition.signal(
                    figure.metric, number(row[figure.column]), figure.unit, on=row["date"]
                ):
                    signals.setdefault((figure.metric, row["date"]), signal)
        yield Partial(
            str(first),
            {
                "name": path,
                "vendor": path.partition("/")[0],
                "aliases": names(path),
                "links": links((LinkKind.REPOSITORY, address(path))),
                "signals": list(signals.values()),
            },
        )


def last_day(rows: Sequence[Mapping[str, str]]) -> str | None:
    """Give the last day that stands in rows of dated figures."""
    return max((row["date"] for row in rows), default=None)
