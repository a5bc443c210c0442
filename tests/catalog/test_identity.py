from __future__ import annotations

import asyncio
from typing import Any

import pytest

from catalog.filing import NEW, Register
from catalog.identity import IdentityKind, identities
from catalog.importers import Authority, Incoming
from catalog.models import Tool


def tool(name: str, kind: str, url: str, **fields: Any) -> Tool:  # noqa: ANN401 (whatever a document may hold)
    """Make a document with one link."""
    return Tool.model_validate({"name": name, "links": [{"kind": kind, "url": url}], **fields})


def filed(known: Tool, other: Tool) -> str:
    """File somebody else's document in a catalog of one tool; gives the reason."""

    async def one() -> str:
        incoming = Incoming(other, "page.json:1", Authority.FOREIGN)
        (filing,) = await (await Register.of([known])).file([incoming])
        return filing.why

    return asyncio.run(one())


def test_two_data_sets_of_one_owner_are_two() -> None:
    """The address of a data set has a part more than that of a model."""
    known = tool(
        "SlimOrca", "model-hub", "https://huggingface.co/datasets/Open-Orca/SlimOrca", type="dataset"
    )
    other = tool(
        "OpenOrca", "model-hub", "https://huggingface.co/datasets/Open-Orca/OpenOrca", type="dataset"
    )
    same = tool("slim", "model-hub", "https://hf.co/datasets/open-orca/slimorca/viewer", type="dataset")
    model = tool("slim", "model-hub", "https://huggingface.co/Open-Orca/SlimOrca", type="dataset")
    assert filed(known, other) == filed(known, model) == NEW
    assert filed(known, same) == "same model id (huggingface.co/datasets/open-orca/slimorca)"


@pytest.mark.parametrize(
    "page", ["spaces/acme/tool", "blog/acme/tool", "collections/acme/tool", "papers/1", "acme"]
)
def test_pages_of_a_hub_about_many_models_identify_none(page: str) -> None:
    """Two tools may well link to the same one."""
    url = f"https://huggingface.co/{page}"
    assert filed(tool("One", "model-hub", url), tool("Other", "model-hub", url)) == NEW


def test_an_unknown_hub_or_forge_counts_with_the_whole_address() -> None:
    """Nobody knows which part of it says which tool it is."""
    kinds = (("model-hub", "same model id"), ("repository", "same repository"))
    for kind, said in kinds:
        known = tool("One", kind, "https://hub.example/acme/one/v2.git")
        same = tool("Uno", kind, "https://hub.example/ACME/one/v2.git/")
        assert filed(known, same).startswith(f"{said} (hub.example/acme/one/v2")
        assert filed(known, tool("Uno", kind, "https://hub.example/acme/one/v1.git")) == NEW
        assert filed(known, tool("Uno", kind, "https://hub.example/acme")) == NEW


def test_a_package_is_the_same_however_it_is_spelt() -> None:
    """As its registry sees it."""
    known = Tool.model_validate({"name": "SBERT", "packages": ["pypi:sentence_transformers"]})
    other = Tool.model_validate({"name": "Embedder", "packages": ["pypi:Sentence-Transformers"]})
    assert filed(known, other) == "same package (pypi:sentence-transformers)"
    assert next(identities(known)).kind is IdentityKind.PACKAGE
