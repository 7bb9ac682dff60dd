"""Running every preview that a change calls for, each read-only and within its time."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import OperationalError
from django.utils.translation import gettext as _

from customization.preview import campaign, kpi, routing, workflow
from customization.preview.reading import reading_only
from customization.preview.types import Impact, Tree
from tenants.errors import DomainError

log = logging.getLogger(__name__)

STATEMENT_SECONDS = 4.0
BUDGET_SECONDS = 10.0


class Preview(Protocol):
    """One module of this package: `impact` says None when the change does not touch its kind."""

    def impact(self, before: Tree, after: Tree, *, now: datetime) -> Impact | None: ...


PREVIEWS: tuple[Preview, ...] = (kpi, workflow, routing, campaign)


def what_if(
    before: Tree,
    after: Tree,
    *,
    now: datetime,
    previews: Sequence[Preview] | None = None,
    budget_seconds: float = BUDGET_SECONDS,
) -> list[Impact]:
    """The effects of having `after` instead of `before`, on the stored cases and facts.

    All of them share the budget. One that fails or has no time left says so in `failed`, and the
    others go on. Nothing is written: each looks in a read-only transaction that is rolled back.
    """
    ends_at = time.monotonic() + budget_seconds
    found = [
        _guarded(preview, before, after, now=now, ends_at=ends_at)
        for preview in (PREVIEWS if previews is None else previews)
    ]
    return [impact for impact in found if impact is not None]


def _guarded(
    preview: Preview, before: Tree, after: Tree, *, now: datetime, ends_at: float
) -> Impact | None:
    left_seconds = ends_at - time.monotonic()
    if left_seconds <= 0:
        return _failed(preview, _("앞의 셈이 오래 걸려 여기까지 오지 못했습니다."))
    try:
        with reading_only(statement_seconds=min(left_seconds, STATEMENT_SECONDS)):
            return preview.impact(before, after, now=now)
    except DomainError as refused:
        return _failed(preview, refused.message)
    except OperationalError:
        return _failed(preview, _("시간 안에 셈하지 못했습니다. 한 번에 바꾸는 곳을 줄여 보세요."))
    except Exception:
        log.exception("preview_failed", extra={"preview": _name(preview)})
        return _failed(preview, _("셈하지 못했습니다. 변경안은 그대로 있습니다."))


def _failed(preview: Preview, why: str) -> Impact:
    return Impact(what=_name(preview), title=_title(_name(preview)), failed=why)


def _name(preview: Preview) -> str:
    """The last part of the module's name: kpi, workflow, routing, campaign."""
    return str(getattr(preview, "__name__", type(preview).__name__)).rpartition(".")[2]


def _title(name: str) -> str:
    titles = {
        "kpi": _("점수"),
        "workflow": _("업무 흐름"),
        "routing": _("배정과 기한"),
        "campaign": _("보내는 사람들"),
    }
    return titles.get(name, name)
