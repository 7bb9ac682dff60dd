"""The owner's part: each city's archive, decrypted, holds no other city's canary.

`python -m tests.probes.archives busan=<sign> seoul=<sign> …` prints a JSON list of what is wrong.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from tenants.provisioning.archive.backing_up import city_back_up  # noqa: E402
from tenants.provisioning.archive.configuration import ConfigurationText  # noqa: E402
from tenants.provisioning.archive.crypt import decrypting  # noqa: E402
from tenants.provisioning.archive.types import Configuration  # noqa: E402

NOTHING = ConfigurationText("", Configuration())
"""No city of the probe has documents of its own in force."""


def main(signs: dict[str, str]) -> None:
    """An archive of each; its own sign must be there, or nothing was looked at."""
    wrong: list[str] = []
    with TemporaryDirectory() as folder:
        for code, own in signs.items():
            path = Path(folder) / f"{code}.age"
            city_back_up(code, path, now=datetime.now(UTC), configuration=NOTHING)
            text = "\n".join(_texts(path))
            if own not in text:
                wrong.append(f"the archive of {code} does not hold its own canary")
            others = [one for one, sign in signs.items() if one != code and sign in text]
            wrong += [f"the archive of {code} tells {other}" for other in others]
    sys.stdout.write(json.dumps(wrong))


def _texts(path: Path) -> Iterator[str]:
    with decrypting(path) as plain, tarfile.open(fileobj=plain, mode="r|gz") as members:
        for member in members:
            yield member.name
            held = members.extractfile(member)
            yield held.read().decode(errors="replace") if held else ""


if __name__ == "__main__":
    main(dict(one.split("=", 1) for one in sys.argv[1:]))
