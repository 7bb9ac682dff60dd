"""Writing cells into the ministry's tables: a month of a city is replaced as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.crypto import salted_hmac

from core_crm.kpis.types import MEASURES
from core_crm.national_reports.models import NationalCell
from core_crm.national_reports.services.facts import FactRow, digest_of
from core_crm.national_reports.services.protecting import hide
from core_crm.national_reports.services.trees import CellKey, MonthTree, is_over
from core_crm.national_reports.types import Family, family_of
from tenants import sql

RULES = "1"  # of hiding: counted up, all is protected anew with the next refresh
TABLE = "core_national_reports_nationalcell"
_KEYS = ("city_code", "month", "slice", "key", "parent_key", "label_ko", "label_en", "hidden")
_DIGEST = f"""
SELECT coalesce(encode(sha256(convert_to(string_agg(
  concat_ws(' ', city_code, month, slice, parent_key, key, hidden, {
    ", ".join(f"coalesce({name}::text, '-')" for name in MEASURES)
}),
  chr(10) ORDER BY city_code COLLATE "C", month, slice COLLATE "C", parent_key COLLATE "C",
  key COLLATE "C"), 'UTF8')), 'hex'), '') AS digest, count(*) AS cells
FROM {TABLE}
"""  # noqa: S608 - our own text


def month_publish(code: str, month: date, tree: MonthTree) -> int:
    """Replace the cells of this month of this city; how many there are now."""
    month_withdraw(code, month)
    hidden = hide(tree)
    return sql.copy_in(TABLE, [*_KEYS, *MEASURES], _lines(code, month, tree, hidden))


def month_withdraw(code: str, month: date) -> None:
    """Take the cells of a month away."""
    NationalCell.objects.filter(city_code=code, month=month).delete()


def published_digest() -> tuple[str, int]:
    """SHA-256 (hex) of all that is published, names left out; and how many cells it is."""
    found = sql.rows(_DIGEST)[0]
    return found["digest"], found["cells"]


def fingerprint_of(facts: Sequence[FactRow], month: date, today: date) -> str:
    """Changes with the facts of a month, when the month is over, and with the rules of hiding."""
    return fingerprint(RULES, str(is_over(month, today)), digest_of(facts))


def fingerprint(*texts: str) -> str:
    """Keyed with the deployment's secret: the ministry can read it, and a plain digest of facts
    would let anybody try the few values of a hidden count until it fits."""
    return salted_hmac("national_reports.facts", "\n".join(texts), algorithm="sha256").hexdigest()


def _lines(
    code: str,
    month: date,
    tree: MonthTree,
    hidden: Mapping[CellKey, frozenset[Family]],
) -> Iterator[list[object]]:
    for key in sorted(tree.values):
        kept = sorted(hidden[key])
        ko, en = tree.labels[key]
        measures = [
            None if family_of(name) in hidden[key] else tree.values[key][name] for name in MEASURES
        ]
        yield [code, month, key.slice, key.key, key.parent, ko, en, json.dumps(kept), *measures]
