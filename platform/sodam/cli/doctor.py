"""`sodam doctor`: what may be wrong here, each with its mend."""

import argparse
from dataclasses import asdict

from sodam.cli.answers import Code, formats, say, show_json


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """doctor [--format json]; exit code 1 when something must be mended."""
    command = nouns.add_parser("doctor", help="점검하고 고치는 법을 말한다")
    formats(command)
    command.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from sodam.cli.processes import load_django

    load_django()
    from sodam.cli.findings import examine

    findings = examine()
    if options.format == "json":
        show_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{'✓' if finding.is_well else '✗'} {finding.name}: {finding.said}")
            if finding.mend:
                print(f"    고치기: {finding.mend}")
    sick = [finding for finding in findings if not finding.is_well]
    say(f"{len(findings)}개 점검, {len(sick)}개 고쳐야 합니다.")
    return Code.FAILURE if sick else Code.OK
