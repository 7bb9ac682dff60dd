"""What the owner does with a city's archive: run as its process, tells what happened as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import django

django.setup()

from tests.support import archiving_facts  # noqa: E402  # after django.setup()


def main() -> None:
    scenes: list[Callable[[], Any]] = archiving_facts.SCENES
    print(json.dumps({scene.__name__: scene() for scene in scenes}, default=str))  # noqa: T201


if __name__ == "__main__":
    main()
