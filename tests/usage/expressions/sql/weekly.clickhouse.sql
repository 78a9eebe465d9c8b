SELECT
  "t7"."customer_id" AS "customer_id",
  "t7"."slope" AS "slope",
  "t7"."slope" - "t7"."reach" AS "low",
  "t7"."slope" + "t7"."reach" AS "high",
  "t7"."weeks" AS "weeks"
FROM (
  SELECT
    "t6"."customer_id" AS "customer_id",
    "t6"."weeks" AS "weeks",
    "t6"."slope" AS "slope",
    "t6"."error" AS "error",
    CASE "t6"."weeks"
      WHEN 3
      THEN 12.706204736174694
      WHEN 4
      THEN 4.302652729749462
      ELSE CAST(NULL AS Nullable(Float64))
    END * "t6"."error" AS "reach"
  FROM (
    SELECT
      "t5"."customer_id" AS "customer_id",
      "t5"."weeks" AS "weeks",
      "t5"."slope" AS "slope",
      CASE
        WHEN "t5"."weeks" >= 3
        THEN SQRT(
          (
            (
              CASE WHEN "t5"."weeks" > 0 THEN "t5"."off0" * "t5"."off0" ELSE 0.0 END + CASE WHEN "t5"."weeks" > 1 THEN "t5"."off1" * "t5"."off1" ELSE 0.0 END + CASE WHEN "t5"."weeks" > 2 THEN "t5"."off2" * "t5"."off2" ELSE 0.0 END + CASE WHEN "t5"."weeks" > 3 THEN "t5"."off3" * "t5"."off3" ELSE 0.0 END
            ) / (
              "t5"."n" - 2.0
            )
          ) / "t5"."spread"
        )
        ELSE CAST(NULL AS Nullable(Float64))
      END AS "error"
    FROM (
      SELECT
        "t4"."customer_id" AS "customer_id",
        "t4"."y0" AS "y0",
        "t4"."y1" AS "y1",
        "t4"."y2" AS "y2",
        "t4"."y3" AS "y3",
        "t4"."weeks" AS "weeks",
        "t4"."newest" AS "newest",
        "t4"."n" AS "n",
        "t4"."middle" AS "middle",
        "t4"."spread" AS "spread",
        "t4"."mean" AS "mean",
        "t4"."slope" AS "slope",
        (
          "t4"."y0" - "t4"."mean"
        ) - (
          "t4"."slope" * (
            "t4"."middle" - 0.0
          )
        ) AS "off0",
        (
          "t4"."y1" - "t4"."mean"
        ) - (
          "t4"."slope" * (
            "t4"."middle" - 1.0
          )
        ) AS "off1",
        (
          "t4"."y2" - "t4"."mean"
        ) - (
          "t4"."slope" * (
            "t4"."middle" - 2.0
          )
        ) AS "off2",
        (
          "t4"."y3" - "t4"."mean"
        ) - (
          "t4"."slope" * (
            "t4"."middle" - 3.0
          )
        ) AS "off3"
      FROM (
        SELECT
          "t3"."customer_id" AS "customer_id",
          "t3"."y0" AS "y0",
          "t3"."y1" AS "y1",
          "t3"."y2" AS "y2",
          "t3"."y3" AS "y3",
          "t3"."weeks" AS "weeks",
          "t3"."newest" AS "newest",
          CAST("t3"."weeks" AS Nullable(Float64)) AS "n",
          (
            CAST("t3"."weeks" AS Nullable(Float64)) - 1.0
          ) / 2.0 AS "middle",
          (
            CAST("t3"."weeks" AS Nullable(Float64)) * (
              (
                CAST("t3"."weeks" AS Nullable(Float64)) * CAST("t3"."weeks" AS Nullable(Float64))
              ) - 1.0
            )
          ) / 12.0 AS "spread",
          (
            "t3"."y0" + "t3"."y1" + "t3"."y2" + "t3"."y3"
          ) / CAST("t3"."weeks" AS Nullable(Float64)) AS "mean",
          CASE
            WHEN "t3"."weeks" >= 3
            THEN (
              (
                (
                  (
                    (
                      CAST("t3"."weeks" AS Nullable(Float64)) - 1.0
                    ) / 2.0
                  ) - 0.0
                ) * "t3"."y0"
              ) + (
                (
                  (
                    (
                      CAST("t3"."weeks" AS Nullable(Float64)) - 1.0
                    ) / 2.0
                  ) - 1.0
                ) * "t3"."y1"
              ) + (
                (
                  (
                    (
                      CAST("t3"."weeks" AS Nullable(Float64)) - 1.0
                    ) / 2.0
                  ) - 2.0
                ) * "t3"."y2"
              ) + (
                (
                  (
                    (
                      CAST("t3"."weeks" AS Nullable(Float64)) - 1.0
                    ) / 2.0
                  ) - 3.0
                ) * "t3"."y3"
              )
            ) / (
              (
                CAST("t3"."weeks" AS Nullable(Float64)) * (
                  (
                    CAST("t3"."weeks" AS Nullable(Float64)) * CAST("t3"."weeks" AS Nullable(Float64))
                  ) - 1.0
                )
              ) / 12.0
            )
            ELSE CAST(NULL AS Nullable(Float64))
          END AS "slope"
        FROM (
          SELECT
            "t2"."customer_id" AS "customer_id",
            LN(
              CAST(COALESCE(sumIf("t2"."events", "t2"."back" = 0), 0) + 1 AS Nullable(Float64))
            ) AS "y0",
            LN(
              CAST(COALESCE(sumIf("t2"."events", "t2"."back" = 1), 0) + 1 AS Nullable(Float64))
            ) AS "y1",
            LN(
              CAST(COALESCE(sumIf("t2"."events", "t2"."back" = 2), 0) + 1 AS Nullable(Float64))
            ) AS "y2",
            LN(
              CAST(COALESCE(sumIf("t2"."events", "t2"."back" = 3), 0) + 1 AS Nullable(Float64))
            ) AS "y3",
            LEAST(MAX("t2"."back") + 1, 4) AS "weeks",
            MIN("t2"."back") AS "newest"
          FROM (
            SELECT
              "t1"."customer_id" AS "customer_id",
              "t1"."back" AS "back",
              COUNT(*) AS "events"
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
                "t0"."source" AS "source",
                CAST(FLOOR(DATE_DIFF(DAY, "t0"."day", toDate('2026-06-28')) / 7) AS Nullable(Int64)) AS "back"
              FROM "events" AS "t0"
              WHERE
                isNotNull("t0"."customer_id")
                AND "t0"."kind" IN ('track', 'page', 'screen')
                AND "t0"."day" <= toDate('2026-06-28')
            ) AS "t1"
            GROUP BY
              "t1"."customer_id",
              "t1"."back"
          ) AS "t2"
          GROUP BY
            "t2"."customer_id"
        ) AS "t3"
        WHERE
          "t3"."newest" < 4
      ) AS "t4"
    ) AS "t5"
  ) AS "t6"
) AS "t7"
