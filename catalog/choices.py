"""The words that a field of few words may hold: what kind of thing a tool is, what for, where a link leads."""

from __future__ import annotations

from enum import StrEnum


class ToolType(StrEnum):
    """What kind of thing a tool is. Ranks, medals and like-for-like picks stay within a kind."""

    MODEL = "model"
    REPOSITORY = "repository"
    PRODUCT = "product"
    FRAMEWORK = "framework"
    LIBRARY = "library"
    API = "api"
    MCP_SERVER = "mcp-server"
    AGENT = "agent"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    EXTENSION = "extension"
    OTHER = "other"

    @property
    def label(self) -> str:
        """How a person reads it: ``"Model"``, ``"MCP server"``, ``"API"``."""
        return {"api": "API", "mcp-server": "MCP server"}.get(self.value, self.value.capitalize())

    def label_for(self, count: int) -> str:
        """How a person counts it: ``"model"``, ``"repositories"``, ``"APIs"``."""
        word = self.label if self.label[:2].isupper() else self.label.lower()
        if count == 1:
            return word
        return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


class Task(StrEnum):
    """A job that people bring to a tool. Two tools that share none don't do the same job."""

    TEXT_GENERATION = "text generation"
    REASONING = "reasoning"
    CODING = "coding"
    IMAGE_GENERATION = "image generation"
    IMAGE_EDITING = "image editing"
    VIDEO_GENERATION = "video generation"
    MUSIC_GENERATION = "music generation"
    SPEECH_TO_TEXT = "speech to text"
    TEXT_TO_SPEECH = "text to speech"
    IMAGE_UNDERSTANDING = "image understanding"
    EMBEDDING = "embedding"
    TRAINING = "training"
    SERVING = "serving"
    AGENTS = "agents"
    RETRIEVAL = "retrieval"
    VECTOR_SEARCH = "vector search"
    DATA_EXTRACTION = "data extraction"
    WEB_ACCESS = "web access"
    EVALUATION = "evaluation"
    OBSERVABILITY = "observability"
    CHAT = "chat"
    WORKFLOW = "workflow"
    COMPUTATION = "computation"
    COMPUTE = "compute rental"
    DATA = "data"


class Status(StrEnum):
    """Whether a tool can still be counted on."""

    ACTIVE = "active"
    DEPRECATED = "deprecated"
    GONE = "gone"


class LinkKind(StrEnum):
    """Where a link leads."""

    HOMEPAGE = "homepage"
    REPOSITORY = "repository"
    MODEL_HUB = "model-hub"
    DOCS = "docs"
    PAPER = "paper"


class PricingKind(StrEnum):
    """How one pays."""

    FREE = "free"
    FREEMIUM = "freemium"
    PAID = "paid"
    USAGE = "usage"

    @property
    def label(self) -> str:
        """How a person reads it: ``"Free"``, ``"Pay as you go"``."""
        return {"usage": "Pay as you go"}.get(self.value, self.value.capitalize())


class PriceUnit(StrEnum):
    """What a starting price buys, one unit a kind of price so that prices can be held side by side."""

    MONTH = "month"
    MILLION_INPUT_TOKENS = "million input tokens"
    IMAGE = "image"
    SECOND = "second"
    HOUR = "hour"
