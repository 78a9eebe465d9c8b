"""The SQL of each expression is pinned: whoever changes one sees what each engine will be asked.

To renew them after a change that is meant, delete the files of `sql/` and run this: what is missing is written, and
fails once, so that it is read.
"""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from arbiter.usage.expressions import (
    activity,
    adoption,
    brief,
    dialects,
    events,
    lifecycle,
    looking_back,
    orders,
    sets,
    sums,
    trend,
    value,
)
from arbiter.usage.expressions.rules import Behaviour, Rule
from tests.usage.expressions.tables import ALIASES, EVENTS, MEMBERSHIPS, SETTLED, UNSETTLED

KEPT = Path(__file__).parent / "sql"
MOMENT = datetime(2026, 6, 28, 23, 59, 59, 500_000, UTC)
UNTIL = date(2026, 6, 28)
PERIOD = {"per": "week", "since": date(2026, 6, 1), "until": UNTIL}
OFTEN = Rule(
    of=[Behaviour("Invoice Sent", 5), Behaviour("Report Read")], per="month", consecutive=3
)
KNOWN = events.known(SETTLED, UNSETTLED, MEMBERSHIPS, ALIASES, as_of=MOMENT)
FEATURES = {"bills": ["Invoice Sent"], "all": ["Invoice Sent", "Report Read"]}
EXPRESSIONS = {
    "known": KNOWN,
    "news": events.news(EVENTS, since=datetime(2026, 6, 1, tzinfo=UTC), after=UNTIL),
    "touched": events.touched(EVENTS, MEMBERSHIPS, ALIASES, since=datetime(2026, 6, 1, tzinfo=UTC)),
    "days": brief.days(EVENTS, until=UNTIL, days=84),
    "leaving": brief.leaving(EVENTS, until=UNTIL),
    "feature_days": brief.feature_days(EVENTS, features=FEATURES, until=UNTIL),
    "feature_leaving": brief.feature_leaving(EVENTS, features=FEATURES, until=UNTIL),
    "seen": brief.seen(EVENTS, until=UNTIL),
    "only": activity.active_users(events.only(EVENTS, ["quay", "harbour"]), until=UNTIL),
    "only_many": activity.active_users(
        events.only(EVENTS, [f"c{n}" for n in range(501)]), until=UNTIL
    ),
    "active_users": activity.active_users(EVENTS, until=UNTIL),
    "active_by_period": activity.active_by_period(EVENTS, **PERIOD),
    "stickiness": activity.stickiness(EVENTS, until=UNTIL),
    "breadth": adoption.breadth(
        EVENTS, features={"invoicing": ["Invoice Sent"], "reports": ["Report Read"]}, until=UNTIL
    ),
    "first_value": value.first(EVENTS, rule=Rule(of=[Behaviour("Invoice Sent")]), until=UNTIL),
    "completions": sets.completions(EVENTS, rule=OFTEN, until=UNTIL),
    "weekly": trend.weekly(EVENTS, until=UNTIL, weeks=4),
    "states": lifecycle.states(EVENTS, until=UNTIL),
    "counts": lifecycle.counts(EVENTS, until=UNTIL),
    "month_ends": looking_back.month_ends(EVENTS, ends=[date(2026, 4, 30), date(2026, 5, 31)]),
    "per_period": sums.per_period(EVENTS, event="Order", property="amount due", **PERIOD),
    "each_order": orders.each(EVENTS, event="Order", amount_property="amount"),
    "orders": orders.summary(EVENTS, event="Order", amount_property="amount", until=UNTIL),
}


@pytest.mark.parametrize("dialect", dialects.DIALECTS)
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_engine_is_asked_what_was_reviewed(name, dialect):
    path = KEPT / f"{name}.{dialect}.sql"
    asked = dialects.sql(EXPRESSIONS[name], dialect=dialect) + "\n"
    if not path.exists():
        path.write_text(asked, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and is written: read it, and run this again.")

    assert asked == path.read_text(encoding="utf-8")


def test_no_file_is_kept_of_what_is_not_asked():
    kept = {path.name for path in KEPT.iterdir()}

    assert kept == {
        f"{name}.{dialect}.sql" for name in EXPRESSIONS for dialect in dialects.DIALECTS
    }


COUNTED = {
    **EXPRESSIONS,
    "counted where something holds": EVENTS.aggregate(
        people=EVENTS.user_id.nunique(where=EVENTS.kind == "track")
    ),
}


@pytest.mark.parametrize("name", COUNTED)
def test_no_engine_estimates_what_it_is_to_count(name):
    asked = dialects.sql(COUNTED[name], dialect="clickhouse")

    assert not re.search(r"\buniq(If)?\(", asked)
