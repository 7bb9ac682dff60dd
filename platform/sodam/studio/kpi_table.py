"""All indicators in one form: weight, target, direction and method of each; contracts' weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from customization.public import copied
from sodam.studio.kinds import document_title
from sodam.studio.kpi_words import direction_words, level_words, method_words, period_words

KPI, CONTRACT = "kpi", "performance_contract"
CONTROL = {"class": "sd-in s"}
NUMBER = {**CONTROL, "inputmode": "decimal", "autocomplete": "off"}


class Amount(forms.DecimalField):
    """A number that a document holds: whole if it can be."""

    def __init__(self, *, label: str, most: int | None = None, least: int | None = None) -> None:
        super().__init__(
            label=label,
            required=False,
            max_value=most,
            min_value=least,
            max_digits=12,
            decimal_places=4,
            widget=forms.TextInput(NUMBER),
            error_messages={"invalid": _("수를 써 주세요.")},
        )

    def clean(self, value: Any) -> int | float | None:
        given = super().clean(value)
        if given is None:
            return None
        return int(given) if given == given.to_integral_value() else float(given)


class KpiTable(forms.Form):
    """Fields are called `<code>-<column>`, items of contracts `<contract>--<item>`."""

    def __init__(
        self, *args: Any, tree: Mapping[str, Any], is_open: bool = True, **kwargs: Any
    ) -> None:
        self.tree = tree
        super().__init__(*args, initial=dict(_initial(tree)), **kwargs)
        for code, body in bodies(tree, KPI):
            self._offer(code, document_title(code, body))
        for code, contract in bodies(tree, CONTRACT):
            for item in contract["items"]:
                label = _("%(item)s 가중치") % {"item": item_title(tree, contract, item)}
                self.fields[item_name(code, item)] = Amount(label=label, most=100, least=0)
        for field in self.fields.values():
            field.disabled = not is_open

    def _offer(self, code: str, title: str) -> None:
        methods = {"": _("매기지 않음"), **method_words()}
        offered: dict[str, forms.Field] = {
            "level": _choice(_("%(name)s 대상"), title, level_words()),
            "direction": _choice(_("%(name)s 방향"), title, direction_words()),
            "target": Amount(label=_("%(name)s 목표") % {"name": title}),
            "method": _choice(_("%(name)s 평가방법"), title, methods),
            "weight": Amount(label=_("%(name)s 가중치") % {"name": title}, most=100, least=0),
        }
        self.fields |= {f"{code}-{column}": field for column, field in offered.items()}

    def wanted(self) -> dict[str, Any]:
        """The documents with what was typed, and nothing else, changed."""
        tree = copied(self.tree)
        for name in self.changed_data:
            code, _dash, column = name.partition("--")
            if column:
                tree[CONTRACT][code]["items"][column]["weight"] = self.cleaned_data[name] or 0
                continue
            code, _dash, column = name.rpartition("-")
            set_column(tree[KPI][code], column, self.cleaned_data[name])
        return tree

    def name_at(self, path: tuple[str, ...]) -> str | None:
        """The field that a finding is about; None: it concerns several, or none here."""
        if len(path) > 4 and path[0] == CONTRACT:
            return self._known(item_name(path[1], path[3]))
        if len(path) < 2 or path[0] != KPI:
            return None
        column = path[2] if len(path) > 2 else "method"
        return self._known(f"{path[1]}-{column}") or self._known(f"{path[1]}-method")

    def _known(self, name: str) -> str | None:
        return name if name in self.fields else None


def set_column(body: dict[str, Any], column: str, value: Any) -> None:
    """Put one value into an indicator; what is empty is left out, as documents are written."""
    if column == "method":
        old = body.get("evaluation") or {}
        if value:
            body["evaluation"] = {**old, "method": value}
        else:
            body.pop("evaluation", None)
    elif value is None and column == "target":
        body.pop("target", None)
    else:
        body[column] = value or 0 if column == "weight" else value


def column_words() -> dict[str, str]:
    """The columns of the table, in their order."""
    return {
        "level": _("대상"),
        "direction": _("방향"),
        "target": _("목표"),
        "method": _("평가방법"),
        "weight": _("가중치"),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the table."""

    code: str
    title: str
    unit: str
    period: str
    cells: list[tuple[str, BoundField]]
    is_own: bool
    is_added: bool
    period_code: str
    floor: str


