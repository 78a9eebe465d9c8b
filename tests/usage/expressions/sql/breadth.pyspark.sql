SELECT
  `t1`.`customer_id`,
  `t1`.`feature`,
  COUNT(DISTINCT `t1`.`user_id`) AS `users`,
  COUNT(*) AS `events`,
  COUNT(DISTINCT `t1`.`day`) AS `active_days`
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
    CASE `t0`.`event`
      WHEN 'Invoice Sent'
      THEN 'invoicing'
      WHEN 'Report Read'
      THEN 'reports'
      ELSE CAST(NULL AS STRING)
    END AS `feature`
  FROM `events` AS `t0`
  WHERE
    `t0`.`customer_id` IS NOT NULL
    AND `t0`.`kind` IN ('track', 'page', 'screen')
    AND `t0`.`day` >= MAKE_DATE(2026, 6, 1)
    AND `t0`.`day` <= MAKE_DATE(2026, 6, 28)
    AND `t0`.`event` IN ('Invoice Sent', 'Report Read')
) AS `t1`
GROUP BY
  1,
  2
