"""Lock files name packages and hashes, never a host: a clone installs from whatever index it has.

python -m sodam.runtime.lock_files     exit code 1 and the lines, when one names a host
"""

import re
import sys
from pathlib import Path

from sodam.runtime.paths import PROJECT

PATTERNS = (
    "requirements*.txt",
    "platform/sodam/ui/package-lock.json",
    "platform/sodam/ui/chromium/package-lock.json",
)
HOST = re.compile(
    r"https?://|--(?:extra-)?index-url|--find-links|\"resolved\"|file:", re.IGNORECASE
)
FUNDING = re.compile(r'^\s*"url": "https://[^"]*"')


def lines_with_hosts(project: Path) -> list[str]:
    """`file:line text` of every line that says where to fetch from. Funding links do not."""
    found = []
    for path in sorted(path for pattern in PATTERNS for path in project.glob(pattern)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if HOST.search(line) and not FUNDING.match(line):
                found.append(f"{path.relative_to(project)}:{number} {line.strip()}")
    return found


def main() -> int:
    """The exit code."""
    found = lines_with_hosts(PROJECT)
    for line in found:
        sys.stderr.write(f"잠금 파일에 주소가 있습니다: {line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
