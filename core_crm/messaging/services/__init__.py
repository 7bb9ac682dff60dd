"""What may be done with messages: write them in a transaction, send what is due, measure texts."""

from core_crm.messaging.services.measuring import (
    sms_bytes,
    sms_kind,
    sms_measure,
    sms_safe,
    sms_unencodable,
)
from core_crm.messaging.services.queueing import message_queue
from core_crm.messaging.services.rendering import placeholders_of, render
from core_crm.messaging.services.requeueing import messages_requeue_failed
from core_crm.messaging.services.roads import road_problem, roads
from core_crm.messaging.services.senders import sender_add, sender_remove, sender_test, sender_use
from core_crm.messaging.services.sending import messages_send_due
from core_crm.messaging.services.settling import messages_settle
from core_crm.messaging.services.sign_in_codes import sign_in_code_send

__all__ = [
    "message_queue",
    "messages_requeue_failed",
    "messages_send_due",
    "messages_settle",
    "placeholders_of",
    "render",
    "road_problem",
    "roads",
    "sender_add",
    "sender_remove",
    "sender_test",
    "sender_use",
    "sign_in_code_send",
    "sms_bytes",
    "sms_kind",
    "sms_measure",
    "sms_safe",
    "sms_unencodable",
]
