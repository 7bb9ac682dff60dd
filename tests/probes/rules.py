"""Who may get through to an address: what the tables of addresses are written in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class To(StrEnum):
    """Who gets through to an address, and so whom it must refuse."""

    ANYBODY = "anybody"
    BROWSER = "browser"
    """Who did something in this browser before: all others are led elsewhere or find nothing."""
    LINK = "link"
    """Who has the secret part of a link that this city sent."""
    KEY = "key"
    """A program with a key of this city."""
    OFFICIAL = "official"
    """Every official of this city with the right."""
    CASE = "case"
    """Officials of this city who may see that case: another department may not."""
    ACCOUNT = "account"
    """Somebody logged in at this door, about their own account."""
    OPERATOR = "operator"
    ANALYST = "analyst"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, and why if it is everybody. `values`: what stands in its placeholders."""

    to: To
    why: str = ""
    values: dict[str, str] = field(default_factory=dict)
    is_empty: bool = False
    """Even the right user finds nothing there in a fresh city; `why` says what is missing."""


def anybody(why: str, **values: str) -> Rule:
    return Rule(To.ANYBODY, why, values)


def official(**values: str) -> Rule:
    return Rule(To.OFFICIAL, values=values)


def under(path: str, words: str) -> dict[str, Rule]:
    """The same for each of these below a path."""
    return {f"{path}/{word}": official() for word in words.split()}


def case(**values: str) -> Rule:
    return Rule(To.CASE, values=values)


def empty(rule: Rule, why: str) -> Rule:
    """The same, where a fresh city has nothing that could be shown."""
    return replace(rule, why=why, is_empty=True)


KEY, ACCOUNT, LINK = Rule(To.KEY), Rule(To.ACCOUNT), Rule(To.LINK)
BROWSER, OPERATOR, ANALYST = Rule(To.BROWSER), Rule(To.OPERATOR), Rule(To.ANALYST)
NO_FACTOR = empty(ACCOUNT, "the account has no second factor, and no password here")
LOG_IN = anybody("logging in and out; what is wrong there names no account")
DISPLAY = anybody("keeps contrast and text size in a cookie")
SCHEMAS = anybody("the shape of documents, which is in the source too", code="reduction")
