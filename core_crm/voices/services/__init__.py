"""What may be done with voices: take in, hand on, ask back, extend, answer, close, open again."""

from core_crm.voices.services.answering import voice_answer, voice_close_unable
from core_crm.voices.services.automatic import voices_step_due
from core_crm.voices.services.catalogue import (
    catalogue_follow,
    catalogue_load,
    catalogue_load_standard,
)
from core_crm.voices.services.clock import voice_inspect, voice_outage
from core_crm.voices.services.closing import (
    voice_close,
    voice_reopen,
    voice_transfer,
    voice_withdraw,
)
from core_crm.voices.services.drafts import draft_drop, draft_save
from core_crm.voices.services.escalating import voices_escalate
from core_crm.voices.services.extension import voice_extend
from core_crm.voices.services.handling import (
    voice_append,
    voice_assign,
    voice_note,
    voice_start,
    voice_step,
    voice_take,
)
from core_crm.voices.services.import_columns import columns_suggest
from core_crm.voices.services.importing import voices_import
from core_crm.voices.services.migrating import Migration, voices_migrate
from core_crm.voices.services.notices import notice_queue
from core_crm.voices.services.presence import presence_leave, presence_touch
from core_crm.voices.services.progress import voices_notify_progress
from core_crm.voices.services.publication import (
    publication_propose,
    publication_publish,
    publication_take_back,
)
from core_crm.voices.services.registration import voice_register
from core_crm.voices.services.sorting import voice_reclassify
from core_crm.voices.services.supplements import (
    voice_postpone_supplement,
    voice_receive_supplement,
    voice_repeat_supplement,
    voice_request_supplement,
)
from core_crm.voices.services.work import VoicesHeld

__all__ = [
    "Migration",
    "VoicesHeld",
    "catalogue_follow",
    "catalogue_load",
    "catalogue_load_standard",
    "columns_suggest",
    "draft_drop",
    "draft_save",
    "notice_queue",
    "presence_leave",
    "presence_touch",
    "publication_propose",
    "publication_publish",
    "publication_take_back",
    "voice_answer",
    "voice_append",
    "voice_assign",
    "voice_close",
    "voice_close_unable",
    "voice_extend",
    "voice_inspect",
    "voice_note",
    "voice_outage",
    "voice_postpone_supplement",
    "voice_receive_supplement",
    "voice_reclassify",
    "voice_register",
    "voice_reopen",
    "voice_repeat_supplement",
    "voice_request_supplement",
    "voice_start",
    "voice_step",
    "voice_take",
    "voice_transfer",
    "voice_withdraw",
    "voices_escalate",
    "voices_import",
    "voices_migrate",
    "voices_notify_progress",
    "voices_step_due",
]
