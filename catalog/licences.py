"""Licences: how they are spelt, and which ask that what is made of data is passed on under the same terms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What stands where nobody else may use it.
PROPRIETARY: Final = "Proprietary"
#: SPDX ids of what is in use for data, with or without a version: CC-BY-SA-4.0, ODbL-1.0, GFDL-1.3.
_SHARE_ALIKE: Final = re.compile(r"(?:CC-BY-(?:NC-)?SA|ODbL|GFDL|CDLA-Sharing)(?:-|$)", re.IGNORECASE)
#: What is written where no licence is known, or none that has a name.
_NONE: Final = frozenset(
    {
        "",
        "?",
        "-",
        "custom",
        "gnu",
        "n/a",
        "no license",
        "noassertion",
        "none",
        "not specified",
        "null",
        "other",
    }
    | {"see license", "tbd", "unknown", "unspecified"}
)
#: No licence is longer than this; whole texts of licences are.
_LONGEST: Final = 200
#: Words that tell no licence from another: "the Apache License, Version 2.0".
_WORDS: Final = re.compile(r"\b(?:the|software|licen[sc]e|licensed|agreement|version)\b|\bv\.?(?=\d)")
_NOT_TELLING: Final = re.compile(r"[^a-z0-9.+]|\.(?!\d)")
_GAPS: Final = re.compile(r"[\s,_-]+|(?<=[a-z])(?=\d\.)")
#: Spellings that differ from SPDX's, or from the licence's own name, in more than those words and punctuation.
_SPELT: Final[Mapping[str, str]] = {
    "al2.0": "Apache-2.0",
    "apache2": "Apache-2.0",
    "asl2.0": "Apache-2.0",
    "boost1.0": "BSL-1.0",
    "bsd2": "BSD-2-Clause",
    "bsd3": "BSD-3-Clause",
    "bsdsimplified": "BSD-2-Clause",
    "bsl1.1": "BUSL-1.1",
    "businesssource1.1": "BUSL-1.1",
    "cc0": "CC0-1.0",
    "europeanunionpublic1.2": "EUPL-1.2",
    "expat": "MIT",
    "fsl1.1apache2.0": "FSL-1.1-ALv2",
    "mozillapublic2.0": "MPL-2.0",
    "mpl2": "MPL-2.0",
    "newbsd": "BSD-3-Clause",
    "pil": "HPND",
    # SPDX's own withdrawn ids.
    "bsd2clausefreebsd": "BSD-2-Clause-Views",
    "bsd2clausenetbsd": "BSD-2-Clause",
    "gpl2.0withclasspathexception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "standardmlnj": "SMLNJ",
    # Licences of models and hosts, as hubs and lists shorten them.
    "creativemlopenrailm": "CreativeML Open RAIL-M",
    "deepseek": "DeepSeek Model License",
    "gemma": "Gemma Terms of Use",
    "mit+modelcommercialuseallowed": "DeepSeek Model License",
    "openrail++": "CreativeML Open RAIL++-M",
    "qwen": "Qwen License",
    "tongyiqianwen": "Tongyi Qianwen License",
    "allrightsreserved": PROPRIETARY,
    "closedsource": PROPRIETARY,
    "proprietary": PROPRIETARY,
    "unlicensed": PROPRIETARY,
}
_LLAMA: Final = re.compile(r"llama(\d(?:\.\d)?)(?:community)?")
#: GPLv3, LGPL-2.1+, GNU Affero General Public License v3.0 or later (AGPLv3+)
_GNU: Final = re.compile(
    r"(?:the )?(?:gnu )?(?:(?P<kind>affero |lesser |library )?general public licen[sc]e|(?P<letters>[al]?gpl))"
    r"[ ,-]*(?:version ?|v\.? ?)?(?P<version>\d(?:\.\d)?)"
    r"(?:(?P<later>\+|[ -]or[ -](?:any )?(?:later|newer)(?: version)?)|[ -]only)?(?: \([al]?gpl[^()]*\))?"
)
_LETTERS: Final = {"affero ": "AGPL", "lesser ": "LGPL", "library ": "LGPL", None: "GPL"}
#: The GNU ids that SPDX has withdrawn: they don't say whether later versions count, too.
_WITHDRAWN: Final = re.compile(r"((?:A|L)?GPL-\d\.\d|GFDL-\d\.\d)(\+?)(?![\w.+-])")


def is_share_alike(licence: str | None) -> bool:
    """Tell whether whoever passes a fact on has to do so under the same licence.

    >>> is_share_alike("CC-BY-SA-4.0"), is_share_alike("MIT"), is_share_alike(None)
    (True, False, False)
    """
    return licence is not None and _SHARE_ALIKE.match(licence.strip()) is not None


def is_spdx(text: str) -> bool:
    """Tell whether a text is an SPDX id or expression, spelt as SPDX spells it now.

    >>> is_spdx("Apache-2.0 OR MIT"), is_spdx("apache-2.0"), is_spdx("GPL-3.0"), is_spdx("Gemma Terms of Use")
    (True, False, False, False)
    """
    return spdx(text) == text and _expression(text) is not None


@lru_cache(maxsize=4096)
def spdx(text: str | None) -> str | None:
    """Spell a licence as SPDX does where SPDX lists it, else by its name, else as it is; None where none is named.

    A GNU licence of which nobody says that later versions count, too, is that version's alone.

    >>> spdx("apache 2.0"), spdx("GPL-3.0"), spdx("AGPLv3+"), spdx("mit or Apache-2.0")
    ('Apache-2.0', 'GPL-3.0-only', 'AGPL-3.0-or-later', 'MIT OR Apache-2.0')
    >>> spdx("llama3.2"), spdx("My Own License"), spdx("NOASSERTION")
    ('Llama 3.2 Community License', 'My Own License', None)
    """
    known = " ".join((text or "").split())
    folded = known.casefold()
    if folded in _NONE:
        return None
    if len(known) > _LONGEST:
        return known
    key = _key(folded)
    if spelt := _SPELT.get(key):
        return spelt
    if llama := _LLAMA.fullmatch(key):
        return f"Llama {llama[1]} Community License"
    hyphened = _GAPS.sub("-", _WORDS.sub("", folded)).strip("-")
    return _expression(known) or _expression(hyphened) or _gnu(folded) or known


def _expression(text: str) -> str | None:
    """Spell an SPDX expression; None of what is none."""
    try:
        spelt = canonicalize_license_expression(text) if len(text) <= _LONGEST else None
    except InvalidLicenseExpression:
        return None
    return (
        _WITHDRAWN.sub(lambda id_: f"{id_[1]}-{'or-later' if id_[2] else 'only'}", spelt) if spelt else None
    )


def _gnu(folded: str) -> str | None:
    found = _GNU.fullmatch(folded)
    if found is None:
        return None
    letters = (found["letters"] or _LETTERS[found["kind"]]).upper()
    version = found["version"] if "." in found["version"] else f"{found['version']}.0"
    return _expression(f"{letters}-{version}-{'or-later' if found['later'] else 'only'}")


def _key(folded: str) -> str:
    """Give the letters and digits that tell a licence from others."""
    return _NOT_TELLING.sub("", _WORDS.sub("", folded))
