SELECT
  `t3`.`customer_id`,
  `t3`.`period`,
  SUM(`t3`.`number`) AS `value`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t1`.`customer_id`,
      CAST(DATE_TRUNC('week', `t1`.`day`) AS DATE) AS `period`,
      IF(
        GET_JSON_OBJECT(`t1`.`properties`, '$[\'amount due\']') RLIKE '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$',
        CAST(GET_JSON_OBJECT(`t1`.`properties`, '$[\'amount due\']') AS DOUBLE),
        CAST(NULL AS DOUBLE)
      ) AS `number`
    FROM (
      SELECT
        *
      FROM `events` AS `t0`
      WHERE
        `t0`.`customer_id` IS NOT NULL
        AND `t0`.`kind` IN ('track', 'page', 'screen')
        AND `t0`.`day` >= MAKE_DATE(2026, 6, 1)
        AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
        AND `t0`.`event` IN ('Order')
    ) AS `t1`
  ) AS `t2`
  WHERE
    `t2`.`number` IS NOT NULL AND NOT ISNAN(`t2`.`number`)
) AS `t3`
GROUP BY
  1,
  2
