"""What is measured while a page is under load, and when it counts as growing."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from playwright.sync_api import CDPSession, Locator

from browser.processes import status
from browser.reader import Reader

MOST_PER_RUN = {
    "page heap, kB": 12.0,
    "DOM nodes": 0.5,
    "listeners": 0.2,
    "Python objects": 20.0,
    "wasm memory, MB": 0.05,
    "processes, MB": 0.4,
}
"""Growth in the second half from which on it is a leak: above noise, and far below what one
forgotten chart or worker takes."""

PYTHON = """import gc, pyodide_js
gc.collect()
print(len(gc.get_objects()), pyodide_js._module.HEAPU8.length)"""


@dataclass
class Soaked:
    """A load that has been run.

    Attributes:
        weight: How many runs of a cell a round is worth.
        rounds: How often the page did it.
        at: After which rounds there was a look.
        samples: What was seen then, by what it is.
    """

    weight: int = 1
    rounds: int = 0
    at: list[int] = field(default_factory=list)
    samples: dict[str, list[float]] = field(default_factory=dict)

    def take(self, done: int, sample: Mapping[str, float]) -> None:
        """Keep a look after `done` rounds."""
        self.rounds = done
        self.at.append(done)
        for what, value in sample.items():
            self.samples.setdefault(what, []).append(value)

    def slopes(self) -> dict[str, float]:
        """Growth per round in the second half: what warms up has done so by then."""
        half = len(self.at) // 2
        return {
            what: statistics.linear_regression(self.at[half:], values[half:]).slope
            for what, values in self.samples.items()
        }

    def grown(self) -> list[str]:
        """Name what grows."""
        return [
            f"{what} by {slope:.2f} a round"
            for what, slope in self.slopes().items()
            if slope > MOST_PER_RUN[what] * self.weight
        ]

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "slopes": self.slopes()}


class Watch:
    """Looks at a page's memory, when its garbage is gone."""

    def __init__(self, reader: Reader, probe: Locator) -> None:
        self._reader, self._probe = reader, probe
        self._session: CDPSession = reader.page.context.new_cdp_session(reader.page)
        self._session.send("Performance.enable")
        browser = reader.page.context.browser
        assert browser
        self._browser: CDPSession = browser.new_browser_cdp_session()

    def look(self) -> dict[str, float]:
        """Measure page and Python; the probe is a cell that may be overwritten."""
        write(self._probe, PYTHON)
        self._reader.run(self._probe)
        objects, wasm = map(int, self._reader.outputs(self._probe).inner_text().split())
        for _ in range(2):  # what finalizers let go, the second time takes
            self._session.send("HeapProfiler.collectGarbage")
        found = self._session.send("Performance.getMetrics")["metrics"]
        metrics = {one["name"]: float(one["value"]) for one in found}
        return {
            "page heap, kB": metrics["JSHeapUsedSize"] / 1e3,
            "DOM nodes": metrics["Nodes"],
            "listeners": metrics["JSEventListeners"],
            "Python objects": objects,
            "wasm memory, MB": wasm / 1e6,
            "processes, MB": self._resident_mb(),
        }

    def _resident_mb(self) -> float:
        """Resident memory of this browser's renderers, which hold the workers too."""
        found = self._browser.send("SystemInfo.getProcessInfo")["processInfo"]
        return sum(
            status(int(one["id"]), "VmRSS") / 1e3 for one in found if one["type"] == "renderer"
        )


def write(cell: Locator, source: str) -> None:
    """Replace a cell's text at once: typing is tested elsewhere."""
    cell.evaluate("(cell, text) => cell.edit(text)", source)


def table(results: Mapping[str, Soaked]) -> str:
    """Write first, middle and last look, and the growth per round."""
    lines = [f"{'':36}{'first':>10}{'middle':>10}{'last':>10}{'a round':>10}"]
    for name, one in results.items():
        lines.append(f"{name}, {one.rounds} rounds")
        for what, values in one.samples.items():
            seen = (values[0], values[len(values) // 2], values[-1])
            numbers = "".join(f"{value:10.1f}" for value in seen)
            lines.append(f"  {what:34}{numbers}{one.slopes()[what]:10.3f}")
    return "\n".join(lines)
