"""Addresses of the ministry's host."""

from allauth.account.views import account_inactive, logout, reauthenticate
from django.urls import include, path

from sodam.ministry.login import login
from sodam.ministry.overview import overview
from sodam.ui.display import display

urlpatterns = [
    path("", overview, name="ministry_overview"),
    path("login", login, name="account_login"),
    path("logout", logout, name="account_logout"),
    path("inactive", account_inactive, name="account_inactive"),
    path("reauthenticate", reauthenticate, name="account_reauthenticate"),
    path("mfa/", include("allauth.mfa.urls")),
    path("display", display, name="display"),
]
