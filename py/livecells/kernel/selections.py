"""What a reader has selected in a chart, for Python.

Altair's `selection_interval` and `selection_point` live in the page; it sends what they hold, as
Vega-Lite keeps it: any number of clauses, a row is selected when all conditions of one clause hold.
"""

from typing import Any, Literal, TypedDict

from livecells.kernel.process.streams import writing

INDEX = "_vgsid_"
"""Vega-Lite's number of a row, from 1: what a point selection without fields holds."""


class Condition(TypedDict):
    """A condition on one field: `range` has a lowest and a highest value, `among` any values."""

    field: str
    kind: Literal["range", "among"]
    values: list[Any]


Clause = list[Condition]


class Selections(dict[str, list[Clause]]):
    """The selections of a page's charts, by the names of their parameters."""

    def selection(self, name: str) -> dict[str, Any]:
        """Return what is selected.

        Args:
            name: The parameter's name, as in `alt.selection_interval(name="brush")`.

        Returns:
            By field: lowest and highest value of an interval, else the selected values. Empty
            where nothing is selected. Times are milliseconds since 1970, UTC.
        """
        found: dict[str, Any] = {}
        for clause in self.get(name, []):
            for condition in clause:
                if condition["kind"] == "range":
                    found[condition["field"]] = tuple(condition["values"])
                else:
                    found.setdefault(condition["field"], []).extend(condition["values"])
        return found

    def selected(self, frame: Any, name: str) -> Any:
        """Return the rows of a frame that are selected; all of them where nothing is.

        Args:
            frame: A `polars.DataFrame` with the fields of the chart.
            name: The parameter's name, as in `alt.selection_interval(name="brush")`.

        Raises:
            polars.exceptions.ColumnNotFoundError: The frame lacks a field of the selection.
        """
        import polars as pl

        clauses = self.get(name, [])
        if not clauses:
            return frame
        return frame.filter(
            pl.any_horizontal(
                pl.all_horizontal([_expression(frame, condition) for condition in clause])
                for clause in clauses
            )
        )


def selection(name: str) -> dict[str, Any]:
    """Return what is selected in a chart of the cell's page, as `Selections.selection` does."""
    return _of_page().selection(name)


def selected(frame: Any, name: str) -> Any:
    """Return the selected rows of a frame, as `Selections.selected` does."""
    return _of_page().selected(frame, name)


def _of_page() -> Selections:
    found = getattr(writing().namespace, "selections", None)
    return found if isinstance(found, Selections) else Selections()


def _expression(frame: Any, condition: Condition) -> Any:
    import polars as pl

    values = condition["values"]
    if condition["field"] == INDEX:
        return (pl.int_range(pl.len()) + 1).is_in(values)
    column = pl.col(condition["field"])
    dtype = frame.schema.get(condition["field"])
    if dtype is not None and dtype.is_temporal():
        column = column.cast(pl.Datetime("ms")).cast(pl.Int64)
    if condition["kind"] == "range":
        return column.is_between(min(values), max(values))
    return column.is_in(values) if None not in values else column.is_in(values) | column.is_null()
