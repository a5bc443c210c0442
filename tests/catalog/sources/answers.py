"""Bodies as the real services write them, with the fields that they have and invented values."""

from __future__ import annotations

from typing import Any, Final

REPOSITORY: Final[dict[str, Any]] = {
    "id": 599547518,
    "node_id": "R_kgDOI7xtfg",
    "name": "vllm",
    "full_name": "vllm-project/vllm",
    "private": False,
    "owner": {"login": "vllm-project", "id": 136984999, "type": "Organization", "site_admin": False},
    "html_url": "https://github.com/vllm-project/vllm",
    "description": "A high-throughput and memory-efficient inference and serving engine",
    "fork": False,
    "url": "https://api.github.com/repos/vllm-project/vllm",
    "created_at": "2023-02-09T11:23:20Z",
    "updated_at": "2026-09-20T11:58:02Z",
    "pushed_at": "2026-09-18T09:41:55Z",
    "size": 88123,
    "stargazers_count": 61234,
    "watchers_count": 61234,
    "language": "Python",
    "has_issues": True,
    "forks_count": 9876,
    "archived": False,
    "disabled": False,
    "open_issues_count": 3123,
    "license": {"key": "apache-2.0", "name": "Apache License 2.0", "spdx_id": "Apache-2.0"},
    "topics": ["llm", "inference"],
    "visibility": "public",
    "forks": 9876,
    "watchers": 61234,
    "default_branch": "main",
    "subscribers_count": 456,
}

RELEASE: Final[dict[str, Any]] = {
    "url": "https://api.github.com/repos/vllm-project/vllm/releases/240000001",
    "id": 240000001,
    "tag_name": "v0.20.1",
    "name": "v0.20.1",
    "draft": False,
    "prerelease": False,
    "created_at": "2026-09-10T03:12:00Z",
    "published_at": "2026-09-10T05:00:31Z",
    "assets": [],
}

MODEL: Final[dict[str, Any]] = {
    "_id": "6699f9f1a0b1c2d3e4f50617",
    "id": "meta-llama/Llama-3.1-8B-Instruct",
    "private": False,
    "gated": "manual",
    "disabled": False,
    "downloads": 5123456,
    "likes": 4711,
}

DATASET: Final[dict[str, Any]] = {
    "_id": "63990f21cc50af73d29ecfa3",
    "id": "fka/prompts.chat",
    "private": False,
    "gated": False,
    "disabled": False,
    "downloads": 23456,
    "likes": 9012,
}

RECENT: Final[dict[str, Any]] = {
    "data": {"last_month": 3141592},
    "package": "vllm",
    "type": "recent_downloads",
}

#: The last days of 30; the last one isn't counted yet.
COUNTS: Final[dict[str, Any]] = {
    "@langchain/core": {"2026-09-15": 900_000, "2026-09-16": 910_000, "2026-09-17": 908_281, "2026-09-18": 0}
}

NOT_FOUND: Final[dict[str, Any]] = {
    "message": "Not Found",
    "documentation_url": "https://docs.github.com/rest/repos/repos#get-a-repository",
    "status": "404",
}

#: GitHub's refusal of one request too many.
USED_UP: Final[dict[str, Any]] = {
    "message": "API rate limit exceeded for 192.0.2.1. (But here's the good news: Authenticated requests get a higher "
    "rate limit. Check out the documentation for more details.)",
    "documentation_url": "https://docs.github.com/rest/overview/resources-in-the-rest-api#rate-limiting",
}

#: GitHub's refusal of too many requests in a short time.
TOO_FAST: Final[dict[str, Any]] = {
    "message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    "documentation_url": "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
    "status": "403",
}
