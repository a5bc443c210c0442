"""Who makes models and who hosts them: what publishers of lists call them, and what they are called here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: By what stands before a model's name, in lower case and without signs; the names are those of the starter catalog.
_MAKERS: Final = {
    owner: name
    for name, owners in {
        "01.AI": "01ai zerooneai",
        "AI21 Labs": "ai21 ai21labs",
        "Ai2": "allenai",
        "Aion Labs": "aionlabs",
        "Alibaba": "alibaba qwen alibabanlp alibabacloud wanx tongyi",
        "Amazon": "amazon amazonnova",
        "Anthracite": "anthraciteorg",
        "Anthropic": "anthropic",
        "Arcee AI": "arceeai",
        "BAAI": "baai",
        "Baidu": "baidu",
        "Black Forest Labs": "blackforestlabs bfl",
        "ByteDance": "bytedance bytedanceseed bytedanceresearch",
        "Cognition": "cognition",
        "Cohere": "cohere coherelabs cohereforai",
        "Deep Cogito": "deepcogito",
        "DeepReinforce": "deepreinforce deepreinforceai",
        "DeepSeek": "deepseek deepseekai",
        "Deepgram": "deepgram",
        "EleutherAI": "eleutherai",
        "ElevenLabs": "elevenlabs",
        "Essential AI": "essentialai",
        "Google": "google googledeepmind",
        "IBM": "ibm ibmgranite",
        "Ideogram": "ideogram ideogramai",
        "Inception": "inception inceptionlabs",
        "InclusionAI": "inclusionai",
        "Inflection AI": "inflection",
        "Jina AI": "jina jinaai",
        "Kuaishou": "kuaishou kwaipilot klingai",
        "Liquid AI": "liquid liquidai",
        "Luma AI": "luma lumalabs",
        "Meituan": "meituan",
        "Meta": "meta llama metallama metamodels facebook codellama",
        "Microsoft": "microsoft",
        "MiniMax": "minimax minimaxai",
        "Mistral AI": "mistral mistralai",
        "Moonshot AI": "moonshot moonshotai",
        "Morph": "morph",
        "NVIDIA": "nvidia",
        "Nomic AI": "nomicai",
        "Nous Research": "nousresearch",
        "OpenAI": "openai",
        "Perplexity AI": "perplexity perplexityai",
        "Poolside": "poolside",
        "Prime Intellect": "primeintellect",
        "Recraft": "recraft",
        "Reka": "rekaai",
        "Relace": "relace",
        "Runway": "runwayml",
        "Sakana AI": "sakana",
        "Salesforce": "salesforce",
        "Sarvam AI": "sarvam sarvamai",
        "Snowflake": "snowflakeai",
        "Sentence Transformers": "sentencetransformers",
        "Stability AI": "stability stabilityai",
        "StepFun": "stepfun stepfunai",
        "Swiss AI": "swissai",
        "Tencent": "tencent",
        "Thinking Machines": "thinkingmachines",
        "TwelveLabs": "twelvelabs",
        "Upstage": "upstage",
        "Voyage AI": "voyage voyageai",
        "Writer": "writer",
        "Xiaomi": "xiaomi xiaomimimo",
        "Z.ai": "zai zaiorg zhipuai thudm",
        "xAI": "xai",
    }.items()
    for owner in owners.split()
}
#: Makers that sell their models themselves, by provider; of those that host others' models too, what is their own.
_OWN: Final = {
    provider: (maker, re.compile(pattern, re.IGNORECASE))
    for maker, providers, pattern in (
        ("AI21 Labs", "ai21", "j2|jamba"),
        ("Alibaba", "alibaba alibabacn dashscope qwenaiplatform qwencloud", "q[wv]|wan|happyhorse"),
        ("Amazon", "amazonnova", "nova"),
        ("Anthropic", "anthropic", "claude"),
        ("Black Forest Labs", "blackforestlabs", "flux"),
        ("Cognition", "cognition", "swe"),
        ("Cohere", "cohere coherechat", "."),
        ("DeepSeek", "deepseek", "deepseek"),
        ("Deepgram", "deepgram", "nova|aura|flux|base|enhanced"),
        ("ElevenLabs", "elevenlabs", "eleven|scribe"),
        (
            "Google",
            "google gemini vertexai vertexailanguagemodels vertexaiembeddingmodels vertexaivideomodels",
            r"gem|imagen|veo|lyria|chirp|text-(?:\w+-)?embedding|learnlm|medlm|nano-banana|multimodalembedding|deep-research",
        ),
        ("Inception", "inception", "mercury"),
        ("Meta", "llama metallama meta", "llama|muse|sam"),
        ("Microsoft", "azure azureai azurecognitiveservices", "mai-|phi-|microsoft"),
        ("MiniMax", "minimax minimaxcn", "."),
        (
            "Mistral AI",
            "mistral codestral",
            "(?:open-)?mi[sx]tral|mini|codestral|devstral|magistral|pixtral|voxtral|labs",
        ),
        ("Moonshot AI", "moonshotai moonshotaicn moonshot", "kimi|moonshot"),
        ("OpenAI", "openai textcompletionopenai", "."),
        ("Perplexity AI", "perplexity", "sonar|r1-1776|pplx|llama-3.1-sonar"),
        ("Recraft", "recraft", "recraft"),
        ("Runway", "runwayml", r"gen\d|aleph"),
        ("Sakana AI", "sakana", "fugu"),
        ("Sarvam AI", "sarvam", "sarvam"),
        ("Stability AI", "stability", "s(?:d|table)"),
        ("StepFun", "stepfun stepfunai", "step"),
        ("Tencent", "tencent tencenttokenhub", "h(?:y|unyuan)"),
        ("Upstage", "upstage", "solar"),
        ("Vercel", "v0", "v0"),
        ("Voyage AI", "voyage voyageai", "voyage|rerank"),
        ("Xiaomi", "xiaomi xiaomimimo", "mimo"),
        ("Z.ai", "zai zhipuai bigmodel", "glm|cog"),
        ("xAI", "xai", "grok"),
    )
    for provider in providers.split()
}
#: Who runs others' models on machines of their own or rented for it, by what the lists call them.
_HOSTS: Final = {
    provider: name
    for name, providers in {
        "Alibaba Cloud": "alibaba dashscope",
        "Amazon Bedrock": "amazonbedrock aws bedrock bedrockconverse bedrockmantle",
        "Baseten": "baseten",
        "Cerebras": "cerebras",
        "Chutes": "chutes",
        "Cloudflare Workers AI": "cloudflareworkersai cloudflare",
        "Crusoe": "crusoe",
        "Databricks": "databricks",
        "DeepInfra": "deepinfra",
        "DigitalOcean": "digitalocean gradientai",
        "Fireworks AI": "fireworksai fireworks fireworksaiembeddingmodels huggingfacefireworksai",
        "Friendli": "friendli friendliai",
        "GMI Cloud": "gmicloud gmi",
        "Google Vertex AI": "googlevertex googlevertexanthropic vertexai google",
        "Groq": "groq huggingfacegroq",
        "Hyperbolic": "hyperbolic huggingfacehyperbolic",
        "Lambda": "lambdaai",
        "Microsoft Azure": "azure azureai azurecognitiveservices azuretext",
        "Mistral AI": "mistral",
        "Nebius": "nebius huggingfacenebius",
        "Novita AI": "novita novitaai huggingfacenovita",
        "Nscale": "nscale huggingfacenscale",
        "OVHcloud": "ovhcloud huggingfaceovhcloud",
        "Oracle Cloud": "oci",
        "Replicate": "replicate",
        "SambaNova": "sambanova huggingfacesambanova",
        "Scaleway": "scaleway",
        "SiliconFlow": "siliconflow",
        "Together AI": "togetherai together huggingfacetogether",
        "Weights & Biases": "wandb",
        "fal": "falai",
    }.items()
    for provider in providers.split()
}
#: What people call a line of models, and lists its maker's service.
_LINES: Final = frozenset({"deepseek", "gemini", "llama", "minimax", "mistral"})
_SIGNS: Final = re.compile(r"[^a-z0-9]+")
#: LiteLLM lists Google's cloud by whose models there are: vertex_ai-llama_models.
_VERTEX: Final = "vertexai"
#: It passes on what hosts take, and says so; other resellers set prices of their own.
AGGREGATOR: Final = "OpenRouter"


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _SIGNS.sub("", text.casefold())


def maker_of(owner: str) -> str | None:
    """Give the maker's name of what stands before a model's name.

    >>> maker_of("meta-llama"), maker_of("zai-org"), maker_of("TheBloke")
    ('Meta', 'Z.ai', None)
    """
    return _MAKERS.get(_folded(owner))


def service_name(name: str) -> str:
    """Call a maker's service otherwise than its models, where people call both by the same word.

    >>> service_name("Mistral"), service_name("Groq")
    ('Mistral API', 'Groq')
    """
    return f"{name} API" if _folded(name) in _LINES else name


def is_own(provider: str, model: str) -> str | None:
    """Give the maker that a provider is, if the model is of its own make.

    >>> is_own("dashscope", "qwen3-32b"), is_own("dashscope", "kimi-k2.5"), is_own("azure", "gpt-4o")
    ('Alibaba', None, None)
    """
    maker, own = _OWN.get(_folded(provider), (None, None))
    return maker if own and own.match(model) else None


def sells_own(provider: str, maker: str | None) -> bool:
    """Tell whether a provider is the maker itself."""
    return maker is not None and _OWN.get(_folded(provider), (None,))[0] == maker


def host_of(provider: str) -> str | None:
    """Give the name of who runs others' models first-hand; None of resellers and of whom nothing is known.

    >>> host_of("vertex_ai-llama_models"), host_of("together_ai"), host_of("nano-gpt")
    ('Google Vertex AI', 'Together AI', None)
    """
    folded = _folded(provider)
    return _HOSTS.get(_VERTEX if folded.startswith(_VERTEX) else folded)


def is_aggregator(provider: str) -> bool:
    """Tell whether a provider is the one whose prices are those of hosts."""
    return _folded(provider) == AGGREGATOR.casefold()
