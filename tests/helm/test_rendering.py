"""What Helm makes of the chart: valid objects, none twice, none that leads nowhere."""

from __future__ import annotations

import json

import helm_python
import kubernetes_validate
import pytest

from tests.support.chart import (
    CHART,
    SAMPLES,
    Object,
    Release,
    containers_of,
    pod_of,
    release,
    render_values,
    sample_values,
)

OLDEST, NEWEST = "1.30", kubernetes_validate.latest_version()
BY_OPERATORS = {"ServiceMonitor", "Cluster"}  # kinds whose schemas come with an operator


@pytest.fixture(params=[(s, up) for s in SAMPLES for up in (False, True)], ids=str)
def rendered(request: pytest.FixtureRequest) -> Release:
    sample, is_upgrade = request.param
    return release(sample, is_upgrade=is_upgrade)


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_object_is_valid_and_has_no_unknown_field(version: str) -> None:
    releases = [release(sample, is_upgrade=up) for sample in SAMPLES for up in (False, True)]
    distinct = {json.dumps(item): item for one in releases for item in one.objects}
    assert len(distinct) > 90
    for item in distinct.values():
        if item["kind"] not in BY_OPERATORS:
            kubernetes_validate.validate(item, version, strict=True)


def test_no_object_is_there_twice_and_each_says_whose_it_is(rendered: Release) -> None:
    names = [(item["kind"], item["metadata"]["name"]) for item in rendered.objects]
    assert len(names) == len(set(names))
    for item in rendered.objects:
        assert item["metadata"]["namespace"] == "gov"
        assert item["metadata"]["name"].startswith("sodam-")
        assert item["metadata"]["labels"]["app.kubernetes.io/instance"] == "sodam"


def test_lint_has_nothing_to_say_beyond_an_icon() -> None:
    for sample in SAMPLES:
        report = helm_python.lint(CHART, sample_values(sample), strict=True)
        said = [one["error"] for one in report["messages"]]
        assert (report["errors"], said) == ([], ["icon is recommended"])


def test_what_operators_run_is_only_there_when_asked_for() -> None:
    kinds = {sample: {item["kind"] for item in release(sample).objects} for sample in SAMPLES}
    assert {sample for sample in SAMPLES if "Cluster" in kinds[sample]} == {"cloudnativepg"}
    assert {sample for sample in SAMPLES if "ServiceMonitor" in kinds[sample]} == {"everything"}


def test_every_reference_leads_to_an_object_or_a_secret_that_was_promised(
    rendered: Release,
) -> None:
    there = {(item["kind"], item["metadata"]["name"]) for item in rendered.objects}
    there |= {("Secret", name) for name in ("sodam-serving", "sodam-owner", "postgres-ca")}
    there |= {("Secret", "sodam-postgres-app"), ("PersistentVolumeClaim", "backups-elsewhere")}
    for _component, _metadata, spec in rendered.pods():
        assert _references(spec) - there == set()


def _references(spec: Object) -> set[tuple[str, str]]:
    found = {("ServiceAccount", spec["serviceAccountName"])}
    for volume in spec.get("volumes", []):
        found |= {("ConfigMap", volume["configMap"]["name"])} if "configMap" in volume else set()
        found |= {("Secret", volume["secret"]["secretName"])} if "secret" in volume else set()
        claim = volume.get("persistentVolumeClaim")
        found |= {("PersistentVolumeClaim", claim["claimName"])} if claim else set()
    for container in containers_of(spec):
        for source in container.get("envFrom", []):
            found.add(("ConfigMap", source["configMapRef"]["name"]))
        for entry in container.get("env", []):
            if "valueFrom" in entry:
                found.add(("Secret", entry["valueFrom"]["secretKeyRef"]["name"]))
    return found


def test_every_mount_has_its_volume_and_every_volume_its_mount(rendered: Release) -> None:
    for component, _metadata, spec in rendered.pods():
        volumes = {volume["name"] for volume in spec.get("volumes", [])}
        mounts = {one["name"] for c in containers_of(spec) for one in c.get("volumeMounts", [])}
        assert mounts == volumes, component


