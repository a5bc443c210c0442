from __future__ import annotations

import pytest

from catalog.licences import is_share_alike, is_spdx, spdx


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("mit", "MIT"),
        ("The MIT License", "MIT"),
        ("Apache 2.0", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Apache2.0", "Apache-2.0"),
        ("BSD 3-Clause License", "BSD-3-Clause"),
        ("CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("zlib", "Zlib"),
        ("The Unlicense", "Unlicense"),
        ("fsl-1.1-alv2", "FSL-1.1-ALv2"),
        ("FSL-1.1-Apache-2.0", "FSL-1.1-ALv2"),
        ("Elastic License 2.0", "Elastic-2.0"),
        ("mit or Apache-2.0", "MIT OR Apache-2.0"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
    ],
)
def test_a_licence_that_spdx_lists_is_spelt_as_there(written: str, spelt: str) -> None:
    """However the words of its name are joined, and with withdrawn ids made the ones that hold now."""
    assert spdx(written) == spelt
    assert is_spdx(spelt)
    assert not is_spdx(written)


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("AGPL-3.0", "AGPL-3.0-only"),
        ("gpl-2.0", "GPL-2.0-only"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("LGPL-2.1", "LGPL-2.1-only"),
        ("LGPL-3.0", "LGPL-3.0-only"),
        ("GFDL-1.3", "GFDL-1.3-only"),
        ("GPLv3", "GPL-3.0-only"),
        ("LGPL-2.1+", "LGPL-2.1-or-later"),
        ("GNU General Public License v2 or later", "GPL-2.0-or-later"),
        ("GNU Affero General Public License v3 (AGPLv3)", "AGPL-3.0-only"),
        ("MIT OR (GPL-3.0+ AND AGPL-3.0)", "MIT OR (GPL-3.0-or-later AND AGPL-3.0-only)"),
    ],
)
def test_a_gnu_licence_says_whether_later_versions_count(written: str, spelt: str) -> None:
    """Where nobody says that they do, they don't."""
    assert spdx(written) == spelt
    assert is_spdx(spelt)
    assert not is_spdx(written)


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("llama3.2", "Llama 3.2 Community License"),
        ("Llama 4 Community License Agreement", "Llama 4 Community License"),
        ("gemma", "Gemma Terms of Use"),
        ("qwen", "Qwen License"),
        ("MIT + Model License (Commercial use allowed)", "DeepSeek Model License"),
        ("UNLICENSED", "Proprietary"),
        ("proprietary", "Proprietary"),
        ("Some-Licence-1.0", "Some-Licence-1.0"),
        ("GPL-4", "GPL-4"),
        ("  Modified\n MIT ", "Modified MIT"),
        ("((((", "(((("),
        ("MIT " * 100, " ".join(["MIT"] * 100)),
    ],
)
def test_another_licence_goes_by_its_name(written: str, spelt: str) -> None:
    """What isn't known stays as it is written."""
    assert spdx(written) == spelt
    assert not is_spdx(spelt)
    assert spdx(spelt) == spelt


@pytest.mark.parametrize(
    "written", [None, "", " ", "unknown", "Other", "NOASSERTION", "Custom", "GNU", "none"]
)
def test_what_names_no_licence_is_none(written: str | None) -> None:
    """Lists write such words where they know of none."""
    assert spdx(written) is None


def test_data_that_has_to_be_shared_alike() -> None:
    """Whatever the version; the same words of software mean something else."""
    alike = ["CC-BY-SA-4.0", "cc-by-nc-sa-3.0", "ODbL-1.0", "GFDL-1.3-only", "CDLA-Sharing-1.0"]
    assert all(map(is_share_alike, alike))
    assert not any(map(is_share_alike, ["CC-BY-4.0", "GPL-3.0-only", "MIT", None]))
