SELECT
  *
FROM (
  SELECT
    "t1"."customer_id" AS "customer_id",
    "t1"."at" AS "at",
    "t1"."recorded_at" AS "recorded_at",
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
      AND "t0"."event" IN ('Order')
  ) AS "t1"
) AS "t2"
WHERE
  isNotNull("t2"."amount")
