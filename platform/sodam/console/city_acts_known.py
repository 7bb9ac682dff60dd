"""What an operator may do with a city, when, and what each does: one table for page and form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenants.selectors import CityRow
from tenants.types import CLOSED, OPEN, SUSPENDED, OperationKind, Purpose


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do. `kind` "" is done at once; others are operations.

    `is_grave`: it needs the city's name typed, and a second person.
    """

    code: str
    word: str
    effect: str
    group: str
    icon: str
    kind: OperationKind | None = None
    is_grave: bool = False


def act_named(code: str, row: CityRow) -> Act | None:
    """The act, if it fits the city as it stands."""
    return next((act for act in acts_for(row) if act.code == code), None)


def acts_for(row: CityRow) -> list[Act]:
    """What fits the city as it stands, in the order of the page."""
    known, codes = _acts(), _codes_for(row)
    return [known[code] for code in codes]


def _codes_for(row: CityRow) -> list[str]:
    if row.purpose != Purpose.SERVICE:
        return ["switch", "erase"] if row.status == OPEN else ["erase"]
    if row.status == OPEN:
        trial = [] if row.is_trial else ["trial"]
        return ["suspend", *trial, "backup", "test_restore", "restore", "export", "close"]
    if row.status == SUSPENDED:
        return ["resume", "backup", "restore", "export", "close"]
    return ["export", "erase"] if row.status == CLOSED else []


def _acts() -> dict[str, Act]:
    return {act.code: act for act in (*_serving(), *_keeping(), *_leaving())}


def _serving() -> list[Act]:
    return [
        Act(
            "suspend",
            _("잠시 멈춤"),
            _(
                "시민과 직원의 모든 화면이 몇 초 안에 ‘지금은 이용할 수 없습니다’로 바뀝니다. "
                "자료는 그대로입니다."
            ),
            "serve",
            "pause",
        ),
        Act(
            "resume",
            _("다시 공개"),
            _("몇 초 안에 모든 화면이 다시 열립니다."),
            "serve",
            "check",
        ),
        Act(
            "trial",
            _("시험 운영으로"),
            _("밖으로 나가는 알림이 모두 멈추고, 모든 화면에 시험 운영이라고 보입니다."),
            "serve",
            "eye",
        ),
    ]


def _keeping() -> list[Act]:
    return [
        Act(
            "backup",
            _("지금 백업"),
            _("암호화한 파일 하나로 백업합니다. 시·도는 계속 일합니다."),
            "keep",
            "shield",
            OperationKind.BACKUP,
        ),
        Act(
            "test_restore",
            _("복원 시험"),
            _("가장 새로운 백업을 버릴 자리에 복원해 견준 뒤 지웁니다."),
            "keep",
            "refresh",
            OperationKind.TEST_RESTORE,
        ),
        Act(
            "restore",
            _("사본으로 복원"),
            _(
                "백업을 새 이름으로 복원합니다. 지금 시·도는 바뀌지 않습니다. "
                "사본은 아무것도 보내지 않습니다."
            ),
            "keep",
            "copy",
            OperationKind.RESTORE,
        ),
        Act(
            "export",
            _("내보내기"),
            _("열린 형식(CSV, JSON, 파일)과 자료 사전으로 모두 내보냅니다."),
            "keep",
            "download",
            OperationKind.EXPORT,
        ),
    ]


def _leaving() -> list[Act]:
    return [
        Act(
            "switch",
            _("사본과 바꿈"),
            _(
                "이 사본이 시·도의 자리를 차지하고, 지금의 시·도가 사본이 됩니다. "
                "그사이 접수된 것은 사본에만 남습니다."
            ),
            "leave",
            "refresh",
            OperationKind.SWITCH,
            is_grave=True,
        ),
        Act(
            "close",
            _("닫기"),
            _("아무 화면도 열리지 않고 어떤 작업도 돌지 않습니다. 자료는 남습니다."),
            "leave",
            "lock",
            OperationKind.CLOSE,
            is_grave=True,
        ),
        Act(
            "erase",
            _("지우기"),
            _("자료, 접속 권한, 주소, 파일을 모두 지우고 증명서를 남깁니다. 되살릴 수 없습니다."),
            "leave",
            "trash",
            OperationKind.ERASE,
            is_grave=True,
        ),
    ]
