"""The third-party components of a site, gathered from what is really in it."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import distribution
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, get_args
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import component as cyclonedx
from cyclonedx.model.bom import Bom
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from livecells.author.fence import guarded
from livecells.markup import Markup, element, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from livecells.release.version import Release
    from livecells.runtime.bundle import Bundle
    from livecells.runtime.wheels import Wheel

Group = Literal["Python in the page", "In the page", "Rust in Polars", "The theme"]

SBOM = "sbom.cdx.json"
TEXTS = "licences.txt"
PARTS = "components.json"
"""Among the ready-made parts."""

CRATES = "crates.tsv"
"""Beside our own wheels: what is linked into them."""

NOT_STATED = "not stated"


@dataclass(frozen=True)
class Component:
    """A third-party component.

    Attributes:
        group: Where it is in the site.
        name: As it is called where it comes from.
        version: Likewise.
        licence: SPDX expression, or what its maker wrote.
        kind: Of its purl, such as `pypi`.
        texts: Of its licence, as they came with it.
    """

    group: Group
    name: str
    version: str
    licence: str
    kind: str
    texts: tuple[str, ...] = ()

    @property
    def purl(self) -> PackageURL:
        """Its package URL."""
        space, _, name = self.name.rpartition("/")
        known = self.kind in {"pypi", "cargo"}
        return PackageURL(self.kind, space or None, name.lower() if known else name, self.version)


def of_engine(bundle: Bundle, modules: Iterable[Path], wheels: Path) -> list[Component]:
    """Gather what the engine brings to every site.

    Args:
        bundle: The runtime.
        modules: Folders of the npm packages of which something is in the page's scripts.
        wheels: Folder of our own wheels, perhaps with a list of crates.
    """
    manifest = bundle.manifest
    emscripten = manifest["platform"].removeprefix("emscripten_").replace("_", ".")
    core: Group = "Python in the page"
    return [
        Component(core, "Pyodide", manifest["pyodide"], "MPL-2.0", "npm"),
        Component(core, "CPython", manifest["python"], "PSF-2.0", "generic"),
        Component(core, "Emscripten", emscripten, "MIT OR NCSA", "generic"),
        *(_of_wheel(wheel) for wheel in bundle.wheels),
        *(_of_module(folder) for folder in modules),
        *_of_crates(wheels / CRATES),
    ]


def gather(engine: Iterable[Component], theme: Sequence[str]) -> tuple[Component, ...]:
    """Add the theme's parts, for which `theme` names Python distributions, and sort."""
    parts = [*engine, *(_of_distribution(name) for name in theme)]
    order = get_args(Group)
    return tuple(
        sorted(
            set(parts),
            key=lambda part: (order.index(part.group), part.name.lower(), part.version),
        )
    )


def write(parts: Iterable[Component], folder: Path) -> None:
    """Write parts into a folder for `read`."""
    text = json.dumps([asdict(part) for part in parts], indent=1)
    (folder / PARTS).write_text(text, encoding="utf-8")


def read(folder: Path) -> list[Component]:
    """Read what `write` wrote."""
    held = json.loads((folder / PARTS).read_text(encoding="utf-8"))
    return [Component(**part | {"texts": tuple(part["texts"])}) for part in held]


def _of_wheel(wheel: Wheel) -> Component:
    with zipfile.ZipFile(wheel.path) as archive:
        names = sorted(
            name
            for name in archive.namelist()
            if ".dist-info/" in name and _is_licence(name.rpartition("/")[2])
        )
        texts = tuple(archive.read(name).decode() for name in names)
    return Component("Python in the page", wheel.name, wheel.version, wheel.licence, "pypi", texts)


def _of_module(folder: Path) -> Component:
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    places = [path for path in sorted(folder.iterdir()) if _is_licence(path.name)]
    texts = tuple(path.read_text(encoding="utf-8") for path in places)
    licence = about.get("license", NOT_STATED)
    return Component("In the page", about["name"], about["version"], licence, "npm", texts)


def _of_crates(table: Path) -> list[Component]:
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [
            Component("Rust in Polars", row["crate"], row["version"], row["licence"], "cargo")
            for row in rows
        ]


def _of_distribution(name: str) -> Component:
    found = distribution(name)
    stated = [key for key in ("License-Expression", "License") if key in found.metadata]
    licence = found.metadata[stated[0]] if stated else NOT_STATED
    texts = tuple(
        path.read_text()
        for path in found.files or ()
        if _is_licence(path.name) and ".dist-info" in str(path)
    )
    return Component("The theme", found.metadata["Name"], found.version, licence, "pypi", texts)


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))


def sbom(parts: Iterable[Component], name: str, release: Release) -> str:
    """Write the parts as CycloneDX; equal parts give equal text."""
    known = LicenseFactory()
    kept = list(parts)
    bom = Bom(
        components=[
            cyclonedx.Component(
                name=part.name,
                version=part.version,
                type=cyclonedx.ComponentType.LIBRARY,
                purl=part.purl,
                bom_ref=part.purl.to_string(),
                licenses=[known.make_from_string(part.licence)],
            )
            for part in kept
        ],
        serial_number=uuid5(NAMESPACE_URL, json.dumps([str(part.purl) for part in kept])),
    )
    bom.metadata.component = cyclonedx.Component(
        name=name,
        version=release.version or None,
        type=cyclonedx.ComponentType.APPLICATION,
        bom_ref="site",
    )
    day = release.changes[0]["date"] if release.changes else "1980-01-01"
    bom.metadata.timestamp = datetime.fromisoformat(day).replace(tzinfo=UTC)
    bom.register_dependency(bom.metadata.component, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def texts(parts: Iterable[Component]) -> str:
    """Write the licences' texts one after the other, each once, under the names of its parts."""
    named: dict[str, list[str]] = {}
    for part in parts:
        for text in part.texts:
            named.setdefault(text.strip(), []).append(f"{part.name} {part.version}")
    line = "=" * 78
    return (
        "\n\n".join(
            f"{line}\n{', '.join(names)}\n{line}\n\n{text}" for text, names in named.items()
        )
        + "\n"
    )


def format_licences(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **_: Any
) -> str:
    """Write the `licences` fence: what the site ships of others, by name, version and licence."""
    return guarded(md, "licences", lambda page: table(page.site.components, page.root))


FENCE = {"name": "licences", "class": "licences", "format": format_licences}
"""As pymdownx.superfences takes it."""


def table(parts: Iterable[Component], root: str) -> Markup:
    """Write the parts for readers, a table for each group; `root` is the way to the site's root."""
    files = {TEXTS: "the licences' texts", SBOM: "the same for programs (CycloneDX)"}
    ways = [element("a", text, href=f"{root}{name}", download=True) for name, text in files.items()]
    pieces = [element("p", "Files: ", ways[0], ", ", ways[1], ".")]
    for group, of_group in groupby(parts, key=lambda part: part.group):
        held = list(of_group)
        head = element("tr", *(element("th", text) for text in ("Component", "Version", "Licence")))
        rows = join(
            *(
                element(
                    "tr", *(element("td", text) for text in (one.name, one.version, one.licence))
                )
                for one in held
            )
        )
        body = join(element("thead", head), element("tbody", rows))
        told = element("summary", f"{group}: {len(held)}")
        pieces.append(element("details", told, element("table", body), open=len(held) < MANY))
    return element("div", *pieces, class_="licences")


MANY = 60
"""So many rows are folded up."""
