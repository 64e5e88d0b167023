"""What programs read in the story's pages: claims as reviews, and tables as datasets.

The words are those of schema.org. A review carries the code of its check and the tables that it
reads, with their hashes: a program can do it again (tests/site/from_json_ld.py).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from livecells.figures.social import SCHEMA
from livecells.release import archives
from livecells.release.archives import TABLES, Site, write_json
from livecells.release.version import read_changes
from trends import claims, data
from trends.pages import cards, claimed

ROOT = Path(__file__).parents[3]
LEDGER = "claims/"
ARTICLE = "Python Development Trends in 2025"
FILES = {
    "claims.json": ("All claims with their verdicts", "application/json"),
    "claims.jsonld": ("All claims as reviews, with their checks", "application/ld+json"),
    "claims-receipt.json": ("Hashes of data, code and results", "application/json"),
}
WORDS = {
    "description": f"Claims of the article “{ARTICLE}”, the data and code that check them.",
    "licences": "The code is under the MIT licence; each table names its own.",
}
WHEEL = "livecells/native/python_trends_checked-{version}-py3-none-any.whl"

RATINGS: dict[claims.Verdict, int] = {"contradicted": 1, "partly": 2, "supported": 3}
"""What is untestable has no value on the scale."""


def write(target: Path, name: str, url: str) -> None:
    """Write all of it into a built site, beside its pages and into their heads."""
    newest = read_changes(ROOT / "CHANGELOG.md")[0]
    site = Site(name, url, newest["version"], newest["date"])
    reviews = {claim.id: review(site, claim) for claim in claims.all_claims()}
    parts = {LEDGER: list(reviews.values())}
    for chapter in claims.chapters():
        own = claims.chapter_claims(chapter)
        parts[claims.chapter_url(chapter)] = [reviews[claim.id] for claim in own]
    tables = [data.describe(table) for table in data.NAMES]
    csv = {path.stem for path in (target / TABLES).glob("*.csv")}
    parts[TABLES] = [archives.dataset(site, one, has_csv=one.name in csv) for one in tables]
    for address, content in parts.items():
        archives.put_in_head(target / address / "index.html", content)
    write_json(target / "claims.jsonld", {"@context": SCHEMA, "@graph": list(reviews.values())})
    for one in tables:
        croissant = archives.croissant(site, one)
        write_json(target / TABLES / f"{one.name}.croissant.json", croissant)
    (target / archives.CITATION).write_text(citation(site), encoding="utf-8")
    write_json(target / archives.CRATE, archives.crate(site, tables, FILES, **WORDS))


def citation(site: Site) -> str:
    """Write how to cite the site."""
    message = "To cite a single claim, figure or table, press Cite beside it."
    return archives.citation(site, licence="MIT", message=message)


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
        table = data.files.describe(name)
        yield {
            "@type": "Dataset",
            "@id": archives.address(site, table),
            "name": name,
            "distribution": archives.parquet(site, table),
        }
