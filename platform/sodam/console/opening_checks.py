"""The check page: everything that stands against opening, or should be known, with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from customization.public import known_plugins, standard_versions
from sodam.console.opening_draft import NO_PLUGIN, Draft
from sodam.console.opening_facts import own_plugin, regions_to_open
from tenants.alive import PROVISIONER, is_alive
from tenants.selectors import hosts_taken


@dataclass(frozen=True, slots=True)
class Check:
    """One line. `tone`: ok, wa (to be known), no (opening is refused); `step`: where to mend it."""

    tone: str
    word: str
    fact: str = ""
    todo: str = ""
    step: str = ""


def opening_checks(draft: Draft) -> list[Check]:
    """Judged anew at each look: what was right yesterday may be taken today."""
    return [
        _region(draft),
        *_hosts(draft),
        _standard(draft),
        _plugin(draft),
        _administrator(draft),
        _mail(),
        _gateway(),
        _backups(),
        _provisioner(),
        Check("ok", _("시험 운영으로 시작"), _("밖으로 보내지 않음")),
    ]


def is_refused(checks: list[Check]) -> bool:
    return any(check.tone == "no" for check in checks)


def _region(draft: Draft) -> Check:
    if any(one.code == draft.code for one in regions_to_open()):
        return Check("ok", _("시·도"), draft.code, step="region")
    todo = _("이미 열렸거나 오늘 있는 시·도가 아닙니다. 다른 시·도를 골라 주세요.")
    return Check("no", _("시·도"), draft.code, todo, "region")


def _hosts(draft: Draft) -> list[Check]:
    taken = hosts_taken(draft.shown_hosts)
    return [_host(host, taken.get(host, ""), draft.code) for host in draft.shown_hosts]


def _host(host: str, taken_by: str, code: str) -> Check:
    if taken_by and taken_by != code:
        todo = _("그사이 다른 시·도가 이 주소를 가졌습니다. 다른 주소를 적어 주세요.")
        return Check("no", _("주소"), host, todo, "region")
    if not host.endswith(f".{settings.SODAM_HOST_SUFFIX}"):
        todo = _("우리 도메인 밖의 주소입니다. DNS와 인증서를 그 기관이 마련해야 열립니다.")
        return Check("wa", _("주소"), host, todo, "region")
    return Check("ok", _("주소"), host, step="region")


def _standard(draft: Draft) -> Check:
    newest = standard_versions()[-1]
    if draft.standard_version not in standard_versions():
        return Check("no", _("표준"), "–", _("표준을 골라 주세요."), "standard")
    if draft.standard_version != newest:
        todo = _("%(version)s판이 나와 있습니다. 나중에 올릴 수도 있습니다.") % {"version": newest}
        return Check("wa", _("표준"), draft.standard_version, todo, "standard")
    return Check("ok", _("표준"), draft.standard_version, step="standard")


def _plugin(draft: Draft) -> Check:
    broken = [one for one in known_plugins().quarantined if one.origin.endswith(f".{draft.code}")]
    if broken:
        todo = _("이 시·도의 플러그인에 문제가 있어 빼 두었습니다: %(why)s") % {
            "why": broken[0].reason
        }
        return Check("wa", _("플러그인"), _("표준 그대로"), todo, "plugin")
    own = own_plugin(draft.code)
    if draft.plugin == NO_PLUGIN or own is None:
        return Check("ok", _("플러그인"), _("표준 그대로"), step="plugin")
    return Check("ok", _("플러그인 호환"), f"{own.plugin.code} {own.plugin.version}", step="plugin")


def _administrator(draft: Draft) -> Check:
    if not draft.admin_email:
        return Check("no", _("첫 관리자"), "–", _("첫 관리자를 적어 주세요."), "people")
    return Check("ok", _("첫 관리자"), draft.admin_email, step="people")


def _mail() -> Check:
    if settings.SODAM_SMTP_HOST:
        return Check("ok", _("전자우편 서버"), settings.SODAM_SMTP_HOST)
    todo = _(
        "초대 메일을 보낼 수 없습니다. 개통이 끝나면 초대 주소를 한 번 보여 드리니 직접 전하세요."
    )
    return Check("wa", _("전자우편 서버"), _("없음"), todo)


def _gateway() -> Check:
    if settings.SODAM_SMS_GATEWAY_URL:
        return Check("ok", _("문자 사업자"), _("이어져 있음"))
    todo = _("문자를 보낼 수 없습니다. 공개하기 전에 그 시·도의 스튜디오에서 정합니다.")
    return Check("wa", _("문자 사업자"), _("없음"), todo)


def _backups() -> Check:
    if settings.DEMO_MODE or settings.BACKUPS["RECIPIENTS"]:
        return Check("ok", _("백업 열쇠"), _("있음"))
    todo = _("백업할 수 없습니다. SODAM_BACKUP_RECIPIENTS에 공개 열쇠를 정해 주세요.")
    return Check("wa", _("백업 열쇠"), _("없음"), todo)


def _provisioner() -> Check:
    if is_alive(PROVISIONER):
        return Check("ok", _("작업 프로세스"), _("살아 있음"))
    todo = _("요청해도 바로 시작하지 않습니다. sodam status로 provisioner를 살펴보세요.")
    return Check("wa", _("작업 프로세스"), _("보이지 않음"), todo)
