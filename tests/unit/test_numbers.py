"""trends.numbers: the chapters' key numbers come out of the data, and prose writes them."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from trends import editor_numbers as editors
from trends import numbers as n
from trends import python_numbers as python
from trends import survey_numbers, wording

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).parent / "expected_cell_numbers.csv"
EXPECTED = {
    (row["cell_id"], row["quantity"], row["as_of"]): row["value"]
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
}
WINDOW = "2023-07 to 2025-07"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TRENDS_DATA", str(ROOT / "data"))
    n.forget()
    yield
    n.forget()


CASES: list[tuple[tuple[str, str, str], Callable[[], str]]] = [
    (
        ("web-claimed-and-counted", "FastAPI", "2025-07"),
        lambda: wording.millions(n.downloads("fastapi")).removesuffix(" million"),
    ),
    (
        ("web-claimed-and-counted", "FastAPI, newest", "2026-03"),
        lambda: wording.millions(n.downloads("fastapi", "2026-03")).removesuffix(" million"),
    ),
    (
        ("web-crossings", "FastAPI passes Flask for good", ""),
        lambda: f"{n.crossing('fastapi', 'flask'):%Y-%m}",
    ),
    (
        ("web-crossings", "FastAPI / Django", "2025-07"),
        lambda: f"{n.ratio('fastapi', 'django'):.2f}",
    ),
    (
        ("web-flask-extensions", "listed flask-* packages", "2025-07"),
        lambda: str(n.listed_with_prefix("flask-")),
    ),
    (
        ("web-flask-extensions", "within the first 4,000", "2025-07"),
        lambda: str(n.listed_with_prefix("flask-", depth=4000)),
    ),
    (("async-index", "middle", WINDOW), lambda: f"{n.middle_growth():.2f}"),
    (("async-index", "uvicorn growth", WINDOW), lambda: f"{n.growth('uvicorn'):.2f}"),
    (
        ("async-requests-per-second", "FastAPI", "2025-06-06"),
        lambda: wording.thousands(n.requests_per_second("fastapi")),
    ),
    (("async-flask-rank", "Flask rank", "2023-07"), lambda: str(n.rank("flask", "2023-07"))),
    (
        ("frameworks-size-growth", "at or above the middle", WINDOW),
        lambda: str(n.at_least_middle("web")[0]),
    ),
    (
        ("frameworks-size-growth", "packages compared", "2025-07"),
        lambda: str(n.at_least_middle("web")[1]),
    ),
    (
        ("de-polars-lifetime", "from 1.0 to the end of 2024", ""),
        lambda: f"{n.total('polars', '2024-07', '2024-12') / 1e6:.1f}",
    ),
    (
        ("de-polars-lifetime", "lifetime to the end of March 2026", ""),
        lambda: f"{n.total('polars') / 1e6:.0f}",
    ),
    (
        ("de-polars-per-pandas", "Polars per 100 pandas", "2025-07"),
        lambda: f"{n.per_hundred('polars', 'pandas'):.1f}",
    ),
    (("de-polars-per-pandas", "pandas gained", WINDOW), lambda: f"{n.gain('pandas') / 1e6:.0f}"),
    (
        ("mlops-airflow-2024", "2024 total", "2024"),
        lambda: f"{n.year_total('apache-airflow', 2024) / 1e6:.1f}",
    ),
    (
        ("method-window", "jax-gaining, start months in favour", "2025-07"),
        lambda: str(n.starts_in_favour("jax")),
    ),
    (
        ("method-window", "async-shift, start months in favour", "2025-07"),
        lambda: str(n.starts_in_favour("fastapi", "starlette", "sanic")),
    ),
    (
        ("rec-python-share", "Python", "2025"),
        lambda: wording.percent(n.survey_share("Python", 2025)).removesuffix(" percent"),
    ),
    (
        ("web-survey-shares", "FastAPI, Python Developers Survey", "2024"),
        lambda: f"{100 * n.python_survey_share('FastAPI', 2024, 'web framework used'):.0f}",
    ),
    (
        ("intro-three-indexes", "Python, PYPL, share", "2025-07"),
        lambda: f"{100 * n.index_share('Python'):.1f}",
    ),
    (
        ("pay-by-experience", "6-10", "2025-06"),
        lambda: wording.dollars(survey_numbers.pay("6-10")).removesuffix(" dollars"),
    ),
    (("py4-speed", "3.11.0", "2022-10-24"), lambda: f"{n.python_speed('3.11.0'):.2f}"),
    (("mlops-mlflow-releases", "MLflow 3.0.0", ""), lambda: str(n.release_date("mlflow", "3.0.0"))),
    (
        ("genai-python-floor", "projects read", "2025-07-31"),
        lambda: str(python.projects_asking()),
    ),
    (
        ("genai-python-floor", "floor 3.9", "2025-07-31"),
        lambda: str(python.projects_asking(exactly=9)),
    ),
    (
        ("genai-python-floor", "floor 3.12 or higher", "2025-07-31"),
        lambda: str(python.projects_asking(12)),
    ),
    (
        ("genai-python-floor", "jax requires 3.12 from", ""),
        lambda: str(python.asks_since("jax", 12)),
    ),
    (
        ("genai-python-in-use", "3.12 and newer", "2025-02"),
        lambda: f"{100 * python.python_share(12):.1f}",
    ),
    (
        ("genai-python-in-use", "3.8 and older", "2025-02"),
        lambda: f"{100 * python.python_share(-100, 8, month='2025-02'):.1f}",
    ),
    (
        ("editors-cursor-index", "Cursor first in the index", ""),
        lambda: f"{editors.editor_since('Cursor'):%Y-%m}",
    ),
    (
        ("editors-cursor-index", "PyCharm", "2025-07"),
        lambda: f"{100 * editors.editor_share('pyCharm'):.2f}",
    ),
    (
        ("editors-niche", "Sublime Text, used, first 1,000", "2025"),
        lambda: f"{100 * editors.editor_used('Sublime Text', 'thousand'):.1f}",
    ),
    (
        ("explore-when-true", "fastapi, 9 million, a tenth", ""),
        lambda: " to ".join(
            f"{m:%Y-%m}"
            for m in (min(n.months_within("fastapi", 9)), max(n.months_within("fastapi", 9)))
        ),
    ),
]


@pytest.mark.parametrize(("key", "value"), CASES, ids=[" ".join(key) for key, _ in CASES])
def test_key_numbers(key: tuple[str, str, str], value: Callable[[], str]) -> None:
    expected = {(c, q, a): v for (c, q, a), v in EXPECTED.items()}
    found = expected.get(key) or next(v for (c, q, _), v in expected.items() if (c, q) == key[:2])
    assert value() == found


def test_writing() -> None:
    assert wording.millions(109_919_392) == "109.9 million"
    assert wording.thousands(27_293.4) == "27,293"
    assert wording.times(4.235) == "4.2 times"
    assert wording.fold(7.18) == "7.2-fold"
    assert wording.percent(0.579) == "57.9 percent"
    assert wording.percent(0.51) == "51 percent"
    assert wording.percent(0.5, 0) == "50 percent"
    assert wording.points(0.049) == "4.9 points"
    assert wording.dollars(150_000) == "150,000 dollars"
    assert wording.month_name("2022-09") == "September 2022"
    assert wording.day_name(date(2025, 6, 11)) == "11 June 2025"
    assert (
        wording.month_span((date(2022, 9, 1), date(2023, 1, 1))) == "September 2022 to January 2023"
    )
    assert wording.month_span((date(2022, 9, 1),)) == "September 2022"
    assert [wording.listing(names) for names in ("abc", "ab", "")] == ["a, b and c", "a and b", ""]
    assert [wording.in_words(k) for k in (0, 4, 10, 1500)] == ["no", "four", "ten", "1,500"]


def test_newest_release_and_listing() -> None:
    assert n.newest_release("tensorflow") == "2.19.0"
    assert n.newest_release("torch", "2025-08") == "2.8.0"
    assert n.listed("tokenshap") == ()
    assert n.listed("snapshot-restore-py")[0] == date(2024, 11, 1)
    assert n.middle_count() == 189


def test_pythons_and_editors() -> None:
    assert python.projects_asking(today="2026-07-31") == 42
    assert python.projects_asking(12, today="2026-07-31") == 4
    assert python.python_share_month() == date(2025, 2, 1)
    assert python.python_share(-100) == pytest.approx(1)
    assert editors.editor_answers("Visual Studio Code or PyCharm", "Python users") == 463
    with pytest.raises(n.NumberMissingError, match="did you mean Cursor"):
        editors.editor_share("Curser")
    with pytest.raises(n.NumberMissingError, match=r"that asks for Python 3\.99"):
        python.asks_since("jax", 99)


def test_missing_numbers_help() -> None:
    with pytest.raises(n.NumberMissingError, match="did you mean fastapi"):
        n.downloads("fastapy")
    with pytest.raises(n.NumberMissingError, match="conda in 2025-07: it was not on the list"):
        n.downloads("conda")
    with pytest.raises(n.NumberMissingError, match="playwright is not ahead of selenium"):
        n.crossing("playwright", "selenium")
    with pytest.raises(n.NumberMissingError, match="did you mean Python"):
        n.survey_share("Pyton", 2025)
    with pytest.raises(
        n.NumberMissingError, match="releases of tensorfow; did you mean tensorflow"
    ):
        n.newest_release("tensorfow")
