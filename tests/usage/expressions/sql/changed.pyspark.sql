WITH `t19` AS (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      COALESCE(`t6`.`user_key`, `t16`.`touched`) AS `user_key`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t0`.`user_key` AS `touched`
        FROM `memberships` AS `t0`
        WHERE
          `t0`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      ) AS `t7`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t2`.`other_key` AS `touched`
        FROM `aliases` AS `t2`
        WHERE
          `t2`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      ) AS `t10`
    ) AS `t16`
    LEFT OUTER JOIN `aliases` AS `t6`
      ON `t16`.`touched` = `t6`.`other_key`
  ) AS `t18`
)
SELECT DISTINCT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t37`.`customer_id`
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
      ) AS `t9`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          COALESCE(`t35`.`customer_id`, `t35`.`home`) AS `customer_id`,
          `t35`.`user_id`,
          `t35`.`kind`,
          `t35`.`event`,
          `t35`.`at`,
          `t35`.`day`,
          IF(
            `t35`.`customer_id` IS NULL,
            GREATEST(`t35`.`recorded_at`, COALESCE(`t35`.`home_at`, `t35`.`recorded_at`)),
            `t35`.`recorded_at`
          ) AS `recorded_at`,
          `t35`.`properties`,
          `t35`.`message_id`,
          `t35`.`source`
        FROM (
          SELECT
            `t31`.`customer_id`,
            `t31`.`user_id`,
            `t31`.`kind`,
            `t31`.`event`,
            `t31`.`at`,
            `t31`.`day`,
            `t31`.`recorded_at`,
            `t31`.`properties`,
            `t31`.`message_id`,
            `t31`.`source`,
            `t31`.`anonymous_id`,
            `t31`.`called`,
            `t31`.`name`,
            `t31`.`person`,
            `t31`.`named_at`,
            `t34`.`member`,
            `t34`.`home`,
            `t34`.`home_at`
          FROM (
            SELECT
              `t24`.`customer_id`,
              COALESCE(`t24`.`person`, `t24`.`user_id`) AS `user_id`,
              `t24`.`kind`,
              `t24`.`event`,
              `t24`.`at`,
              `t24`.`day`,
              GREATEST(`t24`.`recorded_at`, COALESCE(`t24`.`named_at`, `t24`.`recorded_at`)) AS `recorded_at`,
              `t24`.`properties`,
              `t24`.`message_id`,
              `t24`.`source`,
              `t24`.`anonymous_id`,
              `t24`.`called`,
              `t24`.`name`,
              `t24`.`person`,
              `t24`.`named_at`
            FROM (
              SELECT
                `t15`.`customer_id`,
                `t15`.`user_id`,
                `t15`.`kind`,
                `t15`.`event`,
                `t15`.`at`,
                `t15`.`day`,
                `t15`.`recorded_at`,
                `t15`.`properties`,
                `t15`.`message_id`,
                `t15`.`source`,
                `t15`.`anonymous_id`,
                `t15`.`called`,
                `t22`.`name`,
                `t22`.`person`,
                `t22`.`named_at`
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
              ) AS `t15`
              LEFT OUTER JOIN (
                SELECT
                  `t17`.`other_key` AS `name`,
                  `t17`.`user_key` AS `person`,
                  `t17`.`recorded_at` AS `named_at`
                FROM (
                  SELECT
                    `t11`.`user_key`,
                    `t11`.`other_key`,
                    `t11`.`recorded_at`,
                    ROW_NUMBER() OVER (PARTITION BY `t11`.`other_key` ORDER BY `t11`.`user_key` ASC NULLS LAST) - 1 AS `place`
                  FROM (
                    SELECT
                      *
                    FROM `aliases` AS `t2`
                    WHERE
                      `t2`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
                  ) AS `t11`
                ) AS `t17`
                WHERE
                  `t17`.`place` = 0
              ) AS `t22`
                ON `t15`.`called` = `t22`.`name`
            ) AS `t24`
          ) AS `t31`
          LEFT OUTER JOIN (
            SELECT
              `t29`.`member`,
              `t29`.`home`,
              `t29`.`home_at`
            FROM (
              SELECT
                `t25`.`member`,
                MIN(`t25`.`home`) AS `home`,
                MAX(`t25`.`home`) AS `last`,
                MIN(`t25`.`home_at`) AS `home_at`
              FROM (
                SELECT
                  COALESCE(`t22`.`person`, `t13`.`user_key`) AS `member`,
                  `t13`.`customer_key` AS `home`,
                  GREATEST(`t13`.`recorded_at`, COALESCE(`t22`.`named_at`, `t13`.`recorded_at`)) AS `home_at`
                FROM (
                  SELECT
                    *
                  FROM `memberships` AS `t0`
                  WHERE
                    `t0`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
                ) AS `t13`
                LEFT OUTER JOIN (
                  SELECT
                    `t17`.`other_key` AS `name`,
                    `t17`.`user_key` AS `person`,
                    `t17`.`recorded_at` AS `named_at`
                  FROM (
                    SELECT
                      `t11`.`user_key`,
                      `t11`.`other_key`,
                      `t11`.`recorded_at`,
                      ROW_NUMBER() OVER (PARTITION BY `t11`.`other_key` ORDER BY `t11`.`user_key` ASC NULLS LAST) - 1 AS `place`
                    FROM (
                      SELECT
                        *
                      FROM `aliases` AS `t2`
                      WHERE
                        `t2`.`recorded_at` <= CAST('2026-06-28T23:59:59.500000+00:00' AS TIMESTAMP)
                    ) AS `t11`
                  ) AS `t17`
                  WHERE
                    `t17`.`place` = 0
                ) AS `t22`
                  ON `t13`.`user_key` = `t22`.`name`
              ) AS `t25`
              GROUP BY
                1
            ) AS `t29`
            WHERE
              `t29`.`home` = `t29`.`last`
          ) AS `t34`
            ON `t31`.`user_id` = `t34`.`member`
        ) AS `t35`
      ) AS `t36`
    ) AS `t37`
    WHERE
      `t37`.`recorded_at` > CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      AND `t37`.`customer_id` IS NOT NULL
  ) AS `t38`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t4`.`customer_key` AS `customer_id`
    FROM `memberships` AS `t4`
    LEFT SEMI JOIN (
      SELECT
        *
      FROM `t19` AS `t21`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t5`.`other_key` AS `user_key`
        FROM `aliases` AS `t5`
        LEFT SEMI JOIN `t19` AS `t23`
          ON `t5`.`user_key` = `t23`.`user_key`
      ) AS `t26`
    ) AS `t28`
      ON `t4`.`user_key` = `t28`.`user_key`
  ) AS `t33`
) AS `t39`
