"""What the questions of a survey ask, by their words: for tools whose columns are called as the question reads."""

import re

from arbiter.connectors.tables.headers import Column
from arbiter.connectors.tables.targets import SKIP

_IN_WORDS = (
    r"\bwhy\b|reason|comment|improve|tell us|in your own words|anything else|"
    r"warum|grund|kommentar|verbesser|pourquoi|raison|commentaire|por qué|motivo|comentario"
)
_MEANINGS = (
    (SKIP, r"\bgroup\b|nps category|\bunnamed\b"),
    ("answers.comment", _IN_WORDS),
    ("answers.nps", r"\bnps\b|recommend|weiterempfehl|empfehl|recommand|recomend"),
    ("answers.csat", r"\bcsat\b|satisf|zufrieden"),
    ("answers.ces", r"\bces\b|\beffort\b|\beasy\b|easily|\beinfach\b|aufwand|facile|fácil|esfuerzo"),
    ("contacts.email", r"e-?mail|correo|courriel"),
    ("customers.name", r"\bcompany\b|organi[sz]ation|\bfirma\b|unternehmen|entreprise|société|empresa"),
    ("contacts.name", r"^(?:your |full |ihr |votre |su )?name$|^(?:nom|nombre)$"),
)  # fmt: skip
_FOUND = tuple((target, re.compile(pattern)) for target, pattern in _MEANINGS)


def meaning(column: Column) -> str:
    """The target that a question is about; left out where its words do not tell.

    >>> meaning(Column(0, "How likely are you to recommend us?", "Q1"))
    'answers.nps'
    """
    return next((target for target, found in _FOUND if found.search(column.normal)), SKIP)
