SELECT
  "t3"."customer_id" AS "customer_id",
  "t3"."period" AS "period",
  SUM("t3"."number") AS "value"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t1"."customer_id" AS "customer_id",
      dateTrunc('WEEK', "t1"."day") AS "period",
      CASE
        WHEN match(
          replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount due'), '^"|"$', ''),
          '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$'
        )
        THEN CAST(replaceRegexpAll(JSONExtractRaw("t1"."properties", 'amount due'), '^"|"$', '') AS Nullable(Float64))
        ELSE CAST(NULL AS Nullable(Float64))
      END AS "number"
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
  WHERE
    isNotNull("t2"."number")
) AS "t3"
GROUP BY
  "t3"."customer_id",
  "t3"."period"
