"""The product's settings with one more app in every city: `growing`, whose migrations tests write.

Its folder is made before Django looks for the app, and is this process's own.
"""

from __future__ import annotations

import os
import sys

from sodam.settings import *  # noqa: F403
from sodam.settings import INSTALLED_APPS, TENANT_APPS
from tests.support.environment import run_folder

FOLDER = run_folder() / f"garden-{os.getpid()}"
for package in ("growing", "growing/migrations"):
    (FOLDER / package).mkdir(parents=True, exist_ok=True)
    (FOLDER / package / "__init__.py").touch()
sys.path.insert(0, str(FOLDER))

TENANT_APPS = [*TENANT_APPS, "growing"]
INSTALLED_APPS = [*INSTALLED_APPS, "growing"]
