"""Addresses below /studio/ on a city's host."""

from django.urls import path

from sodam.studio.calendar import calendar
from sodam.studio.home import home
from sodam.studio.organisation import organisation
from sodam.studio.services import services
from sodam.studio.workflow import workflow

urlpatterns = [
    path("", home, name="studio_home"),
    path("organisation", organisation, name="studio_organisation"),
    path("services", services, name="studio_services"),
    path("workflow", workflow, name="studio_workflow"),
    path("calendar", calendar, name="studio_calendar"),
]
