"""What archives and tools keep and load: tables in Croissant, the release as a crate, how to cite.

Croissant is the format in which tools load tables, RO-Crate the one in which archives describe what
they keep, and the Citation File Format what repositories show.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from livecells.figures.social import SCHEMA
from trends.data import Column, Dataset, Name

TABLES = "data/"
CRATE, CITATION = "ro-crate-metadata.json", "CITATION.cff"
PARQUET = "application/x-parquet"  # Croissant knows this name
ARTICLE = "Python Development Trends in 2025"

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


def croissant(site: Site, table: Dataset) -> dict[str, Any]:
    """Describe a table so that tools for machine learning load its rows."""
    file = f"{table.name}.parquet"
    return {
        "@context": CROISSANT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": table.name,
        "description": description(table),
        "url": address(site, table.name),
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


def crate(site: Site, tables: Iterable[Dataset]) -> dict[str, Any]:
    """Describe the release, as archives read it."""
    files = [
        ("claims.json", "All claims with their verdicts", "application/json"),
        ("claims.jsonld", "All claims as reviews, with their checks", "application/ld+json"),
        ("claims-receipt.json", "Hashes of data, code and results", "application/json"),
        (CITATION, "How to cite the site", "application/yaml"),
        *((f"{TABLES}{one.file}", f"{one.name}: {one.title}", PARQUET) for one in tables),
    ]
    described = [
        {"@id": name, "@type": "File", "name": title, "encodingFormat": kind}
        for name, title, kind in files
    ]
    whole = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{site.name} {site.version}",
        "description": f"Claims of the article “{ARTICLE}”, the data and code that check them.",
        "datePublished": site.date,
        "version": site.version,
        "license": {"@id": f"{site.url}licences/"},
        "publisher": {"@id": site.url},
        "hasPart": [{"@id": name} for name, *_ in files],
    }
    context = "https://w3id.org/ro/crate/1.1"
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": context},
        "about": {"@id": "./"},
    }
    licence = {
        "@id": f"{site.url}licences/",
        "@type": "CreativeWork",
        "name": "Licences",
        "description": "The code is under the MIT licence; each table names its own.",
    }
    publisher = {"@id": site.url, **site.publisher}
    return {
        "@context": f"{context}/context",
        "@graph": [about, whole, licence, publisher, *described],
    }


def citation(site: Site) -> str:
    """Write how to cite the site, in the Citation File Format."""
    lines = [
        "cff-version: 1.2.0",
        "message: To cite a single claim, figure or table, press Cite beside it.",
        "type: dataset",
        f"title: {_yaml(site.name)}",
        "authors:",
        f"  - name: {_yaml(f'The authors of {site.name}')}",
        f"version: {_yaml(site.version)}",
        f"date-released: {site.date}",
        *([f"url: {_yaml(site.url)}"] if site.url else []),
        "license: MIT",
    ]
    return "\n".join([*lines, ""])


def _yaml(text: str) -> str:
    """Write a text as YAML reads it: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def address(site: Site, name: Name) -> str:
    """Return the stable address of a table."""
    return f"{site.url}{TABLES}#{name}"


def description(table: Dataset) -> str:
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
