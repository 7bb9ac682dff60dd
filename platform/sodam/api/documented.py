"""What the OpenAPI document describes: the endpoints at their full addresses."""

from django.urls import include, path

urlpatterns = [path("api/", include("sodam.api.urls"))]
