SELECT
  `t14`.`customer_id`,
  `t14`.`slope`,
  `t14`.`slope` - `t14`.`reach` AS `low`,
  `t14`.`slope` + `t14`.`reach` AS `high`,
  `t14`.`weeks`
FROM (
  SELECT
    `t13`.`customer_id`,
    `t13`.`weeks`,
    `t13`.`slope`,
    `t13`.`error`,
    CASE `t13`.`weeks`
      WHEN 3
      THEN 12.706204736174694
      WHEN 4
      THEN 4.302652729749462
      ELSE CAST(NULL AS DOUBLE)
    END * `t13`.`error` AS `reach`
  FROM (
    SELECT
      `t12`.`customer_id`,
      `t12`.`weeks`,
      `t12`.`slope`,
      IF(
        `t12`.`weeks` >= 3,
        SQRT(
          (
            (
              IF(`t12`.`weeks` > 0, `t12`.`off0` * `t12`.`off0`, 0.0) + IF(`t12`.`weeks` > 1, `t12`.`off1` * `t12`.`off1`, 0.0) + IF(`t12`.`weeks` > 2, `t12`.`off2` * `t12`.`off2`, 0.0) + IF(`t12`.`weeks` > 3, `t12`.`off3` * `t12`.`off3`, 0.0)
            ) / (
              `t12`.`n` - 2.0
            )
          ) / `t12`.`spread`
        ),
        CAST(NULL AS DOUBLE)
      ) AS `error`
    FROM (
      SELECT
        `t11`.`customer_id`,
        `t11`.`y0`,
        `t11`.`y1`,
        `t11`.`y2`,
        `t11`.`y3`,
        `t11`.`weeks`,
        `t11`.`n`,
        `t11`.`middle`,
        `t11`.`spread`,
        `t11`.`mean`,
        `t11`.`slope`,
        (
          `t11`.`y0` - `t11`.`mean`
        ) - (
          `t11`.`slope` * (
            `t11`.`middle` - 0.0
          )
        ) AS `off0`,
        (
          `t11`.`y1` - `t11`.`mean`
        ) - (
          `t11`.`slope` * (
            `t11`.`middle` - 1.0
          )
        ) AS `off1`,
        (
          `t11`.`y2` - `t11`.`mean`
        ) - (
          `t11`.`slope` * (
            `t11`.`middle` - 2.0
          )
        ) AS `off2`,
        (
          `t11`.`y3` - `t11`.`mean`
        ) - (
          `t11`.`slope` * (
            `t11`.`middle` - 3.0
          )
        ) AS `off3`
      FROM (
        SELECT
          `t10`.`customer_id`,
          `t10`.`y0`,
          `t10`.`y1`,
          `t10`.`y2`,
          `t10`.`y3`,
          `t10`.`weeks`,
          CAST(`t10`.`weeks` AS DOUBLE) AS `n`,
          (
            CAST(`t10`.`weeks` AS DOUBLE) - 1.0
          ) / 2.0 AS `middle`,
          (
            CAST(`t10`.`weeks` AS DOUBLE) * (
              (
                CAST(`t10`.`weeks` AS DOUBLE) * CAST(`t10`.`weeks` AS DOUBLE)
              ) - 1.0
            )
          ) / 12.0 AS `spread`,
          (
            `t10`.`y0` + `t10`.`y1` + `t10`.`y2` + `t10`.`y3`
          ) / CAST(`t10`.`weeks` AS DOUBLE) AS `mean`,
          IF(
            `t10`.`weeks` >= 3,
            (
              (
                (
                  (
                    (
                      CAST(`t10`.`weeks` AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 0.0
                ) * `t10`.`y0`
              ) + (
                (
                  (
                    (
                      CAST(`t10`.`weeks` AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 1.0
                ) * `t10`.`y1`
              ) + (
                (
                  (
                    (
                      CAST(`t10`.`weeks` AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 2.0
                ) * `t10`.`y2`
              ) + (
                (
                  (
                    (
                      CAST(`t10`.`weeks` AS DOUBLE) - 1.0
                    ) / 2.0
                  ) - 3.0
                ) * `t10`.`y3`
              )
            ) / (
              (
                CAST(`t10`.`weeks` AS DOUBLE) * (
                  (
                    CAST(`t10`.`weeks` AS DOUBLE) * CAST(`t10`.`weeks` AS DOUBLE)
                  ) - 1.0
                )
              ) / 12.0
            ),
            CAST(NULL AS DOUBLE)
          ) AS `slope`
        FROM (
          SELECT
            `t9`.`customer_id`,
            `t9`.`y0`,
            `t9`.`y1`,
            `t9`.`y2`,
            `t9`.`y3`,
            `t9`.`weeks`
          FROM (
            SELECT
              `t8`.`customer_id`,
              `t8`.`y0`,
              `t8`.`y1`,
              `t8`.`y2`,
              `t8`.`y3`,
              `t8`.`began`,
              LEAST(
                CAST(FLOOR(DATEDIFF(DAY, `t8`.`began`, MAKE_DATE(2026, 6, 28)) / 7) AS BIGINT) + 1,
                4
              ) AS `weeks`
            FROM (
              SELECT
                `t7`.`customer_id`,
                `t7`.`y0`,
                `t7`.`y1`,
                `t7`.`y2`,
                `t7`.`y3`,
                `t4`.`began`
              FROM (
                SELECT
                  `t5`.`customer_id`,
                  LN(CAST(COALESCE(SUM(IF(`t5`.`back` = 0, `t5`.`events`, NULL)), 0) + 1 AS DOUBLE)) AS `y0`,
                  LN(CAST(COALESCE(SUM(IF(`t5`.`back` = 1, `t5`.`events`, NULL)), 0) + 1 AS DOUBLE)) AS `y1`,
                  LN(CAST(COALESCE(SUM(IF(`t5`.`back` = 2, `t5`.`events`, NULL)), 0) + 1 AS DOUBLE)) AS `y2`,
                  LN(CAST(COALESCE(SUM(IF(`t5`.`back` = 3, `t5`.`events`, NULL)), 0) + 1 AS DOUBLE)) AS `y3`
                FROM (
                  SELECT
                    `t2`.`customer_id`,
                    `t2`.`back`,
                    COUNT(*) AS `events`
                  FROM (
                    SELECT
                      `t0`.`customer_id`,
                      `t0`.`user_id`,
                      `t0`.`kind`,
                      `t0`.`event`,
                      `t0`.`at`,
                      `t0`.`day`,
                      `t0`.`recorded_at`,
                      `t0`.`properties`,
                      `t0`.`message_id`,
                      `t0`.`source`,
                      CAST(FLOOR(DATEDIFF(DAY, `t0`.`day`, MAKE_DATE(2026, 6, 28)) / 7) AS BIGINT) AS `back`
                    FROM `events` AS `t0`
                    WHERE
                      `t0`.`customer_id` IS NOT NULL
                      AND `t0`.`kind` IN ('track', 'page', 'screen')
                      AND `t0`.`day` >= MAKE_DATE(2026, 6, 1)
                      AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
                  ) AS `t2`
                  GROUP BY
                    1,
                    2
                ) AS `t5`
                GROUP BY
                  1
              ) AS `t7`
              INNER JOIN (
                SELECT
                  `t1`.`customer_id`,
                  MIN(`t1`.`day`) AS `began`
                FROM (
                  SELECT
                    *
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`customer_id` IS NOT NULL
                    AND `t0`.`kind` IN ('track', 'page', 'screen')
                    AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
                ) AS `t1`
                GROUP BY
                  1
              ) AS `t4`
                ON `t7`.`customer_id` = `t4`.`customer_id`
            ) AS `t8`
          ) AS `t9`
        ) AS `t10`
      ) AS `t11`
    ) AS `t12`
  ) AS `t13`
) AS `t14`
