SELECT
  "t3"."customer_id",
  "t3"."at" AS "first_at"
FROM (
  SELECT
    "t2"."customer_id",
    "t2"."period",
    MAX("t2"."at") AS "at",
    COUNT(*) AS "n"
  FROM (
    SELECT
      "t1"."customer_id",
      "t1"."period",
      "t1"."event",
      MIN("t1"."at") AS "at"
    FROM (
      SELECT
        "t0"."customer_id",
        "t0"."event",
        "t0"."at",
        0 AS "period"
      FROM "events" AS "t0"
      WHERE
        "t0"."customer_id" IS NOT NULL
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
        AND "t0"."event" IN ('Invoice Sent')
    ) AS "t1"
    GROUP BY
      1,
      2,
      3
  ) AS "t2"
  GROUP BY
    1,
    2
) AS "t3"
WHERE
  "t3"."n" = 1
