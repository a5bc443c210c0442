from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import World


async def test_about(world: World) -> None:
    """The bot says privately what it is, how much it knows, and where its figures come from."""
    shown = await world.slash("about")
    assert shown.ephemeral
    assert shown.title == "Matchbook"
    assert f"{len(world.catalog)} tools" in shown.text
    sources = {signal.source for tool in world.catalog.tools for signal in tool.signals}
    assert sources
    assert all(source in shown.text for source in sources)
    assert "Unfragile" in shown.text
    for command in ("/compare", "/tool", "/rank", "/alternatives"):
        assert f"`{command}`" in shown.text


async def test_the_footer_dates_the_catalog(world: World) -> None:
    """Each screen and the card about the bot say when the catalog was last changed."""
    world.catalog.changed_on = "1999-12-31"
    world.catalog._swap(world.catalog._snapshot)
    for shown in (await world.slash("tool", name="vLLM"), await world.slash("about")):
        assert "Catalog of 1999-12-31" in (shown.embed.footer.text or "")
