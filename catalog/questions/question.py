"""What somebody asks for, and about which names."""

from __future__ import annotations

from enum import StrEnum

from catalog.models import Document


class QuestionKind(StrEnum):
    """What is asked for."""

    COMPARE = "compare"
    ALTERNATIVES = "alternatives"
    TOOL = "tool"


class Question(Document):
    """A question and the names in it, as typed and in their order."""

    kind: QuestionKind
    names: tuple[str, ...]
