"""The secrets of a demo: made once, kept in one file that only its owner can read."""

import json
import secrets as randomness
from pathlib import Path

from sodam.runtime.paths import file_lock, write_whole


def demo_secret(home: Path, name: str) -> str:
    """The secret of this name, made at its first use; 43 url-safe characters."""
    kept = _read(home)
    if name in kept:
        return kept[name]
    with file_lock(home / "secrets.lock"):
        kept = _read(home)
        if name not in kept:
            kept[name] = randomness.token_urlsafe(32)
            write_whole(home / "secrets.json", json.dumps(kept, indent=1), mode=0o600)
    return kept[name]


def _read(home: Path) -> dict[str, str]:
    try:
        return dict(json.loads((home / "secrets.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
