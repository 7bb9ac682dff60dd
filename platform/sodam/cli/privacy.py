"""`sodam privacy`: what is held of a person, what is kept too long, keys of locked numbers."""

import argparse
from typing import Any
from uuid import UUID

from sodam.cli.answers import Code, formats, one_city, say, show_facts, show_json, show_rows
from sodam.cli.processes import load_django

ROUTE = "sodam privacy report"


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """privacy report|retention --city C; privacy rotate-keys"""
    noun = nouns.add_parser("privacy", help="개인정보: 열람, 보유기간, 열쇠")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    report = verbs.add_parser("report", help="한 사람에 대해 가진 모든 것 (접속기록에 남는다)")
    one_city(report)
    report.add_argument("--citizen", type=UUID, required=True, metavar="ID", help="고객 번호")
    report.add_argument("--reason", default="", metavar="TEXT", help="보는 까닭 (접속기록에 적힘)")
    formats(report)
    report.set_defaults(run=_report)
    retention = verbs.add_parser("retention", help="보유기간이 지난 자료를 파기한다")
    one_city(retention)
    retention.add_argument("--dry-run", action="store_true", help="세기만 하고 파기하지 않는다")
    formats(retention)
    retention.set_defaults(run=_retention)
    rotate = verbs.add_parser(
        "rotate-keys", help="고유식별정보를 새 열쇠로 다시 암호화하고 쓰지 않는 열쇠를 버린다"
    )
    formats(rotate)
    rotate.set_defaults(run=_rotate)


def _report(options: argparse.Namespace) -> int:
    """Showing it is a disclosure: both in one transaction."""
    load_django()
    from django.db import transaction
    from django.utils import timezone

    from core_crm.audit.services import disclosure_note
    from core_crm.customers.selectors import citizen_get
    from core_crm.privacy.selectors import person_report
    from tenants.context import serving_city

    now = timezone.now()
    with serving_city(options.city), transaction.atomic():
        found = person_report(citizen_get(options.citizen), now=now)
        disclosure_note(
            actor=None,
            action="customer.reported",
            subject_ids=[found.citizen_id],
            reason=options.reason,
            route=ROUTE,
            now=now,
        )
    _show_report(options.city, found, form=options.format)
    return Code.OK


def _show_report(city: str, found: Any, *, form: str) -> None:
    if form == "json":
        show_json({"city": city, **report_facts(found)})
        return
    rows = [
        {
            "part": part.label,
            "what": row.label,
            "at": row.at.isoformat() if row.at else "",
            "values": ", ".join(f"{name}={said}" for name, said in row.values.items()),
        }
        for part in found.parts
        for row in part.rows
    ]
    columns = {"part": "방", "what": "종류", "at": "언제", "values": "값"}
    show_rows(rows, columns=columns, form=form)
    for hold in found.holds:
        say(f"법에 따라 남는 것: {hold.label} {hold.count}건 ({hold.basis})")


def report_facts(found: Any) -> dict[str, Any]:
    """A report as JSON: rooms with their rows, and what a law keeps."""
    parts = [
        {
            "code": part.code,
            "label": part.label,
            "rows": [
                {
                    "kind": row.kind,
                    "label": row.label,
                    "at": row.at.isoformat() if row.at else None,
                    "values": dict(row.values),
                }
                for row in part.rows
            ],
        }
        for part in found.parts
    ]
    holds = [
        {"kind": one.kind, "label": one.label, "count": one.count, "basis": one.basis}
        for one in found.holds
    ]
    head = {"citizen": str(found.citizen_id), "at": found.at.isoformat(), "rows": found.count}
    return {**head, "parts": parts, "holds": holds}


def _retention(options: argparse.Namespace) -> int:
    """Lines of rules; without `--dry-run` it goes on until nothing is due."""
    load_django()
    from django.utils import timezone

    from core_crm.privacy.selectors import retention_lines
    from core_crm.privacy.services import retention_run
    from tenants.context import serving_city

    now, gone = timezone.now(), dict[str, int]()
    with serving_city(options.city):
        while not options.dry_run and any((slice_ := retention_run(now=now)).values()):
            gone = {code: gone.get(code, 0) + count for code, count in slice_.items()}
        rows = [
            {
                "code": one.code,
                "subject": one.rule.subject.value,
                "keep_days": one.rule.keep_days,
                "then": one.rule.then,
                "before": one.before.isoformat(),
                "due": one.due,
                "forgotten": gone.get(one.code, 0),
            }
            for one in retention_lines(now=now)
        ]
    if options.format == "json":
        show_json({"city": options.city, "is_dry_run": options.dry_run, "rules": rows})
        return Code.OK
    columns = {"code": "규칙", "keep_days": "보유(일)", "due": "지난 것", "forgotten": "파기"}
    show_rows(rows, columns=columns, form=options.format)
    return Code.OK


def _rotate(options: argparse.Namespace) -> int:
    """One ring for all cities: a key goes only when no open city has a value that needs it.

    A city that is closed now may come back: while there is one, no key is dropped.
    """
    load_django()
    from django.utils import timezone

    from core_crm.common.sealing import ring_drop, ring_keys, ring_renew
    from core_crm.customers.selectors.identifiers import identifier_keys
    from core_crm.privacy.services import identifiers_rotate
    from tenants.context import open_city_codes, serving_city
    from tenants.selectors import city_copies, city_list
    from tenants.shared import shared_tables

    key, relocked, needed = ring_renew(), 0, set[str]()
    codes = open_city_codes()
    for code in codes:
        with serving_city(code):
            relocked += identifiers_rotate()
            needed |= identifier_keys()
    with shared_tables():
        known = (*city_list(on=timezone.localdate()), *city_copies())
    closed = [one.code for one in known if one.opened_on and one.code not in codes]
    dropped = [] if closed else ring_drop(set(ring_keys()) - needed)
    if closed:
        say(f"닫힌 시·도나 사본이 있어 옛 열쇠를 버리지 않았습니다: {', '.join(closed)}")
    facts = {"key": key, "cities": len(codes), "relocked": relocked, "dropped": len(dropped)}
    show_facts(facts, form=options.format)
    return Code.OK
