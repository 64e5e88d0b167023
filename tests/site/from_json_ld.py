"""Check all claims of a site from nothing but the linked data of its ledger: prints verdicts.

    python from_json_ld.py LEDGER [STATED SERVED]

An address that begins with STATED is fetched from SERVED, for a site that is not where it says.
"""

import ast
import hashlib
import json
import os
import re
import sys
import tempfile
import urllib.request
from pathlib import Path

ledger, stated, served = [*sys.argv[1:], "", ""][:3]
folder = Path(tempfile.mkdtemp())
os.environ["TRENDS_DATA"] = str(folder)


def fetch(address: str) -> Path:
    file = folder / address.rpartition("/")[2]
    if not file.exists():
        file.write_bytes(urllib.request.urlopen(address.replace(stated, served)).read())
    return file


page = urllib.request.urlopen(ledger).read().decode()
for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page):
    review = json.loads(found)
    if review["@type"] != "ClaimReview":
        continue
    code, *tables = review["isBasedOn"]
    for table in tables:
        content = fetch(table["distribution"]["contentUrl"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == table["distribution"]["sha256"]
    sys.path.insert(0, str(fetch(code["targetProduct"]["downloadUrl"])))
    *above, last = ast.parse(code["text"]).body
    names: dict[str, object] = {}
    exec(compile(ast.Module(above, []), "check", "exec"), names)
    finding = eval(compile(ast.Expression(last.value), "check", "eval"), names)
    verdict = getattr(finding, "verdict", None) or finding.judged
    print(review["url"], review["reviewRating"]["alternateName"], verdict)
