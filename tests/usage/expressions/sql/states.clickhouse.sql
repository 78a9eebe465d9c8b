SELECT
  "t2"."customer_id" AS "customer_id",
  "t2"."user_id" AS "user_id",
  CASE
    WHEN "t2"."first_day" >= toDate('2026-06-01')
    THEN 'new'
    WHEN "t2"."last_day" >= toDate('2026-06-01')
    THEN 'returning'
    ELSE 'dormant'
  END AS "state"
FROM (
  SELECT
    "t1"."customer_id" AS "customer_id",
    "t1"."user_id" AS "user_id",
    MIN("t1"."day") AS "first_day",
    MAX("t1"."day") AS "last_day"
  FROM (
    SELECT
      *
    FROM "events" AS "t0"
    WHERE
      isNotNull("t0"."customer_id")
      AND "t0"."kind" IN ('track', 'page', 'screen')
      AND "t0"."day" <= toDate('2026-06-28')
      AND isNotNull("t0"."user_id")
  ) AS "t1"
  GROUP BY
    "t1"."customer_id",
    "t1"."user_id"
) AS "t2"
