SELECT
  "t5"."customer_id" AS "customer_id",
  "t5"."days" - 1 AS "frequency",
  DATE_DIFF(DAY, "t5"."began", "t5"."ended") AS "recency",
  DATE_DIFF(DAY, "t5"."began", toDate('2026-06-28')) AS "age",
  COALESCE("t5"."value", 0.0) AS "value"
FROM (
  SELECT
    "t4"."customer_id" AS "customer_id",
    COUNT(*) AS "days",
    MIN("t4"."day") AS "began",
    MAX("t4"."day") AS "ended",
    avgIf("t4"."amount", "t4"."day" > "t4"."began") AS "value"
  FROM (
    SELECT
      "t3"."customer_id" AS "customer_id",
      "t3"."day" AS "day",
      "t3"."amount" AS "amount",
      MIN("t3"."day") OVER (
        PARTITION BY "t3"."customer_id"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "began"
    FROM (
      SELECT
        "t2"."customer_id" AS "customer_id",
        "t2"."day" AS "day",
        SUM("t2"."amount") AS "amount"
      FROM (
        SELECT
          "t1"."customer_id" AS "customer_id",
          "t1"."day" AS "day",
          CASE
            WHEN match(
              replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount'), '^"|"$', ''),
              '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$'
            )
            THEN CAST(replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount'), '^"|"$', '') AS Nullable(Float64))
            ELSE CAST(NULL AS Nullable(Float64))
          END AS "amount"
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
    ) AS "t3"
  ) AS "t4"
  GROUP BY
    "t4"."customer_id"
) AS "t5"
