"""A form for a plugin's configuration, made of its pydantic model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from django import forms
from pydantic import BaseModel
from pydantic.fields import FieldInfo

NUMBERS = {int: forms.IntegerField, float: forms.FloatField}


class ConfigForm(forms.Form):
    """One control per field, with its bounds. What a model's own validator refuses beyond them is
    told when the plugin is turned on."""

    def __init__(self, model: type[BaseModel], values: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data=data, initial=dict(values), auto_id="config-%s")
        self.fields.update(
            {name: _control(name, info) for name, info in model.model_fields.items()}
        )

    def values(self) -> dict[str, Any]:
        """What was filled in; a number left empty is not there, so its default holds."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


def _control(name: str, info: FieldInfo) -> forms.Field:
    told = {"label": info.title or name, "help_text": info.description or "", "required": False}
    if info.annotation is bool:
        return forms.BooleanField(**told)
    if info.annotation in NUMBERS:
        low, high = _bound(info, "ge"), _bound(info, "le")
        return NUMBERS[info.annotation](min_value=low, max_value=high, **told)
    choices = [one for one in get_args(info.annotation) if isinstance(one, str)]
    if choices:
        return forms.ChoiceField(choices=[(one, one) for one in choices], **told)
    return forms.CharField(max_length=300, **told)


def _bound(info: FieldInfo, name: str) -> Any:
    """The least or the greatest a number may be; None without one."""
    return next((getattr(one, name) for one in info.metadata if hasattr(one, name)), None)
