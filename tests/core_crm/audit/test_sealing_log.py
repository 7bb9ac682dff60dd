"""One changed byte of the access log shows."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from core_crm.audit.services import log_seal, log_verify
from tenants.context import serving_city
from tests.conftest import ServedCity
from tests.core_crm.audit.test_disclosing import NOW, note, uuid4
from tests.support.cluster import REPOSITORY


def test_seals_chain_every_row_once(busan: ServedCity) -> None:
    note(uuid4(), uuid4())
    assert log_seal(now=NOW) == 2
    note(uuid4())
    assert (log_seal(now=NOW), log_seal(now=NOW)) == (1, 0)
    assert log_verify() is None


TAMPER = """
import sys, django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SET search_path = busan, extensions")
    cursor.execute("ALTER TABLE core_audit_disclosure DISABLE TRIGGER audit_only_added")
    cursor.execute(sys.argv[1])
    cursor.execute("ALTER TABLE core_audit_disclosure ENABLE TRIGGER audit_only_added")
"""
FORGERIES = {
    "a changed byte": "UPDATE core_audit_disclosure SET route = 'customex'",
    "a removed row": "DELETE FROM core_audit_disclosure",
}


@pytest.mark.runtime
@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_what_the_tables_owner_forges_is_found(two_cities: tuple[str, str], forgery: str) -> None:
    with serving_city("busan"):
        note(uuid4())
        log_seal(now=NOW)
        assert log_verify() is None
    paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "platform")])
    subprocess.run(
        [sys.executable, "-c", TAMPER, forgery],
        env={**os.environ, "SODAM_PROCESS": "owner", "PYTHONPATH": paths},
        cwd=REPOSITORY,
        check=True,
    )
    with serving_city("busan"):
        broken = log_verify()
    assert broken is not None
    assert broken.number == 1
