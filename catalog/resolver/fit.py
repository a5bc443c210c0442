"""How one name fits a query: words, letters and versions, each compared in its own way."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from catalog.names import is_version
from catalog.resolver.wording import FILLERS, MAKERS, is_aside, is_everyday, is_telling, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.resolver.entry import Entry
    from catalog.resolver.index import Index
    from catalog.resolver.phrase import Phrase
    from catalog.resolver.row import Row
    from catalog.resolver.sieve import Near

#: A word of a query, what it stands for in a name, how like they are (0..1), and how many letters differ.
Pair = tuple[str, str, float, int]
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
        distance: those edits, counted without a limit.
        likeness: 1 minus them over the longer length, 0..1.
        words: how many of their words the query and the name share (token_set_ratio), 0..1.
        ordered: how alike they are with their words in order (token_sort_ratio), 0..1.
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
    distance: int
    likeness: float
    words: float
    ordered: float
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
    """Compare the versions and sizes of a query with those of a name, both in order.

    Each is equal as a whole or not at all, and one that is said twice is meant twice: "llama 3 3" is no Llama 3.
    """
    if asked == held:
        return Versions.SAME
    if not asked or not held:
        return Versions.EXTRA if asked else Versions.MISSING
    wanted, there = Counter(asked), Counter(held)
    if wanted <= there:
        return Versions.MISSING
    return Versions.EXTRA if there <= wanted else Versions.CONFLICT


class Matcher:
    """One reading of a query, to be held against many rows; remembers how its words compare."""

    def __init__(self, query: Phrase, index: Index) -> None:
        self._query = query
        self._index = index
        self._vocabulary = index.vocabulary
        self._total = sum(map(weight, query.words))
        self._alike: dict[tuple[str, str], tuple[float, int]] = {}
        self._telling: dict[str, bool] = {}
        self._only: dict[str, bool] = {}
        self._rarity = index.vocabulary.rarities(query.key.split())
        self._rarities = sum(self._rarity.values())
        self._close: dict[tuple[str, str], float] = {}

    def fit(self, near: Near) -> Fit:
        """Compare the query with a name or an alias."""
        query, row = self._query, near.row
        name = row.phrase
        versions = compare_versions(query.versions, name.versions)
        vouched = versions is Versions.SAME and bool(name.versions)
        pairs, unmet, strangers = self._paired(name.words)
        asked = covered = 0.0
        edits = 0
        partial = hinted = telling = False
        for word, found, likeness, changed in pairs:
            asked += weight(word) * likeness
            covered += weight(found) * likeness
            edits += changed
            if found == word:
                hinted = hinted or not is_everyday(word)
                telling = telling or self._tells(word)
                continue
            partial = partial or not changed
            hinted = hinted or not (is_everyday(word) or is_everyday(found))
            if changed or vouched or (len(word) >= _TELLING_PREFIX and found.startswith(word)):
                telling = telling or (self._tells(word) and self._tells(found))
        met = [found for _, found, _, _ in pairs]
        # A word said twice was met the first time ("Qwen: Qwen3 Coder").
        left_over = [word for word in strangers if word not in met]
        ignored = tuple(word for word in left_over if self._is_aside(word, row.entry))
        share = covered / (name.weight or 1.0)
        whole = share >= WHOLE
        several = len(met) > 1
        together = several and asked >= _TELLING_TOGETHER and (whole or any(map(self._is_one_name, met)))
        return Fit(
            row,
            versions,
            asked / self._total if self._total else float(not query.words and bool(query.versions)),
            share,
            edits,
            near.distance if self._is_misspelling(near, pairs, versions) else _NEVER,
            near.distance,
            near.likeness,
            near.shared,
            near.ordered,
            partial,
            # A maker or an everyday word may be a name with its version: "DeepSeek V3", "Context7".
            telling or together or (whole and bool(met) and versions is not Versions.MISSING),
            whole
            # A version beside a part of an alias is too little: "GPT-4 mini" is no "GPT-4 Omni mini".
            or (several and share >= _ENOUGH and (row.is_name or not query.versions))
            # One word of an alias is no more than a word that was once said of the tool.
            or (share >= _ENOUGH_ALONE and telling and row.is_name),
            hinted,
            _shared(query.versions, name.versions),
            bool(query.versions),
            tuple(word for word in left_over if word not in ignored) if left_over else (),
            ignored,
            tuple(unmet),
            self._rare(name),
        )

    def _paired(self, held: Sequence[str]) -> tuple[list[Pair], list[str], list[str]]:
        """Find what each word of the query stands for in a name; give the words of the name and the query left."""
        left = list(held)
        pairs: list[Pair] = []
        others: list[str] = []
        # Words met exactly are taken first, so that a near word can't use up the one meant exactly.
        for word in self._query.words:
            if word in left:
                left.remove(word)
                pairs.append((word, word, 1.0, 0))
            else:
                others.append(word)
        strangers: list[str] = []
        for word in others:
            found, likeness, changed = self._counterpart(word, left)
            if found is None:
                strangers.append(word)
            else:
                left.remove(found)
                pairs.append((word, found, likeness, changed))
        return pairs, left, strangers

    def _counterpart(self, word: str, row_words: Sequence[str]) -> tuple[str | None, float, int]:
        """Find what a word stands for in a name: the word there, its likeness 0..1, and letters changed."""
        best: tuple[str | None, float, int] = (None, 0.0, 0)
        if word in FILLERS:
            return best
        for other in row_words:
            alike = self._alike.get((word, other))
            if alike is None:
                alike = self._alike[word, other] = _likeness(word, other)
            if alike[0] > best[1]:
                best = (other, *alike)
        return best

    def _rare(self, name: Phrase) -> float:
        """Say how much of the query is in a name, counting rare words for more."""
        met = 0.0
        held = name.key.split()
        for word, rarity in self._rarity.items():
            if word in held:
                met += rarity
            elif len(word) >= _PREFIX_LETTERS:
                met += rarity * max([self._closeness(word, other) for other in held], default=0.0)
        return met / self._rarities if self._rarities else 0.0

    def _closeness(self, word: str, other: str) -> float:
        close = self._close.get((word, other))
        if close is None:
            long = len(other) >= _PREFIX_LETTERS
            likeness = OSA.normalized_similarity(word, other, score_cutoff=_CLOSE) if long else 0.0
            close = self._close[word, other] = _CLOSE_WORTH * likeness
        return close

    def _is_aside(self, word: str, entry: Entry) -> bool:
        return is_aside(word, entry.vendor, entry.type, entry.aliases)

    def _tells(self, word: str) -> bool:
        """Tell whether a word can name a tool: no everyday one, and no maker's that isn't a tool's name as well."""
        known = self._telling.get(word)
        if known is None:
            maker = self._vocabulary.has_maker(word) and not self._index.spelt(word)
            known = self._telling[word] = is_telling(word) and not maker
        return known

    def _is_one_name(self, word: str) -> bool:
        """Tell whether a word is in the names of one tool only."""
        known = self._only.get(word)
        if known is None:
            known = self._only[word] = self._vocabulary.count(word) == 1
        return known

    def _is_called(self, word: str, name: Phrase, entry: Entry) -> bool:
        """Tell whether a word is all of a tool's name, and the beginning of another one of its names."""
        if not name.compact.startswith(word):
            return False
        return any(row.entry.slug == entry.slug for row in self._index.spelt(word))

    def _is_misspelling(self, near: Near, pairs: Sequence[Pair], versions: Versions) -> bool:
        """Tell whether the whole query may be a misspelling of the whole name."""
        query, name, entry, distance = self._query, near.row.phrase, near.row.entry, near.distance
        if distance > allowed_edits(max(len(query.compact), len(name.compact))):
            return False
        exact = {word for word, found, _, _ in pairs if found == word}
        if not exact and len(query.words) > 1 and self._is_called(query.words[0], name, entry):
            # Said as a whole, a name isn't misspelt by what follows it: "chroma hd" is no "chromadb".
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
    found = _LEADING.match(version)
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
