"""Who may open each address of each door. An address that is missing here fails the suite.

Written by hand, beside the code and not from it: what a view says of itself is what is tested.
A public address needs its reason.
"""

from __future__ import annotations

from tests.probes.routes import Route, routes_of
from tests.probes.rules import (
    ACCOUNT,
    ANALYST,
    BROWSER,
    DISPLAY,
    KEY,
    LINK,
    LOG_IN,
    NO_FACTOR,
    OPERATOR,
    SCHEMAS,
    Rule,
    To,
    anybody,
    case,
    empty,
    official,
)
from tests.probes.table_customers import CUSTOMERS

__all__ = ["Rule", "To", "rule_of", "untold", "without_reason"]


MFA = {
    "mfa/": ACCOUNT,
    "mfa/authenticate/": LOG_IN,
    "mfa/reauthenticate/": NO_FACTOR,
    "mfa/recovery-codes/": NO_FACTOR,
    "mfa/recovery-codes/download/": NO_FACTOR,
    "mfa/recovery-codes/generate/": NO_FACTOR,
    "mfa/totp/activate/": ACCOUNT,
    "mfa/totp/deactivate/": NO_FACTOR,
}
LOG_INS = {"login": LOG_IN, "logout": LOG_IN, "inactive": LOG_IN, "reauthenticate": NO_FACTOR}

