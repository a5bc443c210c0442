from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.addresses import HubKind, Package, at_github, hub, is_on_hub, package, page, repository


@pytest.mark.parametrize(
    ("url", "kind", "path"),
    [
        ("https://huggingface.co/openai/whisper-large-v3", HubKind.MODEL, "openai/whisper-large-v3"),
        (
            "http://www.hf.co/openai/whisper-large-v3/tree/main?x=1#y",
            HubKind.MODEL,
            "openai/whisper-large-v3",
        ),
        (
            "https://huggingface.co/datasets/Open-Orca/SlimOrca",
            HubKind.DATASET,
            "datasets/Open-Orca/SlimOrca",
        ),
        (
            "https://huggingface.co/datasets/Open-Orca/SlimOrca/viewer",
            HubKind.DATASET,
            "datasets/Open-Orca/SlimOrca",
        ),
        ("https://modelscope.cn/models/Qwen/Qwen3-8B/summary", HubKind.MODEL, "models/Qwen/Qwen3-8B"),
    ],
)
def test_a_page_of_a_hub(url: str, kind: HubKind, path: str) -> None:
    """A model and a data set of one name are two; what is behind either leads into it."""
    found = hub(url)
    assert found
    assert (found.kind, found.path) == (kind, path)
    assert found.key == f"{found.host}/{path.lower()}"
    assert hub(f"https://{found.host}/{found.path}") == found
    assert found.owner in path.split("/")


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co",
        "https://huggingface.co/openai",
        "https://huggingface.co/datasets",
        "https://huggingface.co/datasets/Open-Orca",
        "https://huggingface.co/datasets/datasets/x",
        "https://huggingface.co/spaces/Qwen/QwQ-32B",
        "https://huggingface.co/blog/Qwen/a-post",
        "https://huggingface.co/docs/hub/diffusers",
        "https://huggingface.co/collections/Qwen/qwen3-1",
        "https://huggingface.co/papers/2401.00001",
        "https://huggingface.co/chat/models/google/gemma",
        "https://huggingface.co/openai/..",
        "https://huggingface.co/openai/a%20b",
        "https://modelscope.cn/Qwen/Qwen3-8B",
    ],
)
def test_other_pages_of_a_hub_are_nothing_of_the_kind(url: str) -> None:
    """They are about many models, or about none."""
    assert hub(url) is None
    assert is_on_hub(url)


@pytest.mark.parametrize(
    ("url", "path", "folder"),
    [
        ("https://github.com/acme/all.git", "acme/all", ""),
        ("http://www.GitHub.com//acme/all/tree/main/src/fetch/", "acme/all", "src/fetch"),
        ("https://github.com/acme/all/blob/HEAD/src", "acme/all", "src"),
        ("https://github.com/acme/all/blob/main/src/README.md", "acme/all", "src"),
        ("https://github.com/acme/all/blob/main/readme.en.md", "acme/all", ""),
        ("https://github.com/acme/all/tree/main", "acme/all", ""),
        ("https://github.com/acme/all/issues/7#top", "acme/all", ""),
        ("https://gitlab.com/acme/all#readme", "acme/all", ""),
        ("https://gitlab.com/acme/deep/all/-/tree/main/src", "acme/deep/all", "src"),
        ("https://gitlab.com/acme/all/tree/main/src", "acme/all", "src"),
        ("https://gitlab.com/acme/all/issues", "acme/all", ""),
        ("https://bitbucket.org/acme/all/src/main/fetch", "acme/all", "fetch"),
        ("https://codeberg.org/acme/all/src/branch/main/fetch", "acme/all", "fetch"),
    ],
)
def test_a_repository(url: str, path: str, folder: str) -> None:
    """Whatever is behind it leads into it; a folder is a part of its own, whatever the branch is called."""
    found = repository(url)
    assert found
    assert (found.path, found.folder) == (path, folder)
    assert found.key == "/".join(filter(None, (found.host, path, folder)))
    assert repository(found.url) == found._replace(folder="")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "acme/all",
        "https://github.com",
        "https://github.com/acme",
        "https://github.com/acme/.git",
        "https://github.com/acme/..",
        "https://github.com/acme/a%20b",
        "https://github.com/topics/agents",
        "https://github.com/orgs/acme/repositories",
        "https://gitlab.com/-/all",
        "https://acme.example/all/there",
        "https://gist.github.com/acme/0123",
        "ftp://github.com/acme/all",
        "https://[github.com/acme/all",
    ],
)
def test_what_is_no_repository(url: str | None) -> None:
    """Other hosts, owners, and pages of the host itself."""
    assert repository(url) is None


def test_a_path_at_github_is_owner_and_name() -> None:
    """Nothing more, and nothing less."""
    assert [bool(at_github(text)) for text in ("a/b", "a", "a/b/c", "", None, "a/b?c", "topics/b")] == [
        True,
        *[False] * 6,
    ]
    found = at_github("Acme/all")
    assert found
    assert (found.url, found.key) == ("https://github.com/Acme/all", "github.com/acme/all")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pypi:Sentence_Transformers", Package("pypi", "sentence-transformers")),
        ("pypi:zope.interface", Package("pypi", "zope-interface")),
        ("npm:@Scope/name", None),
        ("npm:@scope/na_me", Package("npm", "@scope/na_me")),
        ("pypi:seek`", None),
        ("cargo:serde", None),
        ("pypi:", None),
    ],
)
def test_a_package_is_spelt_as_in_its_registry(text: str, found: Package | None) -> None:
    """On PyPI case and separators tell none apart, elsewhere they do."""
    assert package(text) == found
    assert found is None or package(found.text) == found


def test_a_page_is_its_host_and_path() -> None:
    """Neither case nor the end tells pages apart."""
    assert page("HTTPS://www.Acme.example/Tool/?a=b#c") == "acme.example/tool"
    assert [page(url) for url in (None, "", "acme.example/tool", "mailto:a@b.example", "http://[")] == [
        ""
    ] * 5


@given(st.text(max_size=60) | st.text(max_size=60).map(lambda rest: f"https://huggingface.co/{rest}"))
def test_any_text_can_be_asked_for(text: str) -> None:
    """What others write in the place of an address breaks nothing."""
    for found in (hub(text), repository(text), repository(text.replace("huggingface.co", "gitlab.com"))):
        assert found is None or found.key == found.key.strip("/")
    assert page(text) == page(text).strip()
    package(text)
