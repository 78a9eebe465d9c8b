SELECT
  "t3"."customer_id",
  "t3"."feature",
  "t3"."back",
  COUNT(*) AS "events"
FROM (
  SELECT
    "t2"."customer_id",
    "t2"."user_id",
    "t2"."kind",
    "t2"."event",
    "t2"."at",
    "t2"."day",
    "t2"."recorded_at",
    "t2"."properties",
    "t2"."message_id",
    "t2"."source",
    "t2"."feature",
    DATE_DIFF('DAY', "t2"."day", MAKE_DATE(2026, 6, 28)) AS "back"
  FROM (
    SELECT
      "t1"."customer_id",
      "t1"."user_id",
      "t1"."kind",
      "t1"."event",
      "t1"."at",
      "t1"."day",
      "t1"."recorded_at",
      "t1"."properties",
      "t1"."message_id",
      "t1"."source",
      UNNEST(
        CASE "t1"."event"
          WHEN 'Invoice Sent'
          THEN CAST(['all', 'bills'] AS TEXT[])
          WHEN 'Report Read'
          THEN CAST(['all'] AS TEXT[])
          ELSE CAST(NULL AS TEXT[])
        END
      ) AS "feature"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        "t0"."customer_id" IS NOT NULL
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" >= MAKE_DATE(2026, 5, 4)
        AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
        AND "t0"."event" IN ('Invoice Sent', 'Report Read')
    ) AS "t1"
  ) AS "t2"
) AS "t3"
GROUP BY
  1,
  2,
  3
