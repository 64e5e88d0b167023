"""What stands under a cell: MIME bundles, tables, displays that change."""
