"""What a contributed function may give back, checked before a room sees it, and what stands in for
it when there is nothing to see: no refusal, nothing to keep, no panel, an empty column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core_crm.common.contributions import (
    Action,
    ActionResult,
    Contribution,
    Gateway,
    Guard,
    Importer,
    Panel,
    PanelContent,
    ReportColumn,
)
from customization.plugin_api import CODE
from customization.registry.errors import PluginAnswerWrong

MOST_LINES, MOST_ATTRIBUTES, MOST_COLUMNS = 20, 50, 200
SHORT, LONG = 300, 4_000


@dataclass(frozen=True, slots=True)
class Hook:
    """The function of one shape: how long it may take, what it may do, what it gives.

    `check` gives the answer back, or raises PluginAnswerWrong. `neutral` stands in for it; it may
    raise, where silence would lose something.
    """

    function: str
    seconds: float
    check: Callable[[Any], Any]
    neutral: Callable[[], Any]
    may_write: bool = False
    may_connect: bool = False


def _text(value: Any, *, most: int, what: str) -> str:
    if not isinstance(value, str):
        raise PluginAnswerWrong(f"{what} is {type(value).__name__}, not text")
    if len(value) > most:
        raise PluginAnswerWrong(f"{what} has {len(value)} letters, more than {most}")
    if "\x00" in value:
        raise PluginAnswerWrong(f"{what} has a NUL in it")
    return value


def refusal(answer: Any) -> str:
    """Of a Guard."""
    return _text(answer, most=SHORT, what="the reason")


def result(answer: Any) -> ActionResult:
    """Of an Action."""
    if not isinstance(answer, ActionResult) or not isinstance(answer.attributes, Mapping):
        raise PluginAnswerWrong(f"an ActionResult was wanted, not {type(answer).__name__}")
    if len(answer.attributes) > MOST_ATTRIBUTES:
        raise PluginAnswerWrong(f"more than {MOST_ATTRIBUTES} attributes")
    kept = {_attribute_name(name): _plain(value) for name, value in answer.attributes.items()}
    return ActionResult(kept, _text(answer.note, most=LONG, what="the note"))


def _attribute_name(name: Any) -> str:
    if not isinstance(name, str) or not CODE.fullmatch(name):
        raise PluginAnswerWrong(f"the attribute {name!r} is no code")
    return name


def _plain(value: Any) -> str | int | bool | None:
    if value is None or type(value) in (int, bool):
        _small(value)
        return value  # type: ignore[no-any-return]
    return _text(value, most=SHORT, what="an attribute")


def _small(value: Any) -> None:
    if isinstance(value, int) and value.bit_length() > 63:
        raise PluginAnswerWrong("a number beyond 64 bits")


def content(answer: Any) -> PanelContent | None:
    """Of a Panel."""
    if answer is None:
        return None
    if not isinstance(answer, PanelContent) or not isinstance(answer.lines, tuple):
        raise PluginAnswerWrong(f"a PanelContent or None was wanted, not {type(answer).__name__}")
    if len(answer.lines) > MOST_LINES:
        raise PluginAnswerWrong(f"more than {MOST_LINES} lines")
    return PanelContent(
        tuple(_line(one) for one in answer.lines), _text(answer.note, most=LONG, what="the note")
    )


def _line(line: Any) -> tuple[str, str]:
    if not isinstance(line, tuple) or len(line) != 2:
        raise PluginAnswerWrong("a line of a panel is a name and a value")
    name, value = line
    return _text(name, most=SHORT, what="a name"), _text(value, most=SHORT, what="a value")


def columns(answer: Any) -> Mapping[str, str]:
    """Of an Importer."""
    if not isinstance(answer, Mapping) or len(answer) > MOST_COLUMNS:
        raise PluginAnswerWrong(f"a mapping of at most {MOST_COLUMNS} columns was wanted")
    return {
        _text(name, most=SHORT, what="a column"): _text(value, most=100_000, what="a field")
        for name, value in answer.items()
    }


def number(answer: Any) -> str:
    """Of a Gateway: the carrier's own number."""
    return _text(answer, most=SHORT, what="the number")


def cell(answer: Any) -> str | int | None:
    """Of a ReportColumn."""
    if answer is None or type(answer) is int:
        _small(answer)
        return answer
    return _text(answer, most=LONG, what="a cell")


def _try_again() -> str:
    raise OSError("the plugin's gateway did not answer")


HOOKS: Mapping[type[Contribution], Hook] = {
    Guard: Hook("refuses", 0.5, refusal, str),
    Action: Hook("run", 1.0, result, lambda: ActionResult({}), may_write=True),
    Panel: Hook("show", 0.5, content, lambda: None),
    Importer: Hook("convert", 0.5, columns, dict),
    Gateway: Hook("send", 10.0, number, _try_again, may_connect=True),
    ReportColumn: Hook("value", 0.5, cell, lambda: None),
}
"""Shapes with a function. The others are plain data and cannot fail."""
