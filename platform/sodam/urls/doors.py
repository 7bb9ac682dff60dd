"""`http://localhost/`: every door of this installation."""

from django.urls import include, path

urlpatterns = [path("", include("sodam.console.doors_urls"))]
