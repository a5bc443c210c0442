"""Names of models as leaderboards display them: the model, which snapshot of it, and how it was run.

What is a snapshot's day here is one in `catalog.importers.public.model_ids` too: four digits are a version, but for
OpenAI's and xAI's models.

>>> read("claude-3-7-sonnet-20250219 (32k thinking tokens)")
Displayed(model='claude-3-7-sonnet', snapshot='20250219', settings=('32k thinking tokens',))
>>> read("GPT-4 Turbo (1106 preview)").model, read("Mistral Large (2402)").model, read("Llama 2 (7B)").model
('GPT-4 Turbo (preview)', 'Mistral Large (2402)', 'Llama 2 (7B)')
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from catalog.importers.public.model_ids import read_id

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* 20\d\d"
_DAY: Final = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_LONG_DAY: Final = r"20\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])-20\d\d"
_FOUR_DIGITS: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IN_BRACKETS: Final = re.compile(rf"(?<![\w.-])(?:{_LONG_DAY}|{_DAY})(?![\w.-])")
_FOUR_IN_BRACKETS: Final = re.compile(rf"(?<![\w.-]){_FOUR_DIGITS}(?![\w.-])")
_MONTH_IN_BRACKETS: Final = re.compile(rf"{_MONTH}$")
_AT_THE_END: Final = re.compile(rf"[-@ ]({_LONG_DAY})$|(?i:(?<=preview)|(?<=exp))[- ]({_DAY})$")
_FOUR_AT_THE_END: Final = re.compile(rf"[- ]({_FOUR_DIGITS})$")
_COUNTS_DAYS: Final = re.compile(r"(?:gpt-(?:3\.5|4)|grok)", re.IGNORECASE)
#: ChatGPT's own model is called so; there is no other chatgpt-4o.
_LATEST: Final = re.compile(r"(?<!chatgpt-4o)-latest$")
_STABLE: Final = re.compile(r"^(gemini[- ].*)[- ]\(?00\d\)?$", re.IGNORECASE)
#: How the weights are stored or served.
_STORED: Final = re.compile(r"[- ](?:FP8|BF16|HF)(?: Throughput)?$", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\s*\(([^()]*)\)")
_PLAIN: Final = re.compile(r"default(?: think(?:ing)?)?|prev|bf16|deprecated|whole|u?diff", re.IGNORECASE)
_NEARLY_PLAIN: Final = re.compile(
    r"medium(?: reasoning effort)?|no think(?:ing)?|thinking disabled|(?i:chat|default safety|bedrock|[a-z]+ api)"
)
_SETTING: Final = re.compile(
    r"(?:extended |\d+k )?thinking(?: tokens)?|\d+k think|(?:high|low)(?: reasoning effort)?|(?i:reasoner)"
    r"|hide reasoning|natural style|with guardian|(?i:block_none safety|dspy .*)"
)
#: What is longer is no name, and isn't looked at.
_LONGEST: Final = 200
#: 2402 to 2912; the displayed name has another one now and then.
_MONTH_IN_ID: Final = re.compile(r"(?<!\d)2[3-9](?:0[1-9]|1[0-2])(?!\d)")
_SPACES: Final = re.compile(r"\s+")


class Displayed(NamedTuple):
    """What a displayed name says.

    Attributes:
        model: the name of the model, with its version, size and variant.
        snapshot: the day of the snapshot as it is written, "" for none.
        settings: how the model was run, in the name's words: "high", "32k thinking".
    """

    model: str
    snapshot: str
    settings: tuple[str, ...]

    @property
    def key(self) -> str:
        """Equal for all names and ids of one model."""
        return read_id(self.model.replace(" ", "-")).key

    @property
    def oddity(self) -> int:
        """How far it was run from what one gets without asking: 0 for nothing said or the default.

        1 is a middle effort or no thinking, 2 any other setting: a high effort, so many tokens of thinking.
        """
        told = [setting for setting in self.settings if not _PLAIN.fullmatch(setting)]
        return 1 + any(not _NEARLY_PLAIN.fullmatch(setting) for setting in told) if told else 0


def read(text: str) -> Displayed:
    """Read a displayed name or an id; what isn't known for a day or a setting belongs to the name."""
    if len(text) > _LONGEST:
        return Displayed(text, "", ())
    snapshot, settings = "", []
    name = _SPACES.sub(" ", text.strip())
    counts_days = _COUNTS_DAYS.search(name.replace(" ", "-")) is not None
    for found in list(_BRACKETS.finditer(name)):
        kept = []
        for part in map(str.strip, found[1].split(",")):
            days = _days(part, name[: found.start()], counts_days=counts_days)
            words = part
            for day in days:
                snapshot, words = day, words.replace(day, "", 1)
            words = _SPACES.sub(" ", words.strip())
            if any(pattern.fullmatch(words) for pattern in (_PLAIN, _NEARLY_PLAIN, _SETTING)):
                settings.append(words)
            elif words:
                kept.append(words)
        name = name.replace(found[0], f" ({', '.join(kept)})" if kept else "", 1)
    name = _STORED.sub("", _LATEST.sub("", name.strip()))
    ending = _AT_THE_END.search(name) or (_FOUR_AT_THE_END.search(name) if counts_days else None)
    if ending:
        name, snapshot = name[: ending.start()], ending[ending.lastindex or 0]
    if stable := _STABLE.match(name):
        name = stable[1]
    return Displayed(name, snapshot, tuple(settings))


def month_in(id_: str) -> str | None:
    """Find the month that is a version in an id, as Mistral AI's are: "2402" in "mistral-large-2402"."""
    found = _MONTH_IN_ID.search(id_)
    return found[0] if found else None


def with_month(name: str, id_: str) -> str:
    """Give a displayed name with the month where only the id says it, or says another one.

    >>> with_month("Mistral Large 2", "mistral-large-2407"), with_month("Mistral Large (2402)", "mistral-large-2402")
    ('Mistral Large 2 (2407)', 'Mistral Large (2402)')
    """
    month = month_in(id_)
    if month is None or month in name:
        return name
    return f"{_MONTH_IN_ID.sub('', name).replace('()', '').strip()} ({month})"


def _days(part: str, before: str, *, counts_days: bool) -> list[str]:
    """Find the days of a snapshot in brackets; a month only behind a name that has a version of its own."""
    if _MONTH_IN_BRACKETS.match(part):
        return [part] if any(map(str.isdigit, before)) else []
    four = _FOUR_IN_BRACKETS.findall(part) if counts_days or "gemini" in before.casefold() else []
    return (_IN_BRACKETS.findall(part) or four)[-1:]
