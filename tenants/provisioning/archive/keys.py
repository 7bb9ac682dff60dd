"""For whom an archive is encrypted, and by what it is read: keys of age (age-encryption.org).

The demo makes a key of its own. Elsewhere the public keys are a setting and the secret one a file
that only the owner's process can read; without them nothing is written.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from pyrage import IdentityError, RecipientError, x25519

from tenants.provisioning.archive.errors import BackupKeyMissing, BackupKeyWrong

HOW_TO = "`age-keygen`으로 열쇠를 만들고 docs/how-to/back-up.md대로 설정하십시오."


def recipients() -> list[x25519.Recipient]:
    """The public keys of the setting; in the demo the one made there. Raises BackupKeyMissing."""
    given = [text.strip() for text in settings.BACKUPS["RECIPIENTS"] if text.strip()]
    if given:
        return [_recipient(text) for text in given]
    if settings.DEMO_MODE:
        return [_made_here().to_public()]
    raise BackupKeyMissing(f"백업을 누구의 열쇠로 잠글지 정해지지 않았습니다. {HOW_TO}")


def identities() -> list[x25519.Identity]:
    """The secret keys that may read archives. Raises BackupKeyMissing, BackupKeyWrong."""
    given = settings.BACKUPS["IDENTITY_FILE"]
    if given:
        return _read(Path(given))
    if settings.DEMO_MODE:
        return [_made_here()]
    raise BackupKeyMissing(f"백업을 여는 열쇠 파일이 정해지지 않았습니다. {HOW_TO}")


def demo_key_path() -> Path:
    return Path(settings.BACKUPS["SECRETS_FOLDER"]) / "backup.age"


def _made_here() -> x25519.Identity:
    """The demo's own key, made at its first use; two processes at once agree on one."""
    path = demo_key_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _put_unless_there(path, f"{x25519.Identity.generate()}\n")
    return _read(path)[0]


def _put_unless_there(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    try:
        os.link(part, path)
    except FileExistsError:
        pass  # the other one's key holds
    finally:
        part.unlink()


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError:
        raise BackupKeyMissing(
            f"SODAM_BACKUP_RECIPIENTS에 age 공개 열쇠가 아닌 것이 있습니다. {HOW_TO}"
        ) from None


def _read(path: Path) -> list[x25519.Identity]:
    """Every secret key of a file as `age-keygen` writes it; remarks are skipped."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as failure:
        raise BackupKeyMissing(f"백업 열쇠 파일을 읽을 수 없습니다. {HOW_TO}") from failure
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise BackupKeyMissing(f"백업 열쇠 파일에 열쇠가 없습니다. {HOW_TO}")
    try:
        return [x25519.Identity.from_str(line) for line in found]
    except IdentityError:
        raise BackupKeyWrong(
            f"백업 열쇠 파일에 age 비밀 열쇠가 아닌 줄이 있습니다. {HOW_TO}"
        ) from None
