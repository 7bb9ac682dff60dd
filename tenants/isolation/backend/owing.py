"""What a transaction still owes the server: it is said together with the next statement.

BEGIN, SAVEPOINT, RELEASE and rows that nobody asked for yet would each be a message and a wait of
their own. Here they lead the text of the statement that comes next, or of the COMMIT; a block in
which nothing was asked says nothing at all. The order is kept, so every statement sees what was
written before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import Enum, auto
from types import NoneType
from typing import Any, Self
from uuid import UUID

import psycopg
from psycopg.adapt import Transformer
from psycopg.pq import Escaping, TransactionStatus


class Kind(Enum):
    """What an owed statement is for."""

    BEGIN = auto()
    SAVEPOINT = auto()
    RELEASE = auto()
    WRITE = auto()


Said = list[tuple[Kind, str, str]]


class Owed:
    """The statements not yet sent, in order. Each with the savepoint it is about, if any."""

    def __init__(self) -> None:
        self._said: Said = []

    def __bool__(self) -> bool:
        return bool(self._said)

    def add(self, kind: Kind, text: str, *, savepoint: str = "") -> None:
        self._said.append((kind, text, savepoint))

    def write(self, text: str) -> None:
        self.add(Kind.WRITE, text)

    def has_writes(self, since: int = 0) -> bool:
        return any(kind is Kind.WRITE for kind, _text, _savepoint in self._said[since:])

    def forget_after(self, savepoint: str) -> bool:
        """Roll back to a savepoint. False when the server knows it and has to be told."""
        place = self._place(savepoint)
        if place is None:
            self._said.clear()
            return False
        del self._said[place + 1 :]
        return True

    def release(self, savepoint: str, text: str) -> bool:
        """End a savepoint. True when rows are owed: they are refused in this block or not at all.

        A savepoint the server never heard of, with nothing behind it, is dropped.
        """
        place = self._place(savepoint)
        if place is not None and not self.has_writes(place):
            del self._said[place:]
            return False
        self.add(Kind.RELEASE, text)
        return self.has_writes(place or 0)

    def take(self, *last: str) -> str:
        """All of it as the beginning of a message, `last` behind it; then nothing is owed."""
        said, self._said = self._said, []
        return "\n; ".join([*(text for _kind, text, _savepoint in said), *last])

    def give_back(self, said: Said) -> None:
        """Owe again what was taken and never carried out."""
        self._said = [*said, *self._said]

    @property
    def said(self) -> Said:
        """What is owed now."""
        return list(self._said)

    def clear(self) -> None:
        self._said.clear()

    def begins(self) -> bool:
        """Does the transaction begin only now?"""
        return bool(self) and self._said[0][0] is Kind.BEGIN

    def never_began(self) -> bool:
        """Has the transaction not reached the server, and holds nothing to be kept?"""
        return self.begins() and not self.has_writes()

    def _place(self, savepoint: str) -> int | None:
        for place in range(len(self._said) - 1, -1, -1):
            kind, _text, name = self._said[place]
            if kind is Kind.SAVEPOINT and name == savepoint:
                return place
        return None


class OwingCursor(psycopg.ClientCursor[Any]):
    """Sends what is owed in front of its own statement, and answers for its own only."""

    _conn: OwingConnection

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        owed = self._conn.owed
        if not owed:
            return super().execute(query, params, **options)
        if self.closed:
            raise psycopg.InterfaceError("the cursor is closed")
        own = self.mogrify(query, params)  # before: what cannot be written leaves the debt alone
        with self._conn.giving_back() as said:
            return super().execute(owed.take(own), **options).set_result(len(said))

    def executemany(self, *given: Any, **options: Any) -> None:
        self._conn.settle()
        super().executemany(*given, **options)

    def copy(self, *given: Any, **options: Any) -> Any:
        self._conn.settle()
        return super().copy(*given, **options)


SAID_PLAINLY: dict[type, Callable[[Any], str]] = {
    NoneType: lambda _nothing: "NULL",
    bool: lambda truth: "true" if truth else "false",
    int: lambda number: str(number) if number >= 0 else f" {number}",  # `--1` is a remark
    UUID: lambda value: f"'{value}'::uuid",
}


class OwingConnection(psycopg.Connection[Any]):
    """A connection that stays in autocommit; its transactions begin with their first statement."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.owed = Owed()
        self._escaping = Escaping(self.pgconn)

    def owe(self, statement: str, params: Sequence[Any]) -> None:
        """Run it before the next statement, or with the COMMIT."""
        self.owed.write(statement % tuple([self._literal(value) for value in params]))

    def _literal(self, value: Any) -> str:
        """The value as SQL: the usual kinds by libpq's own quoting, past the driver's detours."""
        kind = type(value)
        if kind is str and "\0" not in value:
            return bytes(self._escaping.escape_literal(value.encode())).decode()
        if kind is datetime and value.tzinfo is not None:
            return f"'{value.isoformat()}'::timestamptz"
        if kind in SAID_PLAINLY:
            return SAID_PLAINLY[kind](value)
        return Transformer(self).as_literal(value).decode()

    def settle(self) -> None:
        """Send what is owed now."""
        if self.owed:
            with self.giving_back():
                self.cursor().execute(self.owed.take())

    @contextmanager
    def giving_back(self) -> Iterator[Said]:
        """What is owed stays owed when the server carried out nothing: not even the BEGIN."""
        begins, said = self.owed.begins(), self.owed.said
        try:
            yield said
        except BaseException:
            if begins and self.pgconn.transaction_status == TransactionStatus.IDLE:
                self.owed.give_back(said)
            raise

    def commit(self) -> None:
        if self.pgconn.transaction_status == TransactionStatus.INERROR:
            raise psycopg.errors.InFailedSqlTransaction("it failed: nothing of it can be kept")
        if self.owed.never_began():
            self.owed.clear()
        elif self.owed.has_writes():
            self.cursor().execute(self.owed.take("COMMIT"))
        else:
            self.owed.clear()
            super().commit()

    def rollback(self) -> None:
        self.owed.clear()
        super().rollback()
