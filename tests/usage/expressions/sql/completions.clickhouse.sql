SELECT
  "t9"."customer_id" AS "customer_id",
  "t9"."first_at" AS "first_at",
  "t9"."last" AS "last",
  "t9"."last" >= 24317 AS "met"
FROM (
  SELECT
    "t8"."customer_id" AS "customer_id",
    MIN("t8"."at") AS "first_at",
    MAX("t8"."period") AS "last"
  FROM (
    SELECT
      "t7"."customer_id" AS "customer_id",
      "t7"."period" AS "period",
      "t7"."at" AS "at"
    FROM (
      SELECT
        "t6"."customer_id" AS "customer_id",
        "t6"."period" AS "period",
        "t6"."at" AS "at",
        "t6"."run" AS "run",
        ROW_NUMBER() OVER (
          PARTITION BY "t6"."customer_id", "t6"."run"
          ORDER BY "t6"."period" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "behind"
      FROM (
        SELECT
          "t5"."customer_id" AS "customer_id",
          "t5"."period" AS "period",
          "t5"."at" AS "at",
          "t5"."period" - (
            ROW_NUMBER() OVER (
              PARTITION BY "t5"."customer_id"
              ORDER BY "t5"."period" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1
          ) AS "run"
        FROM (
          SELECT
            "t4"."customer_id" AS "customer_id",
            "t4"."period" AS "period",
            "t4"."at" AS "at"
          FROM (
            SELECT
              "t3"."customer_id" AS "customer_id",
              "t3"."period" AS "period",
              MAX("t3"."at") AS "at",
              COUNT(*) AS "n"
            FROM (
              SELECT
                "t2"."customer_id" AS "customer_id",
                "t2"."period" AS "period",
                "t2"."event" AS "event",
                CASE "t2"."event"
                  WHEN 'Invoice Sent'
                  THEN "t2"."at_5"
                  WHEN 'Report Read'
                  THEN "t2"."at_1"
                  ELSE NULL
                END AS "at"
              FROM (
                SELECT
                  "t1"."customer_id" AS "customer_id",
                  "t1"."period" AS "period",
                  "t1"."event" AS "event",
                  COUNT(*) AS "n",
                  MIN("t1"."at") AS "at_1",
                  arrayElement(arraySort(groupArray("t1"."at")), 5) AS "at_5"
                FROM (
                  SELECT
                    "t0"."customer_id" AS "customer_id",
                    "t0"."event" AS "event",
                    "t0"."at" AS "at",
                    (
                      toYear("t0"."day") * 12
                    ) + toMonth("t0"."day") AS "period"
                  FROM "events" AS "t0"
                  WHERE
                    isNotNull("t0"."customer_id")
                    AND "t0"."kind" IN ('track', 'page', 'screen')
                    AND "t0"."day" <= toDate('2026-06-28')
                    AND "t0"."event" IN ('Invoice Sent', 'Report Read')
                ) AS "t1"
                GROUP BY
                  "t1"."customer_id",
                  "t1"."period",
                  "t1"."event"
              ) AS "t2"
              WHERE
                "t2"."n" >= CASE "t2"."event" WHEN 'Invoice Sent' THEN 5 WHEN 'Report Read' THEN 1 ELSE NULL END
            ) AS "t3"
            GROUP BY
              "t3"."customer_id",
              "t3"."period"
          ) AS "t4"
          WHERE
            "t4"."n" >= 2
        ) AS "t5"
      ) AS "t6"
    ) AS "t7"
    WHERE
      "t7"."behind" >= 2
  ) AS "t8"
  GROUP BY
    "t8"."customer_id"
) AS "t9"
