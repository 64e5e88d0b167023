"""Load what the site says of its tables and of its release with the tools of those who will.

Runs in an environment of its own (requirements/validators.txt): `python validate.py SITE`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import mlcroissant  # type: ignore[import-not-found]
from rocrate.rocrate import ROCrate  # type: ignore[import-not-found]

site = Path(sys.argv[1])
told: dict[str, object] = {"tables": 0, "errors": [], "warnings": [], "rows": {}}
for file in sorted((site / "data").glob("*.croissant.json")):
    table = file.name.removesuffix(".croissant.json")
    parquet = f"{table}.parquet"
    dataset = mlcroissant.Dataset(jsonld=file, mapping={parquet: str(site / "data" / parquet)})
    issues = dataset.metadata.ctx.issues
    told["tables"] += 1  # type: ignore[operator]
    told["errors"] += sorted(issues.errors)  # type: ignore[operator]
    told["warnings"] += sorted(issues.warnings)  # type: ignore[operator]
    first = next(iter(dataset.records("rows")), None)
    told["rows"][table] = sorted(first or {})  # type: ignore[index]
crate = ROCrate(site)
told["crate"] = [one.id for one in crate.data_entities]
sys.stdout.write(json.dumps(told))
