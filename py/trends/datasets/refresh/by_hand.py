"""Sources that no program here fetches: figures typed in, or whole repositories to be read."""

from trends.datasets.refresh.source import Source

SOURCES = (
    Source(
        name="Stack Overflow Developer Survey",
        datasets=("stackoverflow_survey", "stackoverflow_pay_2025"),
        how="once a year, in July: the published shares by question, item and population, with "
        "the page each was read on; pay from the published responses, groups of 30 or more",
    ),
    Source(
        name="Python Developers Survey",
        datasets=("jetbrains_python_survey",),
        how="once a year: the published percentages, only the questions listed in the catalogue",
    ),
    Source(
        name="Faster CPython",
        datasets=("cpython_speed",),
        how="geometric means in the README files of the results, each row with its file",
    ),
    Source(
        name="web-frameworks",
        datasets=("web_framework_benchmark",),
        how="data.json at the newest commit of each half-year; check that Go and Python differ "
        "before a period is called sound",
    ),
    Source(
        name="best-of lists",
        datasets=("github_stars", "package_releases_best_of"),
        how="clone the four best-of repositories; last history/*_projects.csv of each month",
    ),
    Source(
        name="project tags",
        datasets=("package_releases",),
        how="for each source_repo: git for-each-ref refs/tags with creatordate; requires_python "
        "from pyproject.toml, setup.cfg or setup.py at the tag; endoflife.date for the rest",
    ),
    Source(
        name="newest versions",
        datasets=("pypi_latest_versions",),
        how="newest version and month of the nine packages, from the index's project pages",
    ),
    Source(
        name="this project",
        datasets=("packages",),
        how="own table: a package, its topic, and whether the article names it",
    ),
    Source(
        name="this site's speed",
        datasets=("site_speed",),
        how="make bench on a quiet machine, then make bench-keep",
    ),
    Source(
        name="browsers that this site was tried in",
        datasets=("engines",),
        how="make engines-keep, where Firefox and WebKit can be installed",
    ),
)
