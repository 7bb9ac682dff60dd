"""Encryption at rest of unique identifiers (고유식별정보): AES-256-GCM by keys of a ring.

개인정보 보호법 제24조 제3항, 개인정보의 안전성 확보조치 기준 제7조. The ring is a file outside the
database, so that a dump opens nothing:

    {"current": "k2", "keys": {"k1": "<32 bytes, base64>", "k2": …}, "search": "<32 bytes>"}

New values are locked by the current key; the older ones open until no row needs them. `search` is
never changed: it makes the keyed digest by which the same number is found again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tenants.errors import DomainError

KEY_BYTES, NONCE_BYTES = 32, 12


class KeyMissing(DomainError):
    """The ring, or the key that locked a value, is not there."""

    code = "sealing.key_missing"
    http_status = 500


class SealedValueDamaged(DomainError):
    """A locked value was changed, or stands where it does not belong."""

    code = "sealing.damaged"
    http_status = 500


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """The keys by their names; never shown, not even in a traceback."""

    current: str
    keys: dict[str, bytes]
    search: bytes

    def __repr__(self) -> str:
        return f"Ring({self.current!r}, {len(self.keys)} keys)"


def seal(text: str, *, belongs_to: str) -> tuple[bytes, str]:
    """The locked value and the name of its key. `belongs_to`: where it stands (kind and citizen);
    put elsewhere, it does not open."""
    ring = _ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(ring.keys[ring.current]).encrypt(nonce, text.encode(), belongs_to.encode())
    return nonce + cipher, ring.current


def unseal(cipher: bytes, key_id: str, *, belongs_to: str) -> str:
    """Raises KeyMissing, SealedValueDamaged."""
    key = _ring().keys.get(key_id)
    if key is None:
        raise KeyMissing(_LOST.format(key=key_id, path=_path()), key=key_id)
    whole = bytes(cipher)
    try:
        text = AESGCM(key).decrypt(whole[:NONCE_BYTES], whole[NONCE_BYTES:], belongs_to.encode())
    except InvalidTag as refused:
        raise SealedValueDamaged("암호화된 값이 바뀌었습니다. 백업에서 되살려 주세요.") from refused
    return text.decode()


def sought_by(text: str) -> str:
    """The keyed digest by which the same text is found again, 64 hexadecimal digits."""
    return hmac.new(_ring().search, text.encode(), hashlib.sha256).hexdigest()


def current_key() -> str:
    """The name of the key that locks new values."""
    return _ring().current


def ring_renew() -> str:
    """Add a key and let it lock from now on; its name. Without a ring: the first one is made."""
    ring = _read()
    kept = ring or Ring("", {}, secrets.token_bytes(KEY_BYTES))
    name = f"k{1 + max((int(one[1:]) for one in kept.keys), default=0)}"
    _write(Ring(name, {**kept.keys, name: secrets.token_bytes(KEY_BYTES)}, kept.search))
    return name


def ring_drop(unused: set[str]) -> list[str]:
    """Take these keys off the ring, never the current one; which went."""
    ring = _ring()
    gone = sorted(set(ring.keys) & unused - {ring.current})
    if gone:
        left = {name: key for name, key in ring.keys.items() if name not in gone}
        _write(Ring(ring.current, left, ring.search))
    return gone


def ring_keys() -> list[str]:
    """The names of all keys, the oldest first."""
    return sorted(_ring().keys, key=lambda name: int(name[1:]))


_NONE = (
    "고유식별정보의 열쇠고리가 없습니다: {path}. 처음이면 `sodam privacy rotate-keys`로 만들고, "
    "전에 있었다면 보관해 둔 파일을 이 자리에 되돌려 놓으세요."
)
_LOST = (
    "열쇠 {key}가 열쇠고리에 없어 값을 열 수 없습니다. "
    "보관해 둔 열쇠고리를 {path}에 되돌려 놓으세요."
)


def _ring() -> Ring:
    found = _read()
    if found is None and settings.KEY_RING["IS_MADE_ON_THE_SPOT"]:
        ring_renew()
        found = _read()
    if found is None:
        raise KeyMissing(_NONE.format(path=_path()))
    return found


def _path() -> Path:
    return Path(settings.KEY_RING["FILE"])


def _read() -> Ring | None:
    """Read each time: a key that another process added must be known at once."""
    try:
        told = json.loads(_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    keys = {name: base64.b64decode(key) for name, key in told["keys"].items()}
    return Ring(told["current"], keys, base64.b64decode(told["search"]))


def _write(ring: Ring) -> None:
    """Whole or not at all, readable by its owner only."""
    told = {
        "current": ring.current,
        "keys": {name: base64.b64encode(key).decode() for name, key in ring.keys.items()},
        "search": base64.b64encode(ring.search).decode(),
    }
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(json.dumps(told, indent=1))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
