SELECT
  "t7"."customer_id",
  "t7"."slope",
  "t7"."slope" - "t7"."reach" AS "low",
  "t7"."slope" + "t7"."reach" AS "high",
  "t7"."weeks"
FROM (
  SELECT
    "t6"."customer_id",
    "t6"."weeks",
    "t6"."slope",
    "t6"."error",
    CASE "t6"."weeks"
      WHEN 3
      THEN 12.706204736174694
      WHEN 4
      THEN 4.302652729749462
      ELSE CAST(NULL AS DOUBLE)
    END * "t6"."error" AS "reach"
  FROM (
    SELECT
      "t5"."customer_id",
      "t5"."weeks",
      "t5"."slope",
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
        ELSE CAST(NULL AS DOUBLE)
      END AS "error"
    FROM (
      SELECT
        "t4"."customer_id",
        "t4"."y0",
        "t4"."y1",
        "t4"."y2",
        "t4"."y3",
        "t4"."weeks",
        "t4"."newest",
        "t4"."n",
        "t4"."middle",
        "t4"."spread",
        "t4"."mean",
        "t4"."slope",
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
          "t3"."customer_id",
          "t3"."y0",
          "t3"."y1",
          "t3"."y2",
          "t3"."y3",
          "t3"."weeks",
          "t3"."newest",
          CAST("t3"."weeks" AS DOUBLE) AS "n",
          (
            CAST("t3"."weeks" AS DOUBLE) - 1.0
          ) / 2.0 AS "middle",
          (
            CAST("t3"."weeks" AS DOUBLE) * (
              (
                CAST("t3"."weeks" AS DOUBLE) * CAST("t3"."weeks" AS DOUBLE)
              ) - 1.0
            )
          ) / 12.0 AS "spread",
          (
            "t3"."y0" + "t3"."y1" + "t3"."y2" + "t3"."y3"
          ) / CAST("t3"."weeks" AS DOUBLE) AS "mean",
          CASE
            WHEN "t3"."weeks" >= 3
            THEN (
              (
                (
                  (
                    (
                      CAST("t3"."weeks" AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 0.0
                ) * "t3"."y0"
              ) + (
                (
                  (
                    (
                      CAST("t3"."weeks" AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 1.0
                ) * "t3"."y1"
              ) + (
                (
                  (
                    (
                      CAST("t3"."weeks" AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 2.0
                ) * "t3"."y2"
              ) + (
                (
                  (
                    (
                      CAST("t3"."weeks" AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 3.0
                ) * "t3"."y3"
              )
            ) / (
              (
                CAST("t3"."weeks" AS DOUBLE) * (
                  (
                    CAST("t3"."weeks" AS DOUBLE) * CAST("t3"."weeks" AS DOUBLE)
                  ) - 1.0
                )
              ) / 12.0
            )
            ELSE CAST(NULL AS DOUBLE)
          END AS "slope"
        FROM (
          SELECT
            "t2"."customer_id",
            LN(
              CAST(COALESCE(SUM("t2"."events") FILTER(WHERE
                "t2"."back" = 0), 0) + 1 AS DOUBLE)
            ) AS "y0",
            LN(
              CAST(COALESCE(SUM("t2"."events") FILTER(WHERE
                "t2"."back" = 1), 0) + 1 AS DOUBLE)
            ) AS "y1",
            LN(
              CAST(COALESCE(SUM("t2"."events") FILTER(WHERE
                "t2"."back" = 2), 0) + 1 AS DOUBLE)
            ) AS "y2",
            LN(
              CAST(COALESCE(SUM("t2"."events") FILTER(WHERE
                "t2"."back" = 3), 0) + 1 AS DOUBLE)
            ) AS "y3",
            LEAST(MAX("t2"."back") + 1, 4) AS "weeks",
            MIN("t2"."back") AS "newest"
          FROM (
            SELECT
              "t1"."customer_id",
              "t1"."back",
              COUNT(*) AS "events"
            FROM (
              SELECT
                "t0"."customer_id",
                "t0"."user_id",
                "t0"."kind",
                "t0"."event",
                "t0"."at",
                "t0"."day",
                "t0"."recorded_at",
                "t0"."properties",
                "t0"."message_id",
                "t0"."source",
                CAST(FLOOR(DATE_DIFF('DAY', "t0"."day", MAKE_DATE(2026, 6, 28)) / 7) AS BIGINT) AS "back"
              FROM "events" AS "t0"
              WHERE
                "t0"."customer_id" IS NOT NULL
                AND "t0"."kind" IN ('track', 'page', 'screen')
                AND "t0"."day" <= MAKE_DATE(2026, 6, 28)
            ) AS "t1"
            GROUP BY
              1,
              2
          ) AS "t2"
          GROUP BY
            1
        ) AS "t3"
        WHERE
          "t3"."newest" < 4
      ) AS "t4"
    ) AS "t5"
  ) AS "t6"
) AS "t7"
