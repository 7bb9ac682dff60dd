"""The central ministry's host: aggregates only."""

from django.urls import include, path

urlpatterns = [path("", include("sodam.ministry.urls"))]
