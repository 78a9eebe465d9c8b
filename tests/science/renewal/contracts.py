"""Contracts as hypothesis invents them, and the few that tests speak of by name."""

from hypothesis import strategies as st

from arbiter.science.renewal import Answer, BaseRate, Known

ROLES = ("decision_maker", "sponsor", "champion", "user", "procurement", "other")
INTENTS = ("yes", "not_sure", "no")

TOLD = BaseRate(renewed=170, due=200)
STRANGER = Known()

answers = st.builds(Answer, st.sampled_from(INTENTS), st.sampled_from(ROLES), st.integers(0, 900))


@st.composite
def counted(draw):
    """Counts of goals and results that do not contradict each other."""
    achieved, partly, missed, unjudged = (draw(st.integers(0, 4)) for _ in range(4))
    measured = draw(st.integers(0, 6))
    reached = draw(st.integers(0, measured))
    return {
        "goals": achieved + partly + missed + unjudged,
        "achieved": achieved,
        "partly": partly,
        "missed": missed,
        "measured": measured,
        "reached": reached,
        "reached_known": draw(st.integers(0, reached)),
    }


@st.composite
def contracts(draw):
    return Known(
        segment=draw(st.sampled_from(["", "Enterprise", "Small"])),
        answers=tuple(draw(st.lists(answers, max_size=4))),
        asked_no_reply=draw(st.booleans()),
        goal_age_months=draw(st.none() | st.floats(0, 60)),
        departed=draw(st.booleans()),
        nps=draw(st.none() | st.integers(0, 10)),
        csat=draw(st.none() | st.floats(1, 5)),
        usage_level=draw(st.none() | st.floats(-9, 9)),
        usage_trend=draw(st.none() | st.floats(-9, 9)),
        critical_tickets=draw(st.none() | st.integers(0, 9)),
        renewals=draw(st.none() | st.integers(0, 12)),
        price_increase=draw(st.none() | st.floats(-0.3, 2)),
        **draw(counted()),
    )


portfolios = st.lists(contracts(), max_size=12)


@st.composite
def base_rates(draw):
    due = draw(st.integers(0, 2_000))
    return BaseRate(renewed=draw(st.integers(0, due)), due=due)


def said(intent, *, role="decision_maker", days=0):
    """A contract of which one answer is known."""
    return Known(answers=(Answer(intent, role, days),))
