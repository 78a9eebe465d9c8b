SELECT
  `t5`.`customer_id`,
  `t5`.`days` - 1 AS `frequency`,
  DATEDIFF(DAY, `t5`.`began`, `t5`.`ended`) AS `recency`,
  DATEDIFF(DAY, `t5`.`began`, MAKE_DATE(2026, 6, 28)) AS `age`,
  COALESCE(`t5`.`value`, 0.0) AS `value`
FROM (
  SELECT
    `t4`.`customer_id`,
    COUNT(*) AS `days`,
    MIN(`t4`.`day`) AS `began`,
    MAX(`t4`.`day`) AS `ended`,
    AVG(IF(`t4`.`day` > `t4`.`began`, `t4`.`amount`, NULL)) AS `value`
  FROM (
    SELECT
      `t3`.`customer_id`,
      `t3`.`day`,
      `t3`.`amount`,
      MIN(`t3`.`day`) OVER (
        PARTITION BY `t3`.`customer_id`
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS `began`
    FROM (
      SELECT
        `t2`.`customer_id`,
        `t2`.`day`,
        SUM(`t2`.`amount`) AS `amount`
      FROM (
        SELECT
          `t1`.`customer_id`,
          `t1`.`day`,
          IF(
            GET_JSON_OBJECT(`t1`.`properties`, '$[\'amount\']') RLIKE '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$',
            CAST(GET_JSON_OBJECT(`t1`.`properties`, '$[\'amount\']') AS DOUBLE),
            CAST(NULL AS DOUBLE)
          ) AS `amount`
        FROM (
          SELECT
            *
          FROM `events` AS `t0`
          WHERE
            `t0`.`customer_id` IS NOT NULL
            AND `t0`.`kind` IN ('track', 'page', 'screen')
            AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
            AND `t0`.`event` IN ('Order')
        ) AS `t1`
      ) AS `t2`
      GROUP BY
        1,
        2
    ) AS `t3`
  ) AS `t4`
  GROUP BY
    1
) AS `t5`
