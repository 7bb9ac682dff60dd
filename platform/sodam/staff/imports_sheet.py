"""A file to fill in: the columns an import of one kind understands, as CSV or as a workbook."""

from __future__ import annotations

import io
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.styles import Font

from core_crm.common.csv_writing import BYTE_ORDER_MARK, csv_line
from core_crm.imports.selectors import row_kind
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, official_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18
AS_TEXT = "@"
"""Else a workbook drops the nought that phones begin with."""


@require_GET
@official_page(Right.CUSTOMER_IMPORT)
def sheet(request: StaffRequest, kind: str, form: str) -> HttpResponseBase:
    """The heads only: a row of example would be taken in by whoever forgets to remove it."""
    wanted = row_kind(kind)
    if form == "xlsx":
        return _file(_workbook(wanted), kind, form, XLSX)
    if form == "csv":
        heads = csv_line([_(field.label) for field in wanted.fields])
        return _file((BYTE_ORDER_MARK + heads).encode(), kind, form, "text/csv; charset=utf-8")
    raise Http404


def _workbook(kind: Any) -> bytes:
    """Its first page is to be filled in, its second says what goes into each column."""
    book = Workbook()
    table, help_page = book.active, book.create_sheet(_("설명"))
    table.title = _(kind.label)
    table.append([_(field.label) for field in kind.fields])
    help_page.append([_("열"), _("필수"), _("설명"), _("보기")])
    for field in kind.fields:
        must = _("필수") if field.is_required else ""
        help_page.append([_(field.label), must, _(field.help) if field.help else "", field.example])
    for page in (table, help_page):
        _headed(page)
    for place in table[1]:
        table.column_dimensions[place.column_letter].number_format = AS_TEXT
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _headed(page: Any) -> None:
    page.freeze_panes = "A2"
    for cell in page[1]:
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = WIDTH


def _file(content: bytes, kind: str, form: str, media: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{kind}.{form}"'
    return answer
