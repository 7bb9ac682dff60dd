"""What runs now for this home: written by `up` and its servers, read by every other process."""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sodam.runtime.paths import default_home, file_lock, write_whole


@dataclass(frozen=True, kw_only=True)
class DatabaseState:
    """Where the embedded Postgres listens, and which database is Sodam's."""

    host: str
    port: int
    name: str


@dataclass(frozen=True, kw_only=True)
class State:
    """One home's running parts. `processes` maps a part's name to its pid and start mark.

    `demo_world` is the size of the demo world once it is complete. `renewals` counts how often all
    parts were started anew; `not_renewed`: those that kept their old process the last time.
    """

    port: int = 0
    database: DatabaseState | None = None
    broker_url: str = ""
    bin_dir: str = ""
    data_directory: str = ""
    is_ready: bool = False
    demo_world: str = ""
    processes: dict[str, list[Any]] = field(default_factory=dict)
    renewals: int = 0
    not_renewed: list[str] = field(default_factory=list)


def read(home: Path | None = None) -> State:
    """The state of this home; all empty when nothing was ever started or the file is broken."""
    try:
        kept = json.loads(_file(home).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return State()
    database = kept.pop("database", None)
    known = {name: kept[name] for name in State.__dataclass_fields__ if name in kept}
    return State(**known, database=DatabaseState(**database) if database else None)


def update(home: Path, **changes: Any) -> State:
    """Changes some fields and keeps the rest; safe between processes."""
    with file_lock(home / "state.lock"):
        state = replace(read(home), **changes)
        _write(home, state)
    return state


def note_process(home: Path, name: str, mark: list[Any] | None) -> None:
    """Remembers a part's pid and start mark, or forgets the part when there is none."""
    with file_lock(home / "state.lock"):
        state = read(home)
        others = {key: value for key, value in state.processes.items() if key != name}
        kept = others if mark is None else {**others, name: mark}
        _write(home, replace(state, processes=kept))


def is_ready(home: Path | None = None) -> bool:
    """Is the world behind the web complete? The answer of /readyz."""
    return read(home).is_ready


def _write(home: Path, state: State) -> None:
    """For its owner alone: the broker's address carries a password that would let jobs be sent."""
    write_whole(_file(home), json.dumps(asdict(state), indent=1), mode=0o600)


def _file(home: Path | None) -> Path:
    return (home or default_home()) / "state.json"
