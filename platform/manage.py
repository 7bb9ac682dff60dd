"""The same command line as `sodam`, for those who look for manage.py."""

import sys

from sodam.cli import main

if __name__ == "__main__":
    sys.exit(main())
