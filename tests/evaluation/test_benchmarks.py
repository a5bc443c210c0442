from __future__ import annotations

import pytest

from catalog.benchmarks import FILE
from tests.evaluation import benchmarks


@pytest.mark.skipif(
    not benchmarks.DATA.is_dir(), reason="the public data lies beside the project on some machines only"
)
def test_the_file_is_what_the_data_gives() -> None:
    """Nobody edited the deciles by hand."""
    assert FILE.read_text() == benchmarks.text()
