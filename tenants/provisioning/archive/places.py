"""The schema that an archive is restored into: made, checked, and taken away without a trace."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from tenants.context import city_role
from tenants.models import City, Host
from tenants.provisioning.archive import erasing, tables
from tenants.provisioning.archive.errors import CodeTaken
from tenants.provisioning.archive.files import files_remove
from tenants.provisioning.archive.types import Head, Manifest
from tenants.provisioning.owner import connection_apart, rows
from tenants.stamp import directory_changed
from tenants.types import NOT_OPEN, OPEN, Purpose

SUFFIX = {Purpose.COPY: ("사본", "copy"), Purpose.TRAINING: ("교육용 사본", "training copy")}
TAKEN = "이미 쓰는 코드입니다. 다른 코드를 고르거나, 쓰지 않는 사본이면 먼저 지우십시오."


def has_schema(code: str) -> bool:
    with connection_apart() as raw:
        return tables.schema_exists(raw, code)


def place_free(code: str) -> None:
    """Raises CodeTaken, UnknownCity (no code). A city that lost its tables is free for its own."""
    role = city_role(code)
    city = City.objects.filter(code=code).first()
    if has_schema(code) or (city is not None and city.purpose != Purpose.SERVICE):
        raise CodeTaken(TAKEN, code=code)
    if city is None and rows("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]):
        raise CodeTaken(TAKEN, code=code)


def place_listed(code: str, head: Head, purpose: Purpose) -> None:
    """A line in the list of cities, not open yet; a city that is there keeps its own."""
    korean, english = SUFFIX[purpose]
    City.objects.get_or_create(
        code=code,
        defaults={
            "schema_name": code,
            "region_code": head.city.region_code,
            "name_ko": f"{head.city.name_ko} ({korean})",
            "name_en": f"{head.city.name_en} ({english})",
            "short_name_ko": f"{head.city.short_name_ko} {korean}",
            "standard_version": head.city.standard_version,
            "plugin": head.city.plugin,
            "purpose": purpose.value,
            "status": NOT_OPEN,
        },
    )


def place_open(code: str) -> str:
    """Served from now on at a host of its own; which. A copy has no jobs and sends nothing."""
    city = City.objects.get(code=code)
    domain = f"{code.replace('_', '-')}.{settings.SODAM_HOST_SUFFIX}"
    if city.purpose != Purpose.SERVICE:
        Host.objects.get_or_create(domain=domain, defaults={"tenant": city, "is_primary": True})
        City.objects.filter(pk=city.pk, status=NOT_OPEN).update(status=OPEN)
    directory_changed()
    return str(Host.objects.get(tenant=city, is_primary=True).domain)


def place_cleared(code: str) -> None:
    """As before: the schema, its files, and of a copy its login and its line in the list."""
    city = City.objects.filter(code=code).first()
    if city is not None and city.purpose == Purpose.SERVICE:
        erasing.schema_drop(code, with_role=False)
        return
    erasing.schema_drop(code)
    files_remove(code)
    erasing.row_drop(code)
    directory_changed()


def manifest_put(manifest: Manifest, folder: Path) -> None:
    """Leave it for the steps that come later."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest.as_json()), encoding="utf-8")


def manifest_taken(folder: Path) -> Manifest:
    return Manifest.read(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
