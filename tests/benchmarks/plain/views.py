"""What a good Django programmer writes first."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from tests.benchmarks.plain.models import PlainVoice


def one(request: HttpRequest, ref: str) -> JsonResponse:
    """One voice by its indexed reference."""
    return JsonResponse(PlainVoice.objects.values("ref", "title", "status").get(ref=ref))
