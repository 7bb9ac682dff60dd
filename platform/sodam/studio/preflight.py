"""Before a city opens to the public: what is missing or deserves a look, and where to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core_crm.messaging.services import road_problem
from core_crm.messaging.types import Road
from core_crm.staff.types import Right
from customization.public import ChangeStatus, change_list
from sodam.studio.guide_known import CONSENT, LOOKED, Known, known
from sodam.studio.road_words import channel_word, gateway_word
from tenants.backups import BackupFacts, backup_newest, is_overdue
from tenants.errors import DomainError
from tenants.shared import shared_tables

OK, MISSING, WARN = "ok", "missing", "warn"


class CityNotReady(DomainError):
    """Opening to the public is refused while something is missing. `facts`: the codes."""

    code = "city.not_ready"
    http_status = 422


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `page`: the name of the address where it is mended."""

    code: str
    word: str
    state: str
    told: str
    page: str = ""


def preflight(*, now: datetime) -> tuple[Check, ...]:
    """Everything looked at, in the city being served. Asks the gateways, so it may take seconds.

    Never inside a transaction: backups stand in the platform's tables.
    """
    facts = known(now=now)
    return checks_of(facts, newest=_newest_backup(facts.city.code), now=now)


def checks_of(facts: Known, *, newest: BackupFacts | None, now: datetime) -> tuple[Check, ...]:
    """The same, from facts that were read."""
    return (
        _institution(facts),
        _organisation(facts),
        _routing(facts),
        *_people(facts),
        _hours(facts),
        *_roads(facts.roads),
        _consents(facts),
        _trial(facts),
        _changes(),
        _backup(newest, now=now),
    )


def missing(checks: Sequence[Check]) -> list[Check]:
    """What must be there before the city opens."""
    return [one for one in checks if one.state == MISSING]


def require_ready(checks: Sequence[Check]) -> None:
    """Raises CityNotReady with the list of what is missing, as a sentence."""
    lacking = missing(checks)
    if lacking:
        said = " ".join(f"{one.word}: {one.told}." for one in lacking)
        raise CityNotReady(
            _("아직 공개할 수 없습니다. %(said)s") % {"said": said},
            missing=[one.code for one in lacking],
        )


def _needed(code: str, word: str, *, is_fine: bool, told: str, page: str) -> Check:
    return Check(code, word, OK if is_fine else MISSING, told, page)


def _institution(facts: Known) -> Check:
    is_own = facts.changed(*LOOKED) > 0
    told = _("우리 것으로 고침") if is_own else _("표준 그대로입니다. 전화번호가 맞는지 보세요")
    return Check("institution", _("기관정보"), OK if is_own else WARN, told, "studio_words")


def _organisation(facts: Known) -> Check:
    told = _("%(n)s곳") % {"n": f"{facts.departments:,}"}
    is_fine = facts.departments > 0
    if not is_fine:
        told = _("부서가 하나도 없습니다")
    return _needed(
        "organisation", _("조직도"), is_fine=is_fine, told=told, page="studio_organisation"
    )


def _routing(facts: Known) -> Check:
    lacking = facts.roles_without_department
    told = _("분야 %(n)s가지 모두 맡을 부서가 있음") % {"n": facts.categories}
    if not facts.categories:
        told = _("분야가 하나도 없습니다")
    elif lacking:
        told = _("맡을 부서가 없는 구실: %(names)s") % {"names": ", ".join(lacking)}
    is_fine = bool(facts.categories) and not lacking
    return _needed("routing", _("분류와 담당"), is_fine=is_fine, told=told, page="studio_roles")


def _people(facts: Known) -> list[Check]:
    asked = (
        ("admin", _("관리자"), Right.STAFF_MANAGE),
        ("approver", _("승인자"), Right.SETTINGS_APPROVE),
        ("handlers", _("민원 처리자"), Right.VOICE_HANDLE),
        ("privacy", _("개인정보 보호담당"), Right.AUDIT_VIEW),
    )
    return [_person(code, word, len(facts.who_may(right))) for code, word, right in asked]


def _person(code: str, word: str, count: int) -> Check:
    told = _("%(n)s명") % {"n": count} if count else _("들어온 사람이 없습니다")
    return _needed(code, word, is_fine=count > 0, told=told, page="studio_people")


def _hours(facts: Known) -> Check:
    reach = facts.reach_days
    told = (
        _("공휴일 달력이 짧습니다. 운영자에게 알려 주세요")
        if reach is None
        else _("%(n)s일 뒤까지 앎") % {"n": f"{reach:,}"}
    )
    return _needed(
        "calendar", _("공휴일"), is_fine=reach is not None, told=told, page="studio_calendar"
    )


def _roads(roads: Sequence[Road]) -> list[Check]:
    """One road must work; one that is set up and does not answer is told in any case."""
    found = [_road(road) for road in roads]
    if any(one.state == OK for one in found):
        return found
    return [Check(one.code, one.word, MISSING, one.told, one.page) for one in found]


def _road(road: Road) -> Check:
    code, word = f"road_{road.channel}", channel_word(road.channel)
    page = "studio_senders"
    if not road.gateway:
        return Check(code, word, WARN, _("나갈 길이 없습니다. 이 길로는 알리지 못합니다"), page)
    if road.lacks_sender:
        return Check(code, word, MISSING, _("보내는 번호가 등록되지 않았습니다"), page)
    if problem := road_problem(road.channel):
        return Check(code, word, MISSING, problem, page)
    return Check(code, word, OK, road.sender or gateway_word(road.gateway), page)


def _consents(facts: Known) -> Check:
    count = len(facts.found.tree.get(CONSENT, {}))
    told = _("%(n)s가지") % {"n": count} if count else _("동의문이 없습니다")
    return _needed("consents", _("동의문"), is_fine=count > 0, told=told, page="studio_consents")


def _trial(facts: Known) -> Check:
    is_fine = facts.tried.answered > 0 or facts.has_answered
    if facts.tried.answered:
        told = _("시험 의견 %(n)s건에 답함") % {"n": facts.tried.answered}
    else:
        told = (
            _("시민의 의견에 답하고 있음") if is_fine else _("시험 의견에 아직 답하지 않았습니다")
        )
    return _needed("trial", _("시험 의견"), is_fine=is_fine, told=told, page="studio_start_voice")


def _changes() -> Check:
    waiting = change_list().filter(status=ChangeStatus.SUBMITTED).count()
    told = (
        _("승인을 기다리는 변경안이 %(n)s건 있습니다") % {"n": waiting}
        if waiting
        else _("기다리는 것 없음")
    )
    return Check("changes", _("설정 변경"), WARN if waiting else OK, told, "studio_changes")


def _backup(newest: BackupFacts | None, *, now: datetime) -> Check:
    word, page = _("백업"), "studio_backup"
    if newest is None or is_overdue(newest, now=now):
        return Check("backup", word, WARN, _("하루 안에 만든 백업이 없습니다"), page)
    if newest.is_restorable is False:
        return Check("backup", word, WARN, _("시험 복원이 되지 않았습니다"), page)
    told = _("시험 복원까지 마침") if newest.is_restorable else _("있음. 시험 복원은 아직")
    return Check("backup", word, OK, told, page)


def _newest_backup(code: str) -> BackupFacts | None:
    with shared_tables():
        return backup_newest(code).get(code)
