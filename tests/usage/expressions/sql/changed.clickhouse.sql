SELECT
  *
FROM (
  SELECT DISTINCT
    "t30"."customer_id" AS "customer_id"
  FROM (
    SELECT
      *
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
        "t1"."source" AS "source"
      FROM "settled" AS "t1"
      WHERE
        "t1"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
    ) AS "t7"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        COALESCE("t28"."customer_id", "t28"."home") AS "customer_id",
        "t28"."user_id" AS "user_id",
        "t28"."kind" AS "kind",
        "t28"."event" AS "event",
        "t28"."at" AS "at",
        "t28"."day" AS "day",
        CASE
          WHEN isNull("t28"."customer_id")
          THEN GREATEST("t28"."recorded_at", COALESCE("t28"."home_at", "t28"."recorded_at"))
          ELSE "t28"."recorded_at"
        END AS "recorded_at",
        "t28"."properties" AS "properties",
        "t28"."message_id" AS "message_id",
        "t28"."source" AS "source"
      FROM (
        SELECT
          "t25"."customer_id" AS "customer_id",
          "t25"."user_id" AS "user_id",
          "t25"."kind" AS "kind",
          "t25"."event" AS "event",
          "t25"."at" AS "at",
          "t25"."day" AS "day",
          "t25"."recorded_at" AS "recorded_at",
          "t25"."properties" AS "properties",
          "t25"."message_id" AS "message_id",
          "t25"."source" AS "source",
          "t25"."anonymous_id" AS "anonymous_id",
          "t25"."called" AS "called",
          "t25"."name" AS "name",
          "t25"."person" AS "person",
          "t25"."named_at" AS "named_at",
          "t27"."member" AS "member",
          "t27"."home" AS "home",
          "t27"."home_at" AS "home_at"
        FROM (
          SELECT
            "t21"."customer_id" AS "customer_id",
            COALESCE("t21"."person", "t21"."user_id") AS "user_id",
            "t21"."kind" AS "kind",
            "t21"."event" AS "event",
            "t21"."at" AS "at",
            "t21"."day" AS "day",
            GREATEST("t21"."recorded_at", COALESCE("t21"."named_at", "t21"."recorded_at")) AS "recorded_at",
            "t21"."properties" AS "properties",
            "t21"."message_id" AS "message_id",
            "t21"."source" AS "source",
            "t21"."anonymous_id" AS "anonymous_id",
            "t21"."called" AS "called",
            "t21"."name" AS "name",
            "t21"."person" AS "person",
            "t21"."named_at" AS "named_at"
          FROM (
            SELECT
              "t14"."customer_id" AS "customer_id",
              "t14"."user_id" AS "user_id",
              "t14"."kind" AS "kind",
              "t14"."event" AS "event",
              "t14"."at" AS "at",
              "t14"."day" AS "day",
              "t14"."recorded_at" AS "recorded_at",
              "t14"."properties" AS "properties",
              "t14"."message_id" AS "message_id",
              "t14"."source" AS "source",
              "t14"."anonymous_id" AS "anonymous_id",
              "t14"."called" AS "called",
              "t20"."name" AS "name",
              "t20"."person" AS "person",
              "t20"."named_at" AS "named_at"
            FROM (
              SELECT
                "t3"."customer_id" AS "customer_id",
                "t3"."user_id" AS "user_id",
                "t3"."kind" AS "kind",
                "t3"."event" AS "event",
                "t3"."at" AS "at",
                "t3"."day" AS "day",
                "t3"."recorded_at" AS "recorded_at",
                "t3"."properties" AS "properties",
                "t3"."message_id" AS "message_id",
                "t3"."source" AS "source",
                "t3"."anonymous_id" AS "anonymous_id",
                COALESCE("t3"."user_id", "t3"."anonymous_id") AS "called"
              FROM "unsettled" AS "t3"
              WHERE
                "t3"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
            ) AS "t14"
            LEFT OUTER JOIN (
              SELECT
                "t17"."other_key" AS "name",
                "t17"."user_key" AS "person",
                "t17"."recorded_at" AS "named_at"
              FROM (
                SELECT
                  "t10"."user_key" AS "user_key",
                  "t10"."other_key" AS "other_key",
                  "t10"."recorded_at" AS "recorded_at",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t10"."other_key"
                    ORDER BY "t10"."user_key" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "place"
                FROM (
                  SELECT
                    *
                  FROM "aliases" AS "t2"
                  WHERE
                    "t2"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
                ) AS "t10"
              ) AS "t17"
              WHERE
                "t17"."place" = 0
            ) AS "t20"
              ON "t14"."called" = "t20"."name"
          ) AS "t21"
        ) AS "t25"
        LEFT OUTER JOIN (
          SELECT
            "t23"."member" AS "member",
            "t23"."home" AS "home",
            "t23"."home_at" AS "home_at"
          FROM (
            SELECT
              "t22"."member" AS "member",
              MIN("t22"."home") AS "home",
              MAX("t22"."home") AS "last",
              MIN("t22"."home_at") AS "home_at"
            FROM (
              SELECT
                COALESCE("t20"."person", "t12"."user_key") AS "member",
                "t12"."customer_key" AS "home",
                GREATEST("t12"."recorded_at", COALESCE("t20"."named_at", "t12"."recorded_at")) AS "home_at"
              FROM (
                SELECT
                  *
                FROM "memberships" AS "t0"
                WHERE
                  "t0"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
              ) AS "t12"
              LEFT OUTER JOIN (
                SELECT
                  "t17"."other_key" AS "name",
                  "t17"."user_key" AS "person",
                  "t17"."recorded_at" AS "named_at"
                FROM (
                  SELECT
                    "t10"."user_key" AS "user_key",
                    "t10"."other_key" AS "other_key",
                    "t10"."recorded_at" AS "recorded_at",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t10"."other_key"
                      ORDER BY "t10"."user_key" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      *
                    FROM "aliases" AS "t2"
                    WHERE
                      "t2"."recorded_at" <= parseDateTime64BestEffort('2026-06-28T23:59:59.500000+00:00', 3, 'UTC')
                  ) AS "t10"
                ) AS "t17"
                WHERE
                  "t17"."place" = 0
              ) AS "t20"
                ON "t12"."user_key" = "t20"."name"
            ) AS "t22"
            GROUP BY
              "t22"."member"
          ) AS "t23"
          WHERE
            "t23"."home" = "t23"."last"
        ) AS "t27"
          ON "t25"."user_id" = "t27"."member"
      ) AS "t28"
    ) AS "t29"
  ) AS "t30"
  WHERE
    "t30"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
    AND isNotNull("t30"."customer_id")
) AS "t31"
UNION DISTINCT
SELECT
  *
FROM (
  SELECT
    "t4"."customer_key" AS "customer_id"
  FROM "memberships" AS "t4"
  LEFT SEMI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t2"."other_key" AS "user_key"
      FROM "aliases" AS "t2"
      WHERE
        "t2"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
    ) AS "t8"
    UNION DISTINCT
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t0"."user_key" AS "user_key"
        FROM "memberships" AS "t0"
        WHERE
          "t0"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
      ) AS "t5"
      UNION DISTINCT
      SELECT
        *
      FROM (
        SELECT
          "t2"."user_key" AS "user_key"
        FROM "aliases" AS "t2"
        WHERE
          "t2"."recorded_at" > parseDateTime64BestEffort('2026-06-01T00:00:00+00:00', 6, 'UTC')
      ) AS "t9"
    ) AS "t13"
  ) AS "t16"
    ON "t4"."user_key" = "t16"."user_key"
) AS "t18"
