"""What single words are worth in a name: some say nothing, some say little, most say all.

The lists were written by hand and hold everyday English, the vocabulary of model cards, and makers. Some of
these words are names of tools as well ("Continue", "Hugging Face"): a whole name is found exactly before
anything is weighed, so the lists only matter for parts of names.
"""

from __future__ import annotations

from functools import lru_cache

from catalog.names import is_version


def _set_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words around a name that don't change which tool is meant.
FILLERS = _set_of("""
    a about ai an and any anyone app are as at base by chat checkpoint cli company de do does for free
    from gguf gptq hey hi how i in instruct is it its latest llm me model models my new of official on
    online open or our please pls plus preview project release repo repository safetensors site so some
    that the them there these they thing this to tool tools uncased use used using version was we website
    what which with work you your
""")
#: Who makes a thing: said with a name as often as not.
MAKERS = _set_of("""
    adobe alibaba amazon amd anthropic apple aws azure baidu bytedance cohere databricks deepmind facebook
    google hf huggingface ibm intel meta microsoft mistralai moonshot nous nvidia openai oracle salesforce
    stability stabilityai tencent xai zhipu
""")
#: Everyday words that occur in names but name nothing by themselves.
COMMON = _set_of("""
    access agent agents alternative alternatives api art assistant audio bench best better big bot build
    builder button car cat cheap cloud code coder coding common compare comparison compute continue cool
    crawl create data database dataset deep design desktop dev difference dog download draw dream edit
    editor embed embeddings engine face fast faster film fix flow food football free game games generate
    generation generative generator good google graph great green guide hello help home house image images
    inference install interface internet kernel know lab labs language large learning light lightning link
    lite local love machine make manager medium memory message mini movie music name nano natural net
    network notebook old one online page paper people phone photo picture play pro problem programming
    prompt python question quick rank read research run school science score script search segment
    sentence server service share show simple site small smart song sound speech stable star start state
    store story studio super talk task tasks test text thanks thing things time tiny train training
    transfer transformer translate try turbo two vector video view vision visual voice water weather web
    wiki word words work world write writing
""")

_FILLER_WEIGHT = 0.1
_MAKER_WEIGHT = 0.3
_COMMON_WEIGHT = 0.6


@lru_cache(maxsize=65_536)
def weight(word: str) -> float:
    """How much of a name a word is, between 0 and 1. Versions weigh nothing: they are compared apart."""
    if is_version(word):
        return 0.0
    if word in FILLERS or len(word) == 1:
        return _FILLER_WEIGHT
    if word in MAKERS:
        return _MAKER_WEIGHT
    return _COMMON_WEIGHT if word in COMMON else 1.0


def is_telling(word: str) -> bool:
    """Tell whether a word can name a tool by itself."""
    return not (is_version(word) or len(word) == 1 or word in FILLERS or word in COMMON)


def is_aside(word: str) -> bool:
    """Tell whether a word may stand beside a name without changing what it names."""
    return word in FILLERS or word in MAKERS
