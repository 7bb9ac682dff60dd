"""Ports: exactly the one asked for, or the next free one."""

from __future__ import annotations

import socket

import pytest

from sodam.runtime.ports import FIRST_WEB_PORT, PortTaken, free_port, is_free, listen, web_socket


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    with listen(port) as taken:
        assert taken.getsockname()[1] == port
        assert not is_free(port)


def test_the_port_asked_for_is_exact_or_refused() -> None:
    with listen(free_port()) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            web_socket(port)
    assert str(port) in str(refused.value)


def test_without_a_wish_two_homes_get_two_ports_from_8000_on() -> None:
    with web_socket() as first, web_socket() as second:
        ports = [first.getsockname()[1], second.getsockname()[1]]
    assert FIRST_WEB_PORT <= ports[0] < ports[1]


def test_the_listening_socket_is_handed_on_to_the_web_process() -> None:
    with listen(free_port()) as taken:
        assert taken.get_inheritable()
        assert taken.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
