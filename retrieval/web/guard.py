"""The guard: no request reaches a machine that is not on the public internet, whatever a name leads to.

A page can redirect to the router, and a name can lead to another machine each time it is looked up. So a
name is looked up once for each request, every address is checked, and the connection goes to that address.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence

from retrieval.errors import ReadError

# The well-known prefix of NAT64 (RFC 6052): the last four bytes are an address of the old kind.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolver = Callable[[str, int], Sequence[str]]


def looked_up(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, in the system's order. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Finds the machines of a host, and refuses those that no stranger may be sent to."""

    def __init__(self, allowed: Collection[str] = (), resolve: Resolver = looked_up) -> None:
        """*allowed* are hosts that may be inside: "intranet.example", "10.0.0.5", with a port or without."""
        self._allowed = frozenset(host.lower() for host in allowed)
        self._resolve = resolve

    def addresses(self, url: str, host: str, port: int) -> Sequence[str]:
        """Return the addresses of *host* to connect to.

        Raises ``ReadError`` with *url* if there are none, or if only one of them is not public.
        """
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise ReadError(url, "there is no host {host}; check the address", host=host) from error
        if not found:
            raise ReadError(url, "there is no host {host}; check the address", host=host)
        is_allowed = not self._allowed.isdisjoint({host.lower(), f"{host.lower()}:{port}"})
        if not is_allowed and not all(map(is_public, found)):
            raise ReadError(
                url,
                "{host} is a machine inside your network; if that is meant, add it to PRIVATE_HOSTS",
                host=host,
            )
        return found


def is_public(text: str) -> bool:
    """Tell whether *text* is an address on the public internet, also behind another spelling of it."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast
