SELECT
  "t1"."customer_id",
  "t1"."back",
  COUNT(*) AS "events",
  COUNT(DISTINCT "t1"."user_id") AS "people"
FROM (
  SELECT
    "t0"."customer_id",
    "t0"."user_id",
    "t0"."kind",
    "t0"."event",
    "t0"."at",
    "t0"."day",
    "t0"."recorded_at",
    "t0"."properties",
    "t0"."message_id",
    "t0"."source",
    DATE_DIFF('DAY', "t0"."day", MAKE_DATE(2026, 6, 28)) AS "back"
  FROM "events" AS "t0"
  WHERE
    "t0"."customer_id" IS NOT NULL
    AND "t0"."kind" IN ('track', 'page', 'screen')
    AND "t0"."day" >= MAKE_DATE(2026, 4, 6)
    AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
) AS "t1"
GROUP BY
  1,
  2
