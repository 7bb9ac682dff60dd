"""The embedded servers of one home together: started, watched, noted in the state, stopped."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sodam.runtime import state
from sodam.runtime.postgres import EmbeddedPostgres
from sodam.runtime.processes import Mark, is_alive, mark_of
from sodam.runtime.supervisor import Watched
from sodam.runtime.valkey import EmbeddedValkey

DATABASE = "sodam"


class Servers:
    """Starts what was asked for, and brings back what dies, on the same port when it can."""

    def __init__(self, home: Path, *, say: Callable[[str], None], fsync: bool = True) -> None:
        self.home = home
        self.superuser_url = ""
        self._say = say
        self._fsync = fsync
        self._postgres: EmbeddedPostgres | None = None
        self._valkey: EmbeddedValkey | None = None
        self._marks: dict[str, Mark | None] = {}

    def start_postgres(self) -> bool:
        """Starts or finds this home's Postgres, and notes where it is. Has it moved?"""
        before = state.read(self.home).database
        self._postgres = EmbeddedPostgres(self.home, fsync=self._fsync)
        server = self._postgres.start()
        self.superuser_url = server.superuser_dsn
        self._marks["postgres"] = mark_of(server.pid)
        place = state.DatabaseState(host=server.host, port=server.port, name=DATABASE)
        data = str(server.data_directory)
        state.update(self.home, database=place, bin_dir=str(server.bin_dir), data_directory=data)
        state.note_process(self.home, "postgres", self._marks["postgres"])
        return before != place

    def start_valkey(self) -> bool:
        """Starts or finds this home's Valkey, and notes where it is. Has it moved?"""
        before = state.read(self.home).broker_url
        self._valkey = EmbeddedValkey(self.home)
        broker = self._valkey.start()
        self._marks["valkey"] = broker.mark
        state.update(self.home, broker_url=broker.url)
        state.note_process(self.home, "valkey", broker.mark)
        return before != broker.url

    def watched(self) -> Sequence[Watched]:
        """What the supervisor looks at, the database first."""
        found = []
        if self._postgres is not None:
            found.append(self._watch("postgres", self.start_postgres))
        if self._valkey is not None:
            found.append(self._watch("valkey", self.start_valkey))
        return found

    def stop(self) -> None:
        """Ends the servers that this run started or found."""
        if self._valkey is not None:
            self._valkey.stop()
            state.note_process(self.home, "valkey", None)
        if self._postgres is not None:
            self._postgres.stop()
            state.note_process(self.home, "postgres", None)

    def _watch(self, name: str, start: Callable[[], bool]) -> Watched:
        return Watched(name=name, is_alive=lambda: is_alive(self._marks[name]), restart=start)


def stop_servers(home: Path) -> None:
    """Ends this home's servers, whoever started them; does nothing when none run."""
    if (home / "valkey" / "server.pid").exists():
        EmbeddedValkey(home).stop()
        state.note_process(home, "valkey", None)
    if state.read(home).data_directory:
        EmbeddedPostgres(home).stop()
        state.note_process(home, "postgres", None)
