"""The resolver: which tool is meant by a name."""

from __future__ import annotations

from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from catalog.names import KEY_LIMIT
from catalog.resolver import family, receipt
from catalog.resolver.completion import Completer
from catalog.resolver.decision import ask_about, decide, exactly, padded
from catalog.resolver.doubt import stand_apart
from catalog.resolver.english import is_english
from catalog.resolver.fit import Matcher
from catalog.resolver.index import Index
from catalog.resolver.kinds import SAID, Kind, judge
from catalog.resolver.parts import SLUG, bare
from catalog.resolver.phrase import Phrase
from catalog.resolver.ranking import best_of_tools, rank
from catalog.resolver.readings import (
    LONG,
    in_few_words,
    joined,
    owner_of,
    parts_with_versions,
    readings,
    respelt,
)
from catalog.resolver.resolution import Outcome, Reason, Resolution
from catalog.resolver.shorthand import Shorthand
from catalog.resolver.sieve import nearness, sieve
from catalog.resolver.wording import MAKERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from catalog.resolver.completion import Completion
    from catalog.resolver.entry import Entry
    from catalog.resolver.kinds import Judged
    from catalog.resolver.ranking import Ranked
    from catalog.resolver.readings import Reading
    from catalog.resolver.row import Row

#: Characters of a text that are looked at for a name, blanks among them.
_LOOKED_AT = 8 * KEY_LIMIT
#: Like no name, but near some letters of many.
_MISSPELT = "mistrial larg 4"
#: Rows that are looked at closely for the plainest reading of a query of few words, and for each other one.
_CANDIDATES = 8
_LATER_CANDIDATES = 2
#: Words of a query that says little else than a name.
_PLAIN_WORDS = 5
#: Names from which on only the plainest reading is looked at closely: among so many, another one finds chance.
_DENSE = 50_000
#: Readings that are looked at closely.
_READINGS = 2


