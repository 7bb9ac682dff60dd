"""Words of the plugin pages: what a plugin adds, what it is allowed, how it fares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from customization.public import Loaded
from sodam.studio.kinds import document_title, kind_word
from sodam.studio.words import in_language


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing a plugin adds: what sort it is, how it is called, its full code."""

    sort: str
    label: str
    code: str


def shape_words() -> dict[str, str]:
    """What each shape of contribution is called."""
    return {
        "Measure": _("측정값"),
        "RecordField": _("조건에 쓰는 항목"),
        "Guard": _("단계의 조건"),
        "Action": _("단계에서 하는 일"),
        "Trigger": _("캠페인의 계기"),
        "Importer": _("가져오기"),
        "Gateway": _("보내는 길"),
        "Panel": _("민원 곁의 상자"),
        "ReportColumn": _("내보내기의 열"),
    }


def permission_words() -> dict[str, str]:
    """What a government agrees to."""
    return {
        "cases": _("민원을 봅니다. 누가 썼는지는 보지 못합니다"),
        "steps": _("민원의 단계를 막거나, 민원에 값과 메모를 남깁니다"),
        "figures": _("지표가 쓸 측정값을 더합니다"),
        "records": _("자기 기록을 우리 시·도 안에 남깁니다"),
        "files": _("직원이 올린 파일의 줄을 읽습니다"),
        "messages": _("메시지를 보냅니다. 받는 곳과 글을 봅니다"),
        "campaigns": _("캠페인을 시작할 날을 더합니다"),
        "documents": _("자기 이름 아래 기준 문서를 더합니다"),
    }


def state_of(*, is_on: bool, is_paused: bool, is_newer: bool) -> dict[str, str]:
    """The word, tone and picture of how a plugin stands here."""
    if not is_on:
        return {"word": _("꺼짐"), "tone": "", "icon": "pause"}
    if is_paused:
        return {"word": _("멈춤"), "tone": "no", "icon": "alert"}
    if is_newer:
        return {"word": _("새 판 있음"), "tone": "wait", "icon": "refresh"}
    return {"word": _("켜짐"), "tone": "ok", "icon": "check"}


def additions(loaded: Loaded) -> list[Addition]:
    """What it adds, in its own order; documents last."""
    words, own = shape_words(), f"x.{loaded.plugin.code}"
    added = [
        Addition(
            words[type(one).__name__],
            in_language(one.label_ko, one.label_en),
            f"{own}.{one.code}",
        )
        for one in loaded.plugin.contributes
    ]
    return [*added, *_documents(loaded, own)]


def _documents(loaded: Loaded, own: str) -> Iterator[Addition]:
    for kind, codes in loaded.parts.items():
        for code, body in codes.items():
            name = f"{kind_word(kind)} · {document_title(code, body)}"
            yield Addition(_("기준 문서"), name, f"{own}.{code}")


def in_short(found: Iterable[Addition]) -> str:
    """`측정값 1 · 상자 2`."""
    counted = Counter(one.sort for one in found)
    return " · ".join(f"{sort} {count}" for sort, count in counted.items())
