"""What a folder of entries lists beside them: rivals that are wanted, and what would be warned of and is meant.

Both lists are TOML, so that nobody takes them for entries. `wanted.toml` gives each name that deserves an entry,
with what it is. `intended.toml` has the tables `names` (that two tools go by), `missing` (fields in which an entry
says less, such as ``"pixart.licence"``) and `twice` (sentences), each with why it is meant; and `terms`, lists of
names that are no tools.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catalog.errors import ImportFileError
from catalog.names import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

INTENDED = "intended.toml"
WANTED = "wanted.toml"
_TABLES = ("names", "missing", "twice")
_TERMS = "terms"
#: The group of terms that say nothing behind a name: "Canvas" is a part of several tools, "Claude Canvas" of none.
_FEATURES = "features"


@dataclass(frozen=True, slots=True)
class Intended:
    """The lists beside a folder of entries.

    Attributes:
        wanted: rivals that have no entry and deserve one, with what each is.
        terms: proper names that are no tools: languages, formats, places.
        features: parts and modes of tools; they count as they stand and not joined to another name.
        names: keys (`name_key`) of names that several tools go by, with why.
        missing: ``"slug.field"`` of what an entry leaves out or says less of, with why.
        twice: sentences, in small letters and without the end, that may stand twice, with why.
    """

    wanted: Mapping[str, str] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    twice: Mapping[str, str] = field(default_factory=dict)


def lists_lie_in(folder: Path) -> bool:
    """Tell whether a folder is one of entries with lists beside them."""
    return (folder / INTENDED).is_file() or (folder / WANTED).is_file()


def read_lists(folder: Path) -> Intended:
    """Read the lists of a folder; one that isn't there is empty.

    Raises:
        ImportFileError: a list is no TOML, or has something else in it; says which.
    """
    intended, wanted = _table(folder / INTENDED), _table(folder / WANTED)
    where = str(folder / INTENDED)
    strays = set(intended) - {*_TABLES, _TERMS}
    if strays:
        raise ImportFileError(
            where, f"[{min(strays)}] is no table of it; there are {', '.join((*_TABLES, _TERMS))}"
        )
    names, missing, twice = (_reasoned(intended.get(table, {}), where) for table in _TABLES)
    groups = intended.get(_TERMS, {})
    if not isinstance(groups, dict) or not all(isinstance(group, list) for group in groups.values()):
        raise ImportFileError(where, f"[{_TERMS}] should hold lists of names, each under what they are")
    return Intended(
        wanted=_reasoned(wanted, str(folder / WANTED)),
        terms=frozenset(str(one) for name, group in groups.items() if name != _FEATURES for one in group),
        features=frozenset(map(str, groups.get(_FEATURES, ()))),
        names={name_key(name): why for name, why in names.items()},
        missing=missing,
        twice={sentence.casefold().strip(" .;:"): why for sentence, why in twice.items()},
    )


def _table(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImportFileError(str(file), f"can't be read: {error}") from None


def _reasoned(table: object, where: str) -> dict[str, str]:
    """Check that each name has a reason."""
    if not isinstance(table, dict):
        raise ImportFileError(where, "should be tables of names, each with a reason")
    for name, why in table.items():
        if not (isinstance(why, str) and why.strip()):
            raise ImportFileError(where, f'"{name}" has no reason; say in a text why it is listed')
    return table
