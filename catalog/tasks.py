"""What jobs a tool does: as its document says, else as its own words tell.

Only what a capability says first is read: its title and its first sentence say *what* it does, later sentences
say how. A rule is a few words and a task, so that every inferred task can be traced to the words it came from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.models import Task, Tool, ToolType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

#: Longest stretch of a capability that is taken for its first sentence, in characters.
OPENING_LIMIT = 300

_RULES: Mapping[Task, str] = {
    Task.TEXT_GENERATION: (
        r"(?:generat|writ|produc)\w*[^.]{0,40}\b(?:text|prose|answers|responses)\b"
        r"|(?:answers?|follows?) [^.]{0,30}\binstructions?\b|language model|\bsummari[sz]|\btranslat"
    ),
    Task.REASONING: (
        r"\breasoning\b|\bmath\w*|step[- ]by[- ]step (?:logic|problem|thought)|solves? [^.]{0,20}problems"
    ),
    Task.CODING: (
        r"(?:generat|writ|analy[sz]|edit|complet|review|refactor|explain|debug)\w*[^.]{0,30}\bcode\b"
        r"|\bcode (?:generation|completion|editing|review)|\bprogramming\b|\bsoftware engineering\b"
    ),
    Task.IMAGE_GENERATION: (
        r"(?:generat|mak|creat|draw|paint|render|produc)\w*[^.]{0,25}\b(?:images?|pictures?|illustrations?)\b"
        r"|text[- ]to[- ]image|\bimage generation\b|turns? [^.]{0,30}\binto (?:an? )?(?:images?|pictures?)\b"
    ),
    Task.IMAGE_EDITING: (
        r"\b(?:in|out)paint\w*|image[- ]to[- ]image|generative fill"
        r"|(?:transform|edit|retouch|alter|rework|chang|repaint)\w* [^.]{0,25}\b(?:images?|photos?|pictures?)\b"
    ),
    Task.VIDEO_GENERATION: r"text[- ]to[- ]video|(?:generat|mak|creat)\w*[^.]{0,25}\b(?:videos?|clips?|footage)\b",
    Task.MUSIC_GENERATION: r"(?:generat|mak|creat|compos)\w*[^.]{0,25}\b(?:music|songs?|melod\w+)\b",
    Task.SPEECH_TO_TEXT: (
        r"speech[- ]to[- ]text|speech recognition|\btranscri|turns? speech into|\bdictation\b"
    ),
    Task.TEXT_TO_SPEECH: r"text[- ]to[- ]speech|speech synthesis|voice clon|\bspeaks? text|reads? [^.]{0,20}aloud",
    Task.IMAGE_UNDERSTANDING: (
        r"(?:understand|describ|analy[sz]|read|caption)\w* [^.]{0,25}\b(?:images?|pictures?|photos?|screenshots?)\b"
        r"|visual question answering|\bvision[- ]language\b"
    ),
    Task.EMBEDDING: (
        r"\bembeddings? (?:model|of|for|vectors?)|\btext embeddings?\b|turns? [^.]{0,20}\binto vectors?\b"
    ),
    Task.TRAINING: (
        r"(?<![-\w])(?:trains|train a|training)\b|\bfine-?tunes\b|\blow-rank adaptation\b|\bdreambooth\b"
    ),
    Task.SERVING: (
        r"\bserv(?:es|ing)\b[^.]{0,30}\bmodels?\b|inference (?:server|engine)"
        r"|runs? [^.]{0,30}\bmodels? (?:locally|on your)"
    ),
    Task.AGENTS: r"\bagent(?:s|ic)?\b|\bfunction calling\b|\btool (?:calling|use)\b",
    Task.RETRIEVAL: r"\bretriev|\brag\b|\bsemantic search\b|\bquestion answering over\b",
    Task.VECTOR_SEARCH: r"\bvector (?:search|database|store|index)|nearest[- ]neighbou?r",
    Task.DATA_EXTRACTION: (
        r"\bstructured (?:data|output)|\bextract\w* [^.]{0,30}\b(?:data|fields|tables|entities)\b|\bjson schema\b"
    ),
    Task.WEB_ACCESS: r"\bweb (?:search|scrap|crawl|brows)\w*|\bbrowser automation\b|\bcrawls?\b|\bscrap(?:es|ing)\b",
    Task.EVALUATION: (
        r"\bevaluat(?:es|ion of)|\bbenchmarks? (?:suite|for|of)\b|\bsystematic comparison\b|\bscores? models\b"
    ),
    Task.OBSERVABILITY: r"\btrac(?:es|ing)\b|\bobservability\b|\bmonitors?\b|\blogs? (?:every|each) (?:call|request)",
    Task.CHAT: (r"\bconversation(?:s|al)?\b|\bchat(?:bot|s)?\b|\bmulti-?turn\b|\bdialogues?\b"),
    Task.WORKFLOW: r"\bworkflow (?:builder|automation|editor)|\bnode-based\b|\bautomates? [^.]{0,20}workflows?",
    Task.COMPUTATION: r"\bcomputer algebra\b|\bsymbolic computation|\bcomputes (?:answers|results)",
    Task.COMPUTE: r"\brent(?:s|al|ed)?\b[^.]{0,25}\bgpus?\b|\bgpu (?:cloud|rental|instances?)",
    Task.DATA: r"\bdata ?set of\b|\bcorpus of\b|\blabell?ed (?:examples|data)",
}
_PATTERNS = {task: re.compile(pattern, re.IGNORECASE) for task, pattern in _RULES.items()}
# A model may be trained, served and measured; it doesn't do these jobs for anybody.
_NO_JOB_OF_A_MODEL = frozenset({Task.TRAINING, Task.SERVING, Task.EVALUATION, Task.COMPUTE})
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def tasks_of(tool: Tool) -> frozenset[Task]:
    """Give a tool's tasks: the declared ones, else those that its own words tell (see `inferred_tasks`)."""
    return frozenset(tool.tasks or inferred_tasks(tool))


def inferred_tasks(tool: Tool) -> dict[Task, str]:
    """Read tasks from a tool's summary and from what each capability says first.

    Returns:
        Each task with the words that it was read from, in the order of `Task`.
    """
    told = [_told(opening) for opening in _openings(tool)]
    barred = _NO_JOB_OF_A_MODEL if tool.type is ToolType.MODEL else frozenset[Task]()
    return {
        task: next(hits[task] for hits in told if task in hits)
        for task in Task
        if task not in barred and any(task in hits for hits in told)
    }


# The patterns take a while, and the same texts are read at each rebuild of what hangs on tasks.
@lru_cache(maxsize=50_000)
def _told(opening: str) -> dict[Task, str]:
    """Give the tasks that a text tells, each with the words that it was read from."""
    hits = {task: pattern.search(opening) for task, pattern in _PATTERNS.items()}
    return {task: hit.group() for task, hit in hits.items() if hit}


def in_words(tasks: Collection[Task], most: int = 4) -> str:
    """List tasks for a sentence, in the order of `Task`; more than `most` are counted.

    >>> in_words({Task.CHAT, Task.CODING})
    'coding and chat'
    >>> in_words(list(Task)[:6], most=3)
    'text generation, reasoning, coding and 3 more'
    """
    names = [task.value for task in Task if task in tasks]
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _openings(tool: Tool) -> Iterator[str]:
    if tool.summary:
        yield tool.summary
    for capability in tool.capabilities:
        if capability.title:
            yield capability.title
        yield _SENTENCE_END.split(capability.description[:OPENING_LIMIT], maxsplit=1)[0]
