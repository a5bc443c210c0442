from catalog.models import Tool
from catalog.resolver import Entry, Resolver


def _tool(**fields: object) -> Entry:
    return Entry.of(Tool.model_validate(fields))


RESOLVER = Resolver(
    [
        _tool(name="Stable Diffusion", aliases=("SD", "stability model"), popularity=0.5),
        _tool(name="Stable Audio", popularity=0.9),
        _tool(name="Unstable", popularity=1.0),
        _tool(name="Draw Stable", popularity=0.8),
        _tool(name="Midjourney", aliases=("mj",), popularity=0.7),
        _tool(name="Stable", popularity=0.1),
    ]
)


def _offered(prefix: str, limit: int = 25) -> list[str]:
    return [choice.name for choice in RESOLVER.complete(prefix, limit)]


def test_tiers() -> None:
    """Exact, then from the first letter by popularity, then from a later word."""
    assert _offered("stable")[:4] == ["Stable", "Stable Audio", "Stable Diffusion", "Draw Stable"]


def test_misspelt_prefix() -> None:
    """A misspelt beginning still finds the name."""
    assert _offered("mijdour") == ["Midjourney"]


def test_misspelt_prefix_prefers_the_nearest_whole_name() -> None:
    """A popular tool with a long alias doesn't stand before the tool that was nearly typed out."""
    resolver = Resolver(
        [
            _tool(name="LangGraph", aliases=("langchain-ai/langgraph",), popularity=1.0),
            _tool(name="LangChain", popularity=0.1),
        ]
    )
    offered = [(choice.name, choice.alias) for choice in resolver.complete("langchian")]
    assert offered == [("LangChain", None), ("LangGraph", "langchain-ai/langgraph")]


def test_empty_prefix_gives_the_popular() -> None:
    """Nothing typed: the most popular first, each once."""
    assert _offered("", 3) == ["Unstable", "Stable Audio", "Draw Stable"]
    assert len(_offered("")) == 6


def test_alias_is_shown_when_it_was_typed() -> None:
    """The alias stands beside the name only when it is what fits."""
    (choice,) = RESOLVER.complete("mj")
    assert (choice.name, choice.alias) == ("Midjourney", "mj")
    (named,) = RESOLVER.complete("midj")
    assert named.alias is None


def test_no_tool_twice() -> None:
    """A tool of which name and alias both fit is offered once."""
    slugs = [choice.slug for choice in RESOLVER.complete("sta")]
    assert len(slugs) == len(set(slugs))


def test_limit() -> None:
    """Never more than asked for."""
    assert len(_offered("s", 2)) == 2
    assert _offered("s", 0) == []
