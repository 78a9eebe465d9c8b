SELECT
  *
FROM (
  SELECT DISTINCT
    `t30`.`customer_id`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t1`.`customer_id`,
        `t1`.`user_id`,
        `t1`.`kind`,
        `t1`.`event`,
        `t1`.`at`,
        `t1`.`day`,
        `t1`.`recorded_at`,
        `t1`.`properties`,
        `t1`.`message_id`,
        `t1`.`source`
      FROM `settled` AS `t1`
      WHERE
        `t1`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
    ) AS `t7`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        COALESCE(`t28`.`customer_id`, `t28`.`home`) AS `customer_id`,
        `t28`.`user_id`,
        `t28`.`kind`,
        `t28`.`event`,
        `t28`.`at`,
        `t28`.`day`,
        IF(
          `t28`.`customer_id` IS NULL,
          GREATEST(`t28`.`recorded_at`, COALESCE(`t28`.`home_at`, `t28`.`recorded_at`)),
          `t28`.`recorded_at`
        ) AS `recorded_at`,
        `t28`.`properties`,
        `t28`.`message_id`,
        `t28`.`source`
      FROM (
        SELECT
          `t25`.`customer_id`,
          `t25`.`user_id`,
          `t25`.`kind`,
          `t25`.`event`,
          `t25`.`at`,
          `t25`.`day`,
          `t25`.`recorded_at`,
          `t25`.`properties`,
          `t25`.`message_id`,
          `t25`.`source`,
          `t25`.`anonymous_id`,
          `t25`.`called`,
          `t25`.`name`,
          `t25`.`person`,
          `t25`.`named_at`,
          `t27`.`member`,
          `t27`.`home`,
          `t27`.`home_at`
        FROM (
          SELECT
            `t21`.`customer_id`,
            COALESCE(`t21`.`person`, `t21`.`user_id`) AS `user_id`,
            `t21`.`kind`,
            `t21`.`event`,
            `t21`.`at`,
            `t21`.`day`,
            GREATEST(`t21`.`recorded_at`, COALESCE(`t21`.`named_at`, `t21`.`recorded_at`)) AS `recorded_at`,
            `t21`.`properties`,
            `t21`.`message_id`,
            `t21`.`source`,
            `t21`.`anonymous_id`,
            `t21`.`called`,
            `t21`.`name`,
            `t21`.`person`,
            `t21`.`named_at`
          FROM (
            SELECT
              `t14`.`customer_id`,
              `t14`.`user_id`,
              `t14`.`kind`,
              `t14`.`event`,
              `t14`.`at`,
              `t14`.`day`,
              `t14`.`recorded_at`,
              `t14`.`properties`,
              `t14`.`message_id`,
              `t14`.`source`,
              `t14`.`anonymous_id`,
              `t14`.`called`,
              `t20`.`name`,
              `t20`.`person`,
              `t20`.`named_at`
            FROM (
              SELECT
                `t3`.`customer_id`,
                `t3`.`user_id`,
                `t3`.`kind`,
                `t3`.`event`,
                `t3`.`at`,
                `t3`.`day`,
                `t3`.`recorded_at`,
                `t3`.`properties`,
                `t3`.`message_id`,
                `t3`.`source`,
                `t3`.`anonymous_id`,
                COALESCE(`t3`.`user_id`, `t3`.`anonymous_id`) AS `called`
              FROM `unsettled` AS `t3`
              WHERE
                `t3`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
            ) AS `t14`
            LEFT OUTER JOIN (
              SELECT
                `t17`.`other_key` AS `name`,
                `t17`.`user_key` AS `person`,
                `t17`.`recorded_at` AS `named_at`
              FROM (
                SELECT
                  `t10`.`user_key`,
                  `t10`.`other_key`,
                  `t10`.`recorded_at`,
                  ROW_NUMBER() OVER (PARTITION BY `t10`.`other_key` ORDER BY `t10`.`user_key` ASC NULLS LAST) - 1 AS `place`
                FROM (
                  SELECT
                    *
                  FROM `aliases` AS `t2`
                  WHERE
                    `t2`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
                ) AS `t10`
              ) AS `t17`
              WHERE
                `t17`.`place` = 0
            ) AS `t20`
              ON `t14`.`called` = `t20`.`name`
          ) AS `t21`
        ) AS `t25`
        LEFT OUTER JOIN (
          SELECT
            `t23`.`member`,
            `t23`.`home`,
            `t23`.`home_at`
          FROM (
            SELECT
              `t22`.`member`,
              MIN(`t22`.`home`) AS `home`,
              MAX(`t22`.`home`) AS `last`,
              MIN(`t22`.`home_at`) AS `home_at`
            FROM (
              SELECT
                COALESCE(`t20`.`person`, `t12`.`user_key`) AS `member`,
                `t12`.`customer_key` AS `home`,
                GREATEST(`t12`.`recorded_at`, COALESCE(`t20`.`named_at`, `t12`.`recorded_at`)) AS `home_at`
              FROM (
                SELECT
                  *
                FROM `memberships` AS `t0`
                WHERE
                  `t0`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
              ) AS `t12`
              LEFT OUTER JOIN (
                SELECT
                  `t17`.`other_key` AS `name`,
                  `t17`.`user_key` AS `person`,
                  `t17`.`recorded_at` AS `named_at`
                FROM (
                  SELECT
                    `t10`.`user_key`,
                    `t10`.`other_key`,
                    `t10`.`recorded_at`,
                    ROW_NUMBER() OVER (PARTITION BY `t10`.`other_key` ORDER BY `t10`.`user_key` ASC NULLS LAST) - 1 AS `place`
                  FROM (
                    SELECT
                      *
                    FROM `aliases` AS `t2`
                    WHERE
                      `t2`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
                  ) AS `t10`
                ) AS `t17`
                WHERE
                  `t17`.`place` = 0
              ) AS `t20`
                ON `t12`.`user_key` = `t20`.`name`
            ) AS `t22`
            GROUP BY
              1
          ) AS `t23`
          WHERE
            `t23`.`home` = `t23`.`last`
        ) AS `t27`
          ON `t25`.`user_id` = `t27`.`member`
      ) AS `t28`
    ) AS `t29`
  ) AS `t30`
  WHERE
    `t30`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
    AND `t30`.`customer_id` IS NOT NULL
) AS `t31`
UNION
SELECT
  *
FROM (
  SELECT
    `t4`.`customer_key` AS `customer_id`
  FROM `memberships` AS `t4`
  LEFT SEMI JOIN (
    SELECT
      *
    FROM (
      SELECT
        `t2`.`other_key` AS `user_key`
      FROM `aliases` AS `t2`
      WHERE
        `t2`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
    ) AS `t8`
    UNION
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t0`.`user_key`
        FROM `memberships` AS `t0`
        WHERE
          `t0`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      ) AS `t5`
      UNION
      SELECT
        *
      FROM (
        SELECT
          `t2`.`user_key`
        FROM `aliases` AS `t2`
        WHERE
          `t2`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      ) AS `t9`
    ) AS `t13`
  ) AS `t16`
    ON `t4`.`user_key` = `t16`.`user_key`
) AS `t18`
