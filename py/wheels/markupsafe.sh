#!/bin/sh
# Build MarkupSafe as a pure wheel, without its C speed-up: markupsafe.sh OUT_DIR
# The speed-up is optional in MarkupSafe's own setup.py: a compiler that fails leaves it out. The fixed date
# makes equal inputs give equal bytes (another setuptools writes its own version into WHEEL).
set -eux
CC=/bin/false SOURCE_DATE_EPOCH=1757376000 python3 -m pip wheel --no-deps --no-cache-dir --no-binary markupsafe \
  --wheel-dir "${1:?output folder}" markupsafe==3.0.4
