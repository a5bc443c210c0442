"""What single words are worth in a name: some say nothing, some say little, most say all.

The lists were written by hand and hold everyday English, the vocabulary of model cards, and makers. Some of
these words are names of tools as well ("Continue", "Hugging Face"): a whole name is found exactly before
anything is weighed, so the lists only matter for parts of names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.models import ToolType
from catalog.names import compact, is_version, name_key, words

if TYPE_CHECKING:
    from collections.abc import Sequence


def _set_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words around a name that don't change which tool is meant.
FILLERS = _set_of("""
    a about all an and any anyone app are as at by company de do does for free from hey hi how i in is it its
    latest me model models my new of official on online or our please pls preview project release repo
    repository site so some that the them there these they thing this to tool tools use used using version
    am be but can could did every had has have he her here him his if just like lol may me must no not
    now off oh ok okay only out over own say see she should such than then through too under up us very wait
    was we website well were what when where which who why will with would yeah yes yet you your
""")
#: What a service or a model is called as often as not; it makes another thing of code: Pydantic AI is no Pydantic.
AI = "ai"
#: Words by which somebody asks for several things of a name.
PLURALS = _set_of("family llms models series variants versions")
#: Words that say what sort of a thing it is: too little to name one, too much to be overlooked beside a name.
LABELS = _set_of("""
    ai api base chat checkpoint cli gguf gptq gui instruct llm llms mcp open plugin plus safetensors sdk
    ui uncased
""")
#: Who makes a thing: said with a name as often as not.
MAKERS = _set_of("""
    adobe alibaba amazon amd anthropic apple aws azure baidu bytedance cohere databricks deepmind facebook
    google hf huggingface ibm intel meta microsoft mistralai moonshot nous nvidia openai oracle salesforce
    stability stabilityai tencent xai zhipu
""")
#: Everyday words that occur in names but name nothing by themselves.
COMMON = _set_of("""
    access action agent agents alpha alternative alternatives apps art assistant audio balance bench
    best beta better big bot browser build builder bundle button camera car cat cell center chain channel
    cheap class classic client cloud cluster code coder coding collection color command common community
    compare comparison compute config connect console content context continue control cool core course
    crawl create custom dashboard data database dataset deep demo design desk desktop dev device
    difference direct display document documents dog domain download draft draw dream driver edit editor
    element email embed embeddings engine event example expert export extra face fast faster feature
    field file fill film filter fine fix flash flex flow folder food football format forum frame full function
    gallery game games gateway gen generate generation generative generator go good google graph great green
    group guard guide hand hard hello help home house hub human icon idea image images import index
    inference info input insight install interface internet item job journal kernel key keyboard kit know
    lab labs language large layer layout learning level library light lightning line link list lite local
    logic loop love machine mail make manager map mark market mask master max medium memo memory menu
    message mini mix mobile mode module monitor mouse movie multi music name nano natural net network
    next nexus node note notebook notes office old one output pack pad page panel paper part pass path
    people phone photo picture pipeline pixel plan play player point pool port portal post power preset
    print private pro problem process product profile programming prompt public pulse python question
    queue quick rank rapid read record remote report request research resource review ring road root
    router rule run safe sample scale scan scene school science score screen script search segment
    sentence server service session set share shell shop show sight sign signal simple small smart song
    sound source space spark speech speed stable stack stage standard star start state store story stream
    string studio style summary super support surface switch sync system tab table tag talk target task
    tasks team template terminal test text thanks theme things thread time tiny token track train
    training transfer transform transformer transformers translate tree trial try tune tuning turbo two type
    ultra unit user value vault vector video view vision visual voice water wave weather web wiki window
    word words work workflow workspace world write writing zone
    accelerator adder auto bad balloon black blue chrome clone coffee dally day db diffuse down drum eat eleven
    fails flower friend friends girl gold grog guy hot job langue left line live long love man math metal moon
    morning mother night obama outlier outline pg pilot pm price quadrant question radio raider red
    replica right river ruby sad silver slang sleep sloth snow star stupid sun swe talk
    touch town vs walk wall war weekend white windsor winter woman
""")

#: Ways to say of what type a tool is, which may stand beside the name of any tool of that type.
_OF_MODELS = _set_of("base checkpoint gguf gptq instruct safetensors uncased")
_OF_CODE = _set_of("code framework github library package software source")
OF_TYPE = {
    ToolType.MODEL: _OF_MODELS | _set_of("ai llm llms weights"),
    ToolType.REPOSITORY: _OF_CODE,
    ToolType.FRAMEWORK: _OF_CODE,
    ToolType.LIBRARY: _OF_CODE,
    ToolType.PRODUCT: _set_of("ai product service software"),
    ToolType.API: _set_of("ai api service"),
    ToolType.MCP_SERVER: _set_of("mcp server"),
    ToolType.AGENT: _set_of("agent agents"),
    ToolType.DATASET: _set_of("data dataset"),
    ToolType.BENCHMARK: _set_of("bench benchmark"),
    ToolType.EXTENSION: _set_of("extension plugin"),
    ToolType.OTHER: _OF_MODELS,
}

_AI = re.compile(r"(?<![^\W_])ai(?![^\W_])", re.IGNORECASE)
_SHORTEST = 3
_FILLER_WEIGHT = 0.1
_MAKER_WEIGHT = 0.3
_COMMON_WEIGHT = 0.6


@lru_cache(maxsize=65_536)
def weight(word: str) -> float:
    """How much of a name a word is, between 0 and 1. Versions weigh nothing: they are compared apart."""
    if is_version(word):
        return 0.0
    if word in FILLERS or word in LABELS or len(word) == 1:
        return _FILLER_WEIGHT
    if word in MAKERS:
        return _MAKER_WEIGHT
    return _COMMON_WEIGHT if word in COMMON else 1.0


@lru_cache(maxsize=65_536)
def is_everyday(word: str) -> bool:
    """Tell whether a word is in anybody's vocabulary: it names nothing by itself, and isn't a typing error."""
    return any(
        form in COMMON or form in FILLERS or form in LABELS
        for form in (word, word.removesuffix("s"), f"{word}s")
    )


@lru_cache(maxsize=65_536)
def is_telling(word: str) -> bool:
    """Tell whether a word can name a tool by itself, as far as the word alone shows."""
    short = len(word) < (_SHORTEST if word.isascii() else 2)
    return not (short or is_version(word) or is_everyday(word) or word in MAKERS)


def is_aside(word: str, vendor: str | None, kind: ToolType, called: Sequence[str]) -> bool:
    """Tell whether a word may stand beside a tool's name without naming another one.

    Args:
        word: of a query.
        vendor: the tool's maker.
        kind: of tool.
        called: its aliases. One with "AI" in it says that the tool may be called so: "langchain-ai/langchain".
    """
    if word in FILLERS or word in beside(vendor, kind):
        return True
    return word == AI and any(_AI.search(alias) for alias in called)


@lru_cache(maxsize=4096)
def beside(vendor: str | None, kind: ToolType) -> frozenset[str]:
    """Give the words that may stand beside a tool's name without naming another: its maker's and its type's.

    Any known maker will do for a tool whose vendor isn't known.
    """
    if not vendor:
        return OF_TYPE[kind] | MAKERS
    key = name_key(vendor)
    said = [word for word in words(key) if word not in FILLERS and word != AI]
    return OF_TYPE[kind].union(words(key), {compact(key), "".join(word[0] for word in said)})
