"""The demo as a person meets it: a real browser, the slash picker, autocomplete, buttons."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium and no chrome on this machine")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a demo that runs in a process of its own."""
    command = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as demo:
        assert demo.stdout
        try:
            yield demo.stdout.readline().strip()
        finally:
            demo.terminate()


async def test_compare_in_a_browser(address: str) -> None:
    """A visitor types /compare, picks two names out of autocomplete, reads the answer and presses Ranks."""
    playwright = pytest.importorskip("playwright.async_api", reason="playwright isn't installed")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(20_000)
        await page.goto(address)
        await page.get_by_text("Welcome to Matchbook's demo").wait_for()

        await page.locator("#channel-composer-input").press_sequentially("/compare")
        await page.get_by_role("option", name="compare").click()
        for option, typed, name in [
            ("first", "mistrl small", "Mistral Small 4"),
            ("second", "sd", "Stable-Diffusion (sd)"),
        ]:
            await page.locator(f"input[data-option={option}]").press_sequentially(typed)
            await page.get_by_role("option", name=name, exact=True).click()
        await page.locator("#send-message").click()

        timeline = page.locator("#channel-timeline")
        await timeline.get_by_text("Mistral Small 4 vs Stable-Diffusion", exact=True).wait_for()
        assert "51, 55" in await timeline.inner_text()
        assert "✓ ahead" in await timeline.inner_text()

        await timeline.get_by_role("button", name="Ranks", exact=True).click()
        await timeline.get_by_text("Rank of Mistral Small 4 and Stable-Diffusion").wait_for()
        assert "█ sure" in await timeline.inner_text()
        await browser.close()
