SELECT
  "t3"."customer_id" AS "customer_id",
  "t3"."back" AS "back",
  COUNT(*) AS "people"
FROM (
  SELECT
    "t2"."customer_id" AS "customer_id",
    "t2"."user_id" AS "user_id",
    "t2"."last_day" AS "last_day",
    DATE_DIFF(DAY, "t2"."last_day", toDate('2026-06-28')) AS "back"
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      "t1"."user_id" AS "user_id",
      MAX("t1"."day") AS "last_day"
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
) AS "t3"
GROUP BY
  "t3"."customer_id",
  "t3"."back"
