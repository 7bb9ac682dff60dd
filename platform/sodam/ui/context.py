"""What every template may know of its page: the city, the language, and what the reader prefers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language

from core_crm.audit.selectors import visits_now
from core_crm.audit.types import VisitFacts
from sodam.ui import looks
from tenants.notices import notices_for
from tenants.types import NoticeFacts

CONTRAST_COOKIE, SIZE_COOKIE = "sodam_contrast", "sodam_size"
SIZES = ("normal", "large", "largest")
KIND_OF_CITY = re.compile(r"(특별|광역|특별자치|통합특별)(시|도)$|도$")


@dataclass(frozen=True, slots=True)
class Page:
    """The frame around one page."""

    city: Any
    language: str
    is_demo: bool
    is_official: bool
    has_high_contrast: bool
    text_size: str
    phone: str
    request_id: str
    address: str
    words: looks.Words
    looks: looks.Looks
    previewed: str = ""
    visit: Any = None

    @property
    def korean_url(self) -> str:
        """This page in Korean; asked for by citizens' pages only, and not cheap."""
        return translate_url(self.address, "ko")

    @property
    def english_url(self) -> str:
        """This page in English."""
        return translate_url(self.address, "en")

    @property
    def notices(self) -> Sequence[NoticeFacts]:
        """What the operators tell this city's officials now."""
        return notices_for(self.city.code, now=timezone.now()) if self.city else ()

    @property
    def visits(self) -> list[VisitFacts]:
        """Operators of the platform who look into this city now; for its officials to see."""
        return visits_now(now=timezone.now()) if self.city and not self.visit else []

    @property
    def city_name(self) -> str:
        """The government's name in the reader's language; the product's on hosts without a city."""
        if self.city is None:
            return "Sodam" if self.language == "en" else "소담"
        return str(self.city.name_en if self.language == "en" else self.city.name_ko)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `ui`, and `city` for short."""
    city = getattr(request, "city", None)
    size = request.COOKIES.get(SIZE_COOKIE, SIZES[0])
    is_demo = bool(settings.DEMO_MODE)
    language = (get_language() or "ko")[:2]
    words, own = looks.words(language), looks.looks(language)
    ui = Page(
        city=city,
        language=language,
        is_demo=is_demo,
        is_official=bool(city and city.official_site and own.masthead and not is_demo),
        has_high_contrast=request.COOKIES.get(CONTRAST_COOKIE) == "high",
        text_size=size if size in SIZES else SIZES[0],
        phone=words.phone,
        request_id=getattr(request, "request_id", ""),
        address=request.get_full_path(),
        words=words,
        looks=own,
        previewed=getattr(request, "previewed", ""),
        visit=getattr(request, "operator_visit", None),
    )
    return {"ui": ui, "city": city}


def short_name(request: HttpRequest) -> str:
    """`부산` of `부산광역시`: what people call their city; English as it is."""
    city = getattr(request, "city", None)
    if city is None:
        return ""
    if (get_language() or "ko").startswith("en"):
        return str(city.name_en)
    return KIND_OF_CITY.sub("", str(city.name_ko)) or str(city.name_ko)
