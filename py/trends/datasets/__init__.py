"""From raw extracts to the Parquet files that ship; never part of the browser's bundle."""
