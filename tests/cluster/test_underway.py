"""Requests that are on their way while the next ones are written."""

import threading

import pytest

from retrieval.cluster.underway import Underway


def test_all_has_arrived_when_the_block_ends() -> None:
    arrived: list[bytes] = []
    with Underway(arrived.append) as send:
        for number in range(20):
            send(bytes([number]))
    assert sorted(arrived) == [bytes([number]) for number in range(20)]


def test_several_are_on_their_way_at_once() -> None:
    both = threading.Barrier(2, timeout=60)  # which lets two pass together only

    def meet(_lines: bytes) -> None:
        both.wait()

    with Underway(meet) as send:
        send(b"one")
        send(b"another")


def test_a_failure_ends_the_block_also_if_it_was_the_last_request() -> None:
    def refuse(lines: bytes) -> None:
        raise ValueError(lines.decode())

    with pytest.raises(ValueError, match="one"), Underway(refuse) as send:
        send(b"one")


def test_what_follows_a_failure_is_not_sent_for_ever() -> None:
    sent: list[bytes] = []

    def refuse(lines: bytes) -> None:
        sent.append(lines)
        raise ValueError("refused")

    def send_many() -> None:
        with Underway(refuse) as send:
            for _ in range(100):
                send(b"one")

    with pytest.raises(ValueError, match="refused"):
        send_many()
    assert len(sent) < 100
