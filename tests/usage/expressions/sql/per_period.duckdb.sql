SELECT
  "t3"."customer_id",
  "t3"."period",
  "t3"."value"
FROM (
  SELECT
    "t2"."customer_id",
    "t2"."period",
    SUM("t2"."number") AS "value",
    COUNT("t2"."number") AS "numbers"
  FROM (
    SELECT
      "t1"."customer_id",
      DATE_TRUNC('WEEK', "t1"."day") AS "period",
      CAST(NULLIF(
        REGEXP_EXTRACT(
          JSON_EXTRACT_STRING("t1"."properties", '/amount due'),
          '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$'
        ),
        ''
      ) AS DOUBLE) AS "number"
    FROM (
      SELECT
        *
      FROM "events" AS "t0"
      WHERE
        "t0"."customer_id" IS NOT NULL
        AND "t0"."kind" IN ('track', 'page', 'screen')
        AND "t0"."day" >= MAKE_DATE(2026, 6, 1)
        AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
        AND "t0"."event" IN ('Order')
    ) AS "t1"
  ) AS "t2"
  GROUP BY
    1,
    2
) AS "t3"
WHERE
  "t3"."numbers" > 0
