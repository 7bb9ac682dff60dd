"""`/staff/segments/new` and `…/edit`: the builder with its count, also without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core_crm.common.predicates import PredicateField, PredicateSource
from core_crm.common.predicates.values import OPERATIONS
from core_crm.customers.selectors import citizen_source
from core_crm.segments.selectors import fields_needing_basis, read_condition, segment_get
from core_crm.segments.services import segment_change, segment_create
from core_crm.segments.types import LegalBasis, SegmentDraft
from core_crm.staff.types import Right
from sodam.staff import segment_words as words
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.segment_panel import panel_of
from sodam.ui.condition_groups import Line, Tree, condition_in, pressed, tree_in, tree_of
from sodam.ui.conditions import choice_word, label, op_words
from tenants.errors import DomainError


class SegmentForm(forms.Form):
    """What a segment is called and how it is reckoned; its rules stand beside it."""

    use_required_attribute = False

    code = forms.RegexField(
        r"^[a-z][a-z0-9_]{1,47}$",
        label=gettext_lazy("코드"),
        help_text=gettext_lazy("영문 소문자로. 나중에 바꾸지 않습니다. 예: moved_in_lately"),
        error_messages={
            "invalid": gettext_lazy("영문 소문자로 시작하고 숫자와 _만 씁니다."),
            "required": gettext_lazy("코드를 적어 주세요."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("이름"),
        max_length=80,
        error_messages={"required": gettext_lazy("이름을 적어 주세요.")},
    )
    description = forms.CharField(
        label=gettext_lazy("설명"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("어떤 필요가 있는 시민인지, 무엇에 쓰는지"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("방식"),
        widget=forms.RadioSelect,
        choices=[
            ("live", gettext_lazy("늘 새로 세기")),
            ("snapshot", gettext_lazy("지금의 대상을 고정")),
        ],
    )
    basis_law = forms.CharField(
        label=gettext_lazy("근거 법령"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("민감정보나 고유식별정보를 조건으로 쓸 때 꼭 적습니다."),
    )
    basis_article = forms.CharField(label=gettext_lazy("근거 조항"), max_length=60, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, is_new: bool, **kwargs: Any) -> None:
        super().__init__(data, auto_id="s-%s", label_suffix="", **kwargs)
        if not is_new:
            del self.fields["code"]


@require_http_methods(["GET", "POST"])
@official_page(Right.SEGMENT_CHANGE)
def new(request: StaffRequest) -> HttpResponseBase:
    """Write down a new segment."""
    return _edited(request, None)


@require_http_methods(["GET", "POST"])
@official_page(Right.SEGMENT_CHANGE)
def edit(request: StaffRequest, code: str) -> HttpResponseBase:
    """Change one."""
    return _edited(request, segment_get(code))


def _edited(request: StaffRequest, segment: Any) -> HttpResponseBase:
    """A button changes the rows, `save` writes, anything else counts."""
    if request.method == "GET":
        tree = tree_of(segment.condition if segment else None)
        return _shown(
            request, segment, tree, SegmentForm(is_new=not segment, initial=_known(segment))
        )
    do = request.POST.get("do", "")
    tree = pressed(tree_in(request.POST), do)
    form = SegmentForm(request.POST, is_new=not segment)
    if do == "save" and form.is_valid():
        try:
            saved = _saved(request, segment, tree, form.cleaned_data)
        except DomainError as refused:
            form.add_error(_field_of(refused, form), _plain(refused))
        else:
            messages.success(request, _("저장했습니다."))
            return HttpResponseRedirect(reverse("staff_segment", args=[saved.code]), status=303)
    if do == "save":
        return _shown(request, segment, tree, form, status=422)
    typed = SegmentForm(is_new=not segment, initial=request.POST.dict())
    return _shown(request, segment, tree, typed, pressed_button=do)


def _saved(request: StaffRequest, segment: Any, tree: Tree, given: dict[str, Any]) -> Any:
    draft = SegmentDraft(
        code=segment.code if segment else given["code"],
        name=given["name"],
        condition=condition_in(tree, citizen_source()),
        description=given["description"],
        kind=given["kind"],
        basis=LegalBasis(given["basis_law"].strip(), given["basis_article"].strip()),
        owner_id=segment.owner_id if segment else _own_id(request),
    )
    by, now = actor_of(request), timezone.now()
    if segment is None:
        return segment_create(draft, by=by, now=now)
    return segment_change(segment, draft, by=by, now=now, expected_version=given["version"])


def _own_id(request: StaffRequest) -> Any:
    """An operator who looks in has no seat to own anything from."""
    return None if getattr(request.official, "is_visiting", False) else request.official.id


def _known(segment: Any) -> dict[str, Any]:
    if segment is None:
        return {"kind": "live"}
    names = ("name", "description", "kind", "basis_law", "basis_article", "version")
    return {name: getattr(segment, name) for name in names}


def _field_of(refused: DomainError, form: SegmentForm) -> str | None:
    """Which field of the form the refusal is about."""
    if refused.code == "segment.legal_basis_missing":
        return "basis_law"
    named = str(refused.facts.get("field", ""))
    return named if named in form.fields else None


def _plain(refused: DomainError) -> str:
    """Without the pointer into JSON, which nobody sees here."""
    if refused.code.startswith("predicate."):
        return refused.message.partition(": ")[2] or refused.message
    return refused.message


def _shown(
    request: StaffRequest,
    segment: Any,
    tree: Tree,
    form: SegmentForm,
    *,
    pressed_button: str = "",
    status: int = 200,
) -> HttpResponseBase:
    source = citizen_source()
    context = {
        "segment": segment,
        "form": form,
        "tree": tree,
        "groups": [_group_view(n, group, source) for n, group in enumerate(tree.groups)],
        "field_groups": words.field_groups(source),
        "focus": _focus(tree, pressed_button),
        "menu": "customers",
        **_look(tree, source),
    }
    return show(request, "staff/segment_edit.html", context, status=status)


def _look(tree: Tree, source: PredicateSource) -> dict[str, Any]:
    """The panel beside the builder, or what is missing for it; which fields need a law."""
    if not tree.deep.strip() and not any(line.row.field for g in tree.groups for line in g.lines):
        return {"hint": _("조건을 하나 고르면 여기에서 바로 셉니다.")}
    try:
        condition = condition_in(tree, source)
        needing = fields_needing_basis(read_condition(condition))
        return {"panel": panel_of(condition), "needing": [label(field) for field in needing]}
    except DomainError as refused:
        return {"hint": _plain(refused)}


def _focus(tree: Tree, button: str) -> str:
    """Which control the keyboard goes to after a button."""
    if button == "group+":
        return f"g{len(tree.groups) - 1}r0_field"
    if button.startswith("row+") and button[4:].isdigit() and int(button[4:]) < len(tree.groups):
        return f"g{button[4:]}r{len(tree.groups[int(button[4:])].lines) - 1}_field"
    return ""


def _group_view(number: int, group: Any, source: PredicateSource) -> dict[str, Any]:
    lines = [
        _line_view(f"g{number}r{place}", place, line, source)
        for place, line in enumerate(group.lines)
    ]
    return {"n": number, "start": f"g{number}", "group": group, "lines": lines}


def _line_view(start: str, place: int, line: Line, source: PredicateSource) -> dict[str, Any]:
    """A row with the comparisons that its field knows, and a control that fits its value."""
    field = source.fields.get(line.row.field)
    allowed = OPERATIONS[field.kind] if field else frozenset({"eq"})
    ops = [(op, word) for op, word in op_words().items() if op in allowed]
    value = line.row.value
    return {
        "start": start,
        "place": place,
        "line": line,
        "ops": ops,
        "widget": _widget(field, line.row.op),
        "chosen": [one.strip() for one in value.split(",")],
        "choices": [(one, choice_word(field.code, one)) for one in field.choices] if field else [],
    }


def _widget(field: PredicateField | None, op: str) -> str:
    if field is None:
        return "text"
    if op == "isnull" or field.kind == "truth":
        return "truth"
    if op in ("within_days", "days_before"):
        return "number"
    if field.kind == "choice":
        return "choices" if op == "in" else "choice"
    if op != "in" and field.kind in ("date", "number"):
        return str(field.kind.value)
    return "text"
