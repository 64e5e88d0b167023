"""The page of all claims: a table that is whole without JavaScript, and its filters."""

from collections.abc import Iterable, Iterator
from typing import Any

from livecells.author.page import Page
from livecells.kernel.claims.model import show
from livecells.markup import Markup, element, fill, join
from trends import claims, data
from trends.pages import cards, changes, checking, claimed
from trends.pages.verdicts import counts

COLUMNS = ("Verdict", "Claim", "Claimed", "Found", "Kind", "Chapter")
RULE_COLUMNS = ("Rule", "What differs", "Verdicts that change")
ANYTHING = "all"
FILTER = """
<form role="search" aria-label="Filter the claims" class="ledger-filter">{fields}
<label><span>Text or package</span><input type="search" name="q" autocomplete="off"></label>
<button type="reset" class="md-button">Show all</button></form>
"""


def table(page: Page) -> Markup:
    """Write all claims, one body of the table each: a row of values, and a row with its check.

    The roles repeat what the elements mean: on a phone the style sheet shows rows as cards, and
    browsers then forget that they were a table.
    """
    every = claims.all_claims()
    heads = (element("th", name, scope="col", role="columnheader") for name in COLUMNS)
    whole = element(
        "table",
        element("caption", "The claims of the article, in its order", class_="ledger-caption"),
        element("thead", element("tr", *heads, role="row"), role="rowgroup"),
        *(_body(page, number, claim) for number, claim in enumerate(every)),
        role="table",
        class_="ledger",
    )
    count = element("p", claims.count_text(counts()), role="status", class_="ledger-count")
    live = element("claim-table", _controls(every), count, whole)
    return element("div", checking.controls(page), live, _downloads(page), class_="ledger-box")


def rules(page: Page) -> Markup:
    """Write the rules tried, each with the claims whose verdict it turns and what to."""
    tried = claims.rules_tried(data.load("claim_checks"))
    heads = (element("th", name, scope="col") for name in RULE_COLUMNS)
    return element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *(_rule(page, row) for row in tried.to_dicts())),
    )


def _rule(page: Page, row: dict[str, Any]) -> Markup:
    address = f"{page.link_to('claims/')}#claim-"
    turned = [
        element(
            "a", f"{shape}\N{NO-BREAK SPACE}{claim_id}", href=f"{address}{claim_id}", title=verdict
        )
        for verdict, shape in claims.SHAPES.items()
        for claim_id in filter(None, row.get(f"to_{verdict}", "").split(", "))
    ]
    head = element("th", row["rule"], scope="row")
    words = join(*turned, separator=" ") or "none"
    return element("tr", head, element("td", row["choice"]), element("td", words))


def _body(page: Page, number: int, claim: claims.Claim) -> Markup:
    finding = cards.finding(claim.id)
    return element(
        "tbody",
        element("tr", *_values(page, number, claim, finding), role="row"),
        element("tr", _more(page, claim, finding), role="row", class_="ledger-more"),
        role="rowgroup",
        id=f"claim-{claim.id}",
        data_verdict=finding.verdict,
        data_kind=claim.kind,
        data_chapter=claim.chapter,
        data_packages=" ".join(claim.packages),
    )


def _values(
    page: Page, number: int, claim: claims.Claim, finding: claims.Finding
) -> Iterator[Markup]:
    anchor = element(
        "a", "#", href=f"#claim-{claim.id}", aria_label=f"Link to {claim.id}", class_="ledger-link"
    )
    place = claims.VERDICTS.index(finding.verdict)
    turned = changes.turned(claim.id, finding.verdict)
    yield _cell("Verdict", claims.badge(finding.verdict), turned, value=place)
    yield element("th", claim.claim, " ", anchor, scope="row", role="rowheader")
    yield _cell("Claimed", cards.claimed(claim), value=claim.claimed)
    value = show(finding.value).replace(",", "")
    yield _cell("Found", *_found(claim, finding), value=value)
    yield _cell("Kind", claim.kind)
    yield _cell("Chapter", _chapter(page, claim), value=number)


def _cell(label: str, *content: object, value: object = None) -> Markup:
    sort = None if value is None else str(value)
    return element("td", *content, role="cell", data_label=label, data_value=sort)


def _found(claim: claims.Claim, finding: claims.Finding) -> Iterator[object]:
    yield cards.measured(claim, finding) or claim.evidence
    if date := cards.as_of(claim, finding):
        yield " "
        yield element("small", date)


def _chapter(page: Page, claim: claims.Claim) -> object:
    """Name the chapter, as a link where the site has it."""
    name = claim.section.rpartition(" > ")[2]
    address = page.link_to(claims.chapter_url(claim.chapter))
    return element("a", name, href=f"{address}#claim-{claim.id}") if address else name


def _more(page: Page, claim: claims.Claim, finding: claims.Finding) -> Markup:
    turns = element("span", cards.steadiness(claim), class_="claim-turns")
    said = element("p", claimed.sentence(claim, finding), " ", turns, class_="claim-said")
    details = element(
        "details",
        element("summary", "Evidence, and how it is checked"),
        element("div", cards.evidence(claim, finding), class_="ledger-why"),
        *cards.check(page, claim),
        cards.cite_claim(claim, finding, claimed.sentence(claim, finding)),
        data_search_exclude=True,  # the search finds the same words on the claim's chapter
    )
    return element("td", said, details, colspan=len(COLUMNS), role="cell")


def _controls(every: Iterable[claims.Claim]) -> Markup:
    """Write the filters; the style sheet hides them where there is no JavaScript."""
    shapes = claims.SHAPES.items()
    verdicts = [element("option", f"{shape} {name}", value=name) for name, shape in shapes]
    kinds = [element("option", name, value=name) for name in claims.KINDS]
    fields = (
        _select("verdict", "Verdict", *verdicts),
        _select("chapter", "Chapter", *_chapter_options(every)),
        _select("kind", "Kind", *kinds),
    )
    return fill(FILTER, fields=join(*fields))


def _select(name: str, label: str, *options: Markup) -> Markup:
    first = element("option", ANYTHING, value="")
    return element("label", element("span", label), element("select", first, *options, name=name))


def _chapter_options(every: Iterable[claims.Claim]) -> Iterator[Markup]:
    parts: dict[str, dict[str, str]] = {}
    for claim in every:
        part, _, rest = claim.section.partition(" > ")
        parts.setdefault(part, {})[claim.chapter] = rest.rpartition(" > ")[2] or part
    for part, chapters in parts.items():
        options = [element("option", name, value=url) for url, name in chapters.items()]
        if len(chapters) > 1:
            whole = next(iter(chapters)).partition("/")[0]
            options.insert(0, element("option", f"{part}: all", value=whole))
        yield element("optgroup", *options, label=part)


def _downloads(page: Page) -> Markup:
    root = page.link_to("") or ""
    files = [
        element("a", f"claims.{kind}", href=f"{root}claims.{kind}", download=True)
        for kind in ("csv", "json")
    ]
    links = join("Download all claims: ", files[0], " or ", files[1])
    return element("p", links, class_="ledger-downloads")
