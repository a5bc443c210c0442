from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import ImportFileError
from catalog.importers import read_text

CONTENTS = {
    "YAML": "# tools\n- name: Ollama\n- name: vLLM\n",
    "JSON": '[{"name": "Ollama"}, {"name": "vLLM"}]',
    "JSONL": '{"name": "Ollama"}\n{"name": "vLLM"}\n',
    "comparison page": "Ollama vs vLLM\n| Feature | Ollama | vLLM |\n|---|---|---|\n| Type | Framework | Library |\n",
}


@pytest.mark.parametrize(("form", "text"), CONTENTS.items())
def test_content_tells_the_format(form: str, text: str) -> None:
    """A file of any other extension is known by what is in it."""
    reading = read_text(text, where="saved.txt")
    assert reading.format == form
    assert [incoming.tool.name for incoming in reading.tools] == ["Ollama", "vLLM"]


@pytest.mark.parametrize(
    ("extension", "form"),
    [(".yaml", "YAML"), (".YML", "YAML"), (".json", "JSON"), (".jsonl", "JSONL"), (".ndjson", "JSONL")],
)
def test_the_extension_outweighs_the_content(extension: str, form: str) -> None:
    """One JSON object is a valid file of each of them; the name decides."""
    assert read_text('{"name": "Ollama"}', where=f"tools{extension}").format == form


@pytest.mark.parametrize("text", ["hello", "<html><body></body></html>", "a,b,c\n1,2,3\n", "%PDF-1.7"])
def test_anything_else_is_a_clear_error(text: str) -> None:
    """What is none of them is said to be none, and what would do."""
    with pytest.raises(ImportFileError, match=r"^notes\.txt: neither a comparison page nor a list of tools"):
        read_text(text, where="notes.txt")


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("[]{}:,-&*!|>\"'#%@` \n\tabn0.e\u2028\ufeff\x85"), max_size=60),
    st.sampled_from(["x.yaml", "x.json", "x.jsonl", "x.txt"]),
)
def test_no_text_breaks_a_reader(text: str, where: str) -> None:
    """Whatever the text: a reading, or the one error that says what is wrong."""
    try:
        reading = read_text(text, where)
    except ImportFileError as error:
        places = [error.where]
    else:
        places = [rejection.where for rejection in reading.rejected]
    assert all(place.startswith(where) for place in places)
