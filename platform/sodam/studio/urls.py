"""Addresses below /studio/ on a city's host."""

from django.urls import path

from sodam.studio.brand import brand, brand_sample_css
from sodam.studio.calendar import calendar
from sodam.studio.campaigns import campaign_page, campaigns
from sodam.studio.changes import change_act, change_back, change_page, changes
from sodam.studio.codes import code_list_page, codes
from sodam.studio.documents import document_page, documents
from sodam.studio.home import home
from sodam.studio.organisation import organisation
from sodam.studio.services import services
from sodam.studio.terms import words
from sodam.studio.upgrade import upgrade_page
from sodam.studio.workflow import workflow

urlpatterns = [
    path("", home, name="studio_home"),
    path("organisation", organisation, name="studio_organisation"),
    path("services", services, name="studio_services"),
    path("workflow", workflow, name="studio_workflow"),
    path("calendar", calendar, name="studio_calendar"),
    path("campaigns", campaigns, name="studio_campaigns"),
    path("campaigns/new", campaign_page, name="studio_campaign_new"),
    path("campaigns/type/<str:code>", campaign_page, name="studio_campaign"),
    path("words", words, name="studio_words"),
    path("brand", brand, name="studio_brand"),
    path("brand/sample/<slug:colour>.css", brand_sample_css, name="studio_brand_sample"),
    path("codes", codes, name="studio_codes"),
    path("codes/new", code_list_page, name="studio_code_list_new"),
    path("codes/list/<str:code>", code_list_page, name="studio_code_list"),
    path("documents", documents, name="studio_documents"),
    path("documents/<slug:kind>/<str:code>", document_page, name="studio_document"),
    path("upgrade", upgrade_page, name="studio_upgrade"),
    path("changes", changes, name="studio_changes"),
    path("changes/<uuid:change_id>", change_page, name="studio_change"),
    path("changes/<uuid:change_id>/<slug:act>", change_act, name="studio_change_act"),
    path("changes/back/<int:number>", change_back, name="studio_change_back"),
]
