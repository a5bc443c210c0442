"""What holds of the resolver whatever the catalog, the text and the edits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.models import ToolType
from catalog.names import compact, name_key
from catalog.resolver import Entry, Outcome, Resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from catalog.resolver import Completion, Resolution

#: Few words, so that names share them, in scripts that share numbers of letters.
WORDS = (
    "mistral", "mixtral", "stable", "diffusion", "llama", "ollama", "gpt", "code", "small", "turbo", "AI", "MCP",
    "Яндекс", "ГигаЧат", "Étoile", "通义千问", "한국어", "モデル", "ΑΘΗΝΑ", "שלום",
)  # fmt: skip
VERSIONS = ("3.5", "4o", "8x7B", "70B", "v2", "2", "7B", "2.0")
MAKERS = ("Mistral AI", "OpenAI", "Acme")

few = settings(deadline=None, max_examples=8)
words = st.sampled_from(WORDS)
names = st.one_of(
    st.builds(" ".join, st.lists(words, min_size=1, max_size=3)),
    st.builds("{} {}".format, words, st.sampled_from(VERSIONS)),
    st.builds("{}-{} {}".format, words, st.sampled_from(VERSIONS), words),
    st.from_regex(r"[a-z]{2,9}", fullmatch=True),
)


def entries(slug: str) -> st.SearchStrategy[Entry]:
    """Give entries of a slug."""
    return st.builds(
        Entry,
        st.just(slug),
        names,
        st.lists(names, max_size=2).map(tuple),
        st.sampled_from((0.0, 0.2, 0.5, 0.5, 1.0)),
        st.none() | st.sampled_from(MAKERS),
        st.sampled_from((ToolType.MODEL, ToolType.LIBRARY)),
    )


def catalogs(most: int) -> st.SearchStrategy[tuple[Entry, ...]]:
    """Give catalogs of some names at most; a word that reads like a name is nobody's slug."""
    return st.integers(1, most).flatmap(
        lambda size: st.tuples(*(entries(f"filed-{number}-qz") for number in range(size)))
    )


def called(entry: Entry) -> tuple[str, ...]:
    """Give all names of a tool."""
    return entry.name, *entry.aliases


def reads_as(entry: Entry, name: str) -> bool:
    """Tell whether a tool is called so by anybody who leaves out separators and dots."""
    return _bare(name) in map(_bare, called(entry))


def _bare(name: str) -> str:
    return compact(name_key(name)).replace(".", "")


def winner(found: Resolution) -> tuple[Outcome, str | None]:
    """Say what came of a query, and which tool was resolved or is offered first."""
    return found.outcome, found.candidates[0].slug if found.candidates else None


def offered(found: Resolution) -> list[str]:
    """Give the slugs that are offered."""
    return [one.slug for one in found.candidates]


@few
@given(catalogs(40))
def test_every_name_finds_its_tool(catalog: Sequence[Entry]) -> None:
    """A name or an alias gives its own tool, first unless another one is called so too."""
    resolver = Resolver(catalog)
    for entry in catalog:
        for name in called(entry):
            found = resolver.resolve(name)
            assert found.outcome is not Outcome.NOT_FOUND
            rivals = {other.slug for other in catalog if reads_as(other, name)}
            assert set(offered(found)[: len(rivals)]) <= rivals
            if rivals == {entry.slug}:
                assert winner(found) == (Outcome.RESOLVED, entry.slug)
            else:
                # Whoever is called so as it was typed is offered, whatever else reads like it.
                assert entry.slug in offered(found)


WAYS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    "  {}\n".format,
    "\u3000{}\u200b".format,
    lambda name: name.replace(" ", "-") if name.replace(" ", "").isalpha() else name,
    lambda name: name.replace(" ", "__") if name.replace(" ", "").isalpha() else name,
    lambda name: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in name),
)


