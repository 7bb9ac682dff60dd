"""A browser without a window, for tests that kill what serves them: cookies, forms, patience."""

from __future__ import annotations

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.product import RunningSodam

PATIENCE_SECONDS = 60


class AlreadyDone(Exception):
    """The product says that this was done before: a click repeated after a kill."""


def patiently(act: Callable[[], Any]) -> Any:
    """Try again while the web is away, as a person would."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except (OSError, urllib.error.HTTPError) as away:
            if isinstance(away, urllib.error.HTTPError) and away.code == 409:
                raise AlreadyDone from away
            gone = not isinstance(away, urllib.error.HTTPError) or away.code >= 500
            if not gone or time.monotonic() > until:
                raise
            time.sleep(0.2)


@dataclass
class Visitor:
    """One person at one host of the running product."""

    product: RunningSodam
    host: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path: str) -> str:
        return str(patiently(lambda: self._ask(path, None, {})))

    def submit(self, path: str, *, form_on: str, **fields: str) -> str:
        """Post a form with the token of the page it stands on."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form_on))
        if token is None:
            raise AssertionError(f"{form_on} has no form")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return str(patiently(lambda: self._ask(path, data, {})))

    def post_json(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        data = json.dumps(body).encode()
        kept = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = {"Content-Type": "application/json", **kept}
        return dict(json.loads(patiently(lambda: self._ask(path, data, asked))))

    def _ask(self, path: str, data: bytes | None, headers: dict[str, str]) -> str:
        name = f"{self.host}.localhost:{self.product.port}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.product.port}{path}",
            data=data,
            headers={"Host": name, **self.headers, **headers},
        )
        with self._opener.open(request, timeout=20) as answer:
            return str(answer.read().decode())
