SELECT
  "t3"."customer_id" AS "customer_id",
  "t3"."period" AS "period",
  "t3"."value" AS "value"
FROM (
  SELECT
    "t2"."customer_id" AS "customer_id",
    "t2"."period" AS "period",
    SUM("t2"."number") AS "value",
    COUNT("t2"."number") AS "numbers"
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      dateTrunc('WEEK', "t1"."day") AS "period",
      CAST(nullIf(
        CASE
          WHEN notEmpty(
            extractGroups(
              CAST(replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount due'), '^"|"$', '') AS String),
              CONCAT('(', '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$', ')')
            )[1]
          )
          THEN extractGroups(
            CAST(replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount due'), '^"|"$', '') AS String),
            CONCAT('(', '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$', ')')
          )[1]
          ELSE NULL
        END,
        ''
      ) AS Nullable(Float64)) AS "number"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        isNotNull("t0"."customer_id")
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" >= toDate('2026-06-01')
        AND "t0"."day" <= toDate('2026-06-28')
        AND "t0"."event" IN ('Order')
    ) AS "t1"
  ) AS "t2"
  GROUP BY
    "t2"."customer_id",
    "t2"."period"
) AS "t3"
WHERE
  "t3"."numbers" > 0
