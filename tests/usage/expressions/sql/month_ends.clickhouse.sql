SELECT
  "t2"."customer_id" AS "customer_id",
  "t2"."until" AS "until",
  uniqExact("t2"."active") AS "users",
  countIf("t2"."counts") AS "events",
  MIN("t2"."known") AS "known_from"
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
    "t1"."until" AS "until",
    "t1"."counts" AS "counts",
    "t1"."known" AS "known",
    CASE WHEN "t1"."counts" THEN "t1"."user_id" ELSE NULL END AS "active"
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
      CASE
        WHEN "t0"."day" <= toDate('2026-04-30')
        THEN toDate('2026-04-30')
        WHEN "t0"."day" <= toDate('2026-05-31')
        THEN toDate('2026-05-31')
        ELSE NULL
      END AS "until",
      CASE
        WHEN "t0"."day" <= toDate('2026-04-30')
        THEN (
          "t0"."day" >= toDate('2026-04-03')
        )
        AND (
          "t0"."recorded_at" <= parseDateTime64BestEffort('2026-04-30T23:59:59.999999+00:00', 6, 'UTC')
        )
        WHEN "t0"."day" <= toDate('2026-05-31')
        THEN (
          "t0"."day" >= toDate('2026-05-04')
        )
        AND (
          "t0"."recorded_at" <= parseDateTime64BestEffort('2026-05-31T23:59:59.999999+00:00', 6, 'UTC')
        )
        ELSE FALSE
      END AS "counts",
      GREATEST("t0"."at", "t0"."recorded_at") AS "known"
    FROM "events" AS "t0"
    WHERE
      isNotNull("t0"."customer_id")
      AND "t0"."kind" IN ('track', 'page', 'screen')
      AND "t0"."day" <= toDate('2026-05-31')
  ) AS "t1"
) AS "t2"
GROUP BY
  "t2"."customer_id",
  "t2"."until"
