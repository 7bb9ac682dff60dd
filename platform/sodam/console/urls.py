"""Addresses of the operator's host."""

from allauth.account.views import account_inactive, logout, reauthenticate
from django.urls import include, path

from sodam.console.audit import audit, audit_check, audit_file
from sodam.console.cities import cities
from sodam.console.city import city
from sodam.console.city_act import city_act
from sodam.console.city_edit import city_edit
from sodam.console.drift import city_standard
from sodam.console.health import health
from sodam.console.login import login
from sodam.console.notices import notice_take_down, notices
from sodam.console.opening import opening_new, opening_step
from sodam.console.opening_check import opening_check
from sodam.console.operation_acts import (
    operation_again,
    operation_agree,
    operation_invitation,
    operation_stop,
)
from sodam.console.operations import (
    operation,
    operation_certificate,
    operation_live,
    operation_log,
    operations,
)
from sodam.console.plugins import plugins
from sodam.console.releases import releases
from sodam.console.standard import standard
from sodam.console.visiting import city_enter
from sodam.ui.display import display

urlpatterns = [
    path("", cities, name="console_cities"),
    path("releases", releases, name="console_releases"),
    path("standard", standard, name="console_standard"),
    path("standard/<slug:code>", city_standard, name="console_city_standard"),
    path("cities/new", opening_new, name="console_opening"),
    path("cities/new/<slug:code>/check", opening_check, name="console_opening_check"),
    path("cities/new/<slug:code>/<slug:step>", opening_step, name="console_opening_step"),
    path("cities/<slug:code>", city, name="console_city"),
    path("cities/<slug:code>/edit", city_edit, name="console_city_edit"),
    path("cities/<slug:code>/do/<slug:act>", city_act, name="console_city_act"),
    path("operations", operations, name="console_operations"),
    path("operations/<uuid:operation_id>", operation, name="console_operation"),
    path("operations/<uuid:operation_id>/live", operation_live, name="console_operation_live"),
    path("operations/<uuid:operation_id>/log", operation_log, name="console_operation_log"),
    path(
        "operations/<uuid:operation_id>/certificate",
        operation_certificate,
        name="console_operation_certificate",
    ),
    path("operations/<uuid:operation_id>/stop", operation_stop, name="console_operation_stop"),
    path("operations/<uuid:operation_id>/retry", operation_again, name="console_operation_again"),
    path("operations/<uuid:operation_id>/agree", operation_agree, name="console_operation_agree"),
    path(
        "operations/<uuid:operation_id>/invitation",
        operation_invitation,
        name="console_operation_invitation",
    ),
    path("health", health, name="console_health"),
    path("audit", audit, name="console_audit"),
    path("audit/check", audit_check, name="console_audit_check"),
    path("audit/export", audit_file, name="console_audit_file"),
    path("notices", notices, name="console_notices"),
    path("notices/<uuid:notice_id>/end", notice_take_down, name="console_notice_end"),
    path("cities/<slug:code>/enter", city_enter, name="console_city_enter"),
    path("plugins", plugins, name="console_plugins"),
    path("login", login, name="account_login"),
    path("logout", logout, name="account_logout"),
    path("inactive", account_inactive, name="account_inactive"),
    path("reauthenticate", reauthenticate, name="account_reauthenticate"),
    path("mfa/", include("allauth.mfa.urls")),
    path("display", display, name="display"),
]
