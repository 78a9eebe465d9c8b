SELECT
  *
FROM (
  SELECT
    *
  FROM `events` AS `t0`
  WHERE
    `t0`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
) AS `t1`
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM `events` AS `t0`
  WHERE
    `t0`.`day` > MAKE_DATE(2026, 6, 28)
    AND `t0`.`recorded_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
) AS `t2`
