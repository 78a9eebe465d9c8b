SELECT
  "t3"."customer_id" AS "customer_id",
  "t3"."at" AS "first_at"
FROM (
  SELECT
    "t2"."customer_id" AS "customer_id",
    "t2"."period" AS "period",
    MAX("t2"."at") AS "at",
    COUNT(*) AS "n"
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      "t1"."period" AS "period",
      "t1"."event" AS "event",
      MIN("t1"."at") AS "at"
    FROM (
      SELECT
        "t0"."customer_id" AS "customer_id",
        "t0"."event" AS "event",
        "t0"."at" AS "at",
        0 AS "period"
      FROM "events" AS "t0"
      WHERE
        isNotNull("t0"."customer_id")
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" <= toDate('2026-06-28')
        AND "t0"."event" IN ('Invoice Sent')
    ) AS "t1"
    GROUP BY
      "t1"."customer_id",
      "t1"."period",
      "t1"."event"
  ) AS "t2"
  GROUP BY
    "t2"."customer_id",
    "t2"."period"
) AS "t3"
WHERE
  "t3"."n" = 1
