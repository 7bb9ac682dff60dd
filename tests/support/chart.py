"""The chart as Helm renders it, for the tests that read it. No cluster, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import helm_python
import yaml

CHART = Path(__file__).resolve().parents[2] / "helm" / "sodam"
SAMPLES = ("", "everything", "cloudnativepg", "least")
WORKLOADS = ("Deployment", "StatefulSet", "Job", "CronJob", "Pod")

Object = dict[str, Any]


@dataclass(frozen=True)
class Release:
    """What one `helm install` or `helm upgrade` would send."""

    sample: str
    is_upgrade: bool
    objects: tuple[Object, ...]
    notes: str

    def named(self, kind: str, name: str) -> Object:
        return next(o for o in self.objects if (o["kind"], o["metadata"]["name"]) == (kind, name))

    def of_kind(self, *kinds: str) -> list[Object]:
        return [item for item in self.objects if item["kind"] in kinds]

    def pods(self) -> Iterator[tuple[str, Object, Object]]:
        """(component, metadata, spec) of every pod the release starts."""
        for item in self.of_kind(*WORKLOADS):
            metadata, spec = pod_of(item)
            yield metadata["labels"]["app.kubernetes.io/component"], metadata, spec


def pod_of(item: Object) -> tuple[Object, Object]:
    """Metadata and spec of the pod of a workload."""
    if item["kind"] == "Pod":
        return item["metadata"], item["spec"]
    inner = item["spec"]["jobTemplate"] if item["kind"] == "CronJob" else item
    template = inner["spec"]["template"]
    return template["metadata"], template["spec"]


def containers_of(spec: Object) -> list[Object]:
    return [*spec.get("initContainers", []), *spec["containers"]]


def sample_values(sample: str) -> dict[str, Any]:
    if not sample:
        return {}
    return helm_python.values_from_yaml((CHART / "ci" / f"{sample}.yaml").read_text("utf-8"))


def render_values(values: dict[str, Any], *, is_upgrade: bool = False) -> dict[str, str]:
    """Path of a template -> what it became. Raises helm_python.HelmError for bad values."""
    with helm_python.Chart.load(CHART) as chart:
        return chart.render(
            values,
            name="sodam",
            namespace="gov",
            is_install=not is_upgrade,
            is_upgrade=is_upgrade,
            revision=2 if is_upgrade else 1,
        )


@cache
def release(sample: str, *, is_upgrade: bool = False) -> Release:
    texts = render_values(sample_values(sample), is_upgrade=is_upgrade)
    notes = texts.pop("sodam/templates/NOTES.txt")
    found = [item for text in texts.values() for item in yaml.safe_load_all(text) if item]
    return Release(sample, is_upgrade, tuple(found), notes)


def defaults() -> dict[str, Any]:
    return dict(yaml.safe_load((CHART / "values.yaml").read_text("utf-8")))
