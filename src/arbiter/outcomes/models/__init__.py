"""Nouns of outcomes."""

from arbiter.outcomes.models.feed import Feed, FeedKind, Serving
from arbiter.outcomes.models.goal import Category, Goal, WhoseWords
from arbiter.outcomes.models.investment import Investment
from arbiter.outcomes.models.milestone import Milestone, Side
from arbiter.outcomes.models.result import Provenance, Result
from arbiter.outcomes.models.revision import Direction, Revision
from arbiter.outcomes.models.stage import Stage
from arbiter.outcomes.models.verdict import Awareness, Helped, Judgement, Knows, Verdict

__all__ = [
    "Awareness",
    "Category",
    "Direction",
    "Feed",
    "FeedKind",
    "Goal",
    "Helped",
    "Investment",
    "Judgement",
    "Knows",
    "Milestone",
    "Provenance",
    "Result",
    "Revision",
    "Serving",
    "Side",
    "Stage",
    "Verdict",
    "WhoseWords",
]
