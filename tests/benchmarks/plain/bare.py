"""Settings of bare Django: no apps, no middleware. The yardstick of `tests.benchmarks.posting`."""

from __future__ import annotations

import os
from uuid import UUID

from tests.benchmarks.plain.settings import DATABASES, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "TIME_ZONE", "USE_TZ"]

SECRET_KEY = "bare-yardstick-of-the-benchmarks"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.benchmarks.plain.bare_view"
BARE_CITIZEN = UUID(os.environ["SODAM_BENCH_CITIZEN"])
