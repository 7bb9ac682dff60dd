"""Numbers for indicators, and facts that rules and campaigns may ask for."""

from __future__ import annotations

from customization.plugin_api import Measure, RecordField, Trigger

BY_PHONE = Measure(
    code="by_phone",
    label_ko="전화로 받은 건수",
    label_en="Received by phone",
    of="received",
    where={"op": "eq", "field": "channel", "value": "phone"},
)
"""Indicators write it `x.template.by_phone`: see documents/kpi/by_phone_share.yaml."""

MOVED_IN_ON = RecordField(
    code="moved_in_on",
    label_ko="전입일",
    label_en="Moved in on",
    source="citizen",
    kind="moving",
    name="moved_in_on",
    type="date",
    personal="personal",
)
"""A day kept in this plugin's own records: kind `moving`, the citizen's id as key."""

MOVED_IN_DAY = Trigger(
    code="moved_in",
    label_ko="전입한 날",
    label_en="The day of moving in",
    field="x.template.moved_in_on",
)
