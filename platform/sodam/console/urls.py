"""Addresses of the operator's host."""

from allauth.account.views import account_inactive, logout, reauthenticate
from django.urls import include, path

from sodam.console.cities import cities
from sodam.console.drift import city_standard
from sodam.console.login import login
from sodam.console.plugins import plugins
from sodam.console.standard import standard
from sodam.console.visiting import city_enter
from sodam.ui.display import display

urlpatterns = [
    path("", cities, name="console_cities"),
    path("standard", standard, name="console_standard"),
    path("standard/<slug:code>", city_standard, name="console_city_standard"),
    path("cities/<slug:code>/enter", city_enter, name="console_city_enter"),
    path("plugins", plugins, name="console_plugins"),
    path("login", login, name="account_login"),
    path("logout", logout, name="account_logout"),
    path("inactive", account_inactive, name="account_inactive"),
    path("reauthenticate", reauthenticate, name="account_reauthenticate"),
    path("mfa/", include("allauth.mfa.urls")),
    path("display", display, name="display"),
]
