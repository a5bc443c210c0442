"""Software names that nobody has to download: as many as wanted, and always the same ones."""

from __future__ import annotations

from itertools import accumulate, islice
from math import log, log1p
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: Words that stand first in names of software far more often than elsewhere.
_FRONTS = _words(
    "py python django flask aws azure google odoo easy simple fast open micro my auto super smart tiny async "
    "pytest sphinx jupyter airflow mkdocs ansible home llama langchain apache data cloud web net meta deep"
)
#: Words that names of software are made of, roughly the commonest first.
_WORDS = _words(
    "api client data tools bot ai utils test core cloud web auth plugin model cli sdk server agent db sql graph "
    "stream search file image text time log event queue cache token schema query config deploy build code parse "
    "render chart plot table form mail chat voice video audio map geo sensor robot game chess music photo font "
    "color theme style grid tree node edge path route proxy socket http json yaml xml csv pdf html css markdown "
    "vector matrix tensor neural learn train infer embed prompt memory store vault crypto hash sign key lock "
    "shop cart order pay bank stock trade coin ledger invoice tax health gene protein molecule lab star planet "
    "weather ocean energy power solar car drone ship rail road city house garden food recipe wine "
    "book paper note wiki blog news feed social team task issue board plan calendar clock timer job worker "
    "scheduler runner pipeline flow stage batch shard cluster pod helm docker kube vm lambda mesh gateway "
    "monitor metric trace alert probe status report audit policy role user group session cookie "
    "admin panel dashboard widget button menu icon layout canvas svg pixel frame scene camera light shader "
    "physics math stats random sample signal filter wave speech lang grammar parser lexer compiler "
    "linter format type check mock fixture bench profile debug patch merge diff git repo commit release version"
)
_BACKS = _words(
    "client sdk cli api utils tools core plugin server py lib app kit hub lab helper wrapper manager"
)
_STARTS = _words("b c d f g h j k l m n p r s t v w z br cr dr fl gr kl pl pr sh sk sp st str tr th ch qu x")
_VOWELS = _words("a e i o u a e i o ai au ea ee io ou y")
_ENDS = ["", "", "", "", *_words("n r s t l x m k d ck ng nd st rt ns ly")]
#: How many words of syllables there are to choose from, beside the real ones.
_COINED = 25_000
#: How much rarer a word is than the one before it in the vocabulary: its place to this power.
_FALL = 0.95
#: Of a hundred names, how many have one word, two, three, four and five.
_LENGTHS = (45, 31, 16, 5, 3)
#: Numbers at the end of a name; one name in eleven has one.
_NUMBERS = ("2", "3", "4", "5", "8", "10", "12", "32", "64", "365")
_NUMBERED = 0.09
#: From this place on, nobody asks for a name in particular.
_ASKED_FOR = 20_000
_AT_LEAST = 3


def names(count: int, *, seed: int = 1) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """Give distinct software names, each with its aliases (none) and its popularity, the most popular first.

    A few words stand in very many names and most words in few, as in a real register, so that the parts of names
    are as crowded as there; popularity falls with the logarithm of a name's place.
    """
    random = Random(seed)  # noqa: S311 (names to measure with, no secrets)
    vocabulary = _vocabulary(random)
    weights = list(accumulate(1 / place**_FALL for place in range(1, len(vocabulary) + 1)))
    seen: dict[str, None] = {}
    while len(seen) < count:
        seen.update(dict.fromkeys(_batch(random, vocabulary, weights, count - len(seen))))
    for place, name in enumerate(seen):
        yield name, (), round(max(0.0, 1 - log1p(place) / log(_ASKED_FOR)), 4)


def _batch(random: Random, vocabulary: Sequence[str], weights: Sequence[float], count: int) -> Iterator[str]:
    """Put at most so many names together, some of them twice; words are drawn in bulk, as that is far quicker."""
    lengths = random.choices(range(1, len(_LENGTHS) + 1), _LENGTHS, k=count)
    words = iter(random.choices(vocabulary, cum_weights=weights, k=sum(lengths)))
    coined = iter(random.choices(vocabulary[-_COINED:], k=count))
    for length in lengths:
        parts = [next(words) for _ in range(length)]
        drawn = random.random()
        if length == 1:
            # A name of one word is made up, alone or run together with another word.
            parts[0] = next(coined) if drawn < 0.2 else parts[0] + next(coined)
        elif drawn < 0.35:
            parts[0] = _FRONTS[int(drawn / 0.35 * len(_FRONTS))]
        elif drawn > 0.75:
            parts[-1] = _BACKS[int((drawn - 0.75) * 4 * len(_BACKS))]
        if random.random() < _NUMBERED:
            parts[-1] += _NUMBERS[int(random.random() * len(_NUMBERS))]
        name = "-".join(parts)
        if len(name) >= _AT_LEAST:
            yield name


def _vocabulary(random: Random) -> list[str]:
    """List the real words before the made-up ones, so that the real ones are the common ones."""
    real = dict.fromkeys(_WORDS)
    coined: dict[str, None] = {}
    while len(coined) < _COINED:
        lengths = random.choices((1, 2, 3), (3, 6, 1), k=_COINED)
        syllables = (
            first + then
            for first, then in zip(
                random.choices(_STARTS, k=sum(lengths)), random.choices(_VOWELS, k=sum(lengths)), strict=True
            )
        )
        ends = random.choices(_ENDS, k=_COINED)
        for length, end in zip(lengths, ends, strict=True):
            word = "".join(islice(syllables, length)) + end
            if word not in real and len(word) >= _AT_LEAST:
                coined[word] = None
    return [*real, *islice(coined, _COINED)]
