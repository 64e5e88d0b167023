"""What archives and programs read of a site's tables and of its release.

Croissant is the format in which tools load tables, RO-Crate the one in which archives describe what
they keep, the Citation File Format what repositories show; search engines read schema.org's words.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livecells.figures.social import SCHEMA
from livecells.kernel.files.described import Column, Described, Table
from livecells.markup import linked

TABLES = "data/"
"""Address of the tables' page below the site, and of their files."""

CRATE, CITATION = "ro-crate-metadata.json", "CITATION.cff"
PARQUET = "application/x-parquet"  # Croissant knows this name

TYPES = {
    "Boolean": "sc:Boolean",
    "Date": "sc:Date",
    "Float64": "sc:Float",
    "Int32": "sc:Integer",
    "Int64": "sc:Integer",
}
"""Croissant's types; all others are text."""

_OF_CROISSANT = (
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes"
    " isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace"
    " samplingRate separator source subField transform"
)
CROISSANT = {
    "@language": "en",
    "@vocab": f"{SCHEMA}/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": f"{SCHEMA}/",
    **{name: f"cr:{name}" for name in _OF_CROISSANT.split()},
}
"""Croissant's context, whole: its own tool warns of any other."""


@dataclass(frozen=True)
class Site:
    """What is described.

    Attributes:
        name: Of the site, and `url` where it stands.
        version: Of the release, and `date` its day.
    """

    name: str
    url: str
    version: str
    date: str

    @property
    def publisher(self) -> dict[str, Any]:
        """Who says so."""
        return {"@type": "Organization", "name": self.name, "url": self.url}


def croissant(site: Site, table: Table) -> dict[str, Any]:
    """Describe a table so that tools for machine learning load its rows."""
    file = f"{table.name}.parquet"
    return {
        "@context": CROISSANT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": table.name,
        "description": _description(table),
        "url": address(site, table),
        "license": table.licence,
        "creator": {"@type": "sc:Organization", "name": table.publisher},
        "datePublished": site.date,
        "version": site.version,
        "citeAs": f"{table.name}, {site.name}, {site.version} ({site.date}), {site.url}",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file,
                "name": file,
                "contentUrl": f"{site.url}{TABLES}{file}",
                "contentSize": f"{table.bytes} B",
                "encodingFormat": PARQUET,
                "sha256": table.sha256,
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "rows",
                "name": "rows",
                "key": [{"@id": f"rows/{name}"} for name in table.key],
                "field": [_field(file, column) for column in table.columns],
            }
        ],
    }


def dataset(site: Site, table: Table, *, has_csv: bool) -> dict[str, Any]:
    """Describe a table as search engines for data read it."""
    place = f"{site.url}{TABLES}{table.name}"
    files = [parquet(site, table), _file(f"{place}.croissant.json", "application/ld+json")]
    files += [_file(f"{place}.csv", "text/csv")] if has_csv else []
    covered = {"temporalCoverage": table.span.replace(" to ", "/")} if table.span else {}
    return {
        "@context": SCHEMA,
        "@type": "Dataset",
        "@id": address(site, table),
        "url": address(site, table),
        "name": f"{table.name}: {table.title}",
        "description": _description(table),
        "license": table.licence,
        "creator": {"@type": "Organization", "name": table.publisher},
        "publisher": site.publisher,
        "datePublished": site.date,
        "version": site.version,
        "isAccessibleForFree": True,
        "creditText": " ".join(table.attribution),
        "isBasedOn": table.source,
        "measurementTechnique": table.method,
        "variableMeasured": [_variable(column) for column in table.columns],
        "distribution": files,
        **covered,
    }


def parquet(site: Site, table: Table) -> dict[str, Any]:
    """Describe the file of a table."""
    return {
        **_file(f"{site.url}{TABLES}{table.file}", PARQUET),
        "sha256": table.sha256,
        "contentSize": f"{table.bytes} B",
    }


def _file(address: str, kind: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "contentUrl": address, "encodingFormat": kind}


def _variable(column: Column) -> dict[str, Any]:
    unit = {"unitText": column.unit} if column.unit else {}
    return {
        "@type": "PropertyValue",
        "name": column.name,
        "description": column.meaning,
        **unit,
    }


def crate(
    site: Site, tables: Iterable[Table], others: Mapping[str, tuple[str, str]], **words: str
) -> dict[str, Any]:
    """Describe the release, as archives read it.

    Args:
        site: Its page `licences/` names all licences.
        tables: Its tables.
        others: Title and media type of each further file.
        words: `description` of the whole, and `licences` in a sentence.
    """
    cite = {CITATION: ("How to cite the site", "application/yaml")}
    files = {**others, **cite}
    files |= {f"{TABLES}{one.file}": (f"{one.name}: {one.title}", PARQUET) for one in tables}
    described = [
        {"@id": name, "@type": "File", "name": title, "encodingFormat": kind}
        for name, (title, kind) in files.items()
    ]
    licence = {"@id": f"{site.url}licences/"}
    whole = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{site.name} {site.version}",
        "description": words["description"],
        "datePublished": site.date,
        "version": site.version,
        "license": licence,
        "publisher": {"@id": site.url},
        "hasPart": [{"@id": name} for name in files],
    }
    context = "https://w3id.org/ro/crate/1.1"
    conforms = {"conformsTo": {"@id": context}, "about": {"@id": "./"}}
    about = {"@id": CRATE, "@type": "CreativeWork", **conforms}
    said = {"name": "Licences", "description": words["licences"]}
    terms = {**licence, "@type": "CreativeWork", **said}
    publisher = {"@id": site.url, **site.publisher}
    return {
        "@context": f"{context}/context",
        "@graph": [about, whole, terms, publisher, *described],
    }


def citation(site: Site, *, licence: str, message: str) -> str:
    """Write how to cite the site, in the Citation File Format; `licence` is an id of SPDX."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {message}",
        "type: dataset",
        f"title: {_yaml(site.name)}",
        "authors:",
        f"  - name: {_yaml(f'The authors of {site.name}')}",
        f"version: {_yaml(site.version)}",
        f"date-released: {site.date}",
        *([f"url: {_yaml(site.url)}"] if site.url else []),
        f"license: {licence}",
    ]
    return "\n".join([*lines, ""])


def _yaml(text: str) -> str:
    """Write a text as YAML reads it: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def address(site: Site, table: Table) -> str:
    """Return the stable address of a table."""
    return f"{site.url}{TABLES}#{table.name}"


def _description(table: Described) -> str:
    """Write what a table holds, how it was made, and what to know before counting."""
    return " ".join([f"{table.title}.", table.method, *table.caveats])


def _field(file: str, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"rows/{column.name}",
        "name": column.name,
        "description": f"{column.meaning}{f' ({column.unit})' if column.unit else ''}",
        "dataType": TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }


def put_in_head(page: Path, content: Iterable[dict[str, Any]]) -> None:
    """Put linked data into the head of a page, if the site has the page."""
    scripts = "".join(linked(one) for one in content)
    if page.is_file() and scripts:
        before, end, after = page.read_text(encoding="utf-8").partition("</head>")
        page.write_text(f"{before}{scripts}{end}{after}", encoding="utf-8")


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write linked data as a file."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
