"""What the wizard was told so far: in the session, per government, so Back and reload keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest

KEY = "opening"
STEPS = ("region", "standard", "plugin", "people", "check")
NO_PLUGIN = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A city that may be opened. `told`: the steps that were answered."""

    code: str
    hosts: tuple[str, ...] = ()
    standard_version: str = ""
    plugin: str = ""
    admin_name: str = ""
    admin_email: str = ""
    contact_name: str = ""
    contact_department: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    staff_accounts: int | None = None
    storage_gb: int | None = None
    messages_per_month: int | None = None
    told: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From the session, which knows lists only; what it no longer knows is left out."""
        known = {one.name for one in fields(cls)}
        kept = {name: value for name, value in given.items() if name in known}
        return cls(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in kept.items()
            }
        )

    @property
    def next_step(self) -> str:
        """The first step that was not answered yet."""
        return next((step for step in STEPS if step not in self.told), STEPS[-1])

    @property
    def shown_hosts(self) -> tuple[str, ...]:
        return self.hosts or (host_of(self.code),)

    def answered(self, step: str, **facts: Any) -> Draft:
        told = tuple(each for each in STEPS if each in self.told or each == step)
        return replace(self, told=told, **facts)

    def arguments(self) -> dict[str, Any]:
        """What the operation is told."""
        return {
            "hosts": list(self.shown_hosts),
            "standard_version": self.standard_version,
            "plugin": self.plugin,
            "admin_name": self.admin_name,
            "admin_email": self.admin_email,
            "contacts": self.contacts(),
            "limits": self.limits(),
        }

    def contacts(self) -> dict[str, str]:
        return {
            "name": self.contact_name,
            "department": self.contact_department,
            "phone": self.contact_phone,
            "email": self.contact_email,
        }

    def limits(self) -> dict[str, int]:
        names = ("staff_accounts", "storage_gb", "messages_per_month")
        given = {name: getattr(self, name) for name in names}
        return {name: value for name, value in given.items() if value is not None}


def host_of(code: str) -> str:
    """The host a city gets unless another is named: an underscore is no letter of host names."""
    return f"{code.replace('_', '-')}.{settings.SODAM_HOST_SUFFIX}"


def draft_of(request: HttpRequest, code: str) -> Draft | None:
    given = request.session.get(KEY, {}).get(code)
    return Draft.read(given) if given else None


def draft_keep(request: HttpRequest, draft: Draft) -> None:
    drafts = request.session.get(KEY, {})
    request.session[KEY] = {**drafts, draft.code: asdict(draft)}


def draft_forget(request: HttpRequest, code: str) -> None:
    drafts = dict(request.session.get(KEY, {}))
    drafts.pop(code, None)
    request.session[KEY] = drafts
