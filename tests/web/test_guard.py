"""The guard: which machines may be asked."""

import pytest

from retrieval.errors import ReadError
from retrieval.web.guard import Guard, is_public

INSIDE = [
    *("127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "no address"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_machines_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "203.162.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_machines_on_the_internet_are(address: str) -> None:
    assert is_public(address)


def test_one_machine_inside_among_several_refuses_the_host() -> None:
    guard = Guard(resolve=lambda _host, _port: ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(ReadError, match="add it to PRIVATE_HOSTS"):
        guard.addresses("http://a.example/", "a.example", 80)


@pytest.mark.parametrize("allowed", ["Intranet.example", "intranet.example:8080"])
def test_a_host_that_is_allowed_may_be_inside(allowed: str) -> None:
    guard = Guard([allowed], resolve=lambda _host, _port: ["10.0.0.1"])
    assert guard.addresses("http://intranet.example:8080/", "intranet.example", 8080) == ["10.0.0.1"]


def test_an_allowed_port_allows_no_other() -> None:
    guard = Guard(["intranet.example:8080"], resolve=lambda _host, _port: ["10.0.0.1"])
    with pytest.raises(ReadError):
        guard.addresses("http://intranet.example/", "intranet.example", 80)
