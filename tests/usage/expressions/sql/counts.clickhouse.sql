SELECT
  "t2"."customer_id" AS "customer_id",
  countIf("t2"."first_day" >= toDate('2026-06-01')) AS "new",
  countIf(
    (
      "t2"."first_day" < toDate('2026-06-01')
    )
    AND (
      "t2"."last_day" >= toDate('2026-06-01')
    )
  ) AS "returning",
  countIf("t2"."last_day" < toDate('2026-06-01')) AS "dormant"
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
GROUP BY
  "t2"."customer_id"
