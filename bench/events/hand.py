"""The same questions in DuckDB's SQL, written by hand by somebody who knows the log: what expressions are measured against."""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.events.generator import UNTIL

WINDOW = UNTIL - timedelta(days=27)
ACTIVITY = "kind IN ('track', 'page', 'screen') AND customer_id IS NOT NULL"
LATELY = f"{ACTIVITY} AND day BETWEEN DATE '{WINDOW}' AND DATE '{UNTIL}'"
EVER = f"{ACTIVITY} AND day <= DATE '{UNTIL}'"


def known(as_of: datetime, memberships: str, aliases: str) -> str:
    """The view of what was known: settled events, and the others with what was learnt of people."""
    moment = f"TIMESTAMPTZ '{as_of.isoformat()}'"
    columns = 'kind, event, "at", day, properties'
    return f"""
CREATE OR REPLACE TEMP VIEW known AS
WITH names AS (
    SELECT other_key AS name, min(user_key) AS person FROM {aliases}
    WHERE recorded_at <= {moment} GROUP BY other_key
), homes AS (
    SELECT coalesce(person, user_key) AS member, min(customer_key) AS home
    FROM {memberships} LEFT JOIN names ON name = user_key
    WHERE recorded_at <= {moment} GROUP BY 1 HAVING min(customer_key) = max(customer_key)
), people AS (
    SELECT coalesce(person, user_id) AS who, unsettled.*
    FROM unsettled LEFT JOIN names ON name = coalesce(user_id, anonymous_id)
    WHERE recorded_at <= {moment}
)
SELECT customer_id, user_id, {columns} FROM settled WHERE recorded_at <= {moment}
UNION ALL
SELECT coalesce(customer_id, home), who, {columns} FROM people LEFT JOIN homes ON member = who"""


ACTIVE_USERS = f"""
SELECT customer_id, count(DISTINCT user_id) AS users FROM known WHERE {LATELY} GROUP BY 1"""

BREADTH = """
SELECT customer_id, feature, count(DISTINCT user_id) AS users, count(*) AS events,
       count(DISTINCT day) AS active_days
FROM (SELECT customer_id, user_id, day,
             CASE {cases} END AS feature FROM known WHERE {lately} AND event IN ({names}))
GROUP BY 1, 2"""

FIRST_OF_THREE = f"""
SELECT customer_id, max(first_at) AS first_at
FROM (SELECT customer_id, event, min("at") AS first_at FROM known
      WHERE {EVER} AND event IN ('Invoice Sent', 'Export Run', 'Search Run') GROUP BY 1, 2)
GROUP BY 1 HAVING count(*) = 3"""

TREND = f"""
WITH weekly AS (
    SELECT customer_id, (DATE '{UNTIL}' - day) // 7 AS back, count(*) AS events
    FROM known WHERE {EVER} GROUP BY 1, 2
), spans AS (
    SELECT customer_id, least(max(back) + 1, 12) AS weeks FROM weekly GROUP BY 1
    HAVING min(back) < 12
), grid AS (
    SELECT customer_id, weeks, unnest(range(weeks)) AS back FROM spans
), points AS (
    SELECT grid.customer_id, weeks, -back AS x, ln(1 + coalesce(events, 0)) AS y
    FROM grid LEFT JOIN weekly USING (customer_id, back)
)
SELECT customer_id, weeks, regr_slope(y, x) AS slope,
       sqrt((regr_syy(y, x) - regr_sxy(y, x) ^ 2 / nullif(regr_sxx(y, x), 0))
            / nullif(weeks - 2, 0) / nullif(regr_sxx(y, x), 0)) AS error
FROM points GROUP BY 1, 2"""

STICKINESS = f"""
SELECT customer_id, sum(days) / 28.0 AS daily, count(*) AS monthly, sum(days) / 28.0 / count(*) AS stickiness
FROM (SELECT customer_id, user_id, count(DISTINCT day) AS days FROM known
      WHERE {LATELY} AND user_id IS NOT NULL GROUP BY 1, 2)
GROUP BY 1"""

SUM_PER_MONTH = f"""
SELECT customer_id, date_trunc('month', day) AS period,
       sum(TRY_CAST(json_extract_string(properties, '/amount') AS DOUBLE)) AS value
FROM known WHERE {EVER} AND event = 'Order Completed' GROUP BY 1, 2
HAVING value IS NOT NULL"""

ACTIVE_BY_MONTH = f"""
SELECT customer_id, date_trunc('month', day) AS period, count(DISTINCT user_id) AS users, count(*) AS events
FROM known WHERE {EVER} GROUP BY 1, 2"""

STATE_COUNTS = f"""
SELECT customer_id, count(*) FILTER (first >= DATE '{WINDOW}') AS new,
       count(*) FILTER (first < DATE '{WINDOW}' AND last >= DATE '{WINDOW}') AS returning,
       count(*) FILTER (last < DATE '{WINDOW}') AS dormant
FROM (SELECT customer_id, user_id, min(day) AS first, max(day) AS last FROM known
      WHERE {EVER} AND user_id IS NOT NULL GROUP BY 1, 2)
GROUP BY 1"""

FIVE_IN_THREE_MONTHS = f"""
WITH done AS (
    SELECT customer_id, year(day) * 12 + month(day) AS period, min("at", 5)[5] AS done_at
    FROM known WHERE {EVER} AND event = 'Invoice Sent' GROUP BY 1, 2 HAVING count(*) >= 5
), runs AS (
    SELECT *, row_number() OVER (PARTITION BY customer_id, period - place ORDER BY period) AS running
    FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY period) AS place FROM done)
)
SELECT customer_id, min(done_at) AS first_at, max(period) >= {UNTIL.year * 12 + UNTIL.month - 1} AS met
FROM runs WHERE running >= 3 GROUP BY 1"""

ORDERS = f"""
WITH daily AS (
    SELECT customer_id, day, sum(TRY_CAST(json_extract_string(properties, '/amount') AS DOUBLE)) AS amount
    FROM known WHERE {EVER} AND event = 'Order Completed' GROUP BY 1, 2
), began AS (
    SELECT customer_id, min(day) AS first FROM daily GROUP BY 1
)
SELECT customer_id, count(*) - 1 AS frequency, max(day) - min(day) AS recency,
       DATE '{UNTIL}' - min(day) AS age, coalesce(avg(amount) FILTER (day > first), 0) AS value
FROM daily JOIN began USING (customer_id) GROUP BY 1"""


def breadth(features: dict[str, list[str]]) -> str:
    """Of features that share no event."""
    pairs = [(name, feature) for feature, names in features.items() for name in names]
    cases = " ".join(f"WHEN event = '{name}' THEN '{feature}'" for name, feature in pairs)
    names = ", ".join(f"'{name}'" for name, _ in pairs)
    return BREADTH.format(cases=cases, names=names, lately=LATELY)
