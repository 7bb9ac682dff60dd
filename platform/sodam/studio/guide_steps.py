"""The steps from a fresh city to a public one: what each is for, who does it, how long it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.messaging.types import Road
from core_crm.staff.types import Right, Role
from sodam.studio.guide_known import CONSENT, FIRST_PAGE, LOOKED, Known
from sodam.studio.road_words import channel_word, gateway_word

Words = str | Promise
Judged = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `judge` says from the city's own data whether it is done, and what it saw."""

    code: str
    word: Words
    changes: Words
    minutes: int
    page: str
    action: Words
    role: Role
    judge: Callable[[Known], Judged]
    is_optional: bool = False
    may_be_skipped: bool = True


def _institution(known: Known) -> Judged:
    changed = known.changed(*LOOKED)
    if not changed:
        return False, _("이름·전화·색이 모두 표준 그대로입니다")
    return True, _("표준과 %(n)s곳 다름") % {"n": changed}


def _organisation(known: Known) -> Judged:
    return known.departments > 0, _("국·과·팀 %(n)s곳") % {"n": f"{known.departments:,}"}


def _people(known: Known) -> Judged:
    approvers, handlers = (
        len(known.who_may(right)) for right in (Right.SETTINGS_APPROVE, Right.VOICE_HANDLE)
    )
    told = _("직원 %(n)s명 · 승인자 %(a)s명 · 처리자 %(h)s명") % {
        "n": len(known.officials),
        "a": approvers,
        "h": handlers,
    }
    return bool(approvers and handlers), told


def _routing(known: Known) -> Judged:
    missing = known.roles_without_department
    if missing:
        return False, _("맡을 부서가 없는 구실: %(names)s") % {"names": ", ".join(missing[:3])}
    return known.categories > 0, _("분야 %(n)s가지 모두 맡을 부서가 있음") % {"n": known.categories}


def _hours(known: Known) -> Judged:
    if known.reach_days is None:
        return False, _("공휴일 달력이 짧습니다. 운영자에게 알려 주세요.")
    return True, _("공휴일을 %(n)s일 뒤까지 앎") % {"n": f"{known.reach_days:,}"}


def _senders(known: Known) -> Judged:
    ready = [road for road in known.roads if road.gateway]
    if not ready:
        return False, _("문자도 전자우편도 나갈 길이 없습니다")
    if any(road.lacks_sender for road in ready):
        return False, _("문자 발신번호가 등록되지 않았습니다")
    return True, " · ".join(map(_road, ready))


def _road(road: Road) -> str:
    return f"{channel_word(road.channel)} {road.sender or gateway_word(road.gateway)}"


def _consents(known: Known) -> Judged:
    texts = len(known.found.tree.get(CONSENT, {}))
    if not known.who_may(Right.AUDIT_VIEW):
        return False, _("개인정보 보호담당이 없습니다")
    return texts > 0, _("동의문 %(n)s가지 · 보호담당 있음") % {"n": texts}


def _home(known: Known) -> Judged:
    changed = known.changed(*FIRST_PAGE)
    return changed > 0, _("첫 화면과 서식이 표준과 %(n)s곳 다름") % {"n": changed}


def _data(known: Known) -> Judged:
    return known.imports > 0, _("가져온 파일 %(n)s개") % {"n": known.imports}


def _trial(known: Known) -> Judged:
    if not known.city.is_trial and known.has_answered:
        return True, _("시민의 의견에 답하고 있음")
    tried = known.tried
    return tried.answered > 0, _("시험 의견 %(n)s건 · 답변 %(a)s건") % {
        "n": tried.filed,
        "a": tried.answered,
    }


def _public(known: Known) -> Judged:
    return not known.city.is_trial, _("시험 운영 중") if known.city.is_trial else _("공개됨")


