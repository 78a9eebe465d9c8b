SELECT
  `t2`.`customer_id`,
  `t2`.`user_id`,
  CASE
    WHEN `t2`.`first_day` >= MAKE_DATE(2026, 6, 1)
    THEN 'new'
    WHEN `t2`.`last_day` >= MAKE_DATE(2026, 6, 1)
    THEN 'returning'
    ELSE 'dormant'
  END AS `state`
FROM (
  SELECT
    `t1`.`customer_id`,
    `t1`.`user_id`,
    MIN(`t1`.`day`) AS `first_day`,
    MAX(`t1`.`day`) AS `last_day`
  FROM (
    SELECT
      *
    FROM `events` AS `t0`
    WHERE
      `t0`.`customer_id` IS NOT NULL
      AND `t0`.`kind` IN ('track', 'page', 'screen')
      AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
      AND `t0`.`user_id` IS NOT NULL
  ) AS `t1`
  GROUP BY
    1,
    2
) AS `t2`
