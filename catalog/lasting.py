"""Making very many objects that stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def lasting() -> Iterator[None]:
    """Keep the collector of cyclic garbage away from what is made in the block, and from then on.

    Documents make no cycles, and what replaces them frees them. But the collector would look through all of them
    again and again, with everybody waiting: half a second each time for a hundred thousand tools. What garbage
    of others is caught at the end of the block stays, which is little beside what was made.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
