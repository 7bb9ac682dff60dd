"""What an operation was told and what it found, in words; anything personal never stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from sodam.console.operation_words import duration
from sodam.ui.templatetags.ui import number
from tenants.types import OperationFacts

KILO = 1024.0
UNITS = ("B", "KB", "MB", "GB", "TB")


def results_told(operation: OperationFacts) -> list[tuple[str, str]]:
    """Known facts in the order of these words; others are left to the log."""
    return [*_told(operation.result, _result_words()), *_certified(operation.result)]


def _certified(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What an erasure's certificate says first."""
    paper = result.get("certificate") or {}
    if not paper:
        return []
    erased, scan = paper.get("erased") or {}, paper.get("scan") or {}
    told = {**{name: erased[name] for name in ("tables", "rows", "files") if name in erased}}
    return [
        *_told(told, _result_words()),
        (_("남은 것 찾기"), _("찾은 곳 %(n)s") % {"n": scan.get("hits", "–")}),
    ]


def arguments_told(operation: OperationFacts) -> list[tuple[str, str]]:
    return _told(operation.arguments, _argument_words())


def size(amount: float) -> str:
    """`3.4 MB`."""
    unit = 0
    while amount >= KILO and unit < len(UNITS) - 1:
        amount, unit = amount / KILO, unit + 1
    return f"{amount:.0f} {UNITS[unit]}" if unit == 0 else f"{amount:.1f} {UNITS[unit]}"


def _told(facts: Mapping[str, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(word, _value(name, facts[name])) for name, word in words.items() if name in facts]


def _value(name: str, value: Any) -> str:
    if name == "bytes":
        return size(float(value))
    if name == "seconds":
        return duration(float(value))
    if isinstance(value, bool):
        return _("예") if value else _("아니요")
    if isinstance(value, list):
        return number(len(value)) if name == "differences" else ", ".join(map(str, value))
    return number(value) if isinstance(value, int) else str(value)


def _argument_words() -> dict[str, str]:
    return {
        "from": _("원본"),
        "with": _("바꿀 사본"),
        "anonymise": _("비식별"),
        "purpose": _("용도"),
        "keep_backups": _("백업 남김"),
        "hosts": _("주소"),
        "standard_version": _("표준"),
        "plugin": _("플러그인"),
    }


def _result_words() -> dict[str, str]:
    return {
        "code": _("코드"),
        "host": _("주소"),
        "hosts": _("주소"),
        "tables": _("표"),
        "rows": _("행"),
        "files": _("첨부 파일"),
        "bytes": _("크기"),
        "differences": _("다른 곳"),
        "restored": _("복원됨"),
        "held_ms": _("잠긴 시간(ms)"),
        "seconds": _("걸린 시간"),
        "sha256": _("SHA-256"),
        "path": _("파일"),
    }
