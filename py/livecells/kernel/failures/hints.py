"""What a reader might have meant, or may do, derived from an exception.

Hints are data, not sentences: the page writes them in its own language. What Python itself
suggests ("Did you mean") stands in the exception's text already.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb
from typing import Literal, NotRequired, TypedDict

from livecells.kernel import spelling, sql
from livecells.kernel.failures import idioms
from livecells.kernel.failures.newer_polars import NEWER, RUNS_HERE

MOST_COLUMNS = 12
MOST_TABLES = 40

NOT_PURE = {
    "duckdb": "`pl.sql(...)`",
    "matplotlib": "Altair",
    "numpy": "Polars, or Python's `math` and `statistics`",
    "pandas": "Polars",
    "pyarrow": "Polars",
    "scipy": "",
    "seaborn": "Altair",
    "sklearn": "",
    "tensorflow": "",
    "torch": "",
}
"""Packages that readers ask for and that need compiled parts, and what to use in their place."""

CHARTS = (
    (r"Unexpected DtypeKind: Time", '`frame.with_columns(pl.col("...").cast(pl.String))`'),
    (r'has type "Duration', '`frame.with_columns(pl.col("...").dt.total_seconds())`'),
    (r"data is not specified as a pandas", "`frame.collect()` for a lazy frame, `.to_frame()`"),
    (
        r"column name that contains a colon",
        r'`"name\\:with colon"`, and its type after another colon',
    ),
)
"""What Altair's words stand for where they speak of something else, and what to write."""


class Hint(TypedDict):
    """One hint.

    `column`: there is no column `name`, `near` are similar, `known` are all. `newer`: Polars got
    `name` after `version`, `instead` is what to write. `module`: `name` cannot be imported here.
    `panic`: Polars panicked, and may be broken. `memory`: none is left. `background`: Polars has no
    threads here. `file`: `name` does not exist, `near` do. `rows`: a chart has more than allowed.
    `compiled`: `name` needs compiled parts, which cannot be fetched; `instead` is what to use.
    `write`: `instead` is what to write. `samples`: Altair's sample data is not here.
    `table`: SQL names the table `name`, which is not there; `near` and `known` as for a column.
    `command`: `name` is IPython's or a shell's. `deep`: too many calls in each other.
    """

    kind: Literal[
        "column",
        "table",
        "file",
        "newer",
        "module",
        "compiled",
        "panic",
        "memory",
        "background",
        "rows",
        "write",
        "samples",
        "command",
        "deep",
    ]
    name: NotRequired[str]
    near: NotRequired[list[str]]
    known: NotRequired[list[str]]
    version: NotRequired[str]
    instead: NotRequired[str]


def hints(error: BaseException) -> list[Hint]:
    """Return what may help; usually nothing."""
    return [
        hint
        for find in (_column, _table, _file, _newer, _module, _command, _engine, _chart)
        for hint in find(error)
    ]


def _column(error: BaseException) -> Iterator[Hint]:
    if type(error).__name__ != "ColumnNotFoundError":
        return
    text = str(error)
    found = re.search(r'"([^"]+)"(?: not found)?; valid columns: \[(.*?)\]', text, re.DOTALL)
    quoted = re.search(r'"([^"]+)"', text)
    name = found[1] if found else quoted[1] if quoted else ""
    known = re.findall(r'"([^"]*)"', found[2]) if found else []
    near = spelling.near(name, known, most=3, least=0.5)
    yield {"kind": "column", "name": name, "near": near, "known": known[:MOST_COLUMNS]}


def _table(error: BaseException) -> Iterator[Hint]:
    known = vars(error).get("known", [])
    if missing := sql.missing_table(str(error), known):
        name, near = missing
        yield {"kind": "table", "name": name, "near": near, "known": known[:MOST_TABLES]}


def _file(error: BaseException) -> Iterator[Hint]:
    if not isinstance(error, FileNotFoundError):
        return
    name = error.filename or re.search(r"\(os error \d+\): (.+)", str(error), re.MULTILINE)
    wanted = Path(name[1] if isinstance(name, re.Match) else str(name or ""))
    if not wanted.parent.is_dir():
        return
    names = [path.name for path in wanted.parent.iterdir()]
    near = spelling.near(wanted.name, names, most=2, least=0.8)
    if near:
        places = [str(wanted.parent / one) for one in near]
        yield {"kind": "file", "name": str(wanted), "near": places}


def _newer(error: BaseException) -> Iterator[Hint]:
    if not isinstance(error, AttributeError) or not error.name:
        return
    owner = error.obj
    if getattr(owner, "__name__", "") == "polars":
        places = ["polars"]
    elif type(owner).__module__.startswith("polars."):
        places = [base.__name__ for base in type(owner).__mro__]
    else:
        return
    for place in places:
        instead = NEWER.get(place, {}).get(error.name)
        if instead is not None:
            name = f"{place}.{error.name}"
            yield {"kind": "newer", "name": name, "version": RUNS_HERE, "instead": instead}
            return


def _module(error: BaseException) -> Iterator[Hint]:
    if not isinstance(error, ModuleNotFoundError):
        return
    if any("altair/datasets" in call.filename for call in extract_tb(error.__traceback__)):
        yield {"kind": "samples"}
        return
    said = re.search(r"'([\w-]+)'(?: not found| package|$)|^([\w-]+) is required", str(error))
    name = error.name or (said and (said[1] or said[2])) or ""
    if name and not name.startswith("_"):  # those are parts of the standard library
        yield _of_package(name.partition(".")[0])


def _of_package(name: str) -> Hint:
    if name in NOT_PURE:
        return {"kind": "compiled", "name": name, "instead": NOT_PURE[name]}
    return {"kind": "module", "name": name}


def _chart(error: BaseException) -> Iterator[Hint]:
    if isinstance(error, ValueError):
        if re.match(r"Dataset '.*' not found. Available datasets: \[\]", str(error)):
            yield {"kind": "samples"}
        for words, instead in CHARTS:
            if re.search(words, str(error)):
                yield {"kind": "write", "instead": instead}


def _command(error: BaseException) -> Iterator[Hint]:
    found = idioms.command(error.text or "") if isinstance(error, SyntaxError) else None
    if found:
        yield {"kind": "command", "name": found[0], "instead": found[1]}


def _engine(error: BaseException) -> Iterator[Hint]:
    name = type(error).__name__
    if name == "PanicException":
        yield {"kind": "panic"}
    elif isinstance(error, RecursionError):
        yield {"kind": "deep"}
    elif isinstance(error, MemoryError) and "Parser" not in str(error):  # too deep, not too large
        yield {"kind": "memory"}
    elif isinstance(error, AttributeError) and error.name == "collect_concurrently":
        yield {"kind": "background"}
    elif name == "MaxRowsError":
        yield {"kind": "rows"}
