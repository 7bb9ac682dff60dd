"""Addresses below /staff/."""

from allauth.account.views import account_inactive, login, logout, reauthenticate
from allauth.socialaccount.views import login_cancelled, login_error
from django.urls import include, path

from sodam.staff import (
    acquired,
    acts,
    answering,
    bulk,
    case,
    composer,
    customer,
    customers,
    export,
    home,
    inbox,
    kpi,
    kpi_score,
    moderation,
    moderation_publish,
    operator_pages,
    own_fields,
    own_steps,
    profile,
    pulse,
    register,
    saved,
    scores,
    segment_edit,
    segments,
    session,
    unmask,
    welcome,
)

CASE = "voices/<str:ref>"
CUSTOMER = "customers/<uuid:citizen_id>"

urlpatterns = [
    path("", home.home, name="staff_home"),
    path("acquired", acquired.lists_page, name="staff_acquired"),
    path("acquired/new", acquired.new_page, name="staff_acquired_new"),
    path("acquired/<uuid:list_id>", acquired.list_page, name="staff_acquired_list"),
    path("acquired/<uuid:list_id>/end", acquired.end, name="staff_acquired_end"),
    path("customers", customers.customers_page, name="staff_customers"),
    path(CUSTOMER, customer.customer_page, name="staff_customer"),
    path(f"{CUSTOMER}/preview", customers.preview, name="staff_customer_preview"),
    path(f"{CUSTOMER}/timeline", customer.timeline, name="staff_customer_timeline"),
    path(f"{CUSTOMER}/segments", customer.segments, name="staff_customer_segments"),
    path(f"{CUSTOMER}/unmask", customer.unmask, name="staff_customer_unmask"),
    path("voices", inbox.inbox_page, name="staff_inbox"),
    path("voices/new", register.register_page, name="staff_register"),
    path("voices/new/due", register.due_fragment, name="staff_register_due"),
    path("voices/export", export.export_page, name="staff_export"),
    path("voices.csv", export.export_file, name="staff_voices_csv"),
    path("voices/pulse", pulse.pulse, name="staff_pulse"),
    path("voices/bulk/assign", bulk.assign, name="staff_bulk_assign"),
    path("voices/views/new", saved.save, name="staff_view_save"),
    path("voices/views/<uuid:view_id>/delete", saved.delete, name="staff_view_delete"),
    path(CASE, case.case_page, name="staff_voice"),
    path(f"{CASE}/answer/check", answering.check, name="staff_voice_answer_check"),
    path(f"{CASE}/answer", answering.answer, name="staff_voice_answer"),
    path(
        f"{CASE}/supplement/check", answering.check_supplement, name="staff_voice_supplement_check"
    ),
    path(f"{CASE}/supplement", answering.supplement, name="staff_voice_supplement"),
    path(f"{CASE}/note", composer.note, name="staff_voice_note"),
    path(f"{CASE}/draft/<str:kind>", composer.draft, name="staff_voice_draft"),
    path(f"{CASE}/presence", pulse.presence, name="staff_voice_presence"),
    path(f"{CASE}/steps/<str:action>", own_steps.step_page, name="staff_voice_step"),
    path(f"{CASE}/unmask", unmask.unmask, name="staff_voice_unmask"),
    path(f"{CASE}/fields", own_fields.fields_page, name="staff_voice_fields"),
    path(f"{CASE}/publish", moderation_publish.publish, name="staff_voice_publish"),
    path(f"{CASE}/publish/take-back", moderation_publish.take_back, name="staff_voice_take_back"),
    path("board", moderation.queue, name="staff_board"),
    *[
        path(f"{CASE}/{code}", page, name=f"staff_voice_{code}")
        for code, page in acts.PAGES.items()
    ],
    *[
        path(f"{CASE}/{code}/preview", page, name=f"staff_voice_{code}_preview")
        for code, page in acts.PREVIEWS.items()
    ],
    path("scores", scores.scores_page, name="staff_scores"),
    path("kpi", kpi.kpi_page, name="staff_kpi"),
    path("kpi.csv", kpi.grid_csv, name="staff_kpi_csv"),
    path("kpi/score", kpi_score.score_page, name="staff_kpi_score"),
    path("kpi/score.csv", kpi_score.score_csv, name="staff_kpi_score_csv"),
    path("kpi/trend.csv", kpi.trend_csv, name="staff_kpi_trend_csv"),
    path("segments", segments.segments, name="staff_segments"),
    path("segments/new", segment_edit.new, name="staff_segment_new"),
    path("segments/<slug:code>", segments.segment, name="staff_segment"),
    path("segments/<slug:code>/edit", segment_edit.edit, name="staff_segment_edit"),
    path("segments/<slug:code>/act", segments.segment_act, name="staff_segment_act"),
    path("me", profile.profile_page, name="staff_me"),
    path("me/sign-out-elsewhere", profile.sign_out_elsewhere, name="staff_sign_out_elsewhere"),
    path("keys", profile.keys_page, name="staff_keys"),
    path("session", session.left, name="staff_session"),
    path("session/extend", session.extend, name="staff_session_extend"),
    path("welcome/<str:token>", welcome.welcome, name="staff_welcome"),
    path("visit", operator_pages.visit_page, name="staff_visit"),
    path("visit/end", operator_pages.visit_leave, name="staff_visit_leave"),
    path("visit/over", operator_pages.visit_over, name="staff_visit_over"),
    path("login", login, name="account_login"),
    path("logout", logout, name="account_logout"),
    path("inactive", account_inactive, name="account_inactive"),
    path("reauthenticate", reauthenticate, name="account_reauthenticate"),
    path("sso/cancelled", login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error", login_error, name="socialaccount_login_error"),
    path("sso/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("mfa/", include("allauth.mfa.urls")),
]
