SELECT
  *
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    "t0"."recorded_at" > MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
) AS "t1"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    "t0"."day" > MAKE_DATE(2026, 6, 28)
    AND "t0"."recorded_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
) AS "t2"
