"""A form field as people meet it: label, hint, control and error, tied for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _

CONTROL_OPTIONS = ("rows", "placeholder", "autocomplete", "inputmode", "accept")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, and where."""

    target: str
    message: str


def kind_of(bound: BoundField) -> str:
    """Which markup: `chips`, `check`, `checks`, `textarea`, `select`, `file` or `text`."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.RadioSelect):
        return "chips"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return "select" if isinstance(widget, forms.Select) else "text"


def presented(bound: BoundField, *, hint: str, options: dict[str, Any]) -> dict[str, Any]:
    """The facts `ui/components/field.html` draws."""
    kind, identity = kind_of(bound), bound.auto_id
    hint = hint or str(bound.help_text)
    counter = bool(options.get("counter")) and kind in {"text", "textarea"}
    described = [f"{identity}-hint"] if hint else []
    described += [f"{identity}-count"] if counter else []
    described += [f"{identity}-error"] if bound.errors else []
    attrs = {name: options[name] for name in CONTROL_OPTIONS if name in options}
    attrs |= _aria(bound, described, kind)
    if kind not in {"chips", "check", "checks", "file"}:
        attrs["class"] = f"sd-in {options.get('css', '')}".strip()
    if counter:
        attrs["data-count"] = f"{identity}-count"
    return {
        "field": bound,
        "kind": kind,
        "id": identity,
        "hint": hint,
        "error": message_of(bound),
        "counter": bound.field.widget.attrs.get("maxlength") if counter else None,
        "is_quiet": options.get("is_quiet", False),
        "is_group": kind in {"chips", "checks"},
        "control": "" if kind in {"chips", "checks"} else bound.as_widget(attrs=attrs),
        "described_by": " ".join(described),
    }


def _aria(bound: BoundField, described: list[str], kind: str) -> dict[str, Any]:
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if bound.field.required and kind not in {"chips", "checks"}:
        attrs["required"] = True
    return attrs


def problems(form: BaseForm) -> Iterator[Problem]:
    """Every error of a form in the order of its fields; a group points to its first choice."""
    for message in form.non_field_errors():
        yield Problem("", str(message))
    for bound in form:
        if bound.errors:
            suffix = "_0" if kind_of(bound) in {"chips", "checks"} else ""
            yield Problem(f"{bound.auto_id}{suffix}", message_of(bound))


def message_of(bound: BoundField) -> str:
    """A field's first error; one that only says "required" names the field instead."""
    if not bound.errors:
        return ""
    first = str(bound.errors[0])
    if first == str(forms.Field.default_error_messages["required"]):
        return _("%(what)s 항목을 채워 주세요.") % {"what": bound.label}
    return first
