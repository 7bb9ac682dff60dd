"""Reads of what citizens choose from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from core_crm.voices.errors import CategoryUnknown, ServiceUnknown
from core_crm.voices.models import Category, ServiceItem


def category_list() -> QuerySet[Category]:
    """What is offered now, in its order."""
    return Category.objects.filter(is_active=True).order_by("sort", "code")


def category_get(code: str) -> Category:
    """The category with this code. Raises CategoryUnknown."""
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise CategoryUnknown("그런 분야가 없습니다.", category=code)
    return found


def service_list(*, category: str = "", text: str = "") -> QuerySet[ServiceItem]:
    """The service catalogue, of one category and holding a text when they are given."""
    found = ServiceItem.objects.filter(is_active=True).select_related("category")
    if category:
        found = found.filter(category__code=category)
    for word in text.split():
        found = found.filter(Q(title_ko__icontains=word) | Q(title_en__icontains=word))
    return found.order_by("category__sort", "title_ko", "code")


def service_get(code: str) -> ServiceItem:
    """The catalogue item with this code. Raises ServiceUnknown."""
    found = ServiceItem.objects.select_related("category").filter(code=code).first()
    if found is None:
        raise ServiceUnknown("민원편람에 없는 민원입니다.", service=code)
    return found
