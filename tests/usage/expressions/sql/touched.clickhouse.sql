WITH "t12" AS (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      COALESCE("t6"."user_key", "t10"."touched") AS "user_key"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t0"."user_key" AS "touched"
        FROM "memberships" AS "t0"
        WHERE
          "t0"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
      ) AS "t7"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t2"."other_key" AS "touched"
        FROM "aliases" AS "t2"
        WHERE
          "t2"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
      ) AS "t8"
    ) AS "t10"
    LEFT OUTER JOIN "aliases" AS "t6"
      ON "t10"."touched" = "t6"."other_key"
  ) AS "t11"
)
SELECT DISTINCT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."customer_key" AS "customer_id"
    FROM "memberships" AS "t3"
    LEFT SEMI JOIN (
      SELECT
        *
      FROM "t12" AS "t13"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t5"."other_key" AS "user_key"
        FROM "aliases" AS "t5"
        LEFT SEMI JOIN "t12" AS "t14"
          ON "t5"."user_key" = "t14"."user_key"
      ) AS "t15"
    ) AS "t17"
      ON "t3"."user_key" = "t17"."user_key"
  ) AS "t18"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t19"."customer_id" AS "customer_id"
    FROM (
      SELECT
        "t4"."customer_id" AS "customer_id",
        "t4"."user_id" AS "user_id",
        "t4"."kind" AS "kind",
        "t4"."event" AS "event",
        "t4"."at" AS "at",
        "t4"."day" AS "day",
        "t4"."recorded_at" AS "recorded_at",
        "t4"."properties" AS "properties",
        "t4"."message_id" AS "message_id",
        "t4"."source" AS "source"
      FROM "events" AS "t4"
      LEFT SEMI JOIN (
        SELECT
          *
        FROM "t12" AS "t13"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t5"."other_key" AS "user_key"
          FROM "aliases" AS "t5"
          LEFT SEMI JOIN "t12" AS "t14"
            ON "t5"."user_key" = "t14"."user_key"
        ) AS "t15"
      ) AS "t17"
        ON "t4"."user_id" = "t17"."user_key"
    ) AS "t19"
    WHERE
      isNotNull("t19"."customer_id")
  ) AS "t20"
) AS "t21"
