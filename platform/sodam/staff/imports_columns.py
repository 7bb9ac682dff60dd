"""S12 `/staff/imports/{id}/columns`: which column of the file is which field of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core_crm.imports.selectors import batch_get, row_kind
from core_crm.imports.services import batch_look, batch_map, batch_plan
from core_crm.imports.types import BatchState, ColumnLook, FileLook
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.imports_words import DELIMITERS, ENCODINGS, WHYS, sample, steps
from sodam.staff.labels import Sign
from tenants.errors import DomainError

OPEN = (BatchState.DRAFT, BatchState.PLANNED)


class ColumnsForm(forms.Form):
    """One choice per column of the file, named by its place: `c0`, `c1`, …."""

    def __init__(self, *args: Any, look: FileLook, kind: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look, self.kind = look, kind
        choices = [("", _("쓰지 않음")), *((one.code, _field_word(one)) for one in kind.fields)]
        for place, column in enumerate(look.columns):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=column.name, choices=choices, initial=column.field, required=False
            )

    def mapping(self) -> dict[str, str]:
        """Column → field, without the columns that are not used."""
        chosen = {one.name: self.cleaned_data[f"c{n}"] for n, one in enumerate(self.look.columns)}
        return {column: field for column, field in chosen.items() if field}

    def refuse(self, refused: DomainError) -> None:
        """Stand the sentence at the column it is about, or above them all."""
        places = {one.name: f"c{place}" for place, one in enumerate(self.look.columns)}
        self.add_error(places.get(str(refused.facts.get("column", ""))), _(refused.message))


@dataclass(frozen=True, slots=True)
class Line:
    """A column of the file as the page shows it; its samples are covered."""

    column: ColumnLook
    field: BoundField
    samples: list[str]
    why: Sign | None


@require_http_methods(["GET", "POST"])
@official_page(Right.CUSTOMER_IMPORT)
def columns_page(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """Match the columns, then check the whole file without registering anybody."""
    batch = batch_get(batch_id)
    if batch.state not in OPEN:
        return HttpResponseRedirect(reverse("staff_import", args=[batch.pk]), status=303)
    given = request.POST if request.method == "POST" else None
    form = ColumnsForm(given, look=batch_look(batch), kind=row_kind(batch.kind))
    if form.is_valid() and _planned(batch, form):
        return HttpResponseRedirect(reverse("staff_import", args=[batch.pk]), status=303)
    context = {
        "menu": "customers",
        "batch": batch,
        "form": form,
        "kind": _(form.kind.label),
        "lines": lines(form),
        "look": form.look,
        "written": _written(form.look),
        "required": [_(one.label) for one in form.kind.fields if one.is_required],
        "steps": steps(2),
    }
    return show(request, "staff/imports/columns.html", context, status=422 if form.errors else 200)


def _planned(batch: Any, form: ColumnsForm) -> bool:
    try:
        batch_map(batch, form.mapping())
        batch_plan(batch, now=timezone.now())
    except DomainError as refused:
        form.refuse(refused)
        return False
    return True


def lines(form: ColumnsForm) -> list[Line]:
    """The columns in the order of the file."""
    return [
        Line(
            column,
            form[f"c{place}"],
            [sample(value, column.field) for value in column.samples if value.strip()],
            WHYS.get(column.why) if column.field else None,
        )
        for place, column in enumerate(form.look.columns)
    ]


def _field_word(field: Any) -> str:
    word = _(field.label)
    return _("%(field)s (필수)") % {"field": word} if field.is_required else word


def _written(look: FileLook) -> str:
    """How the file was read: `CP949 · 쉼표`."""
    encoding = ENCODINGS.get(look.encoding.lower(), look.encoding.upper())
    return " · ".join(str(one) for one in (encoding, DELIMITERS.get(look.delimiter, "")) if one)
