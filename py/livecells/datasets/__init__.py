"""From raw extracts to a site's described Parquet files; never part of the browser's bundle."""
