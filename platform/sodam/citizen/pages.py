"""C15: help, privacy and accessibility: what the law and courtesy ask every site to say."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sodam.citizen.own_fields import kept_personal


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to file, how days are counted, what to do when it is not solved."""
    return render(request, "citizen/help.html", {"menu": "help"})


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is collected, why, how long (개인정보 보호법 제30조)."""
    return render(request, "citizen/privacy.html", {"own": kept_personal()})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, what is known not to work, and whom to tell."""
    return render(request, "citizen/accessibility.html")
