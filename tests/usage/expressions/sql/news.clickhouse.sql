SELECT
  *
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    "t0"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
) AS "t1"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    "t0"."day" > toDate('2026-06-28')
    AND "t0"."recorded_at" <= parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
) AS "t2"
