SELECT
  "t1"."customer_id" AS "customer_id",
  "t1"."user_id" AS "user_id",
  MIN("t1"."day") AS "first_day",
  MIN("t1"."at") AS "first_at",
  MAX("t1"."at") AS "last_at"
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    isNotNull("t0"."customer_id")
    AND "t0"."kind" IN ('track', 'page', 'screen')
    AND "t0"."day" <= toDate('2026-06-28')
) AS "t1"
GROUP BY
  "t1"."customer_id",
  "t1"."user_id"
