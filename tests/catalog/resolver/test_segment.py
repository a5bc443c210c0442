import numpy as np
import pytest

from catalog.models import ToolType
from catalog.names import name_key
from catalog.resolver import Entry
from catalog.resolver.alphabet import numbers
from catalog.resolver.index import Index
from catalog.resolver.parts import NAME, SLUG, spellings
from catalog.resolver.picking import group_of, groups_of
from catalog.resolver.segment import build, starting


def _entry(name: str, *aliases: str, slug: str = "filed-qz", popularity: float = 0.0) -> Entry:
    return Entry(slug, name, aliases, popularity, None, ToolType.MODEL)


ENTRIES = (
    _entry("Stable Diffusion", "SD", slug="b-qz", popularity=0.5),
    _entry("GPT-4o mini", slug="gpt-4o-mini", popularity=0.5),
    _entry("通义千问", "Qwen Tongyi", slug="c-qz", popularity=0.9),
    _entry("Яндекс ГигаЧат", slug="a-qz"),
    _entry("Internationalization Kit", slug="d-qz"),
)
SEGMENT = build(ENTRIES)


def _rows_of(slug: str) -> list[int]:
    number = next(place for place, entry in enumerate(SEGMENT.entries) if entry.slug == slug)
    return list(SEGMENT.rows_of(number))


def test_spellings() -> None:
    """A tool is called by its name, its aliases, and its slug where that reads otherwise."""
    assert spellings(_entry("GPT-4o", "omni", slug="gpt-4o")) == [(NAME, "gpt 4 o"), (1, "omni")]
    assert spellings(_entry("GPT-4o", "🤖", slug="other")) == [(NAME, "gpt 4 o"), (SLUG, "other")]


def test_the_popular_stand_first() -> None:
    """Entries stand by popularity, equals by slug, whatever the order that they came in."""
    slugs = [entry.slug for entry in SEGMENT.entries]
    assert slugs == ["c-qz", "b-qz", "gpt-4o-mini", "a-qz", "d-qz"]
    assert build(reversed(ENTRIES)).entries == SEGMENT.entries


def test_the_later_of_one_slug_counts() -> None:
    """Of two entries with one slug the later one is kept."""
    segment = build([_entry("First"), _entry("Second")])
    assert [entry.name for entry in segment.entries] == ["Second"]


def test_keys_come_back_as_they_went_in() -> None:
    """Each row gives the key of the name that it stands for, in any script."""
    for entry in ENTRIES:
        keys = [SEGMENT.key(row) for row in _rows_of(entry.slug)]
        assert keys == [key for _, key in spellings(entry)]
        assert keys[0] == name_key(entry.name)


@pytest.mark.parametrize(
    ("start", "slug"),
    [
        ("stab", "b-qz"),
        ("diff", "b-qz"),
        ("sd", "b-qz"),
        ("internationali", "d-qz"),
        ("kit", "d-qz"),
        ("通义", "c-qz"),
        ("гига", "a-qz"),
        ("яндексгигачат", "a-qz"),
    ],
)
def test_starting(start: str, slug: str) -> None:
    """A name is found by its beginning and by that of a later word, however long and in whatever letters."""
    found = starting(SEGMENT, numbers(start), 5)
    assert set(found.tolist()) & set(_rows_of(slug))


@pytest.mark.parametrize(
    "start", ["s", "stable", "4", "27", "2 7", "diffusionxl", "mini", "тест", "b", "none"]
)
def test_many_rows_are_grouped_as_each_one(start: str) -> None:
    """Looking at rows together says of each what looking at it alone does."""
    names = (
        "Stable Diffusion XL",
        "GPT-4o mini",
        "Gemma 2 7B",
        "Gemma 27B",
        "Проба тест",
        "Kit 2",
        "7B",
        "B S",
    )
    segment = build(_entry(name, f"the {name}", slug=f"filed-{name}") for name in names)
    rows = np.arange(len(segment.owners), dtype=np.int32)
    alone = [group_of(segment.key(row), start, int(segment.places[row])) for row in rows.tolist()]
    assert groups_of(segment, rows, start).tolist() == alone


def test_a_slug_is_no_beginning() -> None:
    """What a tool is filed under is only ever spelt out."""
    index = Index.of([_entry("Name", slug="other")])
    assert list(index.starting("oth", 5)) == []
    assert [row.entry.slug for row in index.spelt("other")] == ["other"]


def test_an_empty_segment() -> None:
    """No names at all are indexed as well."""
    segment = build([])
    assert not len(starting(segment, numbers("a"), 5))
    assert segment.rows_of(0) == range(0)
