"""What each step of the wizard will bring about, told before anything is made."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from customization.public import standard_release, standard_versions
from sodam.console.opening_draft import NO_PLUGIN, Draft
from sodam.console.opening_facts import documents_by_kind, own_plugin, region_facts
from sodam.console.opening_words import labelled
from sodam.ui.templatetags.ui import number
from sodam.ui.words import is_english
from tenants.context import city_role


@dataclass(frozen=True, slots=True)
class Effect:
    """A sentence, facts in pairs, and what else there is to know."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""


def effect_of(step: str, draft: Draft | None) -> Effect:
    if draft is None:
        return Effect(_("시·도를 고르면 무엇이 만들어지는지 여기에 보입니다."))
    return {
        "region": _region,
        "standard": _standard,
        "plugin": _plugin,
        "people": _people,
    }[step](draft)


def _region(draft: Draft) -> Effect:
    region = region_facts(draft.code)
    if region is None:
        return Effect(_("오늘 있는 시·도가 아닙니다."))
    return Effect(
        _("%(name)s만의 데이터 공간과 접속 권한이 만들어집니다.") % {"name": region.name},
        (
            (_("행정표준코드"), region.admin_code or "–"),
            (_("주민등록인구"), number(region.residents)),
            (_("데이터 공간"), draft.code),
            (_("접속 역할"), city_role(draft.code)),
            *((_("주소"), host) for host in draft.shown_hosts),
        ),
        _("공개하기 전까지는 시험 운영입니다. 밖으로 아무것도 보내지 않습니다."),
    )


def _standard(draft: Draft) -> Effect:
    version = draft.standard_version or standard_versions()[-1]
    release, kinds = standard_release(version), documents_by_kind(version)
    told = release.summary.en if is_english() else release.summary.ko
    return Effect(
        _("표준 %(version)s판의 기준 문서 %(n)d개로 시작합니다.")
        % {"version": version, "n": sum(count for _word, count in kinds)},
        tuple((word, str(count)) for word, count in kinds),
        told,
    )


def _plugin(draft: Draft) -> Effect:
    own = own_plugin(draft.code)
    if own is None or draft.plugin == NO_PLUGIN:
        return Effect(
            _("표준의 답을 그대로 씁니다."),
            note=_("나중에 스튜디오에서 플러그인을 켤 수 있습니다."),
        )
    plugin = own.plugin
    return Effect(
        plugin.summary,
        (
            (_("판"), plugin.version),
            (_("만든 곳"), plugin.publisher),
            *((_("더하는 것"), labelled(one)) for one in plugin.contributes),
            (_("더하는 기준 문서"), str(sum(map(len, own.parts.values())))),
        ),
        _("그 시·도의 스튜디오에서 언제든 끌 수 있고, 꺼도 자료는 남습니다."),
    )


def _people(draft: Draft) -> Effect:
    limits = (
        (_("직원 계정"), draft.staff_accounts),
        (_("저장 용량(GB)"), draft.storage_gb),
        (_("한 달 문자"), draft.messages_per_month),
    )
    return Effect(
        _("첫 관리자에게 7일 동안 쓸 수 있는 초대 주소를 만듭니다."),
        tuple((word, number(value) if value else _("정하지 않음")) for word, value in limits),
        _("한도의 80%가 되면 그 시·도의 관리자에게 알립니다. 넘어도 민원 접수는 막지 않습니다."),
    )
