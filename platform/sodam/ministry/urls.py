"""Addresses of the ministry's host."""

from allauth.account.views import account_inactive, logout, reauthenticate
from django.urls import include, path

from sodam.ministry.definitions import definitions
from sodam.ministry.login import login
from sodam.ministry.map import map_page
from sodam.ministry.overview import overview
from sodam.ministry.ranking import ranking
from sodam.ministry.region import region
from sodam.ministry.submissions import submissions
from sodam.ministry.trend import trend
from sodam.ui.display import display

urlpatterns = [
    path("", overview, name="ministry_overview"),
    path("map", map_page, name="ministry_map"),
    path("ranking", ranking, name="ministry_ranking"),
    path("trend", trend, name="ministry_trend"),
    path("region/<slug:code>", region, name="ministry_region"),
    path("definitions", definitions, name="ministry_definitions"),
    path("submissions", submissions, name="ministry_submissions"),
    path("login", login, name="account_login"),
    path("logout", logout, name="account_logout"),
    path("inactive", account_inactive, name="account_inactive"),
    path("reauthenticate", reauthenticate, name="account_reauthenticate"),
    path("mfa/", include("allauth.mfa.urls")),
    path("display", display, name="display"),
]
