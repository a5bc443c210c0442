"""Logging: one line an event on stderr, times in UTC."""

from __future__ import annotations

import logging
import time


def set_up(level: str) -> None:
    """Log to stderr from `level` on; the libraries' chatter only from warnings on unless everything is wanted."""
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    if level != "DEBUG":
        # httpx would tell of each request.
        for library in ("discord", "httpx", "httpcore"):
            logging.getLogger(library).setLevel(max(logging.WARNING, root.level))
