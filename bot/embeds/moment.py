"""Moments as everybody reads them in their own time zone."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(made_at: str) -> str:
    """Show a moment with its date and time, as Discord words it for each reader.

    >>> moment("2026-01-02T03:04:05Z")
    '<t:1767323045:f>'
    """
    return f"<t:{_seconds(made_at)}:f>"


def ago(made_at: str) -> str:
    """Show how long ago a moment was, as Discord counts it for each reader.

    >>> ago("2026-01-02T03:04:05Z")
    '<t:1767323045:R>'
    """
    return f"<t:{_seconds(made_at)}:R>"


def _seconds(made_at: str) -> int:
    return int(datetime.strptime(made_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
