"""`http://localhost/`: every door of this installation, and the documents' schemas for editors."""

from django.urls import include, path

urlpatterns = [
    path("", include("sodam.console.doors_urls")),
    path("api/v1/schemas/", include("sodam.api.schema_urls")),
]

handler400 = "sodam.errors.bad_request"
handler403 = "sodam.errors.permission_denied"
handler404 = "sodam.errors.page_not_found"
handler500 = "sodam.errors.server_error"
