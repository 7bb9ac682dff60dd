"""What a plugin may add to lists the core keeps, and where rooms ask what was added.

A contribution is a frozen description with plain values, or with one function that is given a view
of plain values and returns plain values. Its code is the plugin's own, `[a-z][a-z0-9_]*`; rooms and
documents call it `x.<plugin>.<code>`, so it can neither replace nor shadow one of the core's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

PREFIX = "x"

RECORDS_MODEL = "custom_registry.PluginRecord"
"""Where a plugin's records are, for `apps.get_model`: `plugin`, `kind`, `key` (the row's id as
text) and `data` (JSON), unique together but the last. Absent without customization."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Anything that can be added: how it is called, by documents and by people."""

    code: str
    label_ko: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Contribution):
    """A number for indicators: how many rows, or the sum of a whole-number field of theirs.

    `of`: the rows, dated as the core's own measures are: voices by receipt or by closing, and
    answered surveys by the day they were recorded. `where`: a predicate over the source `voice`.
    """

    of: Literal["received", "closed", "rated"]
    where: Mapping[str, Any]
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordField(Contribution):
    """A predicate field kept in the plugin's own records: `data[name]` of the record `kind` whose
    key is the row's id. `source`: the rows it tells of."""

    source: Literal["citizen", "voice"]
    kind: str
    name: str
    type: Literal["text", "number", "date", "truth"]
    personal: Literal["", "personal", "sensitive"] = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A voice as a plugin sees it: nothing that tells who the citizen is."""

    id: str
    ref: str
    title: str
    status: str
    phase: str
    petition_class: str
    is_compound: bool
    channel: str
    category: str
    service: str
    department: str
    received_at: datetime
    due_at: datetime
    closed_at: datetime | None
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard(Contribution):
    """May a step be taken now? A reason for people when not, else ""."""

    refuses: Callable[[CaseView, datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Contribution):
    """Something a step does beside moving the voice: values to keep with it, or a note."""

    run: Callable[[CaseView, Mapping[str, Any], datetime], ActionResult]


@dataclass(frozen=True, slots=True)
class ActionResult:
    """`attributes` are kept on the voice under the plugin's prefix; `note` is an internal one."""

    attributes: Mapping[str, str | int | bool | None]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Contribution):
    """What may set a campaign off: a field of days, and how many days before or after."""

    field: str  # a date field of the predicate source `citizen`, also one of a plugin's own
    offset_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer(Contribution):
    """Another office's file: its columns by our names. `convert` turns one line into ours."""

    convert: Callable[[Mapping[str, str]], Mapping[str, str]]
    columns: tuple[str, ...]
    """The columns the file has to have."""


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """A message as a gateway gets it; `key` is the same at every try."""

    key: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(Contribution):
    """A way out for a channel. Gives the carrier's own number; raises OSError to be tried again."""

    channel: Literal["sms", "email"]
    send: Callable[[OutgoingText], str]


@dataclass(frozen=True, slots=True)
class PanelContent:
    """Lines of a panel: a name and a value in both languages' plain text; never HTML."""

    lines: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Contribution):
    """A box beside a voice on the officials' page. None: nothing to say about this one."""

    show: Callable[[CaseView, date], PanelContent | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn(Contribution):
    """A further column in the officials' export of voices."""

    value: Callable[[CaseView], str | int | None]


C = TypeVar("C", bound=Contribution)


@dataclass(frozen=True, slots=True)
class Added(Generic[C]):
    """One contribution in force in the city being served. `code` is the full one."""

    plugin: str
    what: C

    @property
    def code(self) -> str:
        return f"{PREFIX}.{self.plugin}.{self.what.code}"


class ContributionPoint(Generic[C]):
    """One list that plugins may add to. Empty without customization."""

    def __init__(self, name: str, of: type[C]) -> None:
        self.name, self.of = name, of
        self._resolve: Callable[[], Iterable[Added[C]]] | None = None

    def bind(self, resolve: Callable[[], Iterable[Added[C]]]) -> None:
        """Ask `resolve` what the city's plugins add. Bound once, at boot."""
        if self._resolve is not None:
            raise ValueError(f"Contribution point {self.name!r} is already bound.")
        self._resolve = resolve

    def unbind(self) -> None:
        self._resolve = None

    def all(self) -> tuple[Added[C], ...]:
        """What is added here, by plugin and code. Their functions never raise: a failing one has
        given its neutral answer (no refusal, nothing to keep, no panel, an empty column)."""
        found = tuple(self._resolve()) if self._resolve else ()
        return tuple(sorted(found, key=lambda one: one.code))

    def get(self, code: str) -> Added[C] | None:
        """The one with this full code, if it is in force here."""
        return next((one for one in self.all() if one.code == code), None)
