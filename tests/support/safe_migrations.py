"""`make lint`: no migration after the first may hold a table that people use.

The SQL that each of them really runs is recorded in a fresh city and in the shared schema, and read
by squawk. A migration that must do what is refused says so: `allowed = {"rule": "reason"}` in its
class. While there are only first migrations, nothing is started.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings

REPOSITORY = Path(__file__).resolve().parents[2]
SQUAWK = Path(sys.executable).parent / "squawk"
PACKAGES = ("tenants", "core_crm", "customization", "plugins", "platform")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one migration ran; `allowed`: rule -> why it may break it."""

    name: str
    statements: tuple[str, ...]
    is_atomic: bool
    allowed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One rule broken by one migration."""

    migration: str
    rule: str
    message: str


def own_later_migrations(packages: Sequence[Path] = ()) -> list[Key]:
    """Every migration of an app of this repository that is not its first."""
    from tenants.schema import migrations_on_disk

    folders = [REPOSITORY / name for name in PACKAGES] + list(packages)
    own = {
        config.label
        for config in apps.get_app_configs()
        if any(Path(config.path).is_relative_to(folder) for folder in folders)
    }
    return sorted(
        key for key in migrations_on_disk() if key[0] in own and not key[1].startswith("0001_")
    )


def recorded(schema: str, wanted: Iterable[Key]) -> Iterator[Recorded]:
    """Migrate this schema to the newest, in the order of the plan; what the wanted ones ran."""
    from django.db.migrations.loader import MigrationLoader

    from tenants.provisioning.capture import full_plan
    from tenants.provisioning.replay import migrate_schema, recording

    loader, named = MigrationLoader(None), set(wanted)
    for key in full_plan(loader):
        if key in named:
            with recording() as statements:
                migrate_schema(schema, [key])
            migration = loader.graph.nodes[key]
            sent = tuple(one for one in statements if "django_migrations" not in one)
            allowed = dict(getattr(migration, "allowed", {}))
            yield Recorded(".".join(key), sent, migration.atomic, allowed)
        elif any(child.key in named for child in loader.graph.node_map[key].children):
            migrate_schema(schema, [key])


def refusals(migration: Recorded) -> list[Refusal]:
    """What squawk says against it; what it was allowed, with a reason, is left out."""
    found = _by_squawk(migration)
    return [one for one in found if not migration.allowed.get(one.rule, "").strip()]


def _by_squawk(migration: Recorded) -> Iterator[Refusal]:
    script = "".join(f"{one.rstrip().rstrip(';')};\n" for one in migration.statements)
    if not script:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{migration.name}.sql"
        path.write_text(script, encoding="utf-8")
        command = [str(SQUAWK), "--config", str(REPOSITORY / ".squawk.toml"), "--reporter", "json"]
        command += ["--assume-in-transaction"] if migration.is_atomic else []
        done = subprocess.run(
            [*command, str(path)], capture_output=True, text=True, check=False, cwd=folder
        )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"squawk failed: {done.stderr}")
    for one in json.loads(done.stdout or "[]"):
        yield Refusal(migration.name, one["rule_name"], one["message"])


def main() -> int:
    """The exit status: 1 when a migration is refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
    django.setup()
    later = own_later_migrations()
    if not later:
        sys.stdout.write("안전한 이행: 첫 이행뿐입니다 (only first migrations).\n")
        return 0
    if os.environ.get("SODAM_PROCESS") != "owner":
        return _as_owner()
    found = [one for step in _everywhere(later) for one in refusals(step)]
    for one in sorted(set(found), key=lambda each: (each.migration, each.rule)):
        sys.stdout.write(f"{one.migration}: {one.rule}: {one.message}\n")
    return 1 if found else 0


def _everywhere(later: Sequence[Key]) -> Iterator[Recorded]:
    """In the shared schema of an empty database, then in a city's."""
    from tenants.provisioning import roles
    from tenants.provisioning.owner import run
    from tenants.provisioning.platform import make_database, migrate_shared

    name = settings.DATABASES["default"]["NAME"]
    make_database(os.environ["SODAM_SUPERUSER_URL"])
    run(roles.platform_sql(name))
    yield from recorded("public", later)
    migrate_shared()
    run(roles.city_sql(name, "linted"))
    yield from recorded("linted", later)


def _as_owner() -> int:
    """In a throw-away server; only when there is something to look at."""
    from tests.support import cluster, environment

    found = cluster.start_once()
    port, broker = int(found["postgres_port"]), found["broker_url"]
    given = {
        **environment.addresses("lint", postgres_port=port, broker_url=broker),
        "SODAM_PROCESS": "owner",
        "SODAM_SUPERUSER_URL": found["superuser_url"],
    }
    command = [sys.executable, "-m", "tests.support.safe_migrations"]
    try:
        environ = {**os.environ, **given}
        return subprocess.run(command, cwd=REPOSITORY, env=environ, check=False).returncode
    finally:
        cluster.stop()
        environment.discard_run()


if __name__ == "__main__":
    sys.exit(main())
