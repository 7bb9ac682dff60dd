"""`sodam city verify`: is every city what a freshly migrated one would be, and are its walls up?"""

import argparse
from dataclasses import asdict

from sodam.cli.answers import Code, complain, formats, show_rows
from sodam.cli.processes import as_owner, is_owner, load_django

COLUMNS = {
    "code": "코드",
    "schema_diff_lines": "다른 줄",
    "grants": "권한",
    "owner": "소유",
    "walls": "벽",
    "version": "판",
    "reference_version": "기준 판",
    "findings": "발견",
}


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """city verify [CODE] [--city C] [--all] [--anew] [--format json]"""
    verb = verbs.add_parser("verify", help="표와 벽이 온전한지 검사한다 (코드가 없으면 모두)")
    verb.add_argument("code", nargs="?", metavar="CODE", help="시·도 코드")
    verb.add_argument("--city", metavar="CODE", help="시·도 코드")
    verb.add_argument("--all", action="store_true", help="모든 시·도 (코드가 없을 때와 같다)")
    verb.add_argument("--anew", action="store_true", help="견줄 기준을 다시 이행해 만든다")
    formats(verb)
    verb.set_defaults(run=_verify, verb="verify")


def _verify(options: argparse.Namespace) -> int:
    """Exit code 6 when some of several cities are not whole, 1 when none is, 4 for a stranger."""
    codes = [] if options.all else [code for code in (options.code, options.city) if code]
    if not is_owner():
        anew = ["--anew"] if options.anew else []
        return as_owner(["city", "verify", *codes[:1], *anew, "--format", options.format])
    load_django()
    from tenants.provisioning.verifying import cities_verify

    found = cities_verify(codes or None, anew=options.anew)
    show_rows([asdict(one) for one in found], columns=COLUMNS, form=options.format)
    if len(found) < len(codes):
        return complain(f"그런 시·도가 없습니다: {', '.join(codes)}", code=Code.NOT_FOUND)
    broken = [one.code for one in found if not one.is_whole]
    if not broken:
        return Code.OK
    words = f"온전하지 않은 시·도: {', '.join(broken)}"
    return complain(words, code=Code.PARTIAL if len(found) > len(broken) else Code.FAILURE)
