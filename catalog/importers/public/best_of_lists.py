"""The best-of lists that are read, and what tells them from others of the same format.

Neither a list's name nor its publisher stands in its files, and all lists call their files alike. What a list is about
says whose it is: most of the categories in which it sorts are its own, or most of its repositories are called so.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from catalog.importers.public.servers import says_mcp

#: Of a table no more is looked at: so many characters of any table are read to tell whose it is.
_HEAD: Final = 4096
_CATEGORY: Final = re.compile(r"^ *- category: *\"?([a-z0-9-]+)", re.MULTILINE)
#: Categories that any list may have.
_ANYBODYS: Final = frozenset({"", "others"})
_OF_LIBRARIES: Final = frozenset(
    {
        "adversarial",
        "audio",
        "chinese-nlp",
        "data-containers",
        "data-loading",
        "data-pipelines",
        "data-viz",
        "db-clients",
        "distributed-ml",
        "financial-data",
        "geospatial-data",
        "gpu-utilities",
        "graph",
        "hyperopt",
        "image",
        "interpretability",
        "jax-utils",
        "medical-data",
        "ml-experiments",
        "ml-frameworks",
        "model-serialisation",
        "nlp",
        "nn-search",
        "ocr",
        "privacy-ml",
        "probabilistics",
        "pytorch-utils",
        "recommender-systems",
        "reinforcement-learning",
        "sklearn-utils",
        "tabular",
        "tensorflow-utils",
        "time-series-data",
        "web-scraping",
    }
)
_OF_SERVERS: Final = frozenset(
    {
        "aggregators",
        "art-and-culture",
        "bio",
        "browser-automation",
        "cloud-platforms",
        "code-execution",
        "coding-agents",
        "command-line",
        "communication",
        "customer-data-platforms",
        "data-platforms",
        "data-science-tools",
        "databases",
        "developer-tools",
        "embedded-system",
        "file-systems",
        "finance-and-fintech",
        "gaming",
        "knowledge-and-memory",
        "location-services",
        "marketing",
        "monitoring",
        "multimedia-process",
        "other-tools-and-integrations",
        "search-data-extraction",
        "security",
        "social-media",
        "sports",
        "support-and-service-management",
        "text-to-speech",
        "translation-services",
        "travel-and-transportation",
        "version-control",
        "workplace-and-productivity",
    }
)


def is_list_of_libraries(text: str) -> bool:
    """Tell a list of Python libraries for machine learning, or the table of its projects on a day."""
    return _are_mostly(_categories(text), _OF_LIBRARIES)


def is_list_of_servers(text: str) -> bool:
    """Tell a list of MCP servers, or the table of its projects on a day."""
    return _are_mostly(_categories(text), _OF_SERVERS)


def is_history_of_servers(text: str) -> bool:
    """Tell figures of MCP servers over time from those of anything else."""
    found = _column(text, "github_id")
    return 2 * sum(map(says_mcp, found)) >= len(found) > 0


def _categories(text: str) -> set[str]:
    return {*_CATEGORY.findall(text)} or _column(text, "category")


def _column(text: str, name: str) -> set[str]:
    rows = csv.DictReader(io.StringIO(text[:_HEAD], newline=""))
    return {row.get(name) or "" for row in rows}


def _are_mostly(found: set[str], known: frozenset[str]) -> bool:
    told = found - _ANYBODYS
    return 2 * len(told & known) > len(told)
