"""Which rule of a routing document holds of a matter, and why. No query."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core_crm.common.custom_fields import predicate_fields_of, values_asked_of
from core_crm.common.predicates import PredicateError, PredicateSource, matches
from core_crm.extension_points import document
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.types.forms import COLUMN, KNOWN_WHILE_FILING
from core_crm.voices.types.routing import RoutingDefinition, RoutingRule

log = logging.getLogger(__name__)

KIND, CODE = "routing", "voice"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a voice before anybody has it."""

    title: str
    body: str
    location: str = ""
    category: str = ""
    service: str = ""
    petition_class: str = ""
    channel: str = ""
    language: str = "ko"
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.body}"

    def row(self) -> dict[str, Any]:
        """Its values by the codes a rule's `when` may ask for."""
        facts = {code: getattr(self, code) for code in KNOWN_WHILE_FILING}
        return facts | values_asked_of(voice_form(), self.attributes)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of a matter. `words`: those that were found; `problem`: it cannot ask."""

    code: str
    rule: RoutingRule
    holds: bool
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    when_holds: bool | None = None
    problem: str = ""


class Routing:
    """A routing document, read and ready."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.definition = RoutingDefinition.model_validate(dict(body))
        rules = sorted(self.definition.rules.items(), key=lambda each: (each[1].sort, each[0]))
        self._rules = [_Rule(code, rule) for code, rule in rules if rule.is_active]

    def choose(self, matter: Matter, *, today: date) -> Verdict | None:
        """The first rule that holds, in the order of `sort`; None when none does."""
        judged = (rule.judge(matter, today=today) for rule in self._rules)
        return next((verdict for verdict in judged if verdict.holds), None)

    def judge_all(self, matter: Matter, *, today: date) -> list[Verdict]:
        """What every rule says, in order: why it went where it went."""
        return [rule.judge(matter, today=today) for rule in self._rules]


class _Rule:
    """One rule with its words made ready."""

    def __init__(self, code: str, rule: RoutingRule) -> None:
        self._code, self._rule = code, rule
        self._words, self._against = _finder(rule.words), _finder(rule.not_words)
        self._places = _finder(rule.places)

    def judge(self, matter: Matter, *, today: date) -> Verdict:
        rule = self._rule
        words, places = _found(self._words, matter.text), _found(self._places, matter.location)
        against = _found(self._against, matter.text)
        fits = bool(words or not any(rule.words.values())) and not against
        fits = fits and bool(places or not any(rule.places.values()))
        when, problem = self._asks(matter, today=today) if fits else (None, "")
        holds = fits and not problem and when is not False and self._asks_something
        return Verdict(self._code, rule, holds, words, places, against, when, problem)

    @property
    def _asks_something(self) -> bool:
        """A rule whose words were all put aside, and that has no condition, means nobody."""
        return self._words is not None or self._places is not None or self._rule.when is not None

    def _asks(self, matter: Matter, *, today: date) -> tuple[bool | None, str]:
        """A rule that asks for a field which is gone stands still; it stops no voice."""
        if self._rule.when is None:
            return None, ""
        try:
            return matches(self._rule.when, routing_source(), matter.row(), today=today), ""
        except PredicateError as refused:
            log.warning("routing_rule_unreadable", extra={"rule": self._code})
            return None, refused.message


def routing_source() -> PredicateSource:
    """What a rule may ask for: what is known while a voice is filed, the city's fields included."""
    own = predicate_fields_of(voice_form(), column=COLUMN)
    return PredicateSource("routing", {**KNOWN_WHILE_FILING, **own})


_known: dict[str, Routing] = {}


def city_routing() -> Routing:
    """The rules in force in the city being served."""
    effective = document(KIND, CODE)
    if effective.digest not in _known:
        _known[effective.digest] = Routing(effective.body)
    return _known[effective.digest]


def _finder(words: Mapping[str, bool]) -> re.Pattern[str] | None:
    """All words as one pattern, the longest first; blanks inside a word may be left out."""
    wanted = sorted((word for word, is_on in words.items() if is_on), key=len, reverse=True)
    if not wanted:
        return None
    return re.compile("|".join(_loosely(word) for word in wanted), re.IGNORECASE)


def _loosely(word: str) -> str:
    return r"\s*".join(re.escape(part) for part in word.split())


def _found(finder: re.Pattern[str] | None, text: str) -> tuple[str, ...]:
    hits: Iterable[re.Match[str]] = finder.finditer(text) if finder else ()
    return tuple(dict.fromkeys(" ".join(hit.group().split()) for hit in hits))
