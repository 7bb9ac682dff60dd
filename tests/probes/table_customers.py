"""Who may open the addresses of 고객관리, below /staff/."""

from __future__ import annotations

from tests.probes.rules import empty, official, under

THING = empty(
    official(thing_id="00000000-0000-7000-8000-000000000000"), "nothing hangs on the citizen yet"
)
WRITTEN = (
    "consent contact edit fact household household-leave membership note preview relation"
    " segments timeline twin unmask"
)
ENDED = "contact-end fact-remove membership-end relation-end"
CUSTOMERS = {
    "acquired": official(),
    "acquired/<uuid:list_id>": official(),
    "acquired/<uuid:list_id>/end": official(),
    "acquired/new": official(),
    "audit": official(),
    "audit/review": official(),
    "customers": official(),
    "customers.csv": official(),
    "customers/<uuid:citizen_id>": official(),
    "customers/merge/<uuid:pair_id>": official(),
    "customers/merges/<uuid:merge_id>/undo": official(),
    "customers/quality/<slug:name>.csv": official(name="coverage"),
    "imports": official(),
    "imports/<uuid:batch_id>": official(),
    "imports/<uuid:batch_id>/act": official(),
    "imports/<uuid:batch_id>/columns": official(),
    "imports/<uuid:batch_id>/errors": official(),
    "imports/<uuid:batch_id>/live": official(),
    "imports/<uuid:batch_id>/undo": official(),
    "imports/new": official(),
    "imports/sheet/<slug:kind>/<slug:form>": official(kind="citizens", form="csv"),
    "occasions": official(),
    "occasions/<uuid:occasion_id>": official(),
    "occasions/<uuid:occasion_id>/visit": official(),
    "occasions/new": official(),
    "organisations/<uuid:organisation_id>": official(),
    "organisations/<uuid:organisation_id>/contact-end/<uuid:thing_id>": THING,
    "organisations/<uuid:organisation_id>/member-end/<uuid:thing_id>": THING,
    "organisations/new": official(),
    "segments": official(),
    "segments/<slug:code>": official(),
    "segments/<slug:code>/act": official(),
    "segments/<slug:code>/edit": official(),
    "segments/new": official(),
    **under("customers", "duplicates export new quality"),
    **under("customers/quality", "changes coverage rows rows.csv status"),
    **under("customers/merge/<uuid:pair_id>", "dismiss reopen unmask"),
    **under("customers/<uuid:citizen_id>", WRITTEN),
    **{f"customers/<uuid:citizen_id>/{act}/<uuid:thing_id>": THING for act in ENDED.split()},
    **under("organisations/<uuid:organisation_id>", "contact edit member note unmask"),
}
