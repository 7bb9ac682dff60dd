"""Values that are wrong are refused, and the refusal names the key."""

from __future__ import annotations

import json
from typing import Any

import helm_python
import pytest

from tests.support.chart import CHART, defaults, render_values

WRONG: dict[str, dict[str, Any]] = {
    "/web/replicas": {"web": {"replicas": 0}},
    "/web/threads": {"web": {"threads": "8"}},
    "/logLevel": {"logLevel": "LOUD"},
    "/hostSuffix": {"hostSuffix": "https://sodam.example"},
    "wbe": {"wbe": {"replicas": 2}},
    "urgent": {"workers": {"urgent": {"replicas": 1}}},
    "/images/sodam/tag": {"images": {"sodam": {"tag": "latest"}}},
    "/images/sodam/digest": {"images": {"sodam": {"digest": "sha256:short"}}},
    "/images/valkey/registry": {"images": {"valkey": {"registry": ""}}},
    "/global/imageRegistry": {"global": {"imageRegistry": "http://registry"}},
    "/secrets/values/secretKey": {"secrets": {"create": True, "values": {"secretKey": "short"}}},
    "masterKey": {"secrets": {"create": True, "values": {"secretKey": "k" * 40}}},
    "/podSecurity/userId": {"podSecurity": {"userId": 0}},
    "/networkPolicy/ingressFrom": {"networkPolicy": {"ingressFrom": []}},
    "/postgres/caSecret": {"postgres": {"sslmode": "verify-full"}},
    "/postgres/cidrs/0": {"postgres": {"cidrs": ["everywhere"]}},
    "/beat/replicas": {"beat": {"replicas": 3}},
    "/cities/0/code": {"cities": [{"code": "Busan"}]},
    "code": {"cities": [{"plugin": "busan"}]},
    "/backup/recipients/0": {"backup": {"recipients": ["ssh-ed25519 AAAA"]}},
    "/backup/cronJob/schedule": {"backup": {"cronJob": {"schedule": "nightly"}}},
    "/cityGateways": {"cityGateways": "busan=x.busan.carrier"},
    "/web/resources/limits/memory": {"web": {"resources": {"limits": {"memory": "much"}}}},
    "/ingress/extraHosts/0": {"ingress": {"extraHosts": [{"host": "voice.busan.go.kr"}]}},
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_is_refused_with_its_key(key: str) -> None:
    with pytest.raises(helm_python.HelmValuesError, match=key):
        render_values(WRONG[key])


def test_every_default_is_described_and_everything_described_has_a_default() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text("utf-8"))
    assert _undescribed(defaults(), schema, schema["definitions"]) == []


def _undescribed(
    given: dict[str, Any], schema: dict[str, Any], known: dict[str, Any], at: str = ""
) -> list[str]:
    """Keys that stand on one side only; maps that are free (labels) are not looked into."""
    schema = known[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    described = schema.get("properties")
    if described is None or at.endswith((".resources", "secrets.values")):
        return []
    differing = [f"{at}.{key}" for key in set(given) ^ set(described)]
    for key in set(given) & set(described):
        if isinstance(given[key], dict):
            differing += _undescribed(given[key], described[key], known, f"{at}.{key}")
    return differing