@few
@given(catalogs(25), st.sampled_from(WAYS))
def test_spelling_never_changes_the_winner(catalog: Sequence[Entry], write: Callable[[str], str]) -> None:
    """Case, separators, spaces around and full-width letters never change which tool is meant."""
    resolver = Resolver(catalog)
    for name in {name for entry in catalog for name in called(entry)}:
        assert winner(resolver.resolve(write(name))) == winner(resolver.resolve(name)), name


@few
@given(catalogs(25))
def test_popularity_never_flips_an_exact_match(catalog: Sequence[Entry]) -> None:
    """Whatever is popular, a name that was typed out gives the same tools."""
    resolver = Resolver(catalog)
    turned = Resolver(entry._replace(popularity=1 - entry.popularity) for entry in catalog)
    for entry in catalog:
        one, other = resolver.resolve(entry.name), turned.resolve(entry.name)
        assert (one.outcome, one.tool) == (other.outcome, other.tool)
        assert set(offered(one)) == set(offered(other))


slugs = [f"filed-{number}-qz" for number in range(12)]
edits = st.lists(
    st.dictionaries(st.sampled_from(slugs), st.booleans(), max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {slug: entries(slug) if there else st.none() for slug, there in chosen.items()}
        )
    ),
    max_size=5,
)


def after(catalog: Iterable[Entry], steps: Iterable[Mapping[str, Entry | None]]) -> list[Entry]:
    """Give the entries of a catalog after some steps of edits."""
    present = {entry.slug: entry for entry in catalog}
    for step in steps:
        present |= {slug: entry for slug, entry in step.items() if entry}
        for slug in [slug for slug, entry in step.items() if not entry]:
            present.pop(slug, None)
    return list(present.values())


def asked_of(catalog: Iterable[Entry]) -> list[str]:
    """Give what may be typed: all names, some misspelt, some half-typed, some with further words."""
    typed = ["", "mistral", "llama 3", "stable", "gpt 2", "sd", "м", "mistrall smal"]
    for entry in catalog:
        for name in called(entry):
            middle = len(name) // 2
            typed += [name, name[:middle], name[:middle] + name[middle + 1 :], f"the {name} 5", name[::-1]]
    return list(dict.fromkeys(typed))


def answers(resolver: Resolver, typed: Iterable[str]) -> dict[str, tuple[Resolution, tuple[Completion, ...]]]:
    """Give all that a resolver says to some texts."""
    return {text: (resolver.resolve(text), resolver.complete(text)) for text in typed}


@settings(deadline=None, max_examples=6)
@given(catalogs(12), edits)
def test_edits_equal_a_fresh_build(
    catalog: Sequence[Entry], steps: Sequence[Mapping[str, Entry | None]]
) -> None:
    """After any edits, every answer is that of a resolver built anew, and so it is after folding."""
    resolver = Resolver(catalog)
    for step in steps:
        resolver = resolver.changed(step)
    present = after(catalog, steps)
    fresh = Resolver(present)
    typed = asked_of([*present, *catalog][:12])
    expected = answers(fresh, typed)
    assert len(resolver) == len(fresh)
    assert answers(resolver, typed) == expected
    folded = resolver.folded()
    assert not folded.pending
    assert answers(folded, typed) == expected


@few
@given(catalogs(12), st.sets(st.sampled_from(slugs)))
def test_what_is_gone_is_never_offered(catalog: Sequence[Entry], gone: set[str]) -> None:
    """A tool that was removed is neither a candidate nor a completion, until it comes back."""
    resolver = Resolver(catalog)
    less = resolver.changed(dict.fromkeys(gone))
    typed = asked_of(catalog[:4])
    for found, completed in answers(less, typed).values():
        assert gone.isdisjoint(offered(found))
        assert gone.isdisjoint(one.slug for one in completed)
    back = less.changed({entry.slug: entry for entry in catalog if entry.slug in gone})
    assert answers(back, typed) == answers(resolver, typed)


