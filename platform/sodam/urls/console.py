"""The operator's host."""

from django.urls import include, path

urlpatterns = [path("", include("sodam.console.urls"))]
