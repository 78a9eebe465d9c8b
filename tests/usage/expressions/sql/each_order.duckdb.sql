SELECT
  *
FROM (
  SELECT
    "t1"."customer_id",
    "t1"."at",
    "t1"."recorded_at",
    CAST(NULLIF(
      REGEXP_EXTRACT(
        JSON_EXTRACT_STRING("t1"."properties", '/amount'),
        '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$'
      ),
      ''
    ) AS DOUBLE) AS "amount"
  FROM (
    SELECT
      *
    FROM "events" AS "t0"
    WHERE
      "t0"."customer_id" IS NOT NULL
      AND "t0"."kind" IN ('track', 'page', 'screen')
      AND "t0"."event" IN ('Order')
  ) AS "t1"
) AS "t2"
WHERE
  "t2"."amount" IS NOT NULL
