SELECT
  `t1`.`customer_id`,
  COUNT(DISTINCT `t1`.`user_id`) AS `users`
FROM (
  SELECT
    *
  FROM `events` AS `t0`
  WHERE
    `t0`.`customer_id` IN ('harbour', 'quay')
    AND `t0`.`customer_id` IS NOT NULL
    AND `t0`.`kind` IN ('track', 'page', 'screen')
    AND `t0`.`day` >= MAKE_DATE(2026, 6, 1)
    AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
) AS `t1`
GROUP BY
  1
