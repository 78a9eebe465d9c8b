SELECT
  "t3"."customer_id",
  "t3"."person_days" / 28.0 AS "daily",
  "t3"."monthly",
  "t3"."person_days" / (
    CAST("t3"."monthly" AS DOUBLE) * 28.0
  ) AS "stickiness"
FROM (
  SELECT
    "t2"."customer_id",
    CAST(SUM("t2"."active_days") AS DOUBLE) AS "person_days",
    COUNT(*) AS "monthly"
  FROM (
    SELECT
      "t1"."customer_id",
      "t1"."user_id",
      COUNT(DISTINCT "t1"."day") AS "active_days"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        "t0"."customer_id" IS NOT NULL
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" >= MAKE_DATE(2026, 6, 1)
        AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
        AND "t0"."user_id" IS NOT NULL
    ) AS "t1"
    GROUP BY
      1,
      2
  ) AS "t2"
  GROUP BY
    1
) AS "t3"
