"""Words of the access log: what was done, by which page, and what ought to be asked about."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.audit.types import Alert
from sodam.staff.customer_words import FIELDS, word_of
from sodam.staff.labels import Sign

ACTIONS: dict[str, Sign] = {
    "customer.viewed": Sign(gettext_lazy("화면을 봄"), "eye"),
    "customer.unmasked": Sign(gettext_lazy("가린 것을 봄"), "lock", "wait"),
    "customer.exported": Sign(gettext_lazy("파일로 받음"), "download", "wait"),
    "customer.reported": Sign(gettext_lazy("열람 자료를 만듦"), "document", "wait"),
    "customer.read_by_key": Sign(gettext_lazy("연계로 읽음"), "key", "go"),
}
ROUTES: dict[str, str | Promise] = {
    "staff_customer": gettext_lazy("고객 화면"),
    "staff_customer_preview": gettext_lazy("고객 목록"),
    "staff_customer_timeline": gettext_lazy("고객 이력"),
    "staff_customer_segments": gettext_lazy("고객 세그먼트"),
    "staff_customer_unmask": gettext_lazy("고객 화면"),
    "staff_organisation_unmask": gettext_lazy("법인·단체 화면"),
    "staff_customers_csv": gettext_lazy("고객 파일"),
    "staff_voice_unmask": gettext_lazy("의견 화면"),
    "staff_import_errors": gettext_lazy("일괄 등록"),
    "staff_merge": gettext_lazy("병합 화면"),
    "staff_merge_unmask": gettext_lazy("병합 화면"),
}
TITLES: dict[str, str | Promise] = {
    "many": gettext_lazy("짧은 동안 많은 사람"),
    "night": gettext_lazy("밤 10시에서 아침 6시"),
    "no_reason": gettext_lazy("사유 없이 엶"),
    "exports": gettext_lazy("파일로 받음"),
    "far_above": gettext_lazy("동료보다 훨씬 많음"),
    "own_name": gettext_lazy("자기와 같은 이름"),
}
SUBJECTS: dict[str, str | Promise] = {
    "organisation": gettext_lazy("법인·단체"),
    "import_batch": gettext_lazy("가져온 파일"),
}
CHOICES = ("customer.viewed", "customer.unmasked", "customer.exported", "customer.read_by_key")


def action_sign(action: str) -> Sign:
    """How an act shows; one without a word of its own by its code."""
    return ACTIONS.get(action, Sign(action, "eye"))


def route_word(route: str) -> str:
    """The page it was shown by."""
    return str(ROUTES.get(route) or (_("연계 API") if route.startswith("api") else route))


def fields_word(fields: str) -> str:
    """The opened fields as words."""
    return ", ".join(word_of(FIELDS, code) for code in fields.split())


def alert_text(alert: Alert) -> str:
    """One sentence that says what was seen."""
    known = {"name": alert.actor_name, "n": f"{alert.count:,}"}
    texts = {
        "many": _("%(name)s 님이 한 시간 안에 %(n)s명의 정보를 보았습니다."),
        "night": _("%(name)s 님이 밤에 %(n)s명의 정보를 보았습니다."),
        "no_reason": _("%(name)s 님이 사유 없이 %(n)s명의 정보를 열었습니다."),
        "exports": _("%(name)s 님이 %(n)s명의 정보를 파일로 받았습니다."),
        "far_above": _("%(name)s 님이 본 사람은 %(n)s명으로 동료들보다 훨씬 많습니다."),
        "own_name": _("%(name)s 님이 자기와 이름이 같은 고객 %(n)s명을 보았습니다."),
    }
    return texts[alert.code] % known
