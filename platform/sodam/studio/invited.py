"""Handing out invitations: by mail, or as links shown to whoever invites, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.messaging.services.invitations import invitation_mail
from core_crm.staff.types import Invitation

KEY = "staff_invited"


@dataclass(frozen=True, slots=True)
class Link:
    """What is shown of an invitation that no mail carries."""

    name: str
    email: str
    url: str


def hand_out(request: HttpRequest, invitations: Iterable[Invitation]) -> None:
    """Write letters in the caller's transaction; what cannot be mailed waits for the next page."""
    links, mailed = [], 0
    for one in invitations:
        if invitation_mail(one, now=timezone.now()):
            mailed += 1
        else:
            links.append([one.name, one.email, one.url])
    if mailed:
        messages.success(request, _("%(n)d명에게 초대 메일을 보냅니다.") % {"n": mailed})
    if links:
        request.session[KEY] = links


def links_once(request: HttpRequest) -> Sequence[Link]:
    """The links to show, if any: asking again finds none."""
    return [Link(*one) for one in request.session.pop(KEY, [])]
