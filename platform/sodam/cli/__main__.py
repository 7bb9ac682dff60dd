"""`python -m sodam.cli`: how Sodam calls itself, wherever it is installed."""

import sys

from sodam.cli import main

sys.exit(main())
