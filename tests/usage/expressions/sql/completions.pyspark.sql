SELECT
  `t12`.`customer_id`,
  `t12`.`first_at`,
  `t12`.`last` >= 24317 AS `met`
FROM (
  SELECT
    `t11`.`customer_id`,
    MIN(`t11`.`at`) AS `first_at`,
    MAX(`t11`.`period`) AS `last`
  FROM (
    SELECT
      `t10`.`customer_id`,
      `t10`.`period`,
      `t10`.`at`
    FROM (
      SELECT
        `t9`.`customer_id`,
        `t9`.`period`,
        `t9`.`at`,
        `t9`.`run`,
        ROW_NUMBER() OVER (PARTITION BY `t9`.`customer_id`, `t9`.`run` ORDER BY `t9`.`period` ASC NULLS LAST) - 1 AS `behind`
      FROM (
        SELECT
          `t8`.`customer_id`,
          `t8`.`period`,
          `t8`.`at`,
          `t8`.`period` - (
            ROW_NUMBER() OVER (PARTITION BY `t8`.`customer_id` ORDER BY `t8`.`period` ASC NULLS LAST) - 1
          ) AS `run`
        FROM (
          SELECT
            `t7`.`customer_id`,
            `t7`.`period`,
            `t7`.`at`
          FROM (
            SELECT
              `t6`.`customer_id`,
              `t6`.`period`,
              MAX(`t6`.`at`) AS `at`,
              COUNT(*) AS `n`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t1`.`customer_id`,
                  `t1`.`period`,
                  `t1`.`event`,
                  MIN(`t1`.`at`) AS `at`
                FROM (
                  SELECT
                    `t0`.`customer_id`,
                    `t0`.`event`,
                    `t0`.`at`,
                    (
                      EXTRACT(year FROM `t0`.`day`) * 12
                    ) + EXTRACT(month FROM `t0`.`day`) AS `period`
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`customer_id` IS NOT NULL
                    AND `t0`.`kind` IN ('track', 'page', 'screen')
                    AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
                    AND `t0`.`event` IN ('Invoice Sent', 'Report Read')
                    AND `t0`.`event` IN ('Report Read')
                ) AS `t1`
                GROUP BY
                  1,
                  2,
                  3
              ) AS `t3`
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  `t4`.`customer_id`,
                  `t4`.`period`,
                  `t4`.`event`,
                  `t4`.`at`
                FROM (
                  SELECT
                    `t2`.`customer_id`,
                    `t2`.`event`,
                    `t2`.`at`,
                    `t2`.`period`,
                    ROW_NUMBER() OVER (
                      PARTITION BY `t2`.`customer_id`, `t2`.`period`, `t2`.`event`
                      ORDER BY `t2`.`at` ASC NULLS LAST
                    ) - 1 AS `place`,
                    CASE `t2`.`event` WHEN 'Invoice Sent' THEN 5 ELSE CAST(NULL AS BIGINT) END AS `times`
                  FROM (
                    SELECT
                      `t0`.`customer_id`,
                      `t0`.`event`,
                      `t0`.`at`,
                      (
                        EXTRACT(year FROM `t0`.`day`) * 12
                      ) + EXTRACT(month FROM `t0`.`day`) AS `period`
                    FROM `events` AS `t0`
                    WHERE
                      `t0`.`customer_id` IS NOT NULL
                      AND `t0`.`kind` IN ('track', 'page', 'screen')
                      AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
                      AND `t0`.`event` IN ('Invoice Sent', 'Report Read')
                      AND `t0`.`event` IN ('Invoice Sent')
                  ) AS `t2`
                ) AS `t4`
                WHERE
                  `t4`.`place` = (
                    `t4`.`times` - 1
                  )
              ) AS `t5`
            ) AS `t6`
            GROUP BY
              1,
              2
          ) AS `t7`
          WHERE
            `t7`.`n` = 2
        ) AS `t8`
      ) AS `t9`
    ) AS `t10`
    WHERE
      `t10`.`behind` >= 2
  ) AS `t11`
  GROUP BY
    1
) AS `t12`
