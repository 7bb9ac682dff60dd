"""`sodam user invite`: an official's account in a city.

Without a password they come in by a link: mailed, or told here once where no mail can leave.
"""

import argparse
import getpass

from sodam.cli.answers import Code, formats, one_city, show_facts
from sodam.cli.processes import load_django


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """user invite --city C --email E --name N --roles a,b [--department CODE] [--ask-password]"""
    noun = nouns.add_parser("user", help="직원 계정")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser("invite", help="계정을 만든다")
    one_city(command)
    command.add_argument("--email", required=True)
    command.add_argument("--name", required=True, help="이름")
    command.add_argument("--roles", required=True, metavar="A,B", help="예: officer,head")
    command.add_argument("--department", metavar="CODE", help="부서 코드")
    command.add_argument("--position", default="", help="직위")
    command.add_argument(
        "--ask-password",
        action="store_true",
        help="첫 비밀번호를 터미널에서 묻는다 (없으면 초대 링크로 정한다)",
    )
    formats(command)
    command.set_defaults(run=_invite)


def _invite(options: argparse.Namespace) -> int:
    load_django()
    from django.db import transaction
    from django.utils import timezone

    from core_crm.messaging.services.invitations import invitation_mail
    from core_crm.staff.selectors import department_by_code
    from core_crm.staff.services import invitation_make, official_invite
    from tenants.context import serving_city

    password = getpass.getpass("비밀번호: ") if options.ask_password else None
    now, link = timezone.now(), None
    with serving_city(options.city), transaction.atomic():
        department = department_by_code(options.department) if options.department else None
        official = official_invite(
            email=options.email,
            name=options.name,
            department=department,
            roles=[role.strip() for role in options.roles.split(",") if role.strip()],
            position=options.position,
            password=password,
            now=now,
        )
        if not password:
            made = invitation_make(official, now=now)
            link = None if invitation_mail(made, now=now) else made.url
        facts = {
            "id": str(official.pk),
            "email": options.email,
            "roles": list(official.roles),
            "link": link,
        }
    show_facts(facts, form=options.format)
    return Code.OK
