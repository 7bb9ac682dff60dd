"""Loading the governments, their codes and their residents from fixtures/regions/regions.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from tenants.models import Region, RegionCode, RegionPopulation


def regions_path() -> Path:
    return Path(settings.FIXTURES_DIR) / "regions" / "regions.yaml"


@transaction.atomic
def load_regions() -> int:
    """Bring the dated governments to what the file says; how many are in it.

    Safe to run at every start: rows are found by their natural keys. A row that has left the file
    is removed, since nothing refers to these tables by id.
    """
    regions: list[dict[str, Any]] = yaml.safe_load(regions_path().read_text("utf-8"))["regions"]
    _sync(Region, ("code", "valid_from"), [row for one in regions for row in _names(one)])
    _sync(
        RegionCode,
        ("system", "code", "valid_from"),
        [
            {"valid_to": None, **row, "region_code": one["code"]}
            for one in regions
            for row in one["codes"]
        ],
    )
    _sync(
        RegionPopulation,
        ("region_code", "counted_on"),
        [{**row, "region_code": one["code"]} for one in regions for row in one["population"]],
    )
    return len(regions)


def _names(region: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for each name the government had. Only the last one hands on to a successor."""
    last = region["names"][-1]
    shared = {key: region[key] for key in ("code", "short_name_ko", "sort")}
    successor = region.get("successor_code", "")
    return [
        {
            **shared,
            "valid_to": None,
            **name,
            "successor_code": successor if name is last else "",
        }
        for name in region["names"]
    ]


def _sync(
    model: type[Region] | type[RegionCode] | type[RegionPopulation],
    key: tuple[str, ...],
    wanted: list[dict[str, Any]],
) -> None:
    kept = {
        model._default_manager.update_or_create(
            **{name: row[name] for name in key},
            defaults={name: value for name, value in row.items() if name not in key},
        )[0].pk
        for row in wanted
    }
    model._default_manager.exclude(pk__in=kept).delete()
