WITH `t3` AS (
  SELECT
    `t2`.`customer_id`,
    `t2`.`day`,
    SUM(`t2`.`amount`) AS `amount`
  FROM (
    SELECT
      `t1`.`customer_id`,
      `t1`.`day`,
      CAST(NULLIF(
        REGEXP_EXTRACT(
          GET_JSON_OBJECT(`t1`.`properties`, '$[\'amount\']'),
          '^-?[0-9]{1,100}([.][0-9]{1,100})?([eE][-+]?[0-9]{1,2})?$',
          0
        ),
        ''
      ) AS DOUBLE) AS `amount`
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
)
SELECT
  `t9`.`customer_id`,
  `t9`.`days` - 1 AS `frequency`,
  DATEDIFF(DAY, `t9`.`began`, `t9`.`ended`) AS `recency`,
  DATEDIFF(DAY, `t9`.`began`, MAKE_DATE(2026, 6, 28)) AS `age`,
  COALESCE(`t9`.`value`, 0.0) AS `value`
FROM (
  SELECT
    `t8`.`customer_id`,
    COUNT(*) AS `days`,
    MIN(`t8`.`day`) AS `began`,
    MAX(`t8`.`day`) AS `ended`,
    AVG(IF(`t8`.`day` > `t8`.`began`, `t8`.`amount`, NULL)) AS `value`
  FROM (
    SELECT
      `t5`.`customer_id`,
      `t5`.`day`,
      `t5`.`amount`,
      `t7`.`began`
    FROM `t3` AS `t5`
    INNER JOIN (
      SELECT
        `t4`.`customer_id`,
        MIN(`t4`.`day`) AS `began`
      FROM `t3` AS `t4`
      GROUP BY
        1
    ) AS `t7`
      ON `t5`.`customer_id` = `t7`.`customer_id`
  ) AS `t8`
  GROUP BY
    1
) AS `t9`
