"""Which rule of a routing document holds of a matter, and why. No query."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core_crm.common.custom_fields import predicate_fields_of, values_asked_of
from core_crm.common.predicates import PredicateError, PredicateSource, matches
from core_crm.extension_points import Reading
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
        text, place = Heard(matter.text), Heard(matter.location)
        heard = (rule for rule in self._rules if rule.words.may_be_in(text))
        judged = (rule.judge(matter, text, place, today=today) for rule in heard)
        return next((verdict for verdict in judged if verdict.holds), None)

    def judge_all(self, matter: Matter, *, today: date) -> list[Verdict]:
        """What every rule says, in order: why it went where it went."""
        text, place = Heard(matter.text), Heard(matter.location)
        return [rule.judge(matter, text, place, today=today) for rule in self._rules]


class Heard:
    """A text made ready to seek many words in: as written, and bare of blanks and capitals."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bare = _bare(text)


class Words:
    """The words of a rule that are sought, as plain texts first: most voices hold none of them."""

    def __init__(self, words: Mapping[str, bool]) -> None:
        wanted = sorted((word for word, is_on in words.items() if is_on), key=len, reverse=True)
        self.is_empty = not wanted
        self._bare = [_bare(word) for word in wanted]
        self._exactly = re.compile("|".join(map(_loosely, wanted)), re.IGNORECASE)

    def may_be_in(self, heard: Heard) -> bool:
        """Is one of them there, as far as a quick look tells? Where none is sought: yes."""
        for word in self._bare:
            if word in heard.bare:
                return True
        return self.is_empty

    def found_in(self, heard: Heard) -> tuple[str, ...]:
        """Those in the text, as they stand there; blanks inside a word may be left out."""
        if self.is_empty or not self.may_be_in(heard):
            return ()
        hits = self._exactly.finditer(heard.text)
        return tuple(dict.fromkeys(" ".join(hit.group().split()) for hit in hits))


class _Rule:
    """One rule with its words made ready."""

    def __init__(self, code: str, rule: RoutingRule) -> None:
        self._code, self._rule = code, rule
        self.words, self._against = Words(rule.words), Words(rule.not_words)
        self._places = Words(rule.places)

    def judge(self, matter: Matter, text: Heard, place: Heard, *, today: date) -> Verdict:
        rule = self._rule
        words, places = self.words.found_in(text), self._places.found_in(place)
        against = self._against.found_in(text)
        fits = bool(words or self.words.is_empty) and not against
        fits = fits and bool(places or self._places.is_empty)
        when, problem = self._asks(matter, today=today) if fits else (None, "")
        holds = fits and not problem and when is not False and self._asks_something
        return Verdict(self._code, rule, holds, words, places, against, when, problem)

    @property
    def _asks_something(self) -> bool:
        """A rule whose words were all put aside, and that has no condition, means nobody."""
        has_words = not (self.words.is_empty and self._places.is_empty)
        return has_words or self._rule.when is not None

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


_routing = Reading(KIND, lambda one: Routing(one.body))


def city_routing() -> Routing:
    """The rules in force in the city being served."""
    return _routing(CODE)


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _loosely(word: str) -> str:
    return r"\s*".join(re.escape(part) for part in word.split())
