"""How a city's backups stand, in a word and in a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sodam.console.opening_checks import Check
from sodam.ui.templatetags.ui import short_datetime
from tenants.backups import BackupFacts, backup_newest, is_overdue


@dataclass(frozen=True, slots=True)
class BackupState:
    """`tone`: ok, wait or no."""

    word: str
    tone: str
    icon: str
    made_at: datetime | None


def backup_state(newest: BackupFacts | None, *, now: datetime) -> BackupState:
    """None yet, overdue, could not be restored, tried or not tried yet."""
    if newest is None:
        return BackupState(_("백업 없음"), "wait", "alert", None)
    if newest.is_restorable is False:
        return BackupState(_("복원 시험 실패"), "no", "alert", newest.made_at)
    if is_overdue(newest, now=now):
        return BackupState(_("백업이 늦음"), "wait", "alert", newest.made_at)
    word = _("복원 시험까지 됨") if newest.is_restorable else _("복원 시험 전")
    return BackupState(word, "ok" if newest.is_restorable else "", "shield", newest.made_at)


def backup_told(code: str) -> Check:
    """The line of a city that was opened a moment ago."""
    newest = backup_newest(code).get(code)
    if newest is None:
        return Check("", _("첫 백업"), _("오늘 밤"))
    return Check("ok", _("첫 백업"), short_datetime(newest.made_at))
