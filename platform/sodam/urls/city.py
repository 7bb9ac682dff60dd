"""A city's host: citizens at the root (English below /en/), staff, studio and API beside them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sodam.ui.looks import brand_css

urlpatterns = [
    path("api/", include("sodam.api.urls")),
    path("staff/", include("sodam.staff.urls")),
    path("studio/", include("sodam.studio.urls")),
    path("brand/<slug:digest>.css", brand_css, name="brand_css"),
    *i18n_patterns(path("", include("sodam.citizen.urls")), prefix_default_language=False),
]

handler400 = "sodam.errors.bad_request"
handler403 = "sodam.errors.permission_denied"
handler404 = "sodam.errors.page_not_found"
handler500 = "sodam.errors.server_error"
