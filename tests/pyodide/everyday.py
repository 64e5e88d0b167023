"""What readers write every day, with Python, Polars and Altair: everyday.txt, in steps."""

from __future__ import annotations

from pathlib import Path

BORDER = "# %%\n"


def steps() -> list[str]:
    """Return programs to be run in order, in one Python: later steps use names of earlier ones."""
    texts = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split(BORDER)
    return [f"import sys\nexec({text!r}, vars(sys).setdefault('everyday', {{}}))" for text in texts]
