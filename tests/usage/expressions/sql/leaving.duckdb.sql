SELECT
  "t3"."customer_id",
  "t3"."back",
  COUNT(*) AS "people"
FROM (
  SELECT
    "t2"."customer_id",
    "t2"."user_id",
    "t2"."last_day",
    DATE_DIFF('DAY', "t2"."last_day", MAKE_DATE(2026, 6, 28)) AS "back"
  FROM (
    SELECT
      "t1"."customer_id",
      "t1"."user_id",
      MAX("t1"."day") AS "last_day"
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
) AS "t3"
GROUP BY
  1,
  2
