"""Questions asked in plain words: "A vs B", "alternatives to A", "what is A".

Frames take the wording of a question away; what is left are names. A name may hold the very word that parts
names ("Weights and Biases", "Search or Find"), so where that is in doubt the catalog decides.
"""

from catalog.questions.question import Question, QuestionKind
from catalog.questions.understanding import understand

__all__ = ["Question", "QuestionKind", "understand"]
