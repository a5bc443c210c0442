import json
import re
from collections.abc import Iterator
from importlib.resources import files

from catalog.resolver import Reason
from catalog.resolver.fit import Versions
from catalog.resolver.kinds import Kind
from catalog.resolver.phrase import Phrase
from catalog.resolver.ranking import (
    Ranked,
    against,
    best_of_tools,
    features,
    rank,
    rival,
    traits,
    trust,
    weights,
)
from catalog.resolver.slips import Slip
from tests import starters

RESOLVER = starters.choice()
QUERIES = (
    "mistrl small",
    "claude sonnet 4",
    "gpt 9",
    "the best llama",
    "sd xl turbo",
    "comfyiu",
    "cursor tab",
    "zzz",
)
#: The traits and features that stand for one of several things each.
KINDS = {f"kind {kind.name.lower()}" for kind in Kind}
VERSIONS = {f"versions {versions}" for versions in Versions}
SLIPS = {f"slip {one}" for one in Slip}
READ_AS = {"read as typed", *(f"read as {reason}" for reason in (Reason.WORDS, Reason.ACRONYM))}


def _looks(query: str) -> Iterator[tuple[Phrase, Ranked]]:
    return RESOLVER.close_looks(RESOLVER.ways(query))


def test_weights_say_where_they_come_from() -> None:
    """The file of weights names the day, the way and the examples that it was learned from."""
    learned = json.loads((files("catalog.resolver") / "weights.json").read_text("utf-8"))["learned"]
    assert learned["by"] == "make fit"
    assert learned["on"]
    assert all(count > 0 for count in learned["from"].values())
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in learned["files"].values())
    assert learned["files"]


def test_thresholds_are_shares() -> None:
    """An answer needs more trust than a question back does."""
    assert 0 < weights().offer < weights().resolve < 1


def test_no_weight_is_dead_and_none_is_missing() -> None:
    """Each weight is that of something that is computed, and what always applies has a weight."""
    query, one = next(_looks("mistrl small"))
    general = {name for name in features(query, one.judged) if " " not in name} | {
        "sorted words",
        "shared words",
    }
    learned = set(weights().scores)
    assert learned <= general | KINDS | VERSIONS | SLIPS | READ_AS
    assert general | VERSIONS | READ_AS <= learned
    always = set(traits(one, None, 9)) - KINDS - VERSIONS
    assert always <= set(weights().trust) <= always | KINDS | VERSIONS


def test_every_feature_in_use_has_a_weight() -> None:
    """Whatever is computed for these queries is weighed."""
    for text in QUERIES:
        for query, one in _looks(text):
            assert set(features(query, one.judged)) - SLIPS <= set(weights().scores)
            assert set(traits(one, None, 9)) <= set(weights().trust)


def test_rank_adds_up_what_is_weighed() -> None:
    """A score is the sum of features by their weights, less what a version that disagrees costs."""
    for text in QUERIES:
        for query, one in _looks(text):
            found = features(query, one.judged)
            added = sum(weights().scores.get(name, 0) * value for name, value in found.items())
            assert rank(query, one.judged).score == one.score == added - against(one.judged)


def test_trust_grows_with_the_margin() -> None:
    """The nearer a rival, the less the best is trusted; a denser catalog is trusted less too."""
    (_, one), *_ = _looks("mistrl small")
    alone = trust(one, None, 100)
    assert 0 < trust(one, one, 100) < alone < 1
    assert trust(one, None, 1_000_000) < alone


def test_one_fit_a_tool() -> None:
    """Of several names of a tool the likeliest speaks for it, and the likeliest tool goes first."""
    best = best_of_tools(one for _, one in _looks("stable diffusion xl turbo"))
    assert len({one.judged.fit.row.entry.slug for one in best}) == len(best)
    scores = [one.score for one in best]
    assert scores == sorted(scores, reverse=True)
    assert rival(best[0], best) is not best[0]
