"""A sentence of a verdict: what it says, of whom, and the rows it follows from."""

from enum import StrEnum

from catalog.models import Document, Slug
from catalog.rows import Feature


class Claim(StrEnum):
    """What a sentence says of its subjects; the first subject is the one ahead where somebody is."""

    STATUS = "status"
    RANK_LEAD = "rank lead"
    RANK_TIE = "rank tie"
    RANK_CLOSE = "rank too close to call"
    RANK_UNKNOWN = "rank unknown"
    SETTLE = "what would settle it"
    FLIP = "what would reverse it"
    NO_FLIP = "nothing reverses it"
    REPORTED_LEAD = "reported lead"
    REPORTED_TIE = "reported tie"
    REPORTED_APART = "reported ranks not comparable"
    REPORTED_MORE = "reported more than once"
    SWEEP = "leads every component known"
    LEAD = "component lead"
    MIXED = "each leads a component"
    TIE = "component tie"
    OPEN = "no component lead"
    UNKNOWN = "component unknown"
    REPORTED_PART_LEAD = "reported component lead"
    REPORTED_PART_TIE = "reported component tie"
    FREE = "all free"
    FREE_LEAD = "free against paid"
    PRICE_LEAD = "lower price"
    PRICE_TIE = "same price"
    PRICING_DIFFERS = "pricing differs"
    LICENCE_DIFFERS = "licence differs"


class Sentence(Document):
    """One sentence of a verdict, the tools it is about and the rows it follows from."""

    text: str
    claim: Claim
    subjects: tuple[Slug, ...]
    evidence: tuple[Feature, ...]
