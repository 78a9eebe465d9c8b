SELECT
  "t2"."customer_id",
  "t2"."until",
  COUNT(DISTINCT "t2"."active") AS "users",
  COUNT(*) FILTER(WHERE
    "t2"."counts") AS "events",
  MIN("t2"."known") AS "known_from"
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
    "t1"."until",
    "t1"."counts",
    "t1"."known",
    CASE WHEN "t1"."counts" THEN "t1"."user_id" ELSE NULL END AS "active"
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
      CASE
        WHEN "t0"."day" <= MAKE_DATE(2026, 4, 30)
        THEN MAKE_DATE(2026, 4, 30)
        WHEN "t0"."day" <= MAKE_DATE(2026, 5, 31)
        THEN MAKE_DATE(2026, 5, 31)
        ELSE NULL
      END AS "until",
      CASE
        WHEN "t0"."day" <= MAKE_DATE(2026, 4, 30)
        THEN (
          "t0"."day" >= MAKE_DATE(2026, 4, 3)
        )
        AND (
          "t0"."recorded_at" <= CAST('2026-04-30T23:59:59.999999+00:00' AS TIMESTAMPTZ)
        )
        WHEN "t0"."day" <= MAKE_DATE(2026, 5, 31)
        THEN (
          "t0"."day" >= MAKE_DATE(2026, 5, 4)
        )
        AND (
          "t0"."recorded_at" <= CAST('2026-05-31T23:59:59.999999+00:00' AS TIMESTAMPTZ)
        )
        ELSE FALSE
      END AS "counts",
      GREATEST("t0"."at", "t0"."recorded_at") AS "known"
    FROM "events" AS "t0"
    WHERE
      "t0"."customer_id" IS NOT NULL
      AND "t0"."kind" IN ('track', 'page', 'screen')
      AND "t0"."day" <= MAKE_DATE(2026, 5, 31)
  ) AS "t1"
) AS "t2"
GROUP BY
  1,
  2
