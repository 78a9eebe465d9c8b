SELECT
  "t5"."customer_id" AS "customer_id",
  "t5"."feature" AS "feature",
  "t5"."back" AS "back",
  COUNT(*) AS "people"
FROM (
  SELECT
    "t4"."customer_id" AS "customer_id",
    "t4"."feature" AS "feature",
    "t4"."user_id" AS "user_id",
    "t4"."last_day" AS "last_day",
    DATE_DIFF(DAY, "t4"."last_day", toDate('2026-06-28')) AS "back"
  FROM (
    SELECT
      "t3"."customer_id" AS "customer_id",
      "t3"."feature" AS "feature",
      "t3"."user_id" AS "user_id",
      MAX("t3"."day") AS "last_day"
    FROM (
      SELECT
        *
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
            AND "t0"."day" >= toDate('2026-06-01')
            AND "t0"."day" <= toDate('2026-06-28')
            AND "t0"."event" IN ('Invoice Sent', 'Report Read')
        ) AS "t1"
      ) AS "t2"
      WHERE
        isNotNull("t2"."user_id")
    ) AS "t3"
    GROUP BY
      "t3"."customer_id",
      "t3"."feature",
      "t3"."user_id"
  ) AS "t4"
) AS "t5"
GROUP BY
  "t5"."customer_id",
  "t5"."feature",
  "t5"."back"
