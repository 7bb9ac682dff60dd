"""Measurements against named baselines: `make bench`. Method: docs/reference/benchmarks.md.

The environment comes first: it names the throw-away servers before Django reads its settings.
"""

import tests.support.environment  # noqa: F401
