"""Names that Polars got after 1.33, the newest release that runs in a browser, and what to write.

Found by comparing the public names of 1.33.1 with those of 2.1.0. By class or namespace; an empty
text means that there is no short workaround.
"""

RUNS_HERE = "1.33"

_FRAME = {
    "gather": "`frame[[0, 2]]` takes rows by number",
    "is_sorted": 'frame["column"].is_sorted()',
    "show": "let the frame be the last line of the cell, or `print(frame)`",
}
_LAZY = {
    "collect_batches": "`.collect().iter_slices(n)`",
    "execute": "`.collect()`",
    "gather": "`.collect()`, then `frame[[0, 2]]`",
    "pivot": "`.collect().pivot(...)`",
    "show": "`.head().collect()`",
    "sink_batches": "`.collect().iter_slices(n)`",
    "sink_delta": "",
    "sink_iceberg": "",
}
_EXPRESSION = {
    "approx_quantile": "`.quantile(q)`",
    "bin_intervals": "`.cut(breaks)`",
    "bin_quantiles": "`.qcut(quantiles)`",
    "bin_ranks": "`.rank()`, then `.qcut(...)`",
    "erf": "",
    "erfc": "",
    "ewm_sum": "",
    "ewm_sum_by": "",
    "is_empty": "`.len() == 0`",
    "is_sorted": "`frame[column].is_sorted()`",
    "item": "`.first()`",
    "max_by": "`.sort_by(other).last()`",
    "min_by": "`.sort_by(other).first()`",
    "pipe_with_dtype": "`.pipe(function)`",
    "rolling_rank": "",
    "rolling_rank_by": "",
    "truncate": "`.cast(pl.Int64)`, or `.round(digits)`",
    "truncdiv": "`(a / b).cast(pl.Int64)`",
}
_MODULE = {
    "Float16": "`pl.Float32`",
    "PartitionBy": "`frame.partition_by(columns)`, and write each part",
    "UInt128": "`pl.Int128`",
    "merge_sorted": "`first.merge_sorted(second, key)`",
    "read_lines": '`pl.read_csv(file, has_header=False, separator="\\x01")`',
    "scan_lines": '`pl.scan_csv(file, has_header=False, separator="\\x01")`',
    "union": "`pl.concat(frames)`",
}
_STRIP = "`.name.map(lambda name: name.{}(text))`"

NEWER: dict[str, dict[str, str]] = {
    "polars": _MODULE,
    "DataFrame": _FRAME,
    "LazyFrame": _LAZY,
    "Expr": _EXPRESSION,
    "Series": {**_EXPRESSION, "sql": "`.to_frame().sql(query)`", "degrees": "", "radians": ""},
    "GroupBy": {"having": "`.agg(...).filter(...)`"},
    "ExprListNameSpace": {"agg": "`.list.eval(...)`", "item": "`.list.first()`"},
    "ExprArrayNameSpace": {"agg": "", "dot": "", "eval": "`.arr.to_list().list.eval(...)`"},
    "ExprStructNameSpace": {"drop": "`.struct.field(...)` of those to keep", "eval": ""},
    "ExprBinaryNameSpace": {"get": "", "head": "", "slice": "", "tail": ""},
    "ExprNameNameSpace": {
        "replace": _STRIP.format("replace"),
        "strip_prefix": _STRIP.format("removeprefix"),
        "strip_suffix": _STRIP.format("removesuffix"),
    },
}
