"""How one name fits a query: words, letters and versions, each compared in its own way."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from catalog.names import is_version
from catalog.resolver.wording import FILLERS, MAKERS, beside, is_everyday, is_telling, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.index import Index
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.row import Row

_PREFIX_LETTERS = 3
_SUFFIX_LETTERS = 5
_PREFIX_WORTH = 0.9
_SUFFIX_WORTH = 0.85
_NEVER = 99
#: Letters from which the beginning of a word can name a tool.
_TELLING_PREFIX = 5
#: Weight from which several everyday words name a tool together ("dream machine").
_TELLING_TOGETHER = 0.6
#: Share of a name from which all of it was said.
WHOLE = 0.99
#: Share of a name that has to be said: of one word that must be more than of several.
_ENOUGH = 0.45
_ENOUGH_ALONE = 0.5
#: Longest names that allow 0, 1 and 2 edits.
_MOST_LETTERS = (3, 6, 11)
#: Names of fewer letters that differ in one are different names.
_TYPO_LETTERS = 5
#: Fewest letters of the rest of a name in which one may differ when another word of the name is met.
_REST_LETTERS = 3
#: Versions that have to agree to vouch for a short misspelt word beside them.
_VOUCHING = 2
#: Likeness from which two words may be one, misspelt, and what that is worth beside the very word.
_CLOSE = 0.6
_CLOSE_WORTH = 0.9
_LEADING = re.compile(r"\d+")


class Versions(StrEnum):
    """How the versions and sizes of a query and a name stand to each other."""

    SAME = "same"
    MISSING = "missing"
    """The query leaves some out."""
    EXTRA = "extra"
    """The query asks for more than the name has."""
    CONFLICT = "conflict"


class Fit(NamedTuple):
    """How a row fits a query.

    Attributes:
        asked: share of the query that the row covers, 0..1, by weight of words.
        covered: share of the row that the query covers, 0..1.
        edits: letters that differ where words were read as misspelt.
        whole_edits: edits between the whole query and the whole name without separators, or 99 when they are
            more than a misspelling of that name has.
        likeness: 1 minus those edits over the longer length, 0..1, counted without a limit.
        partial: whether a word was met by the beginning or the end of another only.
        telling: whether what was met can name a tool.
        enough: whether it is enough of the name to mean this tool, rather than a word that occurs in it.
        hinted: whether a word was met that is more than an everyday one.
        shared: share of the query's and the name's versions that they have in common, 0..1.
        versioned: whether the query has a version.
        strays: words of the query that the row lacks and that aren't said beside this name.
        ignored: words of the query that the row lacks and that may stand beside this name.
        unmet: words of the row that the query lacks.
        rare: share of the query that the row covers, 0..1, each word and version by how rare it is.
    """

    row: Row
    versions: Versions
    asked: float
    covered: float
    edits: int
    whole_edits: int
    likeness: float
    partial: bool
    telling: bool
    enough: bool
    hinted: bool
    shared: float
    versioned: bool
    strays: tuple[str, ...]
    ignored: tuple[str, ...]
    unmet: tuple[str, ...]
    rare: float

    @property
    def named(self) -> bool:
        """Whether the query names the tool: nothing in it is left over, and what was met is enough."""
        return self.telling and self.enough and not self.strays

    @property
    def spelt_alike(self) -> bool:
        """Whether the whole query is near enough to the whole name to be a misspelling of it."""
        return self.whole_edits < _NEVER


def allowed_edits(length: int) -> int:
    """How many letters may differ in a word or name of so many letters and still be a typing error.

    None up to 3 letters, 1 up to 6, 2 up to 11, else 3: about one letter in five; names stand too close to
    each other for more.
    """
    return bisect_left(_MOST_LETTERS, length)


def compare_versions(asked: Sequence[str], held: Sequence[str]) -> Versions:
    """Compare the versions and sizes of a query with those of a name; each is equal as a whole or not at all."""
    if asked == held:
        return Versions.SAME
    wanted, there = set(asked), set(held)
    if wanted == there:
        return Versions.SAME
    if wanted < there:
        return Versions.MISSING
    return Versions.EXTRA if there < wanted else Versions.CONFLICT


class Matcher:
    """One reading of a query, to be held against many rows; remembers how its words compare."""

    def __init__(self, query: Phrase, index: Index) -> None:
        self._query = query
        self._index = index
        self._vocabulary = index.vocabulary
        self._worth = {word: weight(word) for word in query.words}
        self._total = sum(self._worth[word] for word in query.words)
        self._alike: dict[tuple[str, str], tuple[float, int]] = {}
        self._makers: dict[str, bool] = {}
        self._only: dict[str, bool] = {}
        self._rarity = index.vocabulary.rarities(query.key.split())
        self._rarities = sum(self._rarity.values())
        self._close: dict[tuple[str, str], float] = {}

    def fit(self, row: Row) -> Fit:
        """Compare the query with a name or an alias."""
        query, name = self._query, row.phrase
        asked = covered = 0.0
        edits = 0
        partial = hinted = False
        met: list[str] = []
        telling: list[str] = []
        exact: list[str] = []
        strays: list[str] = []
        ignored: list[str] = []
        held = name.words
        left = list(held)
        versions = compare_versions(query.versions, name.versions)
        vouched = versions is Versions.SAME and bool(name.versions)
        # Words met exactly are taken first, so that a near word can't use up the one meant exactly.
        said = [word for word in query.words if word in held]
        for word in chain(said, [word for word in query.words if word not in held]):
            found, likeness, changed = self._counterpart(word, left)
            if found is None:
                # A word said twice was met the first time ("Qwen: Qwen3 Coder").
                if word not in met:
                    (ignored if self._is_aside(word, row.entry) else strays).append(word)
                continue
            left.remove(found)
            met.append(found)
            if found == word:
                exact.append(word)
            asked += self._worth[word] * likeness
            covered += weight(found) * likeness
            edits += changed
            partial = partial or (changed == 0 and found != word)
            hinted = hinted or (not is_everyday(word) and not is_everyday(found))
            if self._tells(word, found, vouched=vouched or changed > 0):
                telling.append(found)
        share = covered / (name.weight or 1.0)
        longest = max(len(query.compact), len(name.compact))
        distance = OSA.distance(query.compact, name.compact)
        whole = share >= WHOLE
        together = len(met) > 1 and asked >= _TELLING_TOGETHER and (whole or any(map(self._is_one_name, met)))
        return Fit(
            row=row,
            versions=versions,
            asked=asked / self._total if self._total else float(not query.words and bool(query.versions)),
            covered=share,
            edits=edits,
            whole_edits=distance if self._is_misspelling(name, exact, versions, distance) else _NEVER,
            likeness=1 - distance / longest if longest else 0.0,
            partial=partial,
            # A maker or an everyday word may be a name with its version: "DeepSeek V3", "Context7".
            telling=bool(telling) or together or (whole and bool(met) and versions is not Versions.MISSING),
            enough=share >= WHOLE
            # A version beside a part of an alias is too little: "GPT-4 mini" is no "GPT-4 Omni mini".
            or (len(met) > 1 and share >= _ENOUGH and (row.is_name or not query.versions))
            # One word of an alias is no more than a word that was once said of the tool.
            or (share >= _ENOUGH_ALONE and bool(telling) and row.is_name),
            hinted=hinted,
            shared=_shared(query.versions, name.versions),
            versioned=bool(query.versions),
            strays=tuple(strays),
            ignored=tuple(ignored),
            unmet=tuple(left),
            rare=self._rare(name),
        )

    def _rare(self, name: Phrase) -> float:
        """Say how much of the query is in a name, counting rare words for more."""
        met = 0.0
        held = name.key.split()
        for word, rarity in self._rarity.items():
            if word in held:
                met += rarity
            elif len(word) >= _PREFIX_LETTERS:
                met += rarity * max((self._closeness(word, other) for other in held), default=0.0)
        return met / self._rarities if self._rarities else 0.0

    def _closeness(self, word: str, other: str) -> float:
        if len(other) < _PREFIX_LETTERS:
            return 0.0
        close = self._close.get((word, other))
        if close is None:
            likeness = OSA.normalized_similarity(word, other, score_cutoff=_CLOSE)
            close = self._close[word, other] = _CLOSE_WORTH * likeness
        return close

    def _is_aside(self, word: str, entry: Entry) -> bool:
        return word in FILLERS or word in beside(entry.vendor, entry.type)

    def _tells(self, word: str, found: str, *, vouched: bool) -> bool:
        if found != word and not vouched and not (len(word) >= _TELLING_PREFIX and found.startswith(word)):
            return False
        return all(is_telling(one) and not self._is_maker(one) for one in (word, found))

    def _is_maker(self, word: str) -> bool:
        """Tell whether a word is a maker's and no tool's name as well."""
        known = self._makers.get(word)
        if known is None:
            known = self._vocabulary.has_maker(word) and not self._index.spelt(word)
            self._makers[word] = known
        return known

    def _is_one_name(self, word: str) -> bool:
        """Tell whether a word is in the names of one tool only."""
        known = self._only.get(word)
        if known is None:
            known = self._only[word] = self._vocabulary.count(word) == 1
        return known

    def _counterpart(self, word: str, row_words: Sequence[str]) -> tuple[str | None, float, int]:
        """Find what a word stands for in a name: the word there, its likeness 0..1, and letters changed."""
        if word in row_words:
            return word, 1.0, 0
        if word in FILLERS:
            return None, 0.0, 0
        best: tuple[str | None, float, int] = (None, 0.0, 0)
        for other in row_words:
            alike = self._alike.get((word, other))
            if alike is None:
                alike = self._alike[word, other] = _likeness(word, other)
            if alike[0] > best[1]:
                best = (other, *alike)
        return best

    def _is_misspelling(self, name: Phrase, exact: Sequence[str], versions: Versions, distance: int) -> bool:
        """Tell whether the whole query may be a misspelling of the whole name."""
        query = self._query
        if distance > allowed_edits(max(len(query.compact), len(name.compact))):
            return False
        typed = [word for word in query.words if word not in exact]
        meant = [word for word in name.words if word not in exact]
        if len(typed) == 1 and (is_everyday(typed[0]) or typed[0] in MAKERS):
            return False
        vouched = versions is Versions.SAME and len(name.versions) >= _VOUCHING
        if not exact:
            letters = min(sum(map(len, query.words)), sum(map(len, name.words)))
            return letters >= _TYPO_LETTERS or vouched
        rests = "".join(typed), "".join(meant)
        shorter = min(map(len, rests))
        # What is met says nothing of what isn't: "Cursor Tab" is no misspelt "Cursor AI".
        return shorter >= _REST_LETTERS and OSA.distance(*rests) <= max(1, allowed_edits(shorter))


def _shared(asked: Sequence[str], held: Sequence[str]) -> float:
    """How much two sets of versions have in common, 0..1; a release of the same generation counts half."""
    if not asked or not held:
        return 0.0
    common = set(asked) & set(held)
    every = {*asked, *held}
    generations = {_generation(version) for version in held}
    akin = sum(_generation(version) in generations for version in set(asked) - common)
    return (len(common) + akin / 2) / (len(every) or 1)


def _generation(version: str) -> str:
    found = _LEADING.search(version)
    return found[0] if found else version


def _likeness(word: str, other: str) -> tuple[float, int]:
    if len(word) >= _PREFIX_LETTERS and other.startswith(word):
        return _PREFIX_WORTH, 0
    if len(word) >= _SUFFIX_LETTERS and other.endswith(word):
        return _SUFFIX_WORTH, 0
    if is_everyday(word) or is_version(word):
        return 0.0, 0
    # A single word has no others to vouch for it: as strict as for a word a letter shorter.
    limit = allowed_edits(min(len(word), len(other) - 1))
    if limit and abs(len(word) - len(other)) <= limit:
        distance = OSA.distance(word, other, score_cutoff=limit)
        if distance <= limit:
            return 1 - distance / max(len(word), len(other)), distance
    return 0.0, 0
