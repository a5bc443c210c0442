"""What a comparison comes to, in sentences of which each follows from the rows shown."""

from catalog.verdict.sentence import Claim, Sentence
from catalog.verdict.verdict import verdict

__all__ = ["Claim", "Sentence", "verdict"]
