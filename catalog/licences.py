"""Licences of other people's data: which of them ask that what is made of it is passed on under the same terms."""

from __future__ import annotations

import re
from typing import Final

#: SPDX ids of what is in use for data, with or without a version: CC-BY-SA-4.0, ODbL-1.0, GFDL-1.3.
_SHARE_ALIKE: Final = re.compile(r"(?:CC-BY-(?:NC-)?SA|ODbL|GFDL|CDLA-Sharing)(?:-|$)", re.IGNORECASE)


def is_share_alike(licence: str | None) -> bool:
    """Tell whether whoever passes a fact on has to do so under the same licence.

    >>> is_share_alike("CC-BY-SA-4.0"), is_share_alike("MIT"), is_share_alike(None)
    (True, False, False)
    """
    return licence is not None and _SHARE_ALIKE.match(licence.strip()) is not None
