"""Words and signs for lists of departments and people."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core_crm.staff.types import Change, PlanKind, PlanLine, PlanProblem, PlanState, Right, Role


@dataclass(frozen=True, slots=True)
class Sign:
    """A word with its picture and tone."""

    word: str
    icon: str
    tone: str = ""


def change_signs() -> dict[str, Sign]:
    """What a line does, in the order of the summary."""
    return {
        Change.REFUSED: Sign(_("받지 않음"), "ban", "no"),
        Change.NEW: Sign(_("새로"), "plus", "ok"),
        Change.RENAMED: Sign(_("이름 바뀜"), "edit", "go"),
        Change.MOVED: Sign(_("옮김"), "arrow-right", "go"),
        Change.CHANGED: Sign(_("고침"), "edit", "go"),
        Change.ENDED: Sign(_("끝남"), "minus", "wait"),
        Change.UNCHANGED: Sign(_("그대로"), "check"),
    }


def state_sign(state: str) -> Sign:
    """Where a list stands."""
    return {
        PlanState.DRAFT: Sign(_("확인 전"), "edit"),
        PlanState.SCHEDULED: Sign(_("시행 대기"), "clock", "wait"),
        PlanState.APPLIED: Sign(_("적용함"), "check", "ok"),
        PlanState.DROPPED: Sign(_("거둠"), "close"),
        PlanState.FAILED: Sign(_("적용하지 못함"), "alert", "no"),
    }[PlanState(state)]


def column_words(kind: str) -> dict[str, str]:
    """What we call the columns of a list."""
    if kind == PlanKind.ORGANISATION:
        return {
            "code": _("부서코드"),
            "name_ko": _("부서명"),
            "parent": _("상위부서"),
            "kind": _("종류"),
            "name_en": _("영문명"),
            "phone": _("전화"),
            "email": _("이메일"),
            "sort": _("차례"),
            "ends": _("폐지"),
        }
    return {
        "email": _("이메일"),
        "name": _("이름"),
        "department": _("부서"),
        "position": _("직위"),
        "phone": _("전화"),
        "roles": _("역할"),
    }


def role_words() -> dict[str, str]:
    """Roles as people call them."""
    return {
        Role.ADMIN: _("관리자"),
        Role.APPROVER: _("승인자"),
        Role.HEAD: _("부서장"),
        Role.OFFICER: _("담당자"),
        Role.AGENT: _("상담원"),
        Role.STEWARD: _("기준정보 담당"),
        Role.PRIVACY: _("개인정보 보호담당"),
    }


def right_words() -> dict[str, str]:
    """Every right, as a thing people do."""
    return {
        Right.VOICE_VIEW_DEPARTMENT: _("자기 부서의 의견 보기"),
        Right.VOICE_VIEW_ALL: _("모든 의견 보기"),
        Right.VOICE_REGISTER: _("방문·전화 의견 접수"),
        Right.VOICE_ASSIGN: _("부서와 담당자 지정"),
        Right.VOICE_HANDLE: _("의견 처리와 답변"),
        Right.VOICE_IMPORT: _("의견 일괄 등록"),
        Right.CUSTOMER_VIEW: _("고객 보기 (가린 채)"),
        Right.CUSTOMER_CHANGE: _("고객 적고 고치기"),
        Right.CUSTOMER_UNMASK: _("연락처 열어 보기 (까닭을 적고)"),
        Right.CUSTOMER_MERGE: _("같은 고객 합치기"),
        Right.CUSTOMER_IMPORT: _("고객 일괄 등록"),
        Right.CUSTOMER_EXPORT: _("고객 내려받기 (까닭을 적고)"),
        Right.SEGMENT_VIEW: _("세그먼트 보기"),
        Right.SEGMENT_CHANGE: _("세그먼트 만들고 고치기"),
        Right.PRIVACY_MANAGE: _("개인정보 요구와 보관 관리"),
        Right.VOICE_PUBLISH: _("공개 게시판에 올리기"),
        Right.SCORE_VIEW: _("성과지표 보기"),
        Right.SCORE_VIEW_OFFICIALS: _("사람별 성과 보기"),
        Right.SETTINGS_VIEW: _("기준정보 보기"),
        Right.SETTINGS_CHANGE: _("기준정보 고치기"),
        Right.SETTINGS_APPROVE: _("기준정보 변경 승인"),
        Right.STAFF_MANAGE: _("조직과 직원 관리"),
        Right.API_KEY_MANAGE: _("API 키 관리"),
        Right.AUDIT_VIEW: _("감사 기록 보기"),
    }


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the list with its signs."""

    line: PlanLine
    signs: tuple[Sign, ...]
    problems: tuple[tuple[str, str], ...]


def shown(line: PlanLine) -> ShownLine:
    """In the reader's language; what the file itself says stays as it is."""
    signs = change_signs()
    problems = tuple((one.column, problem_word(one)) for one in line.problems)
    return ShownLine(line, tuple(signs[change] for change in line.changes), problems)


def problem_word(problem: PlanProblem) -> str:
    """Why a line is refused, and what was probably meant."""
    said = _(problem.message) % problem.facts if problem.facts else _(problem.message)
    meant = _("혹시 ‘%(name)s’인가요?") % {"name": problem.meant} if problem.meant else ""
    return f"{said} {meant}".strip()
