"""Answers on scales as survey tools write them: kinds, words that stand for a number, and the scale of a column."""

from __future__ import annotations

import re
from decimal import Decimal

from arbiter.connectors.tables.amounts import read_number
from arbiter.connectors.tables.choices import plain
from arbiter.connectors.tables.dates import Unreadable
from arbiter.connectors.tables.findings import Findings
from arbiter.connectors.tables.questions import Answers, Option, Question

KINDS = ("nps", "csat", "ces")
RESPONDENT = {
    "contacts__first_name": "First name|Firstname",
    "contacts__last_name": "Last name|Lastname",
    "contacts__title": "Job title|Title",
    "customers__name": "Company|Company name|Customer company|Organization|Organisation|Account|Account name",
    "customers__domain": "Company domain|Domain|Website",
}
"""How tools that ask on scales head what they know of whoever answered."""
SCORE, KIND = "answers.score", "answers.kind"
NAMES = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}
# Of these scales the upper end is the good one, unless the answer says that it stands for effort.
SCALES = {
    "nps": ("0-10",),
    "csat": ("1-5", "1-7", "1-10", "0-10"),
    "ces": ("1-7", "1-5", "1-5 effort", "1-7 effort"),
}
_KIND_OF = {
    "nps": "nps|net promoter score|recommend|employee nps|enps",
    "csat": "csat|customer satisfaction|customer satisfaction score|satisfaction|csat 5 point",
    "ces": "ces|customer effort score|customer effort|effort",
}
_KINDS = {word: kind for kind, words in _KIND_OF.items() for word in words.split("|")}
_SATISFIED = {
    "very dissatisfied": 1,
    "very unsatisfied": 1,
    "dissatisfied": 2,
    "unsatisfied": 2,
    "neither satisfied nor dissatisfied": 3,
    "neutral": 3,
    "satisfied": 4,
    "very satisfied": 5,
}
_AGREED = {
    "strongly disagree": 1,
    "disagree": 2,
    "somewhat disagree": 3,
    "neither agree nor disagree": 4,
    "neutral": 4,
    "somewhat agree": 5,
    "agree": 6,
    "strongly agree": 7,
}
_WORDS = {"answers.csat": _SATISFIED, "answers.ces": _AGREED}
_LABELLED = re.compile(r"(\d{1,2})\s*(?:[-–—:(=]|/\s*\d+$|$).*", re.DOTALL)


def kind_of(cell: str) -> str:
    """The kind that a word of theirs names; empty where it is none of ours."""
    return _KINDS.get(plain(cell), "")


def read_rating(cell: str, target: str) -> Decimal:
    """A number on a scale, alone or before its label, or the label alone.

    >>> read_rating("10 - Extremely likely", "answers.nps"), read_rating("Very satisfied", "answers.csat")
    (Decimal('10'), Decimal('5'))

    Raises:
        Unreadable: it is neither.
    """
    text = cell.strip()
    known = _WORDS.get(target, {}).get(plain(text))
    if known is not None:
        return Decimal(known)
    if labelled := _LABELLED.fullmatch(text):
        return Decimal(labelled[1])
    value = read_number(text)
    if value != value.to_integral_value():
        raise Unreadable(f"“{text}” is no whole number", "Write the number that was chosen.")
    return value.to_integral_value()


def is_rating(cell: str) -> bool:
    """Whether a cell may be an answer on a scale."""
    found = plain(cell)
    return found in _SATISFIED or found in _AGREED or cell.strip()[:1].isdigit()


def kinds_in(findings: Findings) -> list[str]:
    """The kinds that a file has answers of."""
    return [kind for kind in KINDS if findings.words.get(f"answers.{kind}")]


def ask_kind(findings: Findings) -> list[Question]:
    """Ask what the scores of a file are, where no column says it."""
    if not findings.words.get(SCORE) or KIND in findings.positions:
        return []
    options = tuple(Option(kind, NAMES[kind]) for kind in KINDS)
    is_nps = _highest(findings, SCORE) > 7
    return [
        Question("kind_of_score", "What was asked for the score in this file?", options,
                 suggestion="nps" if is_nps else "", required=not is_nps, samples=_samples(findings, SCORE),
                 position=findings.positions.get(SCORE))
    ]  # fmt: skip


def ask_scales(findings: Findings, answers: Answers) -> list[Question]:
    """Ask for a scale where the numbers do not tell it: never required where one is usual and all of them lie on it."""
    asked = []
    kinds = kinds_in(findings) or [kind for kind in (answers.get("kind_of_score"),) if kind]
    for kind in kinds:
        if kind == "nps":
            continue
        target = f"answers.{kind}" if findings.words.get(f"answers.{kind}") else SCORE
        usual = _usual(kind, _highest(findings, target))
        options = tuple(Option(scale, _told(kind, scale)) for scale in SCALES[kind])
        asked.append(
            Question(f"scale:{kind}", f"On which scale is {NAMES[kind]} in this file?", options,
                     suggestion=usual, required=not usual, samples=_samples(findings, target),
                     position=findings.positions.get(target))
        )  # fmt: skip
    return asked


def scale_of(kind: str, answers: Answers) -> tuple[str, str]:
    """The scale of a kind and which end of it is good, as it was answered."""
    said = answers.get(f"scale:{kind}") or SCALES[kind][0]
    scale, _, effort = said.partition(" ")
    return scale, "down" if effort else "up"


def _usual(kind: str, highest: Decimal) -> str:
    """CSAT is from 1 to 5; of effort a 5 may be the easiest or the hardest, so only 6 and 7 tell."""
    if kind == "csat":
        return "1-5" if highest <= 5 else ""
    return "1-7" if 5 < highest <= 7 else ""


def _highest(findings: Findings, target: str) -> Decimal:
    found = [Decimal(0)]
    for word, _ in findings.words_of(target):
        try:
            found.append(read_rating(word, target))
        except Unreadable:
            continue
    return max(found)


def _samples(findings: Findings, target: str) -> tuple[str, ...]:
    return tuple(word for word, _ in list(findings.words_of(target))[:6])


def _told(kind: str, scale: str) -> str:
    span, _, effort = scale.partition(" ")
    low, high = span.split("-")
    best = {"nps": "sure to recommend", "csat": "very satisfied", "ces": "very easy"}[kind]
    return f"{low} to {high}: {high} is {'much effort' if effort else best}"
