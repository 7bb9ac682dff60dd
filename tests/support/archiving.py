"""What the owner does with a city's archive: run as its process, tells what happened as JSON."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

django.setup()

from tests.support import archiving_facts  # noqa: E402  # after django.setup()


def main() -> None:
    found: dict[str, Any] = {}
    for scene in archiving_facts.SCENES:
        began = time.monotonic()
        found[scene.__name__] = scene()
        print(f"{scene.__name__} {time.monotonic() - began:.1f} s", file=sys.stderr)  # noqa: T201
    print(json.dumps(found, default=str))  # noqa: T201


if __name__ == "__main__":
    main()
