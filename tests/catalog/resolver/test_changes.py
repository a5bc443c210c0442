"""What is computed beside the rows of a segment, after changes: the side list, words, makers, shorthand."""

import pytest

from catalog.models import ToolType
from catalog.names import name_key
from catalog.resolver import Entry, Resolver
from catalog.resolver.index import Index
from catalog.resolver.phrase import Phrase
from catalog.resolver.readings import readings
from catalog.resolver.shorthand import Shorthand
from catalog.resolver.sieve import sieve


def _entry(slug: str, name: str, *aliases: str, popularity: float = 0.0, vendor: str | None = None) -> Entry:
    return Entry(slug, name, aliases, popularity, vendor, ToolType.MODEL)


OLD = [
    _entry("a-qz", "Stable Diffusion", "SD", popularity=0.9, vendor="Stability AI"),
    _entry("b-qz", "Stable Audio", popularity=0.5, vendor="Stability AI"),
    _entry("c-qz", "GitHub Copilot", popularity=0.7, vendor="GitHub"),
    _entry("d-qz", "Яндекс ГигаЧат", popularity=0.1),
]
CHANGES = {
    "b-qz": _entry("b-qz", "Stable Video Diffusion", "SVD", popularity=0.8, vendor="Acme"),
    "c-qz": None,
    "d-qz": _entry("d-qz", "Яндекс Музыка", popularity=0.95),
    "e-qz": _entry("e-qz", "Diffusion Studio", popularity=0.9, vendor="Studio Ghost"),
    "gone-qz": None,
}
CHANGED = Index.of(OLD).changed(CHANGES)
FRESH = Index.of([OLD[0], *(entry for entry in CHANGES.values() if entry)])


def test_entries_keep_their_order() -> None:
    """All entries there are, the most popular first, as if the index had been built anew."""
    assert list(CHANGED.entries()) == list(FRESH.entries())
    assert CHANGED.count == FRESH.count == 4
    assert len(CHANGED.side) == len(CHANGES)
    assert CHANGED.popular(2) == FRESH.popular(2)


@pytest.mark.parametrize("slug", [*CHANGES, "a-qz"])
def test_an_entry_by_its_slug(slug: str) -> None:
    """A changed entry is given as it is now, one that is gone not at all."""
    assert CHANGED.entry(slug) == FRESH.entry(slug) == CHANGES.get(slug, OLD[0] if slug == "a-qz" else None)


def test_words_are_counted_as_anew() -> None:
    """After changes, every word and every maker counts as in a fresh index."""
    words = [
        "stable",
        "diffusion",
        "audio",
        "video",
        "copilot",
        "github",
        "яндекс",
        "гигачат",
        "музыка",
        "svd",
    ]
    assert CHANGED.vocabulary.counts(words) == FRESH.vocabulary.counts(words)
    assert FRESH.vocabulary.counts(words) == [2, 3, 0, 1, 0, 0, 1, 0, 1, 1]
    assert CHANGED.vocabulary.rarities(words) == FRESH.vocabulary.rarities(words)
    for maker in ("stability", "github", "acme", "ghost"):
        assert CHANGED.vocabulary.has_maker(maker) == FRESH.vocabulary.has_maker(maker)


def test_words_that_differ_in_a_letter_are_different() -> None:
    """A word that no name has isn't counted as another that is spelt like it."""
    assert FRESH.vocabulary.counts(["stable", "atable", "stablx"]) == [2, 0, 0]


def test_ranks_of_changed_entries_lie_between() -> None:
    """A changed entry stands where its popularity puts it among those that didn't change."""
    ranked = sorted(
        (row.rank, row.entry.slug) for one in CHANGED.entries() for row in CHANGED.spelt(name_key(one.name))
    )
    assert [slug for _, slug in ranked] == ["d-qz", "a-qz", "e-qz", "b-qz"]


@pytest.mark.parametrize("query", ["stable difusion", "svd", "stabel video", "яндекс", "difusion"])
def test_near_rows_are_those_of_a_fresh_index(query: str) -> None:
    """What shares letters with a query, how much, and how long it is doesn't depend on where it stands."""
    near = []
    for index in (CHANGED, FRESH):
        found = index.near(query.replace(" ", ""), 50)
        sizes, shared = found.sizes.tolist(), found.shared.tolist()
        near.append(sorted(zip(index.keys(found.numbers), sizes, shared, strict=True)))
    assert near[0] == near[1]


@pytest.mark.parametrize(
    ("query", "slug"),
    [("stabel diffusion", "a-qz"), ("svd", "b-qz"), ("яндекс музика", "d-qz"), ("studio difusion", "e-qz")],
)
@pytest.mark.parametrize("index", [CHANGED, FRESH], ids=["changed", "fresh"])
def test_the_sieve_keeps_the_right_row(index: Index, query: str, slug: str) -> None:
    """Of all rows, that of the tool that is meant is among the few that are looked at closely."""
    assert slug in {near.row.entry.slug for near in sieve(Phrase.of(query), index, 3)}


def test_the_sieve_keeps_a_family() -> None:
    """All names that have the word of a family's name stay, though they are far from it in letters."""
    members = [_entry(f"m{number}-qz", f"Llama Something Longer {number}") for number in range(2, 8)]
    index = Index.of([*members, _entry("n-qz", "Lama"), _entry("o-qz", "Ollama")])
    kept = {near.row.entry.slug for near in sieve(Phrase.of("llama"), index, 12)}
    assert {member.slug for member in members} <= kept


def test_shorthand_after_changes() -> None:
    """Shorthand is taught by what is there now, and forgotten with what is gone."""
    changed = Shorthand.of(OLD).changed(OLD[1:], [entry for entry in CHANGES.values() if entry])
    fresh = Shorthand.of(FRESH.entries())
    for typed in ("sd", "svd", "gh copilot", "gc", "ds", "sa", "яг", "ям"):
        assert list(changed.expand(typed)) == list(fresh.expand(typed)), typed
    assert "stable diffusion" in fresh.expand("sd")
    assert not list(changed.expand("gh copilot"))


def test_shorthand_is_read_after_what_is_typed() -> None:
    """The plainest reading goes first; shorthand is one of the others, and each is given once."""
    found = [one.query.key for one in readings("sd 2", Shorthand.of(OLD))]
    assert found[0] == "sd 2"
    assert "stable diffusion 2" in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("typed", ["mistral", "mistrla", "small"])
def test_a_changed_name_goes_before_its_alias(typed: str) -> None:
    """Where a name and an alias of a changed tool fit equally well, the name is what is offered."""
    entry = _entry("a-qz", "Mistral Small", "Mistral Small One", popularity=0.5)
    changed = Resolver([]).changed({"a-qz": entry})
    assert changed.complete(typed) == Resolver([entry]).complete(typed)
    assert [one.alias for one in changed.complete(typed)] == [None]
