"""SQL in a cell: `%%sql top` above a statement, which Polars runs over the page's frames.

Such a text is Python to everything else: `top = sql("…")`, of which `top` is shown. Its tables are
the frames that cells have defined, by their names, and then the site's Parquet files, by theirs.
"""

import ast
import keyword
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from livecells.kernel import spelling
from livecells.kernel.code import is_a
from livecells.kernel.process import host

if TYPE_CHECKING:
    import polars as pl

MARK = "%%sql"

HEADER = re.compile(rf"{MARK}(?:[ \t]+(?P<name>.*?))?(?:[ \t]*<<)?[ \t]*(?:\n|$)")
"""The first line; `<<` is JupySQL's."""

TOKEN = re.compile(
    r"""(?P<skipped>--[^\n]*|/\*.*?(?:\*/|$)|'(?:[^']|'')*(?:'|$))"""
    r"""|"(?P<quoted>(?:[^"]|"")*)"?|`(?P<ticked>[^`]*)`?|(?P<word>[^\W\d]\w*)|(?P<sign>\S)""",
    re.DOTALL,
)
BEFORE_TABLE = {"FROM", "JOIN"}
AFTER_TABLES = {"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "SELECT", "ON", "USING"}
AFTER_TABLES |= {"UNION", "INTERSECT", "EXCEPT"}
NOT_A_TABLE = {"LATERAL", "VALUES", "UNNEST", "ONLY"}

PLACED = re.compile(r" at Line: (?P<line>\d+), Column: (?P<column>\d+)")
NAMED = re.compile(r"""(['"])(?P<name>[^'"]+)\1""")
NO_TABLE = re.compile(r"relation '(?P<name>.+)' was not found")

KEYWORDS = """
SELECT DISTINCT FROM WHERE GROUP BY HAVING ORDER ASC DESC NULLS FIRST LAST LIMIT OFFSET AS AND OR
NOT IN IS NULL BETWEEN LIKE ILIKE CASE WHEN THEN ELSE END JOIN INNER LEFT RIGHT FULL CROSS SEMI ANTI
ON USING WITH UNION ALL INTERSECT EXCEPT OVER PARTITION CAST TRUE FALSE COUNT SUM AVG MIN MAX MEDIAN
ROUND ABS COALESCE CONCAT LOWER UPPER LENGTH SUBSTR STARTS_WITH STRFTIME
"""
"""What is offered while a statement is written: what Polars knows and queries need."""


def files_here() -> Iterable[Path]:
    """Find the Parquet files below the working directory; a browser has no others there."""
    return Path.cwd().glob("**/*.parquet" if host.IS_BROWSER else "*/*.parquet")


find: Callable[[], Iterable[Path]] = files_here
"""Finds the files that are tables; a build puts its own in the place."""


@dataclass(frozen=True)
class Word:
    """A name or a sign of a statement, and where it stands; `is_name` for those in quotes."""

    text: str
    start: int
    is_name: bool

    @property
    def as_keyword(self) -> str:
        """Itself in capitals; empty for a name in quotes."""
        return "" if self.is_name else self.text.upper()


def is_sql(source: str) -> bool:
    """Tell whether a cell's text is SQL."""
    return source.startswith(MARK) and HEADER.match(source) is not None


def statement(source: str) -> str:
    """Return the SQL of a cell below an empty line: Polars then counts lines as the cell does."""
    return f"\n{source.partition(chr(10))[2]}"


def as_python(source: str, filename: str) -> ast.Module:
    """Read a cell of SQL as the Python that runs it.

    Raises:
        SyntaxError: Its first line gives the result a name that Python has not.
    """
    found = HEADER.match(source)
    name = ((found and found["name"]) or "").strip()
    if name and (not name.isidentifier() or keyword.iskeyword(name)):
        msg = f"the result cannot be called {name!r}: write {MARK} and a name of Python"
        raise SyntaxError(msg, (filename, 1, len(MARK) + 2, ""))
    call = "__builtins__.sql('')"
    tree = ast.parse(f"{name} = {call}; {name}" if name else call, filename)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value = statement(source)
    return tree


def words(text: str) -> list[Word]:
    """Take a statement apart, comments and texts left out."""
    found = []
    for one in TOKEN.finditer(text):
        if one["skipped"] is not None:
            continue
        quoted = one["quoted"] if one["quoted"] is not None else one["ticked"]
        if quoted is not None:
            found.append(Word(quoted.replace('""', '"'), one.start(), is_name=True))
        else:
            found.append(Word(one[0], one.start(), is_name=False))
    return found


def tables(text: str) -> list[str]:
    """Return the names of the tables that a statement reads, those that it makes itself left out.

    A `FROM` inside of a function gives the name behind it too; who asks looks whether there is
    such a table.
    """
    found = [*words(text), Word("", 0, is_name=False), Word("", 0, is_name=False)]
    own = {
        word.text
        for word, behind, after in zip(found, found[1:], found[2:], strict=False)
        if behind.as_keyword == "AS" and after.text == "("
    }
    named: dict[str, None] = {}
    depth, is_next, lists = 0, False, set[int]()
    for word, behind in pairwise(found):
        if word.as_keyword in BEFORE_TABLE:
            is_next = True
            lists.add(depth)
        elif word.as_keyword in AFTER_TABLES:
            is_next = False
            lists.discard(depth)
        elif word.as_keyword == "(":
            depth += 1
        elif word.as_keyword == ")":
            lists.discard(depth)
            depth, is_next = depth - 1, False
        elif word.as_keyword == ",":
            is_next = depth in lists
        elif is_next and word.as_keyword not in NOT_A_TABLE:
            is_next = False
            if behind.as_keyword != "(" and (word.is_name or word.text.isidentifier()):
                named[word.text] = None
    return [name for name in named if name not in own]


def sql(query: str) -> "pl.DataFrame":
    """Run SQL over the frames of the page and the datasets of the site.

    Args:
        query: One statement of Polars' SQL.
    """
    import polars as pl

    variables = vars(sys.modules["__main__"])
    wanted, files = tables(query), datasets()
    read = ((name, _table(name, variables, files)) for name in wanted)
    given = {name: table for name, table in read if table is not None}
    try:
        with warnings.catch_warnings():  # of the Python that Polars makes of it
            warnings.simplefilter("ignore", DeprecationWarning)
            context = pl.SQLContext(given if wanted else frames(variables))
            return context.execute(query, eager=True)
    except pl.exceptions.PolarsError as error:
        vars(error)["place"] = place(str(error), query)
        vars(error)["known"] = list(_known(variables))
        raise


def frames(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the frames among variables, by their names."""
    return {
        name: value
        for name, value in variables.items()
        if is_a(name, str) and name[:1] != "_" and _is_frame(value)
    }


def datasets() -> dict[str, Path]:
    """Return the site's Parquet files by their names without ending; of two the outer one."""
    found = sorted(find(), key=lambda path: (-len(path.parts), path))
    return {path.stem: path for path in found}


def _known(variables: Mapping[str, Any]) -> Iterator[str]:
    yield from frames(variables)
    yield from sorted(set(datasets()) - set(variables))


def _table(name: str, variables: Mapping[str, Any], files: Mapping[str, Path]) -> Any:
    import polars as pl

    if name in variables:
        return variables[name] if _is_frame(variables[name]) else None
    return pl.scan_parquet(files[name]) if name in files else None


def _is_frame(value: object) -> bool:
    polars = sys.modules.get("polars")
    return polars is not None and (is_a(value, polars.DataFrame) or is_a(value, polars.LazyFrame))


def place(message: str, query: str) -> tuple[int, int] | None:
    """Find the line and column of a statement, from 1, that an error of Polars speaks of.

    Most messages name something; it is looked for in the statement.
    """
    if said := PLACED.search(message):
        return int(said["line"]), int(said["column"])
    start = len(query.rstrip()) if "found: EOF" in message else None
    if start is None and (named := NAMED.search(message)):
        start = next((one.start for one in words(query) if one.text == named["name"]), None)
    if start is None:
        return None
    before = query[:start]
    return before.count("\n") + 1, start - before.rfind("\n")


def missing_table(message: str, known: Iterable[str]) -> tuple[str, list[str]] | None:
    """Return the table that an error of Polars misses, and those that look like it."""
    found = NO_TABLE.search(message)
    return (
        (found["name"], spelling.near(found["name"], known, most=3, least=0.5)) if found else None
    )


def mistake(source: str) -> tuple[int, int, str] | None:
    """Return line, column and message of the first place where a cell of SQL cannot be read.

    Polars judges, over no tables; without Polars nothing is known.
    """
    polars = sys.modules.get("polars")
    query = statement(source)
    if polars is None or not query.strip():
        return None
    try:
        polars.SQLContext().execute(query)
    except Exception as error:
        message = str(error)
        if not message.startswith("sql parser error: "):
            return None  # it can be read, and lacks its tables
        return *(place(message, query) or (1, 1)), PLACED.sub("", message)
    return None


def suggestions(
    before: str, source: str, variables: Mapping[str, Any]
) -> Iterator[tuple[str, Literal["column", "variable", "keyword"], str]]:
    """Suggest what may stand behind a part of a statement: label, kind and detail.

    Columns of the tables that the statement names come first; behind a dot nothing else comes.
    """
    text, files = statement(source), datasets()
    for name in tables(text):
        for column, kind in _columns(_table(name, variables, files)):
            yield column if column.isidentifier() else f'"{column}"', "column", f"{name}: {kind}"
    if not before.endswith("."):
        for name in frames(variables):
            yield name, "variable", "frame"
        for name in set(files) - set(variables):
            yield name, "variable", "dataset"
        for word in KEYWORDS.split():
            yield word, "keyword", ""


def _columns(table: Any) -> list[tuple[str, str]]:
    try:
        schema = {} if table is None else table.lazy().collect_schema()
    except Exception:  # a lazy frame of a query that cannot be planned, a file that cannot be had
        return []
    return [(name, str(kind).partition("(")[0]) for name, kind in schema.items()]
