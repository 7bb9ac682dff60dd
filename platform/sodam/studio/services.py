"""`/studio/services`: the service catalogue (민원편람), searchable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.staff.selectors import department_list
from core_crm.voices.selectors import category_list, service_list
from sodam.studio.access import show, studio_page
from sodam.studio.words import class_word, period_word


@dataclass(frozen=True, slots=True)
class Item:
    """One petition of the catalogue as the table shows it."""

    title: str
    code: str
    category: str
    kind: str
    is_compound: bool
    period: str
    article: str
    department: str
    documents: list[str]
    fee: str


@studio_page
def services(request: HttpRequest) -> HttpResponseBase:
    """The catalogue's items; `?category=` and `?q=` narrow it."""
    category, text = request.GET.get("category", ""), request.GET.get("q", "").strip()
    is_english = (get_language() or "ko").startswith("en")
    names = {
        unit.code: (unit.name_en if is_english and unit.name_en else unit.name_ko)
        for unit in department_list()
    }
    facts = {
        "items": [
            _item(one, names, is_english) for one in service_list(category=category, text=text)
        ],
        "categories": [
            (one.code, one.label_en if is_english and one.label_en else one.label_ko)
            for one in category_list()
        ],
        "category": category,
        "text": text,
        "total": service_list().count(),
        "place": "services",
    }
    return show(request, "studio/services.html", facts)


def _item(one: Any, names: dict[str, str], is_english: bool) -> Item:
    category = one.category
    return Item(
        title=one.title_en if is_english and one.title_en else one.title_ko,
        code=one.code,
        category=category.label_en if is_english and category.label_en else category.label_ko,
        kind=class_word(one.petition_class),
        is_compound=one.is_compound,
        period=period_word(one.period_unit, one.period_amount),
        article=one.legal_basis,
        department=names.get(one.department_code, ""),
        documents=list(one.documents_needed),
        fee=_fee(one),
    )


def _fee(one: Any) -> str:
    if one.fee_krw is None:
        return one.fee_note or _("경우에 따라 다름")
    return _("없음") if one.fee_krw == 0 else _("%(won)s원") % {"won": f"{one.fee_krw:,}"}
