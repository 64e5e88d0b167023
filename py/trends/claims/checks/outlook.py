"""Checks of the claims on Python 4 and on companies."""

import polars as pl

from trends import data, frames
from trends.claims import Finding, rules, values
from trends.frames import PRESENT

present = PRESENT  # the month that counts as the article's present

# %% python-4-discussed
# Records of a Python 4.
versions = data.load("python_versions")
peps = data.load("peps")
records = values.python_4_records(versions, peps)
# That there is no date is right; that it is discussed is not on record.
verdict = rules.choose(supported=records > 0, partly=True)
Finding(records, verdict, {"peps_read": peps.height})

# %% python-4-wasm
# PEPs that bring Python 3 to WebAssembly, without a Python 4.
peps = data.load("peps")
versions = data.load("python_versions")
pyodide = data.load("pyodide_releases")
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
Finding(in_force, verdict, extras)

# %% python-4-async-first
# Records of a Python 4, and the open PEPs on async.
versions = data.load("python_versions")
peps = data.load("peps")
records = values.python_4_records(versions, peps)
themed = peps.filter(pl.col("theme").str.split(";").list.contains("async"))
unfinished = themed.filter(pl.col("status").is_in(["Draft", "Accepted"]))["pep"]
extras = {"open_async_peps": "/".join(map(str, unfinished.sort()))}
Finding(records, rules.forecast(records), extras)

# %% python-4-typing
# Records of a Python 4.
records = values.python_4_records(data.load("python_versions"), data.load("peps"))
Finding(records, rules.forecast(records))

# %% python-4-c-go-speed
# Records of a Python 4, and how much faster Python 3 became on one machine.
versions = data.load("python_versions")
peps = data.load("peps")
speed = data.load("cpython_speed")
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
Finding(records, rules.forecast(records), extras)

# %% python-4-compatible
# Records of a Python 4.
records = values.python_4_records(data.load("python_versions"), data.load("peps"))
Finding(records, rules.forecast(records))

# %% tensorflow-3
# Releases of TensorFlow 3 or later.
releases = frames.all_releases(data.load("package_releases"), data.load("package_releases_best_of"))
latest = data.load("pypi_latest_versions")
major = pl.col("version").str.extract(r"^(\d+)").cast(pl.Int64)
count = releases.filter(major >= 3, package="tensorflow").height
extras = {"latest_version": latest.filter(package="tensorflow")["latest_version"].item()}
verdict = rules.untouched(count, "contradicted", "TensorFlow 3 is released")
Finding(count, verdict, extras)

# %% fintech-pymc3
# Downloads of pymc3, the superseded name, per download of pymc.
downloads = data.load("pypi_monthly_downloads")
latest = data.load("pypi_latest_versions")
old = values.rank(downloads, "pymc3", present)
ratios = dict(frames.ratio(downloads, "pymc3", "pymc").iter_rows())
extras = {
    "pymc_ahead_since": values.ahead_since(downloads, "pymc", "pymc3"),
    "pymc3_latest": latest.filter(package="pymc3")["latest_version"].item(),
}
# The sector cannot be seen: partly at most.
verdict = rules.choose(supported=False, partly=old is not None)
Finding(ratios.get(frames.as_month(present), 0.0), verdict, extras)

# %% dash-streamlit-dashboards
# The two largest among those who build dashboards.
python_survey = data.load("jetbrains_python_survey")
downloads = data.load("pypi_monthly_downloads")
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
Finding(round(100 * next_most, 4), rules.all_of(named), extras)