STEPS = (
    Step(
        "institution",
        gettext_lazy("기관정보·표지"),
        gettext_lazy("시민 누리집과 모든 안내문의 기관 이름, 상담 전화, 색과 표지가 바뀝니다."),
        10,
        "studio_brand",
        gettext_lazy("우리 모습 고치기"),
        Role.ADMIN,
        _institution,
    ),
    Step(
        "organisation",
        gettext_lazy("조직도"),
        gettext_lazy("의견을 맡을 부서가 생깁니다. 조례의 조직도에서 시작하거나 표를 올립니다."),
        10,
        "studio_organisation",
        gettext_lazy("조직도 보기"),
        Role.ADMIN,
        _organisation,
        may_be_skipped=False,
    ),
    Step(
        "people",
        gettext_lazy("사용자·SSO"),
        gettext_lazy("들어와서 일할 사람과 권한이 생깁니다. 초대받은 사람이 들어와야 끝납니다."),
        10,
        "studio_people",
        gettext_lazy("사람 초대하기"),
        Role.ADMIN,
        _people,
        may_be_skipped=False,
    ),
    Step(
        "routing",
        gettext_lazy("민원분류·담당"),
        gettext_lazy("의견이 접수되자마자 갈 부서가 정해집니다."),
        10,
        "studio_roles",
        gettext_lazy("맡을 부서 정하기"),
        Role.STEWARD,
        _routing,
    ),
    Step(
        "hours",
        gettext_lazy("업무시간·공휴일"),
        gettext_lazy("처리기한을 세는 시간이 바뀝니다. 이미 접수한 의견의 기한은 그대로입니다."),
        5,
        "studio_calendar",
        gettext_lazy("시계와 달력 보기"),
        Role.STEWARD,
        _hours,
    ),
    Step(
        "senders",
        gettext_lazy("발신번호·문자 사업자"),
        gettext_lazy("공개한 뒤 안내 문자와 전자우편이 이 번호와 주소로 나갑니다."),
        10,
        "studio_senders",
        gettext_lazy("발신 주소 적기"),
        Role.ADMIN,
        _senders,
    ),
    Step(
        "consents",
        gettext_lazy("동의문·처리방침"),
        gettext_lazy("시민이 동의하기 전에 읽는 글과, 처리방침에 나오는 보호담당이 정해집니다."),
        10,
        "studio_consents",
        gettext_lazy("동의문 보기"),
        Role.PRIVACY,
        _consents,
    ),
    Step(
        "home",
        gettext_lazy("홈 화면"),
        gettext_lazy("시민이 처음 보는 화면의 아래 줄과, 의견을 낼 때 더 묻는 것이 바뀝니다."),
        10,
        "studio_forms",
        gettext_lazy("서식과 항목 보기"),
        Role.STEWARD,
        _home,
        is_optional=True,
    ),
    Step(
        "data",
        gettext_lazy("데이터 가져오기"),
        gettext_lazy("예전 시스템의 의견이 들어옵니다. 시민에게는 아무것도 보내지 않습니다."),
        20,
        "studio_start_data",
        gettext_lazy("가져오는 법 보기"),
        Role.STEWARD,
        _data,
        is_optional=True,
    ),
    Step(
        "trial",
        gettext_lazy("시험 의견 1건"),
        gettext_lazy("시민처럼 접수하고 담당자가 답해 봅니다. 시험 의견은 통계에 들지 않습니다."),
        10,
        "studio_start_voice",
        gettext_lazy("시험 의견 따라가기"),
        Role.OFFICER,
        _trial,
        may_be_skipped=False,
    ),
    Step(
        "public",
        gettext_lazy("공개"),
        gettext_lazy("시민에게 열립니다. 이때부터 접수한 의견은 진짜이고 안내가 나갑니다."),
        5,
        "studio_public",
        gettext_lazy("공개 전 점검"),
        Role.APPROVER,
        _public,
        may_be_skipped=False,
    ),
)
STEP_CODES = tuple(step.code for step in STEPS)
