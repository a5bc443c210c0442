"""The answer to "which tool is meant by this name?"."""

from __future__ import annotations

from enum import StrEnum

from catalog.models import Document, Share, ToolRef


class Outcome(StrEnum):
    """How sure the catalog is."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    """Why a tool fits a query."""

    EXACT = "exact"
    ALIAS = "alias"
    ACRONYM = "acronym"
    TYPO = "typo"
    PREFIX = "prefix"
    WORDS = "words"
    VERSION = "version"
    """The name fits, but the version or size asked for differs, is missing, or isn't there."""


class Candidate(ToolRef):
    """A tool that may have been meant."""

    confidence: Share
    reason: Reason


class RunnerUp(ToolRef):
    """The tool that a query was nearly read as."""

    why: str
    """What speaks against it, in words that follow its name: "another version"."""


class Resolution(Document):
    """What a query came to.

    `tool` is set exactly when the outcome is *resolved*; it is then the first of the candidates too. With
    *ambiguous*, the candidates are what to ask back with, best first; with *not_found* they are the nearest
    names, possibly none. `ignored` are words that were left out because they don't change which tool is meant.
    `runner_up` is what a resolved query was nearly read as, where something plain speaks against it.
    `note` is a receipt for a person when the match wasn't exact, or says why nothing was resolved.
    """

    query: str
    outcome: Outcome
    reason: Reason | None = None
    confidence: Share = 0.0
    tool: ToolRef | None = None
    candidates: tuple[Candidate, ...] = ()
    ignored: tuple[str, ...] = ()
    runner_up: RunnerUp | None = None
    note: str | None = None