def test_every_selector_finds_pods(rendered: Release) -> None:
    pods = [metadata["labels"] for _component, metadata, _spec in rendered.pods()]
    for item in rendered.of_kind("Service"):
        assert _matching(item["spec"]["selector"], pods), item["metadata"]["name"]
    for item in rendered.of_kind("Deployment", "StatefulSet", "PodDisruptionBudget"):
        labels = item["spec"]["selector"]["matchLabels"]
        assert len(_matching(labels, pods)) == 1, item["metadata"]["name"]
    for item in rendered.of_kind("HorizontalPodAutoscaler"):
        target = item["spec"]["scaleTargetRef"]
        assert "replicas" not in rendered.named(target["kind"], target["name"])["spec"]


def _matching(wanted: dict[str, str], pods: list[dict[str, str]]) -> list[dict[str, str]]:
    return [labels for labels in pods if wanted.items() <= labels.items()]


def test_every_named_port_of_a_service_is_a_containers(rendered: Release) -> None:
    for service in rendered.of_kind("Service"):
        part = service["spec"]["selector"]["app.kubernetes.io/component"]
        spec = next(spec for component, _, spec in rendered.pods() if component == part)
        ports = {port["name"] for c in containers_of(spec) for port in c.get("ports", [])}
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_the_migration_is_a_hook_of_upgrades_and_an_ordinary_job_of_the_first_install() -> None:
    first = release("").named("Job", "sodam-migrate-1")
    later = release("", is_upgrade=True).named("Job", "sodam-migrate-2")
    assert "annotations" not in first["metadata"]
    assert later["metadata"]["annotations"]["helm.sh/hook"] == "pre-upgrade"


def test_what_serves_waits_for_its_tables(rendered: Release) -> None:
    for item in rendered.of_kind("Deployment"):
        if item["metadata"]["name"] != "sodam-pgbouncer":  # what waits may go through it
            first = pod_of(item)[1]["initContainers"][0]
            assert first["args"][0] == "wait"


def test_each_city_of_the_values_is_opened_after_the_release_one_after_the_other() -> None:
    jobs = [item for item in release("everything").of_kind("Job") if "open" in str(item)]
    opened = {
        item["metadata"]["annotations"]["helm.sh/hook-weight"]: pod_of(item)[1]["containers"][0]
        for item in jobs
        if item["metadata"]["name"].startswith("sodam-open-")
    }
    busan = ["city", "open", "busan", "--plugin", "busan", "--admin", "admin@busan.example"]
    assert opened["10"]["args"] == busan
    assert opened["11"]["args"] == ["city", "open", "sejong"]


def test_one_wildcard_host_serves_cities_not_opened_yet() -> None:
    rules = release("everything").named("Ingress", "sodam-web")["spec"]["rules"]
    hosts = [rule["host"] for rule in rules]
    assert hosts == ["*.sodam.example", "sodam.example", "voice.busan.go.kr"]


def test_the_notes_name_the_secrets_that_must_exist_and_only_those() -> None:
    assert "sodam-owner" in release("").notes
    assert "sodam-owner" not in release("cloudnativepg").notes
    assert "secret generic" not in release("everything").notes


def test_a_release_by_another_name_names_everything_after_it() -> None:
    with helm_python.Chart.load(CHART) as chart:
        texts = chart.render({}, name="gov", namespace="gov")
    assert "name: gov-sodam-web" in texts["sodam/templates/web.yaml"]
    assert "gov-sodam-pgbouncer:6432" in texts["sodam/templates/config.yaml"]


def test_a_missing_value_of_a_made_secret_is_named() -> None:
    values = sample_values("everything")
    del values["secrets"]["values"]["valkeyPassword"]
    with pytest.raises(helm_python.HelmError, match="valkeyPassword"):
        render_values(values)
