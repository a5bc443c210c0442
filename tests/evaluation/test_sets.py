"""The evaluation sets themselves: whole, valid, and the same every time."""

from __future__ import annotations

from collections import Counter

import pytest

from catalog.text import SLUG_LIMIT, slugify
from tests.evaluation import invented, mistyped, sets
from tests.evaluation.catalogs import SHARED, SIZES, has_shared, load, rows
from tests.evaluation.sets import OWN, TEXTUAL, Task, Wanted

KINDS = {
    "exact", "typo", "phonetic", "space", "order", "missing", "extra", "acronym", "inphrase", "version", "nick",
    "script", "family", "nearmiss", "ooc",
}  # fmt: skip


def test_own_set_fits_the_starter_catalog() -> None:
    """Every answer is a tool of the starter catalog, and what should have answers has them."""
    slugs = {one.slug for one in load("starter")}
    for query in sets.own().queries:
        assert query.answers <= slugs, query.text
        least = {Wanted.NOTHING: 0, Wanted.TOOL: 1}.get(query.wanted, 2)
        assert len(query.answers) >= least, query.text
        assert bool(query.answers) == (query.wanted is not Wanted.NOTHING), query.text
        assert query.kind in KINDS, query.text


def test_own_set_is_large_and_varied() -> None:
    """There are at least three hundred queries that mean a tool, of all kinds, and none twice."""
    queries = sets.own().queries
    assert len([query for query in queries if query.wanted is Wanted.TOOL]) >= 300
    assert {query.kind for query in queries} == KINDS
    assert not [text for text, times in Counter(query.text for query in queries).items() if times > 1]
    assert all(set(row) <= {"query", "answers", "kind", "flag"} for row in rows(OWN))


def test_invented_names_are_distinct_and_always_the_same() -> None:
    """A seed gives the same names in the same order every time, none twice, the most popular first."""
    made = list(invented.names(3_000))
    assert made == list(invented.names(3_000))
    assert [name for name, _, _ in made] != [name for name, _, _ in invented.names(3_000, seed=7)]
    assert len({name for name, _, _ in made}) == 3_000
    shares = [popularity for _, _, popularity in made]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1
    assert all(slugify(name) == name and len(name) <= SLUG_LIMIT for name, _, _ in made)


def test_slips_are_always_the_same_and_mean_a_name() -> None:
    """Misspelt and half-typed names lead to entries, and differ from them as their kind says."""
    entries = load("starter")
    slugs = {one.slug: one.name for one in entries}
    slips = list(mistyped.names(entries))
    assert slips == list(mistyped.names(entries))
    assert {slug for _, slug, _ in slips} <= set(slugs)
    assert all((typed == slugs[slug]) == (kind == "exact") for typed, slug, kind in slips)
    assert all(slugs[slug].startswith(typed) for typed, slug, _ in mistyped.prefixes(entries))


@pytest.mark.skipif(not has_shared(), reason="the larger evaluation sets are not beside the project")
def test_shared_sets_mean_what_their_files_say() -> None:
    """Numbers become the slugs of the names beside them, and a set's kinds are sorted by what they want."""
    first = next(rows(SHARED / "names" / "synth_1k_dev.jsonl"))
    query = sets.typos("1k").queries[0]
    names = {one.slug: one.name for one in load("1k")}
    assert (query.text, {names[slug] for slug in query.answers}) == (first["q"], {first["name"]})
    assert {query.kind for query in sets.human().queries if query.wanted is Wanted.NOTHING} == {
        "ooc",
        "nearmiss",
    }
    assert sets.versus().task is Task.UNDERSTAND
    assert {query.kind for query in sets.clear_pairs().queries} <= set(TEXTUAL)
    slugs = Counter(one.slug for one in load("tools+"))
    assert max(slugs.values()) == 1


def test_without_larger_sets_names_are_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has only this project still evaluates at every size, on names made here."""
    monkeypatch.setattr("tests.evaluation.catalogs.SHARED", OWN.parent / "nowhere")
    monkeypatch.setattr("tests.evaluation.sets.SHARED", OWN.parent / "nowhere")
    load.cache_clear()
    try:
        found = {name: make() for name, make in sets.makers(["1k"]).items()}
        assert set(found) == {"own", "synth_1k", "prefix_1k"}
        assert len(load("1k")) == SIZES["1k"]
        slugs = {one.slug for one in load("1k")}
        assert all(
            query.answers <= slugs for name in ("synth_1k", "prefix_1k") for query in found[name].queries
        )
    finally:
        load.cache_clear()
