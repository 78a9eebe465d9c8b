SELECT
  "t5"."customer_id",
  "t5"."feature",
  "t5"."back",
  COUNT(*) AS "people"
FROM (
  SELECT
    "t4"."customer_id",
    "t4"."feature",
    "t4"."user_id",
    "t4"."last_day",
    DATE_DIFF('DAY', "t4"."last_day", MAKE_DATE(2026, 6, 28)) AS "back"
  FROM (
    SELECT
      "t3"."customer_id",
      "t3"."feature",
      "t3"."user_id",
      MAX("t3"."day") AS "last_day"
    FROM (
      SELECT
        *
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
            AND "t0"."day" >= MAKE_DATE(2026, 6, 1)
            AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
            AND "t0"."event" IN ('Invoice Sent', 'Report Read')
        ) AS "t1"
      ) AS "t2"
      WHERE
        "t2"."user_id" IS NOT NULL
    ) AS "t3"
    GROUP BY
      1,
      2,
      3
  ) AS "t4"
) AS "t5"
GROUP BY
  1,
  2,
  3
