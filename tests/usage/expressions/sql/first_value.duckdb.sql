SELECT
  "t2"."customer_id",
  "t2"."at" AS "first_at"
FROM (
  SELECT
    "t1"."customer_id",
    MIN("t1"."at") AS "at"
  FROM (
    SELECT
      *
    FROM "events" AS "t0"
    WHERE
      "t0"."customer_id" IS NOT NULL
      AND "t0"."kind" IN ('track', 'page', 'screen')
      AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
      AND "t0"."event" IN ('Invoice Sent')
  ) AS "t1"
  GROUP BY
    1
) AS "t2"
