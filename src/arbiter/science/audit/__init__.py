"""The predictor audit: which of the numbers that a company trusts ever said who would leave?

`looks` holds what was known of decided renewals at one lead, `findings` tests one signal there, `leaks` tells
numbers that only know afterwards, `wording` says what a finding may be called, `audit` puts all signals and
leads together. `answers`, `implied` and `addition` tell what each answer meant, what chance a value implies, and
what a signal adds to the forecast.
"""

from arbiter.science.audit.addition import Addition, addition
from arbiter.science.audit.answers import AnswerRate, answer_rates
from arbiter.science.audit.audit import Audit, Audited, audit
from arbiter.science.audit.findings import Finding
from arbiter.science.audit.implied import Implied, implied
from arbiter.science.audit.leaks import leaks
from arbiter.science.audit.looks import Look
from arbiter.science.audit.wording import FLOOR, FULL, Says, Tier

__all__ = [
    "FLOOR",
    "FULL",
    "Addition",
    "AnswerRate",
    "Audit",
    "Audited",
    "Finding",
    "Implied",
    "Look",
    "Says",
    "Tier",
    "addition",
    "answer_rates",
    "audit",
    "implied",
    "leaks",
]
