"""Checks of the claims on Python 4 and on companies."""

import polars as pl

from trends import frames
from trends.claims import rules, values
from trends.claims.model import Finding
from trends.frames import PRESENT


def python_4_discussed(versions: pl.DataFrame, peps: pl.DataFrame) -> Finding:
    """Records of a Python 4."""
    records = values.python_4_records(versions, peps)
    # That there is no date is right; that it is discussed is not on record.
    verdict = rules.choose(supported=records > 0, partly=True)
    return Finding(records, verdict, {"peps_read": peps.height})


def python_4_wasm(peps: pl.DataFrame, versions: pl.DataFrame, pyodide: pl.DataFrame) -> Finding:
    """PEPs that bring Python 3 to WebAssembly, without a Python 4."""
    in_force = peps.filter(
        pl.col("pep").is_in([776, 783, 816]),
        pl.col("status").is_in(["Active", "Accepted", "Final"]),
    ).height
    records = values.python_4_records(versions, peps)
    within_3 = in_force > 0 and records == 0
    verdict = rules.choose(supported=False, partly=True) if within_3 else rules.forecast(records)
    extras = {
        "python_4_records": records,
        "pyodide_0_27_7_recipes": pyodide.filter(version="0.27.7")["package_recipes"].item(),
    }
    return Finding(in_force, verdict, extras)


def python_4_async_first(versions: pl.DataFrame, peps: pl.DataFrame) -> Finding:
    """Records of a Python 4, and the open PEPs on async."""
    records = values.python_4_records(versions, peps)
    themed = peps.filter(pl.col("theme").str.split(";").list.contains("async"))
    unfinished = themed.filter(pl.col("status").is_in(["Draft", "Accepted"]))["pep"]
    extras = {"open_async_peps": "/".join(map(str, unfinished.sort()))}
    return Finding(records, rules.forecast(records), extras)


def python_4_typing(versions: pl.DataFrame, peps: pl.DataFrame) -> Finding:
    """Records of a Python 4."""
    records = values.python_4_records(versions, peps)
    return Finding(records, rules.forecast(records))


def python_4_c_go_speed(versions: pl.DataFrame, peps: pl.DataFrame, speed: pl.DataFrame) -> Finding:
    """Records of a Python 4, and how much faster Python 3 became on one machine."""
    records = values.python_4_records(versions, peps)
    runs = speed.filter(machine="pythonperf2")
    main = runs.filter(pl.col("commit_date") == pl.col("commit_date").max())
    measured = dict(main.select(pl.col("build").cast(pl.String), "speed_vs_3_10_4").iter_rows())
    extras = {
        "main_default": measured["default"],
        "main_jit": measured["JIT"],
        "main_free_threaded": measured["free-threaded"],
        "3.13.0": runs.filter(version="3.13.0")["speed_vs_3_10_4"].item(),
    }
    return Finding(records, rules.forecast(records), extras)


def python_4_compatible(versions: pl.DataFrame, peps: pl.DataFrame) -> Finding:
    """Records of a Python 4."""
    records = values.python_4_records(versions, peps)
    return Finding(records, rules.forecast(records))


def tensorflow_3(releases: pl.DataFrame, latest: pl.DataFrame) -> Finding:
    """Releases of TensorFlow 3 or later."""
    major = pl.col("version").str.extract(r"^(\d+)").cast(pl.Int64)
    count = releases.filter(major >= 3, package="tensorflow").height
    extras = {"latest_version": latest.filter(package="tensorflow")["latest_version"].item()}
    verdict = rules.untouched(count, "contradicted", "TensorFlow 3 is released")
    return Finding(count, verdict, extras)


def fintech_pymc3(
    downloads: pl.DataFrame, latest: pl.DataFrame, *, present: str = PRESENT
) -> Finding:
    """Downloads of pymc3, the superseded name, per download of pymc."""
    old = values.rank(downloads, "pymc3", present)
    ratios = dict(frames.ratio(downloads, "pymc3", "pymc").iter_rows())
    extras = {
        "pymc_ahead_since": values.ahead_since(downloads, "pymc", "pymc3"),
        "pymc3_latest": latest.filter(package="pymc3")["latest_version"].item(),
    }
    # The sector cannot be seen: partly at most.
    verdict = rules.choose(supported=False, partly=old is not None)
    return Finding(ratios.get(frames.as_month(present), 0.0), verdict, extras)


def dash_streamlit_dashboards(
    python_survey: pl.DataFrame, downloads: pl.DataFrame, *, present: str = PRESENT
) -> Finding:
    """The two largest among those who build dashboards."""
    rows = python_survey.filter(pl.col("item") != "none", question="dashboard library used")
    ranked = rows.filter(year=2024).sort("share", descending=True).select("item", "share")
    (first, most), (second, next_most), (third, less) = ranked.head(3).iter_rows()
    named = [item in (first, second) for item in ("Streamlit", "Plotly Dash")]
    extras = {
        "streamlit": 100 * most,
        "third": f"{third} {100 * less:.0f}",
        "gradio_M": values.millions(downloads, "gradio", present),
        "streamlit_M": values.millions(downloads, "streamlit", present),
        "dash_M": values.millions(downloads, "dash", present),
    }
    return Finding(round(100 * next_most, 4), rules.all_of(named), extras)
