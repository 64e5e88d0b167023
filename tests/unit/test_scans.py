"""Parquet files read in parts: the rows that the whole file gives, from no more than they need."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from polars.testing.parametric import dataframes

from livecells.kernel.process.host import RangeError
from livecells.kernel.remote import scans, thrift
from livecells.kernel.remote.parquet import Footer, ParquetError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from livecells.kernel.process.host import RangedFile

LONG_LIST = Path("data/pypi_top_packages.parquet")

DTYPES: list[Any] = [
    pl.Boolean,
    pl.Int8,
    pl.Int64,
    pl.UInt16,
    pl.UInt64,
    pl.Float32,
    pl.Float64,
    pl.String,
    pl.Binary,
    pl.Date,
    pl.Datetime("us"),
    pl.Datetime("ms", "Europe/Berlin"),
    pl.Duration("us"),
    pl.Time,
    pl.Enum(["b", "a", "c"]),
    pl.List(pl.Int64),
    pl.Struct({"x": pl.Int32, "y": pl.String}),
]


@dataclass
class Ranged:
    """A file that counts what is fetched of it; `is_gone` for one of which no range can be had."""

    content: bytes
    folder: Path
    is_gone: bool = False
    asked: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = len(self.content)
        with NamedTemporaryFile(dir=self.folder, suffix=".parquet", delete=False) as file:
            file.write(bytes(self.size))
        self.sparse = file.name

    def fetch(self, ranges: Sequence[tuple[int, int]]) -> None:
        if self.is_gone:
            msg = "gone"
            raise RangeError(msg)
        self.asked += ranges
        with Path(self.sparse).open("r+b") as file:
            for start, end in ranges:
                file.seek(start)
                file.write(self.content[start:end])

    def read(self, start: int, end: int) -> bytes:
        self.fetch([(start, end)])
        return self.content[start:end]

    @property
    def asked_bytes(self) -> int:
        return sum(end - start for start, end in self.asked)


def written(frame: pl.DataFrame, rows: int, compression: Any = "zstd") -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out, row_group_size=rows, compression=compression)
    return out.getvalue()


def lazily(file: RangedFile, whole: bytes = b"") -> pl.LazyFrame:
    return scans.lazy(file, pl.scan_parquet, lambda: pl.scan_parquet(io.BytesIO(whole)))


def conditions(frame: pl.DataFrame) -> st.SearchStrategy[pl.Expr]:
    """Filters by values of the frame itself, by constants, by nulls, and by several of these."""
    names = [name for name, dtype in frame.schema.items() if not dtype.is_nested()]
    assume(names)

    @st.composite
    def simple(draw: Callable[..., Any]) -> pl.Expr:
        name = draw(st.sampled_from(names))
        column = pl.col(name)
        values = frame[name].drop_nulls()
        kinds = ["null", "not null"] + ["equal", "less", "at least", "among"] * (len(values) > 0)
        kind = draw(st.sampled_from(kinds))
        if kind in ("null", "not null"):
            return column.is_null() if kind == "null" else column.is_not_null()
        picks = st.integers(0, len(values) - 1)
        pick = values.slice(draw(picks), 1)
        if kind == "among":
            return column.is_in(pl.concat([pick, values.slice(draw(picks), 1)]).implode())
        value = pl.lit(pick).first()
        return {"equal": column == value, "less": column < value, "at least": column >= value}[kind]

    return st.recursive(
        simple(),
        lambda some: st.one_of(
            st.builds(pl.Expr.and_, some, some),
            st.builds(pl.Expr.or_, some, some),
            st.builds(pl.Expr.not_, some),
        ),
        max_leaves=3,
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_query_gives_what_it_gives_over_the_whole_file(
    data: st.DataObject, tmp_path: Path
) -> None:
    frame = data.draw(
        dataframes(min_cols=1, max_cols=4, min_size=1, max_size=40, allowed_dtypes=DTYPES)
    )
    compression = data.draw(st.sampled_from(["zstd", "snappy", "uncompressed", "lz4", "gzip"]))
    content = written(frame, data.draw(st.integers(1, 15)), compression)
    columns = data.draw(st.lists(st.sampled_from(frame.columns), unique=True, min_size=1))
    file = Ranged(content, tmp_path)

    def queried(rows: pl.LazyFrame) -> pl.LazyFrame:
        return rows.select(columns)

    if data.draw(st.booleans()):
        condition = data.draw(conditions(frame))

        def queried(rows: pl.LazyFrame) -> pl.LazyFrame:
            return rows.filter(condition).select(columns)

    elif data.draw(st.booleans()):
        limit = data.draw(st.integers(0, 50))

        def queried(rows: pl.LazyFrame) -> pl.LazyFrame:
            return rows.select(columns).head(limit)

    expected = queried(pl.scan_parquet(io.BytesIO(content))).collect()
    assert_frame_equal(queried(lazily(file)).collect(), expected)


def _range(content: bytes, start: int, end: int) -> bytes:
    return content[start:end]


@given(cut=st.integers(0, 400), at=st.integers(1, 400), byte=st.integers(0, 255))
def test_a_broken_footer_is_said_to_be_broken(cut: int, at: int, byte: int) -> None:
    good = written(pl.DataFrame({"a": [1, 2, 3], "b": ["x", None, "y"]}), 2)
    bad = bytearray(good)
    bad[-min(at, len(bad))] = byte
    for content in (bytes(bad), good[: max(0, len(good) - cut)]):
        try:
            footer = Footer.read(len(content), partial(_range, content))
        except ParquetError:
            continue
        footer.statistics("a")
        footer.ranges(range(len(footer.rows)), ["a", "b"])


@given(st.binary(max_size=200))
def test_bytes_are_a_structure_or_said_to_be_none(content: bytes) -> None:
    with suppress(thrift.ThriftError):
        thrift.loads(content)


def test_few_packages_need_few_bytes_of_the_long_list(tmp_path: Path) -> None:
    file = Ranged(LONG_LIST.read_bytes(), tmp_path)
    names = ["fastapi", "django"]
    rows = lazily(file).filter(pl.any_horizontal(pl.col("package") == name for name in names))
    expected = pl.read_parquet(LONG_LIST).filter(pl.col("package").is_in(names))
    assert_frame_equal(rows.collect(), expected)
    assert file.asked_bytes < file.size / 8


def test_one_column_needs_only_its_bytes(tmp_path: Path) -> None:
    file = Ranged(LONG_LIST.read_bytes(), tmp_path)
    count = lazily(file).select(pl.col("package").n_unique()).collect().item()
    assert count == pl.read_parquet(LONG_LIST, columns=["package"])["package"].n_unique()
    assert file.asked_bytes < file.size / 8


def test_rows_are_counted_without_their_bytes(tmp_path: Path) -> None:
    file = Ranged(LONG_LIST.read_bytes(), tmp_path)
    assert lazily(file).select(pl.len()).collect().item() == pl.read_parquet(LONG_LIST).height
    assert file.asked_bytes < file.size / 8


def test_a_part_that_cannot_be_had_is_no_reason_to_fail(tmp_path: Path) -> None:
    content = written(pl.DataFrame({"a": range(10)}), 5)
    file = Ranged(content, tmp_path)
    rows = lazily(file, content).filter(pl.col("a") > 7)
    file.is_gone = True
    assert rows.collect()["a"].to_list() == [8, 9]


def test_a_range_that_polars_reads_although_it_is_not_there_is_no_wrong_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = written(pl.DataFrame({"a": range(10)}), 5)
    rows = lazily(Ranged(content, tmp_path), content).filter(pl.col("a") > 2)
    monkeypatch.setattr(Footer, "ranges", lambda *_: [])
    assert rows.collect()["a"].to_list() == list(range(3, 10))


def test_a_file_that_is_none_is_left_to_polars(tmp_path: Path) -> None:
    with pytest.raises(ParquetError):
        lazily(Ranged(b"PAR1 but nothing else", tmp_path))


def test_another_way_to_open_it_reads_it_whole() -> None:
    """What has no meaning for parts, such as a column of row numbers, is Polars' own matter."""
    frame = pl.DataFrame({"a": range(10)})
    content = written(frame, 5)
    opened = scans._by_ranges(pl.scan_parquet)(io.BytesIO(content), row_index_name="n").collect()
    assert opened["n"].to_list() == list(range(10))
