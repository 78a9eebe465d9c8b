SELECT
  *
FROM (
  SELECT
    "t0"."customer_id" AS "customer_id",
    "t0"."user_id" AS "user_id",
    "t0"."kind" AS "kind",
    "t0"."event" AS "event",
    "t0"."at" AS "at",
    "t0"."day" AS "day",
    "t0"."recorded_at" AS "recorded_at",
    "t0"."properties" AS "properties",
    "t0"."message_id" AS "message_id",
    "t0"."source" AS "source"
  FROM "settled" AS "t0"
  WHERE
    "t0"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
) AS "t4"
UNION ALL
SELECT
  *
FROM (
  SELECT
    COALESCE("t20"."customer_id", "t20"."home") AS "customer_id",
    "t20"."user_id" AS "user_id",
    "t20"."kind" AS "kind",
    "t20"."event" AS "event",
    "t20"."at" AS "at",
    "t20"."day" AS "day",
    CASE
      WHEN isNull("t20"."customer_id")
      THEN GREATEST("t20"."recorded_at", COALESCE("t20"."home_at", "t20"."recorded_at"))
      ELSE "t20"."recorded_at"
    END AS "recorded_at",
    "t20"."properties" AS "properties",
    "t20"."message_id" AS "message_id",
    "t20"."source" AS "source"
  FROM (
    SELECT
      "t17"."customer_id" AS "customer_id",
      "t17"."user_id" AS "user_id",
      "t17"."kind" AS "kind",
      "t17"."event" AS "event",
      "t17"."at" AS "at",
      "t17"."day" AS "day",
      "t17"."recorded_at" AS "recorded_at",
      "t17"."properties" AS "properties",
      "t17"."message_id" AS "message_id",
      "t17"."source" AS "source",
      "t17"."anonymous_id" AS "anonymous_id",
      "t17"."called" AS "called",
      "t17"."name" AS "name",
      "t17"."person" AS "person",
      "t17"."named_at" AS "named_at",
      "t19"."member" AS "member",
      "t19"."home" AS "home",
      "t19"."home_at" AS "home_at"
    FROM (
      SELECT
        "t13"."customer_id" AS "customer_id",
        COALESCE("t13"."person", "t13"."user_id") AS "user_id",
        "t13"."kind" AS "kind",
        "t13"."event" AS "event",
        "t13"."at" AS "at",
        "t13"."day" AS "day",
        GREATEST("t13"."recorded_at", COALESCE("t13"."named_at", "t13"."recorded_at")) AS "recorded_at",
        "t13"."properties" AS "properties",
        "t13"."message_id" AS "message_id",
        "t13"."source" AS "source",
        "t13"."anonymous_id" AS "anonymous_id",
        "t13"."called" AS "called",
        "t13"."name" AS "name",
        "t13"."person" AS "person",
        "t13"."named_at" AS "named_at"
      FROM (
        SELECT
          "t8"."customer_id" AS "customer_id",
          "t8"."user_id" AS "user_id",
          "t8"."kind" AS "kind",
          "t8"."event" AS "event",
          "t8"."at" AS "at",
          "t8"."day" AS "day",
          "t8"."recorded_at" AS "recorded_at",
          "t8"."properties" AS "properties",
          "t8"."message_id" AS "message_id",
          "t8"."source" AS "source",
          "t8"."anonymous_id" AS "anonymous_id",
          "t8"."called" AS "called",
          "t12"."name" AS "name",
          "t12"."person" AS "person",
          "t12"."named_at" AS "named_at"
        FROM (
          SELECT
            "t1"."customer_id" AS "customer_id",
            "t1"."user_id" AS "user_id",
            "t1"."kind" AS "kind",
            "t1"."event" AS "event",
            "t1"."at" AS "at",
            "t1"."day" AS "day",
            "t1"."recorded_at" AS "recorded_at",
            "t1"."properties" AS "properties",
            "t1"."message_id" AS "message_id",
            "t1"."source" AS "source",
            "t1"."anonymous_id" AS "anonymous_id",
            COALESCE("t1"."user_id", "t1"."anonymous_id") AS "called"
          FROM "unsettled" AS "t1"
          WHERE
            "t1"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
        ) AS "t8"
        LEFT OUTER JOIN (
          SELECT
            "t10"."other_key" AS "name",
            "t10"."user_key" AS "person",
            "t10"."recorded_at" AS "named_at"
          FROM (
            SELECT
              "t7"."user_key" AS "user_key",
              "t7"."other_key" AS "other_key",
              "t7"."recorded_at" AS "recorded_at",
              ROW_NUMBER() OVER (
                PARTITION BY "t7"."other_key"
                ORDER BY "t7"."user_key" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "place"
            FROM (
              SELECT
                *
              FROM "aliases" AS "t3"
              WHERE
                "t3"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
            ) AS "t7"
          ) AS "t10"
          WHERE
            "t10"."place" = 0
        ) AS "t12"
          ON "t8"."called" = "t12"."name"
      ) AS "t13"
    ) AS "t17"
    LEFT OUTER JOIN (
      SELECT
        "t15"."member" AS "member",
        "t15"."home" AS "home",
        "t15"."home_at" AS "home_at"
      FROM (
        SELECT
          "t14"."member" AS "member",
          MIN("t14"."home") AS "home",
          MAX("t14"."home") AS "last",
          MIN("t14"."home_at") AS "home_at"
        FROM (
          SELECT
            COALESCE("t12"."person", "t9"."user_key") AS "member",
            "t9"."customer_key" AS "home",
            GREATEST("t9"."recorded_at", COALESCE("t12"."named_at", "t9"."recorded_at")) AS "home_at"
          FROM (
            SELECT
              *
            FROM "memberships" AS "t2"
            WHERE
              "t2"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
          ) AS "t9"
          LEFT OUTER JOIN (
            SELECT
              "t10"."other_key" AS "name",
              "t10"."user_key" AS "person",
              "t10"."recorded_at" AS "named_at"
            FROM (
              SELECT
                "t7"."user_key" AS "user_key",
                "t7"."other_key" AS "other_key",
                "t7"."recorded_at" AS "recorded_at",
                ROW_NUMBER() OVER (
                  PARTITION BY "t7"."other_key"
                  ORDER BY "t7"."user_key" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  *
                FROM "aliases" AS "t3"
                WHERE
                  "t3"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
              ) AS "t7"
            ) AS "t10"
            WHERE
              "t10"."place" = 0
          ) AS "t12"
            ON "t9"."user_key" = "t12"."name"
        ) AS "t14"
        GROUP BY
          "t14"."member"
      ) AS "t15"
      WHERE
        "t15"."home" = "t15"."last"
    ) AS "t19"
      ON "t17"."user_id" = "t19"."member"
  ) AS "t20"
) AS "t21"
