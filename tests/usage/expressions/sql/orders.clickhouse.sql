WITH "t3" AS (
  SELECT
    "t2"."customer_id" AS "customer_id",
    "t2"."day" AS "day",
    SUM("t2"."amount") AS "amount"
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      "t1"."day" AS "day",
      CAST(nullIf(
        CASE
          WHEN notEmpty(
            extractGroups(
              CAST(replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount'), '^"|"$', '') AS String),
              CONCAT('(', '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$', ')')
            )[1]
          )
          THEN extractGroups(
            CAST(replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount'), '^"|"$', '') AS String),
            CONCAT('(', '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$', ')')
          )[1]
          ELSE NULL
        END,
        ''
      ) AS Nullable(Float64)) AS "amount"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        isNotNull("t0"."customer_id")
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" <= toDate('2026-06-28')
        AND "t0"."event" IN ('Order')
    ) AS "t1"
  ) AS "t2"
  GROUP BY
    "t2"."customer_id",
    "t2"."day"
)
SELECT
  "t9"."customer_id" AS "customer_id",
  "t9"."days" - 1 AS "frequency",
  DATE_DIFF(DAY, "t9"."began", "t9"."ended") AS "recency",
  DATE_DIFF(DAY, "t9"."began", toDate('2026-06-28')) AS "age",
  COALESCE("t9"."value", 0.0) AS "value"
FROM (
  SELECT
    "t8"."customer_id" AS "customer_id",
    COUNT(*) AS "days",
    MIN("t8"."day") AS "began",
    MAX("t8"."day") AS "ended",
    avgIf("t8"."amount", "t8"."day" > "t8"."began") AS "value"
  FROM (
    SELECT
      "t5"."customer_id" AS "customer_id",
      "t5"."day" AS "day",
      "t5"."amount" AS "amount",
      "t7"."began" AS "began"
    FROM "t3" AS "t5"
    INNER JOIN (
      SELECT
        "t4"."customer_id" AS "customer_id",
        MIN("t4"."day") AS "began"
      FROM "t3" AS "t4"
      GROUP BY
        "t4"."customer_id"
    ) AS "t7"
      ON "t5"."customer_id" = "t7"."customer_id"
  ) AS "t8"
  GROUP BY
    "t8"."customer_id"
) AS "t9"
