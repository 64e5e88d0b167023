-- The same from the public BigQuery table of PyPI's download log, one row a download: costly, so
-- keep the span short (the table is partitioned by day).
--   bq query --use_legacy_sql=false --format=csv --max_rows=1000000 \
--     --parameter=first:DATE:2025-06-01 --parameter=last:DATE:2025-06-30 \
--     --parameter='packages:ARRAY<STRING>:["fastapi","django"]' < bigquery.sql
-- All installers; for pip only add: AND details.installer.name = 'pip'.
WITH counted AS (
  SELECT
    DATE_TRUNC(DATE(timestamp), MONTH) AS month,
    project,
    COUNT(*) AS downloads
  FROM `bigquery-public-data.pypi.file_downloads`
  WHERE DATE(timestamp) BETWEEN @first AND @last
  GROUP BY month, project
),
ranked AS (
  SELECT
    *,
    EXTRACT(DAY FROM LAST_DAY(month)) AS days,
    ROW_NUMBER() OVER (PARTITION BY month ORDER BY downloads DESC, project) AS rank
  FROM counted
)
SELECT
  FORMAT_DATE('%Y-%m', month) AS month,
  project AS package,
  CAST(ROUND(downloads / days * 30) AS INT64) AS downloads_30d,
  rank,
  downloads AS downloads_raw,
  days AS window_days
FROM ranked
WHERE rank <= 15000 AND project IN UNNEST(@packages)
ORDER BY month, rank;
