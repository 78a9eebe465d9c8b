SELECT
  "t2"."customer_id" AS "customer_id",
  "t2"."at" AS "first_at"
FROM (
  SELECT
    "t1"."customer_id" AS "customer_id",
    MIN("t1"."at") AS "at"
  FROM (
    SELECT
      *
    FROM "events" AS "t0"
    WHERE
      isNotNull("t0"."customer_id")
      AND "t0"."kind" IN ('track', 'page', 'screen')
      AND "t0"."day" <= toDate('2026-06-28')
      AND "t0"."event" IN ('Invoice Sent')
  ) AS "t1"
  GROUP BY
    "t1"."customer_id"
) AS "t2"
