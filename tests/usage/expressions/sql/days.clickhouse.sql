SELECT
  "t1"."customer_id" AS "customer_id",
  "t1"."back" AS "back",
  COUNT(*) AS "events",
  uniqExact("t1"."user_id") AS "people"
FROM (
  SELECT
    "t0"."customer_id" AS "customer_id",
    "t0"."user_id" AS "user_id",
    "t0"."kind" AS "kind",
    "t0"."event" AS "event",
    "t0"."at" AS "at",
    "t0"."day" AS "day",
    "t0"."recorded_at" AS "recorded_at",
    "t0"."properties" AS "properties",
    "t0"."message_id" AS "message_id",
    "t0"."source" AS "source",
    DATE_DIFF(DAY, "t0"."day", toDate('2026-06-28')) AS "back"
  FROM "events" AS "t0"
  WHERE
    isNotNull("t0"."customer_id")
    AND "t0"."kind" IN ('track', 'page', 'screen')
    AND "t0"."day" >= toDate('2026-04-06')
    AND "t0"."day" <= toDate('2026-06-28')
) AS "t1"
GROUP BY
  "t1"."customer_id",
  "t1"."back"
