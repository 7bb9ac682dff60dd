"""Views an official keeps."""

from __future__ import annotations

from typing import Any

from core_crm.staff.errors import SavedViewNotYours
from core_crm.staff.models import Official, SavedView


def saved_view_save(
    *,
    owner: Official,
    screen: str,
    name: str,
    query: dict[str, Any],
    is_shared: bool = False,
) -> SavedView:
    """Keep the filters of a screen under a name; the same name again replaces them."""
    view = SavedView.objects.filter(owner=owner, screen=screen, name=name).first()
    view = view or SavedView(owner=owner, screen=screen, name=name)
    view.query, view.is_shared = query, is_shared
    view.full_clean()
    view.save()
    return view


def saved_view_delete(view: SavedView, *, by: Official) -> None:
    """Forget a view. Raises SavedViewNotYours for a colleague's."""
    if view.owner_id != by.id:
        raise SavedViewNotYours("다른 직원이 저장한 보기는 지울 수 없습니다.")
    view.delete()
