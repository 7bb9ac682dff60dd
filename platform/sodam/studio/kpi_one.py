"""`/studio/kpi/<code>`: one indicator, its formula tried out, its points; or a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customization.public import ABSENT, InForce, copied, ground, in_force, locked_because, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.kinds import document_title
from sodam.studio.kpi_form import GRADES, KpiForm, blank, initial_of
from sodam.studio.kpi_trial import Trial, trial_of
from sodam.studio.saving import findings_at, is_unchanged, may_change, proposed, tree_with
from sodam.ui.measures import measure_words

KIND = "kpi"
LOCKED = ("formula", "base")
FUNCTIONS = ("abs", "clamp", "coalesce", "max", "min", "nz", "round")


@require_http_methods(["GET", "POST"])
@studio_page
def kpi_page(request: StudioRequest, code: str = "") -> HttpResponseBase:
    """The form; `try` only tries the formula, `remove` proposes to drop an own indicator."""
    found = in_force()
    body = value_at(found.tree, (KIND, code)) if code else blank()
    if body is ABSENT:
        raise Http404
    if request.method == "GET":
        form = KpiForm(body=body, is_new=not code, initial=initial_of(body))
        return _shown(request, found, code, form)
    if "remove" in request.POST:
        return _removed(request, found, code)
    form = KpiForm(_kept(request, found, code, body), body=body, is_new=not code)
    return _taken(request, found, code, form)


@require_POST
@studio_page
def kpi_try(request: StudioRequest) -> HttpResponseBase:
    """The trial alone, for the page's script: any formula, any numbers. Reads only."""
    code = request.POST.get("of", "")
    body = value_at(in_force().tree, (KIND, code)) if code else blank()
    if body is ABSENT:
        raise Http404
    form = KpiForm(_kept(request, in_force(), code, body), body=body, is_new=not code)
    return show(request, "studio/parts/kpi_trial.html", {"trial": _trial(form, body)})


def _kept(request: StudioRequest, found: InForce, code: str, body: Any) -> Any:
    """What was typed; what is locked stays as it is, whoever typed it."""
    data = request.POST.copy()
    for name, why in _locks(found, code).items():
        if why:
            data[name] = str(body[name])
    return data


def _taken(request: StudioRequest, found: InForce, code: str, form: KpiForm) -> HttpResponseBase:
    if "try" in request.POST or not form.is_valid():
        return _shown(request, found, code, form)
    place = (KIND, code or form.cleaned_data["code"])
    if not code and value_at(found.tree, place) is not ABSENT:
        form.add_error("code", _("이미 있는 코드입니다. 다른 것을 써 주세요."))
        return _shown(request, found, code, form)
    wanted = tree_with({place: form.body()}, found=found)
    _tell(form, findings_at(wanted, place))
    if form.is_valid() and is_unchanged(wanted, found=found):
        form.add_error(None, _("바뀐 값이 없습니다."))
    if not form.is_valid():
        return _shown(request, found, code, form)
    named = _("지표 ‘%(name)s’") % {"name": form.cleaned_data["label_ko"]}
    return proposed(request, wanted, title=request.POST.get("title", "").strip() or named)


def _removed(request: StudioRequest, found: InForce, code: str) -> HttpResponseBase:
    """Only what the city added itself can go."""
    if not _is_own(found, code):
        return HttpResponseForbidden()
    wanted = copied(found.tree)
    title = document_title(code, wanted[KIND].pop(code))
    return proposed(request, wanted, title=_("지표 ‘%(name)s’ 없애기") % {"name": title})


def _tell(form: KpiForm, findings: Any) -> None:
    """Each finding beside the field it is about; else at the top."""
    for one in findings:
        inside = [step for step in one.path[2:] if step in form.fields]
        target = inside[-1] if inside else _near(one)
        form.add_error(target if target in form.fields else None, one.message)


def _near(one: Any) -> str:
    """What a sentence of the whole document is about, by the name it mentions."""
    if one.path[2:3] == ("evaluation",):
        return "method"
    return next((name for name in ("formula", "target", "method") if name in one.message), "")


def _trial(form: KpiForm, body: Any) -> Trial:
    """The formula as typed, with the rest of what was typed if that can be read."""
    data = form.data if form.is_bound else {}
    formula = data.get("formula", body["formula"])
    if not formula.strip():
        return Trial()
    whole = form.body() if form.is_bound and form.is_valid() else body
    return trial_of(formula, data, body={**whole, "weight": 0})


def _shown(request: StudioRequest, found: InForce, code: str, form: KpiForm) -> HttpResponseBase:
    body = form.old
    trial = _trial(form, body)
    is_trial = "try" in request.POST
    facts = {
        "form": form,
        "code": code,
        "title": document_title(code, body) if code else _("새 지표"),
        "weight": body.get("weight", 0),
        "locks": _locks(found, code),
        "grades": [
            [form[f"g{number}_{part}"] for part in ("label", "from", "points")]
            for number in range(GRADES)
        ],
        "trial": trial,
        "names": measure_words(),
        "base_word": measure_words().get(str(form["base"].value()), ""),
        "functions": FUNCTIONS,
        "is_own": bool(code) and _is_own(found, code),
        "may_change": may_change(request),
        "change_title": request.POST.get("title", ""),
        "has_errors": bool(form.is_bound and form.errors and not is_trial),
        "place": "kpi",
    }
    is_wrong = bool(form.errors) and not is_trial
    return show(request, "studio/kpi_one.html", facts, status=422 if is_wrong else 200)


def _is_own(found: InForce, code: str) -> bool:
    return value_at(ground(found.standard_version), (KIND, code)) is ABSENT


def _locks(found: InForce, code: str) -> dict[str, str]:
    """Why a field of the standard's own indicators has no control."""
    standard = ground(found.standard_version)
    return {name: locked_because((KIND, code, name), standard) if code else "" for name in LOCKED}
