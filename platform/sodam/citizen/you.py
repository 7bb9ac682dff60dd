"""C4: who you are and what you agree to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sodam.citizen.filing import STEPS, filing_of, keep
from sodam.citizen.forms import YouForm
from sodam.citizen.own_fields import collected_words, grave_words
from sodam.ui.own_fields import initial_of, lines_of
from sodam.ui.words import phone_local

KEPT = ("name", "phone", "email", "reply_channel", "is_public")


@require_http_methods(["GET", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """Page 2 of 3. Who skipped page 1 is led there."""
    filing = filing_of(request)
    if not filing.has_what:
        return redirect("voice_what")
    initial = {name: getattr(filing, name) for name in KEPT}
    initial |= {"phone": phone_local(filing.phone), "consent": filing.has_consented}
    initial |= initial_of(filing.attributes)
    form = YouForm(request.POST or None, initial=initial, filing=filing)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in KEPT}
        keep(request, filing, has_consented=True, attributes=form.attributes, **given)
        return redirect("voice_check")
    facts = {
        "form": form,
        "own": lines_of(form, form.own),
        "collected": collected_words(form.own),
        "grave": grave_words(form.own),
        "filing": filing,
        "steps": STEPS,
        "step": 2,
        "menu": "submit",
    }
    return render(request, "citizen/you.html", facts, status=422 if form.errors else 200)
