"""What programs read in the story's pages: claims as reviews, and tables as datasets.

The words are those of schema.org. A review carries the code of its check and the tables that it
reads, with their hashes: a program can do it again (tests/site/from_json_ld.py).
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from livecells.figures.social import SCHEMA
from livecells.markup import linked
from livecells.release.version import read_changes
from trends import claims, data
from trends.data import Column, Dataset
from trends.pages import cards, claimed
from trends.pages.crates import (
    ARTICLE,
    CITATION,
    CRATE,
    PARQUET,
    TABLES,
    Site,
    address,
    citation,
    crate,
    croissant,
    description,
)

ROOT = Path(__file__).parents[3]
LEDGER = "claims/"
WHEEL = "livecells/native/python_trends_checked-{version}-py3-none-any.whl"

RATINGS: dict[claims.Verdict, int] = {"contradicted": 1, "partly": 2, "supported": 3}
"""What is untestable has no value on the scale."""


def write(target: Path, name: str, url: str) -> None:
    """Write all of it into a built site, beside its pages and into their heads."""
    newest = read_changes(ROOT / "CHANGELOG.md")[0]
    site = Site(name, url, newest["version"], newest["date"])
    reviews = {claim.id: review(site, claim) for claim in claims.all_claims()}
    _add(target / LEDGER, reviews.values())
    for chapter in claims.chapters():
        own = claims.chapter_claims(chapter)
        _add(target / cards.chapter_url(chapter), (reviews[claim.id] for claim in own))
    tables = [data.describe(table) for table in data.NAMES]
    csv = {path.stem for path in (target / TABLES).glob("*.csv")}
    _add(target / TABLES, (dataset(site, one, has_csv=one.name in csv) for one in tables))
    _write(target / "claims.jsonld", {"@context": SCHEMA, "@graph": list(reviews.values())})
    for table in tables:
        _write(target / TABLES / f"{table.name}.croissant.json", croissant(site, table))
    (target / CITATION).write_text(citation(site), encoding="utf-8")
    _write(target / CRATE, crate(site, tables))


def review(site: Site, claim: claims.Claim) -> dict[str, Any]:
    """Describe a claim and its verdict, with all that it takes to check it again."""
    finding = cards.finding(claim.id)
    page = f"{site.url}{LEDGER}#claim-{claim.id}"
    value = RATINGS.get(finding.verdict)
    rated = {"ratingValue": value, "bestRating": 3, "worstRating": 1} if value else {}
    return {
        "@context": SCHEMA,
        "@type": "ClaimReview",
        "@id": page,
        "url": page,
        "datePublished": site.date,
        "version": site.version,
        "author": site.publisher,
        "claimReviewed": claim.claim,
        "itemReviewed": {
            "@type": "Claim",
            "name": claim.claim,
            "appearance": {"@type": "Article", "headline": ARTICLE},
        },
        "reviewAspect": claim.check,
        "reviewBody": claimed.sentence(claim, finding),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": finding.verdict,
            "ratingExplanation": claim.rule,
            **rated,
        },
        "citation": list(claim.sources),
        "isBasedOn": list(_evidence(site, claim)),
    }


def _evidence(site: Site, claim: claims.Claim) -> Iterator[dict[str, Any]]:
    yield {
        "@type": "SoftwareSourceCode",
        "programmingLanguage": "Python",
        "runtimePlatform": f"Polars {pl.__version__}",
        "text": claims.source_code(claim.id),
        "targetProduct": {
            "@type": "SoftwareApplication",
            "name": "python-trends-checked",
            "downloadUrl": f"{site.url}{WHEEL.format(version=site.version)}",
            "softwareVersion": site.version,
        },
    }
    for name in claim.tables:
        table = data.describe(name)
        yield {
            "@type": "Dataset",
            "@id": address(site, name),
            "name": name,
            "distribution": _parquet(site, table),
        }


def dataset(site: Site, table: Dataset, *, has_csv: bool) -> dict[str, Any]:
    """Describe a table as search engines for data read it."""
    place = f"{site.url}{TABLES}{table.name}"
    files = [_parquet(site, table), _file(f"{place}.croissant.json", "application/ld+json")]
    files += [_file(f"{place}.csv", "text/csv")] if has_csv else []
    covered = {"temporalCoverage": table.span.replace(" to ", "/")} if table.span else {}
    return {
        "@context": SCHEMA,
        "@type": "Dataset",
        "@id": address(site, table.name),
        "url": address(site, table.name),
        "name": f"{table.name}: {table.title}",
        "description": description(table),
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


def _parquet(site: Site, table: Dataset) -> dict[str, Any]:
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


def _add(folder: Path, content: Iterable[dict[str, Any]]) -> None:
    """Put linked data into the head of a page, if the site has the page."""
    page = folder / "index.html"
    scripts = "".join(linked(one) for one in content)
    if page.is_file() and scripts:
        before, end, after = page.read_text(encoding="utf-8").partition("</head>")
        page.write_text(f"{before}{scripts}{end}{after}", encoding="utf-8")


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
