"""`/studio/plugins/<code>`: what it adds and may do, what its next step changes, and taking it.

Turning one on is a version of the documents like any other; what it adds to work or scores, an
approver decides. The other pair of eyes is the operator's, who installed it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from customization.public import (
    InForce,
    PluginPlan,
    disable_plan,
    enable_plan,
    ground,
    in_force,
    plugin_disable,
    plugin_enable,
    plugin_resume,
    use_of,
)
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.differences import Group, counted, grouped
from sodam.studio.plugin_config import ConfigForm
from sodam.studio.plugin_words import permission_words
from sodam.studio.plugins import Card, cards_here
from tenants.errors import DomainError


@require_GET
@studio_page
def plugin_page(request: StudioRequest, code: str) -> HttpResponseBase:
    """One plugin, with what the next step would change."""
    return _shown(request, _card(code))


@require_POST
@studio_page
def plugin_act(request: StudioRequest, code: str, act: str) -> HttpResponseBase:
    """Turn it on or off, take its new version, set it, or ask it again."""
    card = _card(code)
    if act not in _acts(request, card, _plan(card)):
        raise PermissionDenied
    form = _form(card, request.POST) if act in ("on", "set") else None
    if form is not None and not form.is_valid():
        return _shown(request, card, form=form)
    try:
        said = ACTS[act](request, code, form.values() if form is not None else None)
    except DomainError as refused:
        return _shown(request, card, form=form, problem=refused.message)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("studio_plugin", args=[code]), status=303)


def _shown(
    request: StudioRequest, card: Card, *, form: ConfigForm | None = None, problem: str = ""
) -> HttpResponseBase:
    found, plan = in_force(), _plan(card)
    words = permission_words()
    facts = {
        "card": card,
        "found": found,
        "plan": plan,
        "groups": _groups(plan, found),
        "counts": counted(plan.operations),
        "permissions": [words[each.value] for each in card.plugin.permissions],
        "form": form or _form(card),
        "acts": _acts(request, card, plan),
        "problem": problem,
        "place": "plugins",
    }
    is_wrong = problem or (form is not None and form.errors)
    return show(request, "studio/plugin.html", facts, status=422 if is_wrong else 200)


def _groups(plan: PluginPlan, found: InForce) -> list[Group]:
    """What changes, by document, called as where they still are."""
    named = plan.tree if plan.turns_on else found.tree
    return grouped(plan.operations, standard=ground(found.standard_version, ()), now=named)


def _card(code: str) -> Card:
    """The plugin, if this city may use it."""
    found = next((one for one in cards_here() if one.plugin.code == code), None)
    if found is None:
        raise Http404
    return found


def _plan(card: Card) -> PluginPlan:
    """What the next step changes: turning it on, taking its new version, or turning it off."""
    if card.use is None or card.is_newer:
        return enable_plan(card.plugin.code)
    return disable_plan(card.plugin.code)


def _acts(request: StudioRequest, card: Card, plan: PluginPlan) -> set[str]:
    """What this official may do with it now."""
    may_change = request.official.has(Right.SETTINGS_CHANGE)
    may_approve = request.official.has(Right.SETTINGS_APPROVE)
    acts = {"resume"} if card.is_paused and (may_change or may_approve) else set()
    if not (may_approve or (may_change and not plan.is_risky)):
        return acts
    if card.use is None:
        return acts | {"on"}
    acts |= {"on"} if card.is_newer else {"off"}
    return acts | ({"set"} if card.plugin.config and not card.is_newer else set())


def _form(card: Card, data: Any = None) -> ConfigForm | None:
    model = card.plugin.config
    if model is None:
        return None
    use = card.use or use_of(card.loaded)
    return ConfigForm(model, use.config, data)


def _on(request: StudioRequest, code: str, config: dict[str, Any] | None) -> str:
    made = plugin_enable(code, actor=_actor(request), now=timezone.now(), config=config)
    return _("켰습니다. %(number)d판으로 적용했습니다.") % {"number": made.number}


def _set(request: StudioRequest, code: str, config: dict[str, Any] | None) -> str:
    made = plugin_enable(code, actor=_actor(request), now=timezone.now(), config=config)
    return _("설정을 바꿨습니다. %(number)d판으로 적용했습니다.") % {"number": made.number}


def _off(request: StudioRequest, code: str, _config: dict[str, Any] | None) -> str:
    made = plugin_disable(code, actor=_actor(request), now=timezone.now())
    return _("껐습니다. 기록은 남아 있습니다. %(number)d판으로 적용했습니다.") % {
        "number": made.number
    }


def _resume(request: StudioRequest, code: str, _config: dict[str, Any] | None) -> str:
    plugin_resume(code, actor=_actor(request), now=timezone.now())
    return _("다시 켰습니다. 실패를 처음부터 셉니다.")


ACTS: dict[str, Callable[[StudioRequest, str, dict[str, Any] | None], str]] = {
    "on": _on,
    "set": _set,
    "off": _off,
    "resume": _resume,
}


def _actor(request: StudioRequest) -> Actor:
    official = request.official
    return Actor(official.id, official.name, origin=request.META.get("REMOTE_ADDR", ""))
