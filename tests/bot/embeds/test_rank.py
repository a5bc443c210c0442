from __future__ import annotations

import re
from datetime import date

from bot.embeds.rank import Judged, breakdown
from bot.limits import EMBED_FIELD_VALUE
from catalog.models import Tool
from catalog.rank import rank, shown

TODAY = date(2026, 11, 22)
MODEL = Tool.model_validate(
    {
        "name": "Examined",
        "type": "model",
        "tasks": ["text generation"],
        "signals": [
            {
                "metric": f"benchmark:test_{number}",
                "value": 50 + number,
                "unit": "percent",
                "source": "A leaderboard with quite a long name",
                "observed_on": "2026-10-01",
            }
            for number in range(26)
        ],
    }
)


def test_what_does_not_fit_is_counted() -> None:
    """Of very many figures those are shown for which there is room; all points still add up to the component's."""
    judged = rank(MODEL, today=TODAY)
    embed = breakdown([Judged(MODEL, judged)], "")
    (field,) = [field for field in embed.fields if field.name == "Quality"]
    assert len(field.value or "") <= EMBED_FIELD_VALUE
    assert re.search(r"and \d+ more: [\d.]+ points$", field.value or "")
    said = [float(points) for points in re.findall(r"([\d.]+) points", field.value or "")]
    quality = next(
        part.points for part, of in zip(shown(judged), judged.components, strict=True) if of.name == "quality"
    )
    assert round(sum(said), 1) == quality
