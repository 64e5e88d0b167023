"""`python -m livecells` is the command `livecells`."""

import sys

from livecells.commands import main

sys.exit(main())
