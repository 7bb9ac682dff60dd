"""`make bench [ONLY="opening paging"]`: throw-away servers, a database and process for each suite.

JSON lines on stdout, all else on stderr. A missed goal is a finding, not a failure: the exit
status is 1 only when a suite broke.
"""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser, Namespace

from tests.benchmarks.harness import say
from tests.benchmarks.suites import SUITES, run_suite
from tests.support import cluster, environment


def main() -> int:
    """Run what was named, or everything; how many suites broke decides the exit status."""
    given = _arguments()
    os.environ["SODAM_BENCH_SIZE"] = "small" if given.small else "full"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers end too
    try:
        cluster.start_once(fsync=True)
        broken = [name for name in given.names or SUITES if not run_suite(name)]
    finally:
        cluster.stop()
        environment.discard_run()
    if broken:
        say(f"broken: {', '.join(broken)}")
    return 1 if broken else 0


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(SUITES)}")
    parser.add_argument("--small", action="store_true", help="tiny sizes: does it run at all?")
    given = parser.parse_args()
    strangers = sorted(set(given.names) - set(SUITES))
    if strangers:
        parser.error(f"no such suite: {', '.join(strangers)}; there are {', '.join(SUITES)}")
    return given


if __name__ == "__main__":
    sys.exit(main())
