"""The first administrator of a fresh city, as a step of its opening."""

from __future__ import annotations

from core_crm.staff.services.invitations import admin_invite
from tenants.provisioning import StepContext
from tenants.types import CityRef


def first_admin_step(_city: CityRef, work: StepContext) -> None:
    """Invite whom the operator named; the link stands in the result until it was shown.

    Arguments: admin_email, admin_name. Nobody named: the operator invites somebody later.
    """
    email = str(work.arguments.get("admin_email") or "")
    if not email:
        work.say("첫 관리자를 정하지 않았습니다.", "warn")
        return
    name = str(work.arguments.get("admin_name") or "")
    invitation = admin_invite(email=email, name=name, now=work.now())
    if invitation is None:
        work.say("이미 비밀번호를 정한 관리자입니다.")
        return
    work.result(
        invitation_url=invitation.url, invitation_expires_at=invitation.expires_at.isoformat()
    )
