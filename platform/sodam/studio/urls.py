"""Addresses below /studio/ on a city's host."""

from django.urls import URLPattern, include, path

from sodam.studio.brand import brand, brand_sample_css
from sodam.studio.calendar import calendar
from sodam.studio.campaigns import campaign_page, campaigns
from sodam.studio.changes import change_act, change_back, change_page, changes
from sodam.studio.codes import code_list_page, codes
from sodam.studio.comparing import compare
from sodam.studio.documents import document_page, documents
from sodam.studio.form_field import field_page
from sodam.studio.forms import forms_page
from sodam.studio.forms_preview import forms_preview
from sodam.studio.groups import groups
from sodam.studio.home import home
from sodam.studio.hours import hours
from sodam.studio.impact import change_impact
from sodam.studio.kpi import kpi_table
from sodam.studio.kpi_one import kpi_page, kpi_try
from sodam.studio.organisation import organisation
from sodam.studio.people import people, role_matrix
from sodam.studio.person import (
    person_leave,
    person_link,
    person_new,
    person_page,
    person_return,
)
from sodam.studio.person_sees import person_sees
from sodam.studio.plan import plan_page, refused_csv
from sodam.studio.plan_upload import template_csv, upload_page
from sodam.studio.plugin_page import plugin_act, plugin_page
from sodam.studio.plugins import plugins
from sodam.studio.preview import preview_enter, preview_leave, preview_page, preview_start
from sodam.studio.roles import roles
from sodam.studio.routing import routing
from sodam.studio.routing_rule import rule_page
from sodam.studio.service import service
from sodam.studio.services import services
from sodam.studio.targets import target_page, targets
from sodam.studio.terms import words
from sodam.studio.unit import unit_page
from sodam.studio.upgrade import upgrade_page
from sodam.studio.visits import visit_one, visit_stop, visits
from sodam.studio.workflow import workflow
from sodam.studio.workflow_editing import state_page, step_page
from sodam.studio.workflow_removing import remove_page
from sodam.studio.workflow_running import running_page


def _plans(kind: str) -> list[URLPattern]:
    """Lists of one kind: sent, looked at, decided on."""
    told = {"kind": kind}
    one = f"{kind}/plans/<uuid:plan_id>"
    return [
        path(f"{kind}/upload", upload_page, told, name=f"studio_{kind}_upload"),
        path(f"{kind}/list.csv", template_csv, told, name=f"studio_{kind}_csv"),
        path(one, plan_page, told, name=f"studio_{kind}_plan"),
        path(f"{one}/refused.csv", refused_csv, told, name=f"studio_{kind}_refused"),
    ]


urlpatterns = [
    path("", home, name="studio_home"),
    path("", include("sodam.studio.life_urls")),
    path("organisation", organisation, name="studio_organisation"),
    path("organisation/new", unit_page, name="studio_unit_new"),
    path("organisation/unit/<str:code>", unit_page, name="studio_unit"),
    *_plans("organisation"),
    path("people", people, name="studio_people"),
    path("people/new", person_new, name="studio_person_new"),
    path("people/roles", role_matrix, name="studio_role_matrix"),
    path("people/groups", groups, name="studio_groups"),
    *_plans("people"),
    path("people/<uuid:official_id>", person_page, name="studio_person"),
    path("people/<uuid:official_id>/sees", person_sees, name="studio_person_sees"),
    path("people/<uuid:official_id>/link", person_link, name="studio_person_link"),
    path("people/<uuid:official_id>/leave", person_leave, name="studio_person_leave"),
    path("people/<uuid:official_id>/return", person_return, name="studio_person_return"),
    path("services", services, name="studio_services"),
    path("services/<str:code>", service, name="studio_service"),
    path("routing", routing, name="studio_routing"),
    path("routing/new", rule_page, name="studio_routing_new"),
    path("routing/rule/<str:code>", rule_page, name="studio_routing_rule"),
    path("routing/departments", roles, name="studio_roles"),
    path("visits", visits, name="studio_visits"),
    path("visits/<uuid:visit_id>", visit_one, name="studio_visit"),
    path("visits/<uuid:visit_id>/end", visit_stop, name="studio_visit_stop"),
    path("targets", targets, name="studio_targets"),
    path("targets/new", target_page, name="studio_target_new"),
    path("targets/target/<str:code>", target_page, name="studio_target"),
    path("workflow", workflow, name="studio_workflow"),
    path("workflow/running", running_page, name="studio_workflow_running"),
    path("workflow/states/new", state_page, name="studio_workflow_state_new"),
    path("workflow/states/<str:code>", state_page, name="studio_workflow_state"),
    path("workflow/steps/new", step_page, name="studio_workflow_step_new"),
    path("workflow/steps/<str:code>", step_page, name="studio_workflow_step"),
    path("workflow/<slug:part>/<str:code>/remove", remove_page, name="studio_workflow_remove"),
    path("calendar", calendar, name="studio_calendar"),
    path("calendar/hours", hours, name="studio_hours"),
    path("campaigns", campaigns, name="studio_campaigns"),
    path("campaigns/new", campaign_page, name="studio_campaign_new"),
    path("campaigns/type/<str:code>", campaign_page, name="studio_campaign"),
    path("kpi", kpi_table, name="studio_kpi"),
    path("kpi/new", kpi_page, name="studio_kpi_new"),
    path("kpi/try", kpi_try, name="studio_kpi_try"),
    path("kpi/<str:code>", kpi_page, name="studio_kpi_one"),
    path("words", words, name="studio_words"),
    path("brand", brand, name="studio_brand"),
    path("brand/sample/<slug:colour>.css", brand_sample_css, name="studio_brand_sample"),
    path("codes", codes, name="studio_codes"),
    path("codes/new", code_list_page, name="studio_code_list_new"),
    path("codes/list/<str:code>", code_list_page, name="studio_code_list"),
    path("forms", forms_page, name="studio_forms"),
    path("forms/new", field_page, name="studio_field_new"),
    path("forms/field/<str:code>", field_page, name="studio_field"),
    path("forms/preview", forms_preview, name="studio_forms_preview"),
    path("documents", documents, name="studio_documents"),
    path("documents/<slug:kind>/<str:code>", document_page, name="studio_document"),
    path("upgrade", upgrade_page, name="studio_upgrade"),
    path("plugins", plugins, name="studio_plugins"),
    path("plugins/<slug:code>", plugin_page, name="studio_plugin"),
    path("plugins/<slug:code>/<slug:act>", plugin_act, name="studio_plugin_act"),
    path("changes", changes, name="studio_changes"),
    path("changes/compare", compare, name="studio_compare"),
    path("changes/<uuid:change_id>", change_page, name="studio_change"),
    path("changes/<uuid:change_id>/impact", change_impact, name="studio_change_impact"),
    path("changes/<uuid:change_id>/preview", preview_start, name="studio_preview_start"),
    path("preview/leave", preview_leave, name="studio_preview_leave"),
    path("preview/<str:token>", preview_page, name="studio_preview"),
    path("preview/<str:token>/enter", preview_enter, name="studio_preview_enter"),
    path("changes/<uuid:change_id>/<slug:act>", change_act, name="studio_change_act"),
    path("changes/back/<int:number>", change_back, name="studio_change_back"),
]
