"""What a good entry is, as rules that run: each one a function with a name and a sentence that says what to do."""

from catalog.quality.counts import Count, counts
from catalog.quality.finding import Finding, Spot
from catalog.quality.intended import Intended, lists_lie_in, read_lists
from catalog.quality.review import review

__all__ = ["Count", "Finding", "Intended", "Spot", "counts", "lists_lie_in", "read_lists", "review"]
