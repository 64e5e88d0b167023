-- Downloads of some packages in each month, with their rank among all, from the public
-- ClickHouse table of PyPI downloads. Run it where the table lives (user demo, no password):
--   clickhouse client --host sql-clickhouse.clickhouse.com --secure --user demo \
--     --param_first=2025-06-01 --param_packages="['fastapi','django']" < clickhouse.sql
-- Whole calendar months and all installers, as in era E of pypi_monthly_downloads.
SELECT
    formatDateTime(month, '%Y-%m') AS month,
    project AS package,
    toInt64(round(downloads / days * 30)) AS downloads_30d,
    rank,
    downloads AS downloads_raw,
    days AS window_days
FROM
(
    SELECT
        month,
        project,
        sum(count) AS downloads,
        toDayOfMonth(toLastDayOfMonth(month)) AS days,
        row_number() OVER (PARTITION BY month ORDER BY sum(count) DESC, project) AS rank
    FROM pypi.pypi_downloads_per_month
    WHERE month >= {first:Date} AND month < toStartOfMonth(today())
    GROUP BY month, project
)
WHERE rank <= 15000 AND has({packages:Array(String)}, project)
ORDER BY month, rank
FORMAT CSVWithNames