def lines_of(form: KpiTable, standard: Mapping[str, Any]) -> list[Line]:
    """The rows, in the indicators' order."""
    return [_line(form, code, body, standard) for code, body in bodies(form.tree, KPI)]


def _line(form: KpiTable, code: str, body: Any, standard: Mapping[str, Any]) -> Line:
    period = body.get("period", "month")
    return Line(
        code=code,
        title=document_title(code, body),
        unit=body["unit"],
        period=period_words()[period],
        cells=[(word, form[f"{code}-{column}"]) for column, word in column_words().items()],
        is_own=code not in standard.get(KPI, {}),
        is_added=code.startswith("x."),
        period_code=period,
        floor=_floor(body.get("evaluation") or {}),
    )


def _floor(given: Mapping[str, Any]) -> str:
    """`80 → 0점, 100 → 100점` of the linear method."""
    if given.get("method") != "linear":
        return ""
    return _("%(floor)s→0점, %(ceiling)s→100점") % {
        "floor": given.get("floor"),
        "ceiling": given.get("ceiling"),
    }


def contracts_of(form: KpiTable) -> list[dict[str, Any]]:
    """Each contract with its items' fields, in their order."""
    return [
        {
            "code": code,
            "title": document_title(code, body),
            "period": period_words()[body.get("period", "year")],
            "level": level_words()[body.get("level", "department")],
            "sum": total([form[item_name(code, item)] for item in body["items"]]),
            "lines": [
                {
                    "title": item_title(form.tree, body, item),
                    "kpi": body["items"][item]["kpi"],
                    "kpi_title": kpi_title(form.tree, body["items"][item]["kpi"]),
                    "field": form[item_name(code, item)],
                }
                for item in _ordered(body["items"])
            ],
        }
        for code, body in bodies(form.tree, CONTRACT)
    ]


def sums_of(form: KpiTable) -> list[dict[str, str]]:
    """What the indicators of each level and length of time weigh together, as typed."""
    levels = {"department": _("부서"), "official": _("담당자")}
    used = {body.get("period", "month") for _code, body in bodies(form.tree, KPI)}
    return [
        {
            "level": level,
            "period": period,
            "word": f"{word} · {period_words()[period]}",
            "sum": total(_weights(form, level, period)),
        }
        for period in period_words()
        if period in used
        for level, word in levels.items()
    ]


def _weights(form: KpiTable, level: str, period: str) -> list[BoundField]:
    return [
        form[f"{code}-weight"]
        for code, body in bodies(form.tree, KPI)
        if body.get("period", "month") == period
        and form[f"{code}-level"].value() in (level, "both")
    ]


def total(fields: Sequence[BoundField]) -> str:
    """What stands in these fields, added up; `–` where one is no number."""
    try:
        whole = sum((Decimal(str(field.value() or 0)) for field in fields), Decimal(0))
    except InvalidOperation:
        return "–"
    return f"{whole.normalize():f}"


def bodies(tree: Mapping[str, Any], kind: str) -> list[tuple[str, Any]]:
    """Code and body of all documents of a kind, in their order."""
    found = tree.get(kind, {})
    return [(code, found[code]) for code in _ordered(found)]


def item_name(contract: str, item: str) -> str:
    return f"{contract}--{item}"


def item_title(tree: Mapping[str, Any], contract: Mapping[str, Any], item: str) -> str:
    """What an item calls itself, else its indicator."""
    given = contract["items"][item]
    return document_title(item, given) if given.get("label") else kpi_title(tree, given["kpi"])


def kpi_title(tree: Mapping[str, Any], code: str) -> str:
    return document_title(code, tree.get(KPI, {}).get(code, {}))


def _ordered(keyed: Mapping[str, Any]) -> list[str]:
    return sorted(keyed, key=lambda code: (keyed[code].get("sort", 100), code))


def _initial(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for code, body in bodies(tree, KPI):
        yield f"{code}-level", body.get("level", "both")
        yield f"{code}-direction", body["direction"]
        yield f"{code}-target", body.get("target")
        yield f"{code}-method", (body.get("evaluation") or {}).get("method", "")
        yield f"{code}-weight", body.get("weight", 0)
    for code, contract in bodies(tree, CONTRACT):
        for item, given in contract["items"].items():
            yield item_name(code, item), given["weight"]


def _choice(label: str, title: str, words: Mapping[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label % {"name": title},
        required=False,
        choices=list(words.items()),
        widget=forms.Select(CONTROL),
    )
