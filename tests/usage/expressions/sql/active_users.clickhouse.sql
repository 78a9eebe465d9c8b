SELECT
  "t1"."customer_id" AS "customer_id",
  uniqExact("t1"."user_id") AS "users"
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    isNotNull("t0"."customer_id")
    AND "t0"."kind" IN ('track', 'page', 'screen')
    AND "t0"."day" >= toDate('2026-06-01')
    AND "t0"."day" <= toDate('2026-06-28')
) AS "t1"
GROUP BY
  "t1"."customer_id"
