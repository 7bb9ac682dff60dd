"""Addresses of a city's life: its set-up, going public, what it uses, its archives and roads."""

from django.urls import path

from sodam.studio.backups import backup, backup_restore
from sodam.studio.consents import consent_page, consents
from sodam.studio.outbox import outbox
from sodam.studio.privacy import privacy, privacy_act, privacy_forget
from sodam.studio.public import public
from sodam.studio.senders import road_act, sender_act, senders
from sodam.studio.start import start, start_skip, start_steps
from sodam.studio.trial import trial_data, trial_stages, trial_voice
from sodam.studio.usage import usage

urlpatterns = [
    path("start", start, name="studio_start"),
    path("start/steps", start_steps, name="studio_start_steps"),
    path("start/steps/<slug:code>/skip", start_skip, name="studio_start_skip"),
    path("start/voice", trial_voice, name="studio_start_voice"),
    path("start/voice/stages", trial_stages, name="studio_start_stages"),
    path("start/data", trial_data, name="studio_start_data"),
    path("public", public, name="studio_public"),
    path("senders", senders, name="studio_senders"),
    path("senders/roads/<slug:channel>/<slug:act>", road_act, name="studio_road_act"),
    path("senders/<uuid:sender_id>/<slug:act>", sender_act, name="studio_sender_act"),
    path("outbox", outbox, name="studio_outbox"),
    path("consents", consents, name="studio_consents"),
    path("consents/<str:code>", consent_page, name="studio_consent"),
    path("privacy", privacy, name="studio_privacy"),
    path("privacy/forget", privacy_forget, name="studio_privacy_forget"),
    path("privacy/requests/<uuid:request_id>/<slug:act>", privacy_act, name="studio_privacy_act"),
    path("usage", usage, name="studio_usage"),
    path("backup", backup, name="studio_backup"),
    path("backup/<uuid:backup_id>/restore", backup_restore, name="studio_backup_restore"),
]
