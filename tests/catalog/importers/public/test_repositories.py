from __future__ import annotations

import pytest

from catalog.importers.public.repositories import is_path, last_day, path_of, spdx


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://github.com/acme/all.git", "acme/all"),
        ("http://www.github.com/acme/all/tree/main/src", "acme/all"),
        ("https://gitlab.com/acme/all#readme", "acme/all"),
        ("https://github.com/acme", None),
        ("https://acme.example/all/there", None),
        ("acme/all", None),
        (None, None),
    ],
)
def test_the_path_of_a_repository(url: str | None, path: str | None) -> None:
    """Whatever is behind it leads into it."""
    assert path_of(url) == path


def test_a_path_is_owner_and_name() -> None:
    """Nothing more, and nothing less."""
    assert [is_path(text) for text in ("a/b", "a", "a/b/c", "", None)] == [True, False, False, False, False]


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("mit", "MIT"),
        ("Apache 2.0", "Apache-2.0"),
        ("UNLICENSED", "Proprietary"),
        ("unknown", None),
        (None, None),
        ("Some-Licence-1.0", "Some-Licence-1.0"),
    ],
)
def test_licences_are_spelt_as_spdx_does(written: str | None, spelt: str | None) -> None:
    """What names none is none; what isn't known stays as it is."""
    assert spdx(written) == spelt


def test_the_last_day_of_rows() -> None:
    """None of no rows."""
    assert last_day([{"date": "2024-04-01"}, {"date": "2024-10-01"}]) == "2024-10-01"
    assert last_day([]) is None