class Resolver:
    """Names and aliases of a catalog, ready to be asked. Immutable; safe to share between threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Build the index; of two entries with one slug the later counts."""
        index = Index.of(entries)
        self._take(index, Shorthand.of(index.segment.entries))

    def _take(self, index: Index, shorthand: Shorthand) -> None:
        self._index = index
        self._shorthand = shorthand
        self._completer = Completer(index)

    def changed(self, entries: Mapping[str, Entry | None]) -> Resolver:
        """Give the resolver with some entries changed, added, or (None) gone.

        It shares the arrays of this one: it takes about a millisecond. Answers are those of a resolver built anew,
        but for shorthand among more than some thousand names: new ones teach it too until the next fold.
        """
        gone = [known for slug in entries if (known := self._index.entry(slug))]
        come = [entry for entry in entries.values() if entry]
        new = object.__new__(Resolver)
        new._take(self._index.changed(entries), self._shorthand.changed(gone, come))
        return new

    @property
    def pending(self) -> int:
        """How many entries changed since the arrays were built."""
        return len(self._index.side)

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays take."""
        return self._index.segment.nbytes

    def __len__(self) -> int:
        return self._index.count

    def folded(self) -> Resolver:
        """Give a resolver of the same entries, built anew; for a thread, since it takes seconds for a million."""
        return Resolver(self._index.entries())

    def resolve(self, query: str) -> Resolution:
        """Find the tool that a name means; never raises, whatever the text.

        A slug, a name or an alias that is typed out is found first, then shorthand and other spellings, then
        what is near; the decision module says how near is near enough. Only the first characters (names.KEY_LIMIT)
        are read.
        """
        typed = " ".join(query[:_LOOKED_AT].split())[:KEY_LIMIT]
        found = self._resolve(typed)
        return found if typed == query else found.model_copy(update={"query": query})

    def _resolve(self, query: str) -> Resolution:
        ways = self.ways(query)
        if not ways:
            note = "a name needs a letter or a digit"
            return Resolution(query=query, outcome=Outcome.NOT_FOUND, note=note)
        spelt = self.spelt_out(query, ways)
        if spelt:
            return spelt
        one_word = joined(ways[0].query, self._index.vocabulary)
        if one_word:
            return self._resolve(one_word).model_copy(update={"query": query})
        ranked = best_of_tools(map(itemgetter(1), self.close_looks(ways)))
        ranked = self._with_parts(ways[0], ranked)
        found = decide(query, ways[0].query, ranked, len(self))
        return self._within(query, ways[0].query, found, ranked) or found

    def prepare(self) -> None:
        """Read now what is read when the first name is misspelt: the weights, and the English words."""
        is_english("")
        self.resolve(_MISSPELT)

    def complete(self, prefix: str, limit: int = 25) -> tuple[Completion, ...]:
        """Offer tools for a half-typed name: exact, by prefix, by the start of a word, then misspelt ones."""
        return self._completer.complete(prefix, limit)

    def ways(self, query: str) -> list[Reading]:
        """Give the ways in which a query may be read, the plainest first; none without a letter or digit."""
        return readings(query, self._shorthand)

    def close_looks(self, ways: Sequence[Reading]) -> Iterator[tuple[Phrase, Ranked]]:
        """Give the rows that are worth a close look, each with the reading of the query it was held against.

        A reading is only tried where no plainer one finds a name that was said, plainly or misspelt.
        """
        every = chain(ways, respelt(ways[0].query, self._index.vocabulary))
        long = len(ways[0].query.key) > LONG
        most = 1 if long or len(self) > _DENSE else _READINGS
        for number, way in enumerate(islice(every, most)):
            query = in_few_words(way.query)
            matcher = Matcher(query, self._index)
            plain = not number and len(query.words) <= _PLAIN_WORDS
            met = False
            for row in sieve(query, self._index, _CANDIDATES if plain else _LATER_CANDIDATES):
                judged = judge(matcher.fit(row), way.reason)
                if (number and judged.kind is Kind.FAR) or self._yields(judged, query):
                    continue
                met = met or judged.kind in SAID
                yield query, rank(query, judged)
            if met:
                return

    def _yields(self, judged: Judged, query: Phrase) -> bool:
        """Tell whether a family's name is none here: it wasn't said, a version was besides, or a tool is called so."""
        row = judged.fit.row
        if not row.floats:
            return False
        versioned = not set(query.versions) <= set(row.phrase.versions)
        return versioned or judged.kind not in SAID or self._index.yields(row)

    def _with_parts(self, way: Reading, ranked: list[Ranked]) -> list[Ranked]:
        """Add tools that a part of the query spells with its version, where no tool has all: "gpt-5 turbo"."""
        kind = ranked[0].judged.kind if ranked else Kind.CLEAN
        if kind is Kind.CLEAN or not way.query.versions or len(way.query.key) > LONG:
            return ranked
        # What was typed without a slip counts even where another name is near: "ollama 3.1 8b".
        keys = [" ".join(way.query.words)] if kind is Kind.NEAR else parts_with_versions(way.query)
        rows = self._index.spelt(*keys)
        near = [nearness(way.query, row) for row in rows if row.place != SLUG and row.phrase.key in keys]
        if not near:
            return ranked
        matcher = Matcher(way.query, self._index)
        found = [rank(way.query, judge(matcher.fit(row), way.reason)) for row in near]
        return best_of_tools([*ranked, *found])

    def _within(
        self, text: str, query: Phrase, found: Resolution, ranked: Sequence[Ranked]
    ) -> Resolution | None:
        """Answer what is named among words that name nothing: a tool, or a family of several; None where nothing is."""
        stem = family.stem(query)
        if not stem or not ranked:
            return None
        ways = self.ways(stem)
        if family.is_plural(query, ranked[0]):
            looks = chain.from_iterable(self.close_looks([way]) for way in ways)
            members = family.models(best_of_tools(map(itemgetter(1), looks)))
        elif found.tool:
            slug = found.tool.slug
            resolved = next(one for one in ranked if one.judged.fit.row.entry.slug == slug)
            members = self._family(stem, ways, resolved)
        else:
            return self._padded(text, query, stem, ranked[0])
        return ask_about(text, members) if members else None

    def _padded(self, text: str, query: Phrase, stem: str, best: Ranked) -> Resolution | None:
        """Answer a name that is spelt out among words that may stand beside it: "openai gpt-4"."""
        bare = Phrase.of(stem)
        rows = _strictest(bare, self._index.spelt(bare.key))
        ignored = family.padding(query, bare, rows, best)
        return padded(text, rows, ignored) if ignored and stand_apart(text, ignored) else None

    def _family(self, stem: str, ways: Sequence[Reading], resolved: Ranked) -> list[Ranked]:
        """Give the members of a family of which one was resolved, though any may be meant: "alibaba qwen"."""
        if family.is_settled(resolved) or not ways or self.spelt_out(stem, ways):
            return []
        return family.several(best_of_tools(map(itemgetter(1), self.close_looks(ways))), resolved)

    def spelt_out(self, query: str, ways: Sequence[Reading]) -> Resolution | None:
        """Answer from names that one of the readings spells out, the plainest reading first."""
        rows = self._index.spelt(*(way.query.key for way in ways))
        if not rows:
            return None
        filed = query.strip().casefold()
        own = next((row for row in rows if row.entry.slug == filed), None)
        if own:
            # Whoever else is called so is offered after the tool that is filed so.
            rest = [row for row in _strictest(ways[0].query, rows) if row.entry.slug != filed]
            return exactly(query, [own.as_name(), *(row.as_alias() for row in rest)], None)
        for reason in (None, Reason.WORDS, Reason.ACRONYM):
            # Shorthand may stand for several things: all of them are asked about together.
            found = [row for way in ways if way.reason is reason for row in _strictest(way.query, rows)]
            if reason is Reason.WORDS:
                found = found or _undotted(ways[0].query, rows)
            if reason is Reason.ACRONYM:
                # The initials of a family are those of a part of its tools' names, which is asked about.
                found = [row for row in found if not row.floats]
            if found:
                return self._answered(query, list(dict.fromkeys(found)), reason)
        return None

    def _answered(self, text: str, rows: Sequence[Row], reason: Reason | None) -> Resolution:
        """Answer rows that a reading spells out; where that leaves an owner out, it is said, or asked back about."""
        owner = owner_of(text) if reason is Reason.WORDS else ""
        entry = rows[0].entry
        if not owner or family.is_owner(owner, rows[0]):
            return exactly(text, rows, reason)
        made = any(word in MAKERS or self._index.vocabulary.has_maker(word) for word in owner.split())
        return padded(text, rows, (owner,), receipt.by_another(entry, owner) if made and entry.vendor else "")


def _strictest(query: Phrase, rows: Sequence[Row]) -> list[Row]:
    """Give the rows that a query spells, by the stricter spelling that is met: the key, or it without separators.

    A slug has to be typed as it is.
    """
    named = [row for row in rows if row.place != SLUG]
    return [row for row in named if row.phrase.key == query.key] or [
        row for row in named if row.phrase.compact == query.compact
    ]


def _undotted(query: Phrase, rows: Sequence[Row]) -> list[Row]:
    """Give the rows that a query spells but for a dot that it leaves out, so that "gpt35" finds GPT-3.5.

    A dot that was typed counts, and so does one in a size: 27B is no 2.7B.
    """
    if "." in query.key:
        return []
    return [
        row
        for row in rows
        if row.place != SLUG
        and bare(row.phrase.key) == query.compact
        and not any("." in version and version[-1].isalpha() for version in row.phrase.versions)
    ]
