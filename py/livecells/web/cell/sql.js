/** Cells of SQL: their text begins with `%%sql` and the name of the result (kernel/sql.py). */

const HEADER = /^%%sql(?:[ \t]+(.*?))?(?:[ \t]*<<)?[ \t]*(?:\n|$)/;

/**
 * @param {string} source
 */
export function isSql(source) {
  return HEADER.test(source);
}

/**
 * Return Python that defines the same names as a cell.
 *
 * @param {string} source
 */
export function definitions(source) {
  const found = HEADER.exec(source);
  return found ? `${found[1] || "_"} = None` : source;
}

/**
 * Write a cell as Python that runs elsewhere; what is Python already stays as it is.
 *
 * @param {string} source
 * @param {string[]} files  paths that cells can open; the Parquet files among them are tables
 */
export function asPython(source, files) {
  const found = HEADER.exec(source);
  if (!found) return source;
  const [header, name = ""] = found;
  const statement = source.slice(header.length).trim();
  const text = statement.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"');
  const outerFirst = files.toSorted((one, other) => one.split("/").length - other.split("/").length);
  const tables = outerFirst.map((path) => [/(?:^|\/)([A-Za-z_]\w*)\.parquet$/.exec(path)?.[1] ?? "", path]);
  const named = tables.filter(([table]) => table && new RegExp(`(?<![\\w.])${table}(?!\\w)`).test(statement));
  return [
    "import polars as pl",
    ...named.flatMap(([table, path]) => [`if "${table}" not in globals():`, `    ${table} = pl.scan_parquet("${path}")`]),
    `${name && `${name} = `}pl.sql("""\n${text}\n""", eager=True)`,
    ...(name ? [name] : []),
  ].join("\n");
}
