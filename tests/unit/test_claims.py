"""trends.claims: every claim is recomputed, and its check cell runs."""

import ast
import csv
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livecells.kernel.claims import cells, ledger, words
from trends import claims, data, frames
from trends.claims import Finding, rules
from trends.claims.ledger import LEDGER
from trends.pages import sources

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).parent / "expected_claims.csv"
EXPECTED = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
IDS = [row["claim_id"] for row in EXPECTED]


@pytest.fixture(autouse=True)
def _data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))


def same(found: object, expected: str, tolerance: float) -> bool:
    """Whether a value is the expected one, which is written as text."""
    try:
        return abs(float(str(found)) - float(expected)) <= tolerance
    except ValueError:
        return str(found) == expected


def half_a_digit(text: str) -> float:
    """Half of the last digit written: 3.24 stands for 3.235 to 3.245."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) + 1e-9


@pytest.mark.parametrize("row", EXPECTED, ids=IDS)
def test_finding_is_the_expected_one(row: dict[str, str]) -> None:
    finding = claims.check(row["claim_id"])
    assert finding.verdict == row["verdict"]
    assert finding.as_of == row["as_of"]
    if row["expected_value"]:
        tolerance = 0.0 if row["tolerance"] == "exact" else float(row["tolerance"])
        assert same(finding.value, row["expected_value"], tolerance)
    else:
        assert finding.value is None
    for pair in filter(None, (part.strip() for part in row["also"].split(";"))):
        name, _, text = pair.partition("=")
        number = text.removesuffix("M")
        assert same(finding.extras[name], number, half_a_digit(number)), (name, text)


@pytest.mark.parametrize("claim_id", IDS)
def test_check_cell_runs_and_agrees(claim_id: str) -> None:
    tree = ast.parse(claims.source_code(claim_id))
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), "a cell ends in an expression"
    namespace: dict[str, Any] = {}
    exec(compile(tree, claim_id, "exec"), namespace)
    value = eval(compile(ast.Expression(last.value), claim_id, "eval"), namespace)
    if isinstance(value, Finding):
        found = claims.check(claim_id)
        assert (value.value, value.verdict) == (found.value, found.verdict)
    else:
        assert value == claims.get(claim_id)
        assert value.kind == "judged"


def test_the_expected_claims_are_all_there_is() -> None:
    kinds = {claim.id: claim.kind for claim in claims.all_claims()}
    assert len(kinds) == len(claims.all_claims())
    assert kinds == {row["claim_id"]: row["kind"] for row in EXPECTED}


def test_verdicts_are_written_only_where_judged() -> None:
    for claim in claims.all_claims():
        written = LEDGER.words[claim.id].fields.get("verdict")
        assert (written is None) == (claim.kind == "computed"), claim.id
        assert claim.judged == written
        assert claim.claim
        assert claim.reason
        assert claim.rule
        assert claim.sources or claim.tables or claim.evidence in ("", "not found"), claim.id


def test_each_text_that_a_claim_rests_on_has_an_address() -> None:
    texts_cited = [text for claim in claims.all_claims() for text in claim.sources]
    assert texts_cited
    assert not [text for text in texts_cited if not sources.CITED.fullmatch(text)]


CELL = "from trends import data\nfrom trends.claims import Finding\n\n# %% one-claim\n{}\n"
TEXTS = """
chapter section claim claimed claimed_unit check rule quantity unit as_of evidence reason
"""
LISTS: dict[str, object] = {"packages": [], "sources": []}
WORDS = {**dict.fromkeys(TEXTS.split(), "x"), "kind": "computed", **LISTS}


def own_cell(text: str) -> cells.Cell:
    return dict(cells.parse("checks/own.py", CELL.format(text)))["one-claim"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("value = 1", r"checks/own\.py:4: the cell has to end in a Finding"),
        ("\n", r"checks/own\.py:4: the cell has to end in a Finding"),
        ("1 + 1", r"checks/own\.py:5: the cell ends in int, and has to end in a Finding"),
        ("x = 1\nx +", r"checks/own\.py:6: invalid syntax"),
    ],
)
def test_a_cell_that_gives_no_finding_is_named(text: str, message: str) -> None:
    with pytest.raises(claims.ClaimFileError, match=message):
        own_cell(text).run()


def test_a_cell_says_what_it_reads() -> None:
    cell = own_cell(
        'a = data.load("peps")\nb = data.scan("packages"), data.load("peps")\nFinding(1, "partly")'
    )
    assert cell.tables == ("peps", "packages")
    assert cell.run().verdict == "partly"
    assert "from trends import data\n" in cell.source({})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "partly"}, "is computed, so its verdict follows from its cell"),
        ({"kind": "judged"}, "is judged: write a verdict, one of supported"),
        ({"kind": "compute"}, "of the kind 'compute': write one of computed, judged"),
        ({"reasn": "x"}, "has an unknown field 'reasn': did you mean 'reason'"),
        ({"reason": None}, "has no 'reason'"),
        ({"sources": "a text"}, "'sources' has to be a list"),
    ],
)
def test_wrong_words_are_named(change: dict[str, object], message: str) -> None:
    entry = {name: value for name, value in (WORDS | change).items() if value is not None}
    with pytest.raises(
        claims.ClaimFileError, match=rf"texts/own\.toml:3: \[one-claim\] .*{message}"
    ):
        ledger.joined(
            {"one-claim": words.Words("texts/own.toml", 3, entry)}, {"one-claim": own_cell("1")}
        )


def test_words_without_a_cell_are_named() -> None:
    with pytest.raises(claims.ClaimFileError, match="is computed and has no cell"):
        ledger.joined({"one-claim": words.Words("texts/own.toml", 3, WORDS)}, {})


def test_a_cell_without_words_is_named() -> None:
    with pytest.raises(claims.ClaimFileError, match=r"checks/own\.py:4: 'one-claim' has no words"):
        ledger.joined({}, {"one-claim": own_cell("1")})


def test_words_that_are_not_toml_are_named() -> None:
    with pytest.raises(
        claims.ClaimFileError, match=r"texts/own\.toml: not valid TOML: Invalid value"
    ):
        words.parse("texts/own.toml", "[one]\nclaim = ")


def test_computed_claims_have_checks_and_units() -> None:
    for claim in claims.all_claims():
        if claim.kind == "computed":
            assert claim.tables, claim.id
            assert claim.quantity, claim.id


def test_chapters_carry_their_claims() -> None:
    assert len(claims.chapter_claims("frameworks/modern-web")) == 7
    assert claims.chapter_claims("frameworks/index") == ()
    assert sum(
        len(claims.chapter_claims(c)) for c in {x.chapter for x in claims.all_claims()}
    ) == len(IDS)


def test_shipped_tables_are_the_ledger() -> None:
    assert data.load("claims").equals(claims.frame())
    assert data.load("claim_checks").drop("turns").equals(claims.checks_frame())
    one = claims.frame([claims.get("polars-89m")])
    assert one["packages"].to_list() == ["polars"]


def test_unknown_claim_offers_the_nearest() -> None:
    for ask in (claims.get, claims.check, claims.source_code):
        with pytest.raises(claims.ClaimUnknownError, match="did you mean fastapi-9m"):
            ask("fastapi-9")
    with pytest.raises(LookupError, match="is computed"):
        assert claims.get("fastapi-9m").written


def test_present_moves_the_value() -> None:
    assert claims.check("fastapi-9m", present="2022-10").verdict == "supported"
    moved = claims.check("fastapi-9m", present="2026-03")
    assert isinstance(moved.value, float)
    assert round(moved.value, 1) == 355.9
    assert moved.as_of == "2026-03"


def test_a_changed_figure_changes_the_verdict() -> None:
    def scan(name: str) -> pl.LazyFrame:
        count = pl.col("downloads_30d")
        django = (pl.col("package") == "django") & (pl.col("month") == date(2025, 7, 1))
        if name != "pypi_monthly_downloads":
            return data.files.scan(name)
        return data.files.scan(name).with_columns(pl.when(django).then(8_100_000).otherwise(count))

    def renamed(name: str) -> pl.LazyFrame:
        frame = scan(name)
        if "literal" not in frame.collect_schema().names():
            return frame
        return frame.drop("downloads_30d").rename({"literal": "downloads_30d"})

    assert claims.check("django-8m", scan=renamed).verdict == "supported"


def test_python_4_on_record_asks_for_a_new_judgement() -> None:
    def scan(name: str) -> pl.LazyFrame:
        if name != "python_versions":
            return data.files.scan(name)
        return data.files.scan(name).with_columns(version=pl.lit("4.0"))

    with pytest.raises(claims.JudgeAnewError, match="a Python 4 is on record"):
        claims.check("python-4-typing", scan=scan)
    assert claims.check("python-4-discussed", scan=scan).verdict == "supported"


def test_finding_shows_itself() -> None:
    finding = Finding(
        1234.5, "partly", {"small": 0.12341, "count": 15_000, "none": None}, "2025-07"
    )
    assert repr(finding) == "partly: 1,234 (2025-07)\n  small = 0.1234\n  count = 15,000\n  none = "
    assert "<th>count</th><td>15,000</td>" in finding._repr_html_()
    assert "&lt;b&gt;" in Finding("<b>", "partly")._repr_html_()
    assert repr(claims.get("polars-rust")).startswith("polars-rust: Polars is written in Rust.")


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (rules.figure(9.9, 9), "supported"),
        (rules.figure(13.5, 9), "partly"),
        (rules.figure(13.6, 9), "contradicted"),
        (rules.share(76, 73), "supported"),
        (rules.share(63, 73), "partly"),
        (rules.share(62.9, 73), "contradicted"),
        (rules.widely_used([1, 1500]), "supported"),
        (rules.widely_used([1, None]), "partly"),
        (rules.widely_used([1501, None]), "contradicted"),
        (rules.place(1), "supported"),
        (rules.place(2), "partly"),
        (rules.place(3), "contradicted"),
        (rules.at_least(57, supported=57), "supported"),
        (rules.at_least(56.9, supported=57), "contradicted"),
        (rules.at_most_partly("supported"), "partly"),
        (rules.at_most_partly("contradicted"), "contradicted"),
        (rules.forecast(0), "untestable"),
    ],
)
def test_rules(verdict: str, expected: str) -> None:
    assert verdict == expected


def judged_frame(ratios: dict[str, list[float]]) -> pl.DataFrame:
    """Growth beside the median from five start months, as `growth_by_start` gives it."""
    rows = [
        {"start": date(2023, month, 1), "package": package, "ratio": ratio}
        for package, values in ratios.items()
        for month, ratio in enumerate(values, 1)
    ]
    return pl.DataFrame(rows).with_columns(pace=frames.pace(pl.col("ratio")))


@pytest.mark.parametrize(
    ("ratios", "verdict"),
    [
        ({"a": [2, 2, 2, 0.5, 0.5]}, "supported"),
        ({"a": [2, 2, 0.5, 1, 1]}, "partly"),
        ({"a": [1.05, 1.05, 1.05, 2, 2]}, "partly"),  # a tie neither grows nor fades
        ({"a": [2] * 5, "b": [0.5] * 5}, "partly"),
        ({"a": [2] * 5, "b": [0.5, 0.5, 2, 2, 2]}, "supported"),
        ({"a": [0.5] * 5, "b": [0.9, 0.9, 0.9, 1, 1]}, "contradicted"),
    ],
)
def test_growing_needs_three_of_five_starts(ratios: dict[str, list[float]], verdict: str) -> None:
    assert rules.USUAL.growing(judged_frame(ratios), list(ratios)) == verdict


RATIO = st.floats(0.5, 2)


@given(st.lists(st.lists(RATIO, min_size=5, max_size=5), min_size=1, max_size=3))
def test_what_grows_and_what_fades_are_asked_alike(ratios: list[list[float]]) -> None:
    """Turn each ratio upside down: what grew fades, and the verdict is its mirror."""
    packages = [str(number) for number in range(len(ratios))]
    judged = judged_frame(dict(zip(packages, ratios, strict=True)))
    upside_down = [[1 / ratio for ratio in values] for values in ratios]
    mirror = judged_frame(dict(zip(packages, upside_down, strict=True)))
    rule = rules.USUAL
    assert rule.fades(judged, packages) == rule.grows(mirror, packages)
    mirrored = {"supported": "contradicted", "contradicted": "supported", "partly": "partly"}
    assert rule.growing(mirror, packages) == mirrored[rule.growing(judged, packages)]
