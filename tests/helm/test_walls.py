"""Who may do what in the cluster: users, files, secrets, networks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.chart import (
    SAMPLES,
    Object,
    Release,
    containers_of,
    defaults,
    release,
)

OWNERS = {"provisioner", "migrate", "open-city", "backup"}
OWNERS_ONLY = {"SODAM_OWNER_DATABASE_URL", "OWNER_PASSWORD", "SODAM_SUPERUSER_URL"}


@pytest.fixture(params=SAMPLES)
def rendered(request: pytest.FixtureRequest) -> Release:
    return release(request.param)


def test_every_pod_keeps_the_restricted_standard(rendered: Release) -> None:
    for component, _metadata, spec in rendered.pods():
        pod = spec["securityContext"]
        assert pod["runAsNonRoot"] is True, component
        assert pod["runAsUser"] >= 1000
        assert pod["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
        assert all(_is_restricted(volume) for volume in spec["volumes"])


def _is_restricted(volume: Object) -> bool:
    kinds = {"emptyDir", "configMap", "secret", "persistentVolumeClaim"}
    return bool(set(volume) & kinds) and "hostPath" not in volume


def test_every_container_is_bound_and_writes_only_where_it_may(rendered: Release) -> None:
    for component, _metadata, spec in rendered.pods():
        for container in containers_of(spec):
            given = container["securityContext"]
            assert given["readOnlyRootFilesystem"] is True, component
            assert given["allowPrivilegeEscalation"] is False
            assert given["capabilities"] == {"drop": ["ALL"]}
            assert {"requests", "limits"} <= set(container["resources"])
            assert "memory" in container["resources"]["limits"]


def test_no_pod_may_speak_to_the_clusters_own_interface(rendered: Release) -> None:
    for component, _metadata, spec in rendered.pods():
        assert spec["automountServiceAccountToken"] is False, component
    for account in rendered.of_kind("ServiceAccount"):
        assert account["automountServiceAccountToken"] is False
    assert rendered.of_kind("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding") == []


def test_only_the_owners_pods_can_name_the_owners_login(rendered: Release) -> None:
    for component, _metadata, spec in rendered.pods():
        names = {entry["name"] for c in containers_of(spec) for entry in c.get("env", [])}
        reads_owners = bool(names & OWNERS_ONLY) or "sodam-owner'" in str(spec["volumes"])
        is_owner = spec["serviceAccountName"] == "sodam-owner"
        assert (reads_owners, is_owner) == (component in OWNERS, component in OWNERS)


def test_serving_goes_through_pgbouncer_and_the_owner_past_it() -> None:
    config = release("").named("ConfigMap", "sodam-config")["data"]
    assert config["SODAM_DATABASE_URL"] == "postgresql://sodam-pgbouncer:6432/sodam"
    assert config["SODAM_PROCESS"] == "serving"
    pods = {component: spec for component, _, spec in release("").pods()}
    env = {one["name"]: one for one in pods["provisioner"]["containers"][0]["env"]}
    assert env["SODAM_PROCESS"]["value"] == "owner"
    assert "postgres.sodam-data.svc:5432" in env["SODAM_DATABASE_URL"]["value"]


def test_there_is_one_list_of_images_and_one_registry_replaces_them_all(
    rendered: Release,
) -> None:
    used = {c["image"] for _, _, spec in rendered.pods() for c in containers_of(spec)}
    listed = {_image(one, rendered.sample == "everything") for one in defaults()["images"].values()}
    assert {name.rpartition("/")[2].partition("@")[0].partition(":")[0] for name in used} <= {
        name.rpartition("/")[2].partition(":")[0] for name in listed
    }
    if rendered.sample == "everything":
        assert all(image.startswith("registry.gov.internal:5000/mirror/") for image in used)
    else:
        assert used <= listed


def _image(one: dict[str, Any], is_mirrored: bool) -> str:
    registry = "registry.gov.internal:5000/mirror" if is_mirrored else one["registry"]
    return f"{registry}/{one['repository']}:{one['tag']}"


def test_a_digest_wins_over_the_tag() -> None:
    pods = {component: spec for component, _, spec in release("everything").pods()}
    assert pods["web"]["containers"][0]["image"].endswith("sodam/sodam@sha256:" + "0" * 63 + "1")


def test_nothing_speaks_to_anything_without_a_policy_that_says_so() -> None:
    policies = release("").of_kind("NetworkPolicy")
    closed = release("").named("NetworkPolicy", "sodam-nothing")["spec"]
    assert closed["policyTypes"] == ["Ingress", "Egress"]
    assert not {"ingress", "egress"} & set(closed)
    assert all(
        peer for policy in policies for peer in _peers(policy["spec"])
    )  # an empty peer is everybody
    assert release("least").of_kind("NetworkPolicy") == []


def _peers(spec: Object) -> list[Object]:
    rules = [(rule, "from") for rule in spec.get("ingress", [])]
    rules += [(rule, "to") for rule in spec.get("egress", [])]
    assert all(rule[side] for rule, side in rules)
    return [peer for rule, side in rules for peer in rule[side]]


def test_a_policy_speaks_only_of_parts_there_are() -> None:
    parts = {component for component, _, _ in release("everything").pods()}
    for policy in release("everything").of_kind("NetworkPolicy"):
        for rule in policy["spec"]["podSelector"].get("matchExpressions", []):
            if rule["key"] == "app.kubernetes.io/component":
                assert set(rule["values"]) <= parts


def test_what_clients_reach_is_the_web_and_nothing_else() -> None:
    for policy in release("").of_kind("NetworkPolicy"):
        if "namespaceSelector" in str(policy["spec"].get("ingress", "")):
            named = policy["spec"]["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
            assert named in ("web", "metrics")


def test_data_stays_when_the_release_goes() -> None:
    kept = release("cloudnativepg").of_kind("PersistentVolumeClaim", "Cluster")
    assert len(kept) == 3
    for item in kept:
        assert item["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
