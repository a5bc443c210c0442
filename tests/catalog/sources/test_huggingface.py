"""Hugging Face, as it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.models import Link, LinkKind, Tool
from catalog.sources.fetching import SourceError
from catalog.sources.huggingface import HUGGING_FACE
from catalog.sources.source import Concern, Figure
from tests.catalog.sources.answers import DATASET, MODEL
from tests.catalog.sources.service import reply

if TYPE_CHECKING:
    from tests.catalog.sources.conftest import Desk

KEY = "meta-llama/Llama-3.1-8B-Instruct"
PATH = f"/api/models/{KEY}"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (f"https://huggingface.co/{KEY}", KEY),
        ("https://hf.co/openai/gpt-oss-20b/", "openai/gpt-oss-20b"),
        ("https://huggingface.co/datasets/fka/prompts.chat", "datasets/fka/prompts.chat"),
        ("https://huggingface.co/openai", None),
        ("https://huggingface.co/docs/transformers", None),
        ("https://huggingface.co/spaces/someone/demo", None),
        ("https://huggingface.co/collections/openai/gpt-oss", None),
        ("https://huggingface.co/datasets/squad", None),
        (f"https://huggingface.co/{KEY}/tree/main", KEY),
        ("https://huggingface.co/someone/..", None),
        ("https://modelscope.cn/models/Qwen/Qwen3-32B", None),
    ],
)
def test_a_model_is_found_by_its_address(url: str, key: str | None) -> None:
    """An address of a model or data set gives its id; of a maker, a page or a demo, nothing."""
    tool = Tool(name="x", links=(Link(kind=LinkKind.MODEL_HUB, url=url),))
    assert HUGGING_FACE.key_of(tool) == key


async def test_figures_and_gate_of_a_model(desk: Desk) -> None:
    """Downloads of 30 days and likes are figures; that it is gated is told to people, not measured."""
    desk.service.on(PATH, reply(200, MODEL, etag='W/"1f-xyz"'))
    fetched = await desk.ask(HUGGING_FACE, KEY)
    assert fetched.answer is not None
    assert fetched.answer.figures == (
        Figure("monthly_downloads", 5123456, "downloads"),
        Figure("hf_likes", 4711, "likes"),
    )
    assert fetched.answer.flags == ()
    assert fetched.answer.notes == (f"Hugging Face gives {KEY} only after its owners have agreed.",)
    (path,) = desk.service.paths
    assert path.count("expand%5B%5D=") == 5


async def test_a_data_set(desk: Desk) -> None:
    """Data sets have a place of their own; one without a gate has no flag."""
    desk.service.on("/api/datasets/fka/prompts.chat", reply(200, DATASET))
    answer = (await desk.ask(HUGGING_FACE, "datasets/fka/prompts.chat")).answer
    assert answer is not None
    assert [figure.value for figure in answer.figures] == [23456, 9012]
    assert answer.flags == ()
    assert answer.notes == ()


async def test_an_odd_gate_is_no_news(desk: Desk) -> None:
    """What says of a gate something that nobody knows is passed over; the figures are right all the same."""
    odd: list[Any] = ["auto", None, ["auto"], {}, 1]
    for gated in odd:
        desk.service.on(PATH, reply(200, MODEL | {"gated": gated}))
        answer = (await desk.ask(HUGGING_FACE, KEY)).answer
        assert answer is not None
        assert len(answer.notes) == (gated == "auto")


async def test_a_renamed_model_is_followed_and_flagged(desk: Desk) -> None:
    """The hub redirects to the new name within itself; the flag says where it is."""
    desk.service.on("/api/models/facebook/llama", reply(307, location=PATH))
    desk.service.on(PATH, reply(200, MODEL | {"gated": False}))
    answer = (await desk.ask(HUGGING_FACE, "facebook/llama")).answer
    assert answer is not None
    (flag,) = answer.flags
    assert flag.concern is Concern.MOVED
    assert flag.url == f"https://huggingface.co/{KEY}"


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (404, {"error": "Repository not found"}, {"x_error_code": "RepoNotFound"}),
        (401, {"error": "Repository not found"}, {"x_error_code": "RepoNotFound"}),
        (
            401,
            {"error": "Invalid username or password."},
            {"x_error_message": "Invalid username or password."},
        ),
        (200, MODEL | {"private": True}, {}),
        (200, MODEL | {"disabled": True}, {}),
    ],
)
async def test_a_vanished_model_is_flagged(
    desk: Desk,
    status: int,
    body: Any,  # noqa: ANN401 (JSON holds anything)
    headers: dict[str, str],
) -> None:
    """The hub says 401 of what isn't there to who shows no token; that is gone and no error."""
    desk.service.on(PATH, reply(status, body, **headers))
    answer = (await desk.ask(HUGGING_FACE, KEY)).answer
    assert answer is not None
    assert answer.figures == ()
    assert [flag.concern for flag in answer.flags] == [Concern.GONE]


@pytest.mark.parametrize(
    "message", ["Invalid credentials in Authorization header", 'User Access Token "x" is expired']
)
async def test_a_bad_token_makes_nothing_vanish(desk: Desk, message: str) -> None:
    """A token gone bad is an error of the whole source, not a hundred models gone."""
    refusal = reply(401, {"error": message}, x_error_message=message, x_error_code="RepoNotFound")
    desk.service.on(PATH, refusal)
    with pytest.raises(SourceError) as caught:
        await desk.ask(HUGGING_FACE, KEY)
    assert caught.value.whole_source


@pytest.mark.parametrize("changed", [{"downloads": -3}, {"likes": "4711"}, {"id": "no-owner"}, {"id": 7}])
async def test_a_wrong_value_is_never_a_figure(desk: Desk, changed: dict[str, Any]) -> None:
    """A field of the wrong type or an impossible number is an error."""
    desk.service.on(PATH, reply(200, MODEL | changed))
    with pytest.raises(SourceError, match="Hugging Face's answer has"):
        await desk.ask(HUGGING_FACE, KEY)


async def test_the_hubs_own_header_of_its_limit_is_obeyed(desk: Desk) -> None:
    """A 429 with the header RateLimit says in how many seconds to come again."""
    limits = {"ratelimit": '"api";r=0;t=155', "ratelimit_policy": '"fixed window";"api";q=500;w=300'}
    desk.service.on(PATH, reply(429, {"error": "Too many requests"}, **limits))
    with pytest.raises(SourceError) as caught:
        await desk.ask(HUGGING_FACE, KEY)
    assert caught.value.retry_at is not None
    assert (caught.value.retry_at - desk.clock.now()).total_seconds() == 155
    assert caught.value.whole_source
