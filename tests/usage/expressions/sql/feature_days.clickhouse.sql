SELECT
  "t3"."customer_id" AS "customer_id",
  "t3"."feature" AS "feature",
  "t3"."back" AS "back",
  COUNT(*) AS "events"
FROM (
  SELECT
    "t2"."customer_id" AS "customer_id",
    "t2"."user_id" AS "user_id",
    "t2"."kind" AS "kind",
    "t2"."event" AS "event",
    "t2"."at" AS "at",
    "t2"."day" AS "day",
    "t2"."recorded_at" AS "recorded_at",
    "t2"."properties" AS "properties",
    "t2"."message_id" AS "message_id",
    "t2"."source" AS "source",
    "t2"."feature" AS "feature",
    DATE_DIFF(DAY, "t2"."day", toDate('2026-06-28')) AS "back"
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      "t1"."user_id" AS "user_id",
      "t1"."kind" AS "kind",
      "t1"."event" AS "event",
      "t1"."at" AS "at",
      "t1"."day" AS "day",
      "t1"."recorded_at" AS "recorded_at",
      "t1"."properties" AS "properties",
      "t1"."message_id" AS "message_id",
      "t1"."source" AS "source",
      arrayJoin(
        CASE "t1"."event"
          WHEN 'Invoice Sent'
          THEN ['all', 'bills']
          WHEN 'Report Read'
          THEN ['all']
          ELSE CAST(NULL AS Array(Nullable(String)))
        END
      ) AS "feature"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        isNotNull("t0"."customer_id")
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" >= toDate('2026-05-04')
        AND "t0"."day" <= toDate('2026-06-28')
        AND "t0"."event" IN ('Invoice Sent', 'Report Read')
    ) AS "t1"
  ) AS "t2"
) AS "t3"
GROUP BY
  "t3"."customer_id",
  "t3"."feature",
  "t3"."back"