CITIZEN = {
    "": anybody("the city's front page"),
    "accessibility": anybody("a text"),
    "board": anybody("what was published after a person covered personal data"),
    "board.csv": anybody("the same as a file"),
    "board.rss": anybody("the same as a feed"),
    "board/<uuid:entry_id>": anybody("one published text"),
    "brand/<slug:digest>.css": anybody("colours", digest="x"),
    "demo/mailbox": anybody("the demo's own mailbox; absent outside of it"),
    "display": DISPLAY,
    "help": anybody("a text"),
    "me": anybody("a form: a code is sent to the contact, and the answer tells nothing"),
    "me/code": BROWSER,
    "me/consents": BROWSER,
    "me/consents/set": BROWSER,
    "me/consents/withdraw": BROWSER,
    "me/data": BROWSER,
    "me/data.json": BROWSER,
    "me/leave": anybody("signs this browser out"),
    "privacy": anybody("a text"),
    "s/<str:token>": LINK,
    "s/<str:token>/save": empty(LINK, "takes answers only; the page itself shows that it opens"),
    "u/<str:token>": empty(
        LINK, "the planted secret is a survey's; a way out is signed for one citizen"
    ),
    "track": anybody("a form: reference and contact together open a voice"),
    "track/<str:ref>": LINK,
    "track/<str:ref>/reopen": LINK,
    "track/<str:ref>/supplement": LINK,
    "track/<str:ref>/withdraw": LINK,
    "voices/<str:ref>/done": BROWSER,
    "voices/new": anybody("everybody may say something to the city"),
    "voices/new/check": anybody("the form's own draft in this browser"),
    "voices/new/photos/<uuid:photo_id>/remove": BROWSER,
    "voices/new/what": anybody("the form's own draft in this browser"),
    "voices/new/you": anybody("the form's own draft in this browser"),
}
API = {
    "api/docs": anybody("what programs may ask"),
    "api/v1/categories": KEY,
    "api/v1/citizens": KEY,
    "api/v1/citizens/<uuid:citizen_id>": KEY,
    "api/v1/citizens/search": KEY,
    "api/v1/departments": KEY,
    "api/v1/imports": KEY,
    "api/v1/imports/<uuid:batch_id>": KEY,
    "api/v1/openapi.json": anybody("what programs may ask"),
    "api/v1/organisations": KEY,
    "api/v1/organisations/<uuid:organisation_id>": KEY,
    "api/v1/schemas/<slug:kind>.json": SCHEMAS,
    "api/v1/schemas/<slug:kind>/<slug:code>.json": SCHEMAS,
    "api/v1/segments": KEY,
    "api/v1/segments/<slug:code>": KEY,
    "api/v1/services": KEY,
    "api/v1/voice-fields": KEY,
    "api/v1/voices": KEY,
    "api/v1/voices/<str:ref_or_id>": KEY,
}
ACTS = (
    "answer answer/check assign extend extend/preview note presence publish"
    " publish/take-back reclassify reopen start supplement supplement-reply supplement/check take"
    " transfer transfer/preview unable unable/preview unmask withdraw"
)
STAFF = {
    "": official(),
    **CUSTOMERS,
    "board": official(),
    "keys": official(),
    "kpi": official(),
    "kpi.csv": official(),
    "kpi/score": official(),
    "kpi/score.csv": official(),
    "kpi/trend.csv": official(),
    "me": official(),
    "me/sign-out-elsewhere": official(),
    "scores": official(),
    "session": official(),
    "session/extend": official(),
    "sso/cancelled": LOG_IN,
    "sso/error": LOG_IN,
    "sso/oidc/<str:provider_id>/login/": LOG_IN,
    "sso/oidc/<str:provider_id>/login/callback/": LOG_IN,
    "visit": anybody("opens by the secret part of the console's link; tests/sodam/staff"),
    "visit/end": anybody("ends the visit of this browser, if it has one"),
    "visit/over": anybody("a sentence"),
    "welcome/<str:token>": empty(LINK, "nobody was invited"),
    "voices": official(),
    "voices.csv": official(),
    "voices/<str:ref>": case(),
    "voices/<str:ref>/draft/<str:kind>": case(kind="note"),
    "voices/<str:ref>/steps/<str:action>": case(action="answer"),
    **{f"voices/<str:ref>/{act}": case() for act in ACTS.split()},
    "voices/<str:ref>/fields": empty(case(), "the city has no field of its own"),
    "voices/bulk/assign": official(),
    "voices/export": official(),
    "voices/new": official(),
    "voices/new/due": official(),
    "voices/pulse": official(),
    "voices/views/<uuid:view_id>/delete": official(),
    "voices/views/new": official(),
    **LOG_INS,
    **MFA,
}
STUDIO = {
    "": official(),
    "backup": official(),
    "backup/<uuid:backup_id>/restore": empty(official(), "a fresh city has no archive"),
    "brand": official(),
    "brand/sample/<slug:colour>.css": official(colour="1a5fb4"),
    "calendar": official(),
    "calendar/hours": official(),
    "campaigns": official(),
    "campaigns/new": official(),
    "campaigns/type/<str:code>": official(code="city_news"),
    "changes": official(),
    "changes/<uuid:change_id>": official(),
    "changes/<uuid:change_id>/<slug:act>": official(act="submit"),
    "changes/<uuid:change_id>/impact": official(),
    "changes/<uuid:change_id>/preview": official(),
    "changes/back/<int:number>": official(),
    "changes/compare": official(),
    "codes": official(),
    "codes/list/<str:code>": official(code="categories"),
    "codes/new": official(),
    "consents": official(),
    "consents/<str:code>": official(code="marketing"),
    "documents": official(),
    "documents/<slug:kind>/<str:code>": official(kind="kpi", code="reduction"),
    "forms": official(),
    "forms/field/<str:code>": empty(official(), "the city has no field of its own"),
    "forms/new": official(),
    "forms/preview": official(),
    "kpi": official(),
    "kpi/<str:code>": official(code="reduction"),
    "kpi/new": official(),
    "kpi/try": official(),
    "organisation": official(),
    "organisation/list.csv": official(),
    "organisation/new": official(),
    "organisation/plans/<uuid:plan_id>": empty(official(), "nothing was uploaded"),
    "organisation/plans/<uuid:plan_id>/refused.csv": empty(official(), "nothing was uploaded"),
    "organisation/unit/<str:code>": official(code="a1.road"),
    "organisation/upload": official(),
    "outbox": official(),
    "people": official(),
    "people/<uuid:official_id>": official(),
    "people/<uuid:official_id>/leave": official(),
    "people/<uuid:official_id>/link": official(),
    "people/<uuid:official_id>/return": official(),
    "people/<uuid:official_id>/sees": official(),
    "people/groups": official(),
    "people/list.csv": official(),
    "people/new": official(),
    "people/plans/<uuid:plan_id>": empty(official(), "nothing was uploaded"),
    "people/plans/<uuid:plan_id>/refused.csv": empty(official(), "nothing was uploaded"),
    "people/roles": official(),
    "people/upload": official(),
    "plugins": official(),
    "plugins/<slug:code>": official(code="busan"),
    "plugins/<slug:code>/<slug:act>": official(act="off"),
    "preview/<str:token>": empty(official(), "tests/sodam/studio/test_preview"),
    "preview/<str:token>/enter": empty(official(), "tests/sodam/studio/test_preview"),
    "preview/leave": anybody("forgets this browser's preview cookie"),
    "public": official(),
    "privacy": official(),
    "privacy/forget": official(),
    "privacy/requests/<uuid:request_id>/<slug:act>": empty(
        official(act="accept"), "no citizen asked anything"
    ),
    "routing": official(),
    "routing/departments": official(),
    "routing/new": official(),
    "routing/rule/<str:code>": official(code="manners"),
    "senders": official(),
    "senders/<uuid:sender_id>/<slug:act>": empty(official(act="use"), "it has no own address"),
    "senders/roads/<slug:channel>/<slug:act>": official(channel="email", act="check"),
    "services": official(),
    "services/<str:code>": official(code="passport_issue"),
    "start": official(),
    "start/data": official(),
    "start/steps": official(),
    "start/steps/<slug:code>/skip": official(code="data"),
    "start/voice": official(),
    "start/voice/stages": official(),
    "targets": official(),
    "targets/new": official(),
    "targets/target/<str:code>": empty(official(), "the city has no target of its own"),
    "upgrade": official(),
    "usage": official(),
    "visits": official(),
    "visits/<uuid:visit_id>": official(),
    "visits/<uuid:visit_id>/end": official(),
    "words": official(),
    "workflow": official(),
    "workflow/<slug:part>/<str:code>/remove": empty(
        official(part="states", code="waiting"), "the standard's own states stay"
    ),
    "workflow/running": official(),
    "workflow/states/<str:code>": official(code="waiting"),
    "workflow/states/new": official(),
    "workflow/steps/<str:code>": official(code="answer"),
    "workflow/steps/new": official(),
}
CITY = {
    **CITIZEN,
    **API,
    **{f"staff/{path}": rule for path, rule in STAFF.items()},
    **{f"studio/{path}": rule for path, rule in STUDIO.items()},
}
CONSOLE = {
    "": OPERATOR,
    "audit": OPERATOR,
    "audit/check": OPERATOR,
    "audit/export": OPERATOR,
    "cities/<slug:code>": OPERATOR,
    "cities/<slug:code>/do/<slug:act>": OPERATOR,
    "cities/<slug:code>/edit": OPERATOR,
    "cities/<slug:code>/enter": OPERATOR,
    "cities/new": OPERATOR,
    "cities/new/<slug:code>/<slug:step>": OPERATOR,
    "cities/new/<slug:code>/check": OPERATOR,
    "health": OPERATOR,
    "notices": OPERATOR,
    "notices/<uuid:notice_id>/end": OPERATOR,
    "operations": OPERATOR,
    "operations/<uuid:operation_id>": OPERATOR,
    "operations/<uuid:operation_id>/agree": OPERATOR,
    "operations/<uuid:operation_id>/certificate": OPERATOR,
    "operations/<uuid:operation_id>/invitation": OPERATOR,
    "operations/<uuid:operation_id>/live": OPERATOR,
    "operations/<uuid:operation_id>/log": OPERATOR,
    "operations/<uuid:operation_id>/retry": OPERATOR,
    "operations/<uuid:operation_id>/stop": OPERATOR,
    "plugins": OPERATOR,
    "releases": OPERATOR,
    "standard": OPERATOR,
    "standard/<slug:code>": OPERATOR,
    "display": DISPLAY,
    **LOG_INS,
    **MFA,
}
MINISTRY = {
    "": ANALYST,
    "definitions": ANALYST,
    "map": ANALYST,
    "ranking": ANALYST,
    "region/<slug:code>": ANALYST,
    "submissions": ANALYST,
    "trend": ANALYST,
    "display": DISPLAY,
    **LOG_INS,
    **MFA,
}
DOORS = {
    "": anybody("which cities there are"),
    "display": DISPLAY,
    "api/v1/schemas/<slug:kind>.json": SCHEMAS,
    "api/v1/schemas/<slug:kind>/<slug:code>.json": SCHEMAS,
}
UNTOLD = anybody("no line tells it")
TABLE: dict[str, dict[str, Rule]] = {
    "city": CITY,
    "console": CONSOLE,
    "ministry": MINISTRY,
    "doors": DOORS,
}


def untold() -> list[str]:
    """Addresses that no line tells, and lines of addresses that are no more."""
    found = {(face, route.path) for face in TABLE for route in routes_of(face)}
    told = {(face, path) for face, rules in TABLE.items() for path in rules}
    return sorted(f"{face}: {path or '/'}" for face, path in found ^ told)


def without_reason() -> list[str]:
    """Public addresses that do not say why they are."""
    return sorted(
        f"{face}: {path}"
        for face, rules in TABLE.items()
        for path, rule in rules.items()
        if rule.to is To.ANYBODY and not rule.why
    )


def rule_of(route: Route) -> Rule:
    """The line of an address; one that is missing is a failure of its own."""
    return TABLE[route.face].get(route.path, UNTOLD)
