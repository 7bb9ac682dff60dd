"""What happened to a voice, told to the person who sent it: no internal note, no names but ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sodam.citizen.signs import CHANNELS
from sodam.ui.words import short_date


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the line. `css`: "" past, `now`, `next`, `wait` (the clock stood still)."""

    title: str
    icon: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    quote: str = ""
    css: str = ""


TITLES: dict[str, tuple[Promise, str, str]] = {
    "register": (gettext_lazy("접수했습니다"), "inbox", ""),
    "assign": (gettext_lazy("담당을 정했습니다"), "user", ""),
    "start": (gettext_lazy("처리를 시작했습니다"), "clock", ""),
    "request_supplement": (gettext_lazy("보완을 요청했습니다"), "pause", "wait"),
    "receive_supplement": (gettext_lazy("보완을 받았습니다"), "check", ""),
    "inspect": (gettext_lazy("현장을 확인합니다"), "pin", "wait"),
    "extend": (gettext_lazy("기한을 연장했습니다"), "arrow-out", "wait"),
    "reclassify": (gettext_lazy("민원 종류를 바로잡았습니다"), "edit", ""),
    "transfer": (gettext_lazy("다른 기관으로 넘겼습니다"), "arrow-out", ""),
    "answer": (gettext_lazy("답변을 드렸습니다"), "check", ""),
    "close_unable": (gettext_lazy("할 수 없는 일로 끝났습니다"), "ban", ""),
    "withdraw": (gettext_lazy("의견을 취하하셨습니다"), "minus", ""),
    "reopen": (gettext_lazy("다시 열었습니다"), "refresh", "wait"),
}
QUOTED = {
    "request_supplement": "supplement_request",
    "receive_supplement": "supplement_reply",
}


def timeline(voice: Any, *, acts: list[Any], said: list[Any]) -> list[Moment]:
    """Past acts in their order, then what is still to come."""
    past = [_moment(act, voice, said) for act in acts if act.action in TITLES]
    if voice.closed_at is None:
        past += _ahead(voice)
    return past


def _moment(act: Any, voice: Any, said: list[Any]) -> Moment:
    title, icon, css = TITLES[act.action]
    kind = QUOTED.get(act.action, "")
    quote = next((one.body for one in said if one.kind == kind and one.at == act.at), "")
    return Moment(
        title=_title(act, str(title)),
        icon=icon,
        at=act.at,
        text=_text(act, voice),
        quote=quote,
        css=css,
    )


def _title(act: Any, title: str) -> str:
    if act.action == "extend" and act.due_before and act.due_after:
        return f"{title}: {short_date(act.due_before)} → {short_date(act.due_after)}"
    return title


def _text(act: Any, voice: Any) -> str:
    if act.action == "register":
        return str(CHANNELS.get(voice.channel, ""))
    if act.action in {"extend", "request_supplement"}:
        return str(act.comment)
    return ""


def _ahead(voice: Any) -> Iterator[Moment]:
    if voice.phase == "waiting":
        yield Moment(_("보완 내용을 기다립니다"), "pause", when=_("지금"), css="now")
    elif voice.officer_id is None:
        yield Moment(_("담당자를 정하고 있습니다"), "user", when=_("지금"), css="now")
    else:
        yield Moment(_("담당자가 살펴보고 있습니다"), "clock", when=_("지금"), css="now")
    until = _("%(day)s까지") % {"day": short_date(voice.due_at)}
    yield Moment(_("답변"), "chat", when=until, css="next")
