SELECT
  "t3"."customer_id",
  "t3"."period",
  SUM("t3"."number") AS "value"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t1"."customer_id",
      DATE_TRUNC('WEEK', "t1"."day") AS "period",
      CASE
        WHEN REGEXP_MATCHES(
          JSON_EXTRACT_STRING("t1"."properties", '/amount due'),
          '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$'
        )
        THEN CAST(JSON_EXTRACT_STRING("t1"."properties", '/amount due') AS DOUBLE)
        ELSE CAST(NULL AS DOUBLE)
      END AS "number"
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
  WHERE
    "t2"."number" IS NOT NULL
) AS "t3"
GROUP BY
  1,
  2
