"""Which department of this city plays a role: as its routing document says, else by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from core_crm.staff.models import Department
from core_crm.staff.selectors import department_list_current
from core_crm.staff.types import DepartmentKind
from core_crm.voices.selectors.routing import city_routing
from tenants.isolation.kept import kept_a_moment


class RoleMap:
    """The departments of a city by the roles they play (fixtures/organisation/mapping.yaml)."""

    def __init__(
        self,
        patterns: Mapping[str, Sequence[str]],
        fallback: str,
        *,
        names: Sequence[tuple[str, str]],
        named: Mapping[str, str],
    ) -> None:
        self._patterns, self._fallback, self._names = patterns, fallback, names
        codes = {code for _name, code in names}
        self._named = {role: code for role, code in named.items() if code in codes}

    @classmethod
    def of_this_city(cls, *, named: Mapping[str, str] | None = None) -> RoleMap:
        """`named`: the document's own departments; as in force when not given. One query."""
        patterns, _labels, fallback = _mapping(str(settings.FIXTURES_DIR))
        names = department_list_current().filter(kind=DepartmentKind.DEPARTMENT)
        return cls(
            patterns,
            fallback,
            names=list(names.values_list("name_ko", "code")),
            named=city_routing().definition.departments if named is None else named,
        )

    def department_code(self, role: str) -> str:
        """The code of the role's department, else of the fallback's; "" in a city without any."""
        return self.found(role) or self.found(self._fallback)

    def found(self, role: str) -> str:
        """The code of the department that plays it, or "" when none does."""
        if role in self._named:
            return self._named[role]
        for pattern in self._patterns.get(role, ()):
            for name, code in self._names:
                if re.search(pattern, name):
                    return code
        return ""


@kept_a_moment
def department_of_role(role: str) -> tuple[Department | None]:
    """The department that plays a role here, in a pair of brackets: kept, also when there is none.

    An organisation changed a moment ago is seen within two seconds.
    """
    code = RoleMap.of_this_city().found(role)
    return (Department.objects.filter(code=code).first() if code else None,)


def role_labels() -> dict[str, str]:
    """Every role a document may name, with its Korean name."""
    _patterns, labels, _fallback = _mapping(str(settings.FIXTURES_DIR))
    return dict(labels)


@lru_cache(maxsize=4)
def _mapping(fixtures: str) -> tuple[dict[str, list[str]], dict[str, str], str]:
    path = Path(fixtures) / "organisation" / "mapping.yaml"
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    patterns = {
        role: [str(each) for each in entry["patterns"]] for role, entry in body["roles"].items()
    }
    labels = {role: str(entry["label_ko"]) for role, entry in body["roles"].items()}
    return patterns, labels, str(body["fallback"])
