"""Words of duplicates: how sure the evidence is, and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.customers.types import Evidence, EvidenceCode
from sodam.staff.labels import Sign

FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("이름"),
    "phone": gettext_lazy("휴대전화"),
    "email": gettext_lazy("이메일"),
    "birth_on": gettext_lazy("생년월일"),
    "sex": gettext_lazy("성별"),
    "address": gettext_lazy("주소"),
    "preferred_channel": gettext_lazy("먼저 쓰는 연락 방법"),
    "language": gettext_lazy("언어"),
    "needs": gettext_lazy("배려 사항"),
}
EVIDENCE: dict[str, str | Promise] = {
    "name_same": gettext_lazy("이름이 같음"),
    "name_spaced": gettext_lazy("이름이 띄어쓰기만 다름"),
    "name_turned": gettext_lazy("이름의 성과 이름이 바뀜"),
    "name_spelled": gettext_lazy("이름을 한자나 로마자로 적음"),
    "name_close": gettext_lazy("이름이 한 글자쯤 다름"),
    "name_other": gettext_lazy("이름이 다름"),
    "phone_same": gettext_lazy("전화가 같음"),
    "phone_other": gettext_lazy("전화가 다름"),
    "email_same": gettext_lazy("이메일이 같음"),
    "email_other": gettext_lazy("이메일이 다름"),
    "contact_before": gettext_lazy("전에 쓰던 연락처가 같음"),
    "birth_same": gettext_lazy("생년월일이 같음"),
    "birth_swapped": gettext_lazy("생년월일의 월과 일이 바뀜"),
    "birth_close": gettext_lazy("생년월일이 한 글자 다름"),
    "birth_other": gettext_lazy("생년월일이 다름"),
    "home_same": gettext_lazy("집 주소가 같음"),
    "building_same": gettext_lazy("같은 건물에 삶"),
    "address_other": gettext_lazy("주소가 다름"),
    "sex_other": gettext_lazy("성별이 다름"),
    "family": gettext_lazy("같은 세대이거나 가족"),
}
ALMOST_SURE, VERY_ALIKE = 0.99, 0.95


def sureness(pair: Any) -> Sign:
    """How likely the pair is one person, in words."""
    if EvidenceCode.BY_HAND in {one.code for one in evidence_of(pair)}:
        return Sign(_("직접 고름"), "user")
    if pair.score >= ALMOST_SURE:
        return Sign(_("거의 확실"), "copy", "ok")
    if pair.score >= VERY_ALIKE:
        return Sign(_("매우 비슷"), "copy", "go")
    return Sign(_("비슷"), "question", "wait")


def evidence_of(pair: Any) -> list[Evidence]:
    """What a stored pair says of its two, out of JSON."""
    return [Evidence(str(one["code"]), float(one["weight"])) for one in pair.evidence]


def evidence_words(evidence: Iterable[Evidence]) -> list[Sign]:
    """What speaks for one person, then what speaks against, each the heaviest first.

    That somebody picked the two is told by `sureness`.
    """
    told = [one for one in evidence if one.code != EvidenceCode.BY_HAND]
    ordered = sorted(told, key=lambda one: (one.weight < 0, -abs(one.weight)))
    return [_sign(one) for one in ordered]


def _sign(evidence: Evidence) -> Sign:
    is_against = evidence.weight < 0
    word = EVIDENCE.get(evidence.code, evidence.code)
    return Sign(word, "minus" if is_against else "check", "no" if is_against else "ok")
