SELECT
  "t3"."customer_id" AS "customer_id",
  "t3"."person_days" / 28.0 AS "daily",
  "t3"."monthly" AS "monthly",
  "t3"."person_days" / (
    CAST("t3"."monthly" AS Nullable(Float64)) * 28.0
  ) AS "stickiness"
FROM (
  SELECT
    "t2"."customer_id" AS "customer_id",
    CAST(SUM("t2"."active_days") AS Nullable(Float64)) AS "person_days",
    COUNT(*) AS "monthly"
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      "t1"."user_id" AS "user_id",
      uniqExact("t1"."day") AS "active_days"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        isNotNull("t0"."customer_id")
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" >= toDate('2026-06-01')
        AND "t0"."day" <= toDate('2026-06-28')
        AND isNotNull("t0"."user_id")
    ) AS "t1"
    GROUP BY
      "t1"."customer_id",
      "t1"."user_id"
  ) AS "t2"
  GROUP BY
    "t2"."customer_id"
) AS "t3"