@few
@given(catalogs(12), edits)
def test_overlays_leave_the_base_alone(
    catalog: Sequence[Entry], overlays: Sequence[Mapping[str, Entry | None]]
) -> None:
    """Changes laid over one resolver by several guilds alter neither its answers nor each other's."""
    base = Resolver(catalog)
    typed = asked_of(catalog[:1])
    before = answers(base, typed)
    views = [base.changed(overlay) for overlay in overlays]
    said = [answers(view, typed) for view in views]
    assert answers(base, typed) == before
    assert [answers(view, typed) for view in reversed(views)] == said[::-1]


def test_many_tools_of_one_name_can_be_edited() -> None:
    """However many tools are called alike, each can be changed and removed."""
    catalog = [
        Entry("zed" if number == 99 else f"zed-{number}", "Zed", (), 1 - number / 100, None, ToolType.MODEL)
        for number in range(100)
    ]
    less = Resolver(catalog).changed({"zed": None})
    assert len(less) == 99
    assert "zed" not in [one.slug for one in less.complete("zed", 100)]


def test_shorthand_outlives_those_that_never_taught_it() -> None:
    """Of many tools only the popular teach shorthand; the others take none of it along when they go."""
    others = [
        Entry(f"filed-{number}-qz", f"word{'abcdefghij'[number % 10]}", (), 0.5, None, ToolType.MODEL)
        for number in range(1100)
    ]
    teacher = Entry("first-qz", "Stable Diffusion", (), 1.0, None, ToolType.MODEL)
    copy = Entry(
        "last-qz", "Stable Diffusion Copy", ("Stable Diffusion Duplicate",), 0.0, None, ToolType.MODEL
    )
    resolver = Resolver([teacher, *others, copy])
    less = resolver.changed({"last-qz": None})
    assert less.resolve("sd") == less.folded().resolve("sd")


CATALOG = Resolver(
    Entry(
        f"filed-{number}-qz",
        f"{WORDS[number % 20]} {WORDS[number % 7]} {VERSIONS[number % 8]}",
        (WORDS[number % 11],),
        0.5,
        None,
        ToolType.MODEL,
    )
    for number in range(40)
)
#: Letters that have gone wrong elsewhere: marks, joiners, emoji, digits of other scripts, letters that fold to several.
ODD = "\u0301\u0489\u200b\u200d\ufe0f\u202e🤖👩‍💻🇩🇪٣٤२³½ⅷßıİŉﬁ㎏ﷺ.+#&'/-_ 3.5vx"


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200) | st.text(ODD, max_size=60))
@example("\u0301" * 300)
@example("٣ ٤")
@example("﷽" * 200)
def test_no_text_raises(text: str) -> None:
    """Any text is answered, as a name and as the beginning of one."""
    assert CATALOG.resolve(text).query == text
    assert len(CATALOG.complete(text, 5)) <= 5


@few
@given(st.lists(st.text(ODD, min_size=1, max_size=12), min_size=1, max_size=6))
def test_odd_names_are_found(odd: list[str]) -> None:
    """A name of odd letters can be filed, found and removed like any other."""
    catalog = [
        Entry(f"filed-{number}-qz", f"{name}x", (), 0.0, None, ToolType.MODEL)
        for number, name in enumerate(odd)
    ]
    resolver = Resolver(catalog)
    for entry in catalog:
        assert entry.slug in offered(resolver.resolve(entry.name))
    edited = Resolver(catalog[:1]).changed({entry.slug: entry for entry in catalog})
    assert answers(edited, odd) == answers(resolver, odd)


@pytest.mark.parametrize(
    "piece", ["a", "mistral ", "gpt-4o-", "٣ ", "e\u0301", "\u0301", "﷽", "👩‍💻", "a/b", "1.2."]
)
def test_long_text_is_quick(piece: str) -> None:
    """Five thousand letters cost no more than the beginning that is read."""
    text = (piece * 5000)[:5000]
    for ask in (CATALOG.resolve, CATALOG.complete):
        assert _fastest(ask, text) < 3 * _fastest(ask, text[:1000])


def _fastest(ask: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(7):
        begun = time.thread_time()
        ask(text)
        times.append(time.thread_time() - begun)
    return min(times)
