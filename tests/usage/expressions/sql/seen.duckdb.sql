SELECT
  "t1"."customer_id",
  "t1"."user_id",
  MIN("t1"."day") AS "first_day",
  MIN("t1"."at") AS "first_at",
  MAX("t1"."at") AS "last_at"
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    "t0"."customer_id" IS NOT NULL
    AND "t0"."kind" IN ('track', 'page', 'screen')
    AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
) AS "t1"
GROUP BY
  1,
  2
