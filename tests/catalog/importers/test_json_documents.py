from __future__ import annotations

import pytest

from catalog.errors import ImportFileError
from catalog.importers import read_text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"name": "a"},\n{"name": }]', "x.json:2: broken JSON: a value should stand here"),
        ('[{"name": "a"}\n{"name": "b"}]', 'x.json:2: broken JSON: something is missing or too much; a ","'),
        ('[{"name": "a"},\n', "x.json:2: broken JSON: a value should stand here"),
        ('[{"name": "a"}', 'x.json:1: broken JSON: the file ends too early; a "," should stand here'),
        ('[{"name": "a"}]\n]', "x.json:2: broken JSON: something follows the end"),
        ('{"name": "a"}\n{"name": "b"}', "x.json:2: broken JSON: something follows the end"),
        ('{"tools": [], "tools": []}', 'x.json:1: broken JSON: "tools" is given twice'),
        ("{tools: []}", "x.json:1: broken JSON: a key in double quotes should stand here"),
        ('[{"name": "a", "popularity": NaN}]', "x.json:1: broken JSON: NaN is no number in JSON"),
        ('[{"name": "a", "popularity": -Infinity}]', "x.json:1: broken JSON: -Infinity is no number"),
        ('[{"name": "a", "popularity": ' + "9" * 5000 + "}]", "x.json:1: broken JSON: a number has too many"),
    ],
)
def test_broken_json_names_line_and_fault(text: str, message: str) -> None:
    """The file as a whole is refused: where it goes on can't be known."""
    with pytest.raises(ImportFileError) as caught:
        read_text(text, where="x.json")
    assert str(caught.value).startswith(message)


def test_a_number_beyond_all_bounds_is_rejected() -> None:
    """1e999 is valid JSON and no figure."""
    (rejection,) = read_text('[{"name": "a", "popularity": 1e999}]', where="x.json").rejected
    assert rejection.reason.startswith("popularity: should be")


def test_lone_surrogates_do_no_harm() -> None:
    """JSON can escape half a character; it is dropped like everything invisible."""
    (incoming,) = read_text('[{"name": "a\\ud800b"}]', where="x.json").tools
    assert incoming.tool.name == "ab"
