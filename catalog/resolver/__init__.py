"""From a name typed in a hurry to a tool, or to a question back."""

from catalog.resolver.completion import Completion
from catalog.resolver.entry import Entry
from catalog.resolver.resolution import Candidate, Outcome, Reason, Resolution
from catalog.resolver.resolver import Resolver

__all__ = ["Candidate", "Completion", "Entry", "Outcome", "Reason", "Resolution", "Resolver"]
