"""Where a user's address may lead: which hosts, ports and IP addresses this server goes to, and which it refuses."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from yarl import URL

from net.errors import AddressRefusedError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"https": 443, "http": 80}
# Addresses that carry another one inside: what they lead to is decided by a gateway, not by this check.
_TRANSITIONAL = tuple(
    ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
)
# All that IANA gives out (RFC 4291); what the standard library calls global includes the old site-local addresses.
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do; sizes in bytes, times in seconds.

    `allowed_private` are networks that may be reached although they are not public, on any port and by plain http.
    """

    allowed_private: tuple[Network, ...] = ()
    allow_http: bool = False
    max_bytes: int = 10 * 1024 * 1024
    total_seconds: float = 30.0
    max_redirects: int = 3


@dataclass(frozen=True, slots=True)
class Target:
    """An address in parts, of an allowed form; where it leads is not known yet."""

    url: str
    scheme: str
    host: str
    port: int


def read_target(url: str) -> Target:
    """Take an address apart.

    Raises:
        AddressRefusedError: it is no http(s) address with a host, or carries a user name or password.
    """
    try:
        parts = urlsplit(url)
        # The host is read as the client that connects reads it: two readings of one address are a way around a check.
        host, port = URL(url).raw_host or "", parts.port
        url.encode()
    except (ValueError, IndexError):  # yarl's, of an address such as `https://@[]`
        raise AddressRefusedError("The address is malformed.", host="") from None
    if parts.scheme not in _PORTS or not host or any(character.isspace() for character in url) or "\\" in url:
        raise AddressRefusedError("Only http and https addresses with a host are fetched.", host=host)
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("An address with a user name or password is not fetched.", host=host)
    return Target(url=url, scheme=parts.scheme, host=host, port=_PORTS[parts.scheme] if port is None else port)


def check_addresses(target: Target, addresses: Sequence[Address], policy: FetchPolicy) -> None:
    """Check every address a host leads to; one bad one refuses all.

    Raises:
        AddressRefusedError: one is not public, or the port or scheme is allowed for private networks only.
    """
    private = all(_is_allowed(address, policy) for address in addresses)
    if not private and not all(_is_allowed(address, policy) or _is_public(address) for address in addresses):
        raise AddressRefusedError("The host leads to an address that is not public.", host=target.host)
    if not private and target.port != _PORTS[target.scheme]:
        raise AddressRefusedError("Only the ports 80 and 443 are fetched from.", host=target.host)
    if not private and target.scheme == "http" and not policy.allow_http:
        raise AddressRefusedError("Only https addresses are fetched.", host=target.host)


def _is_allowed(address: Address, policy: FetchPolicy) -> bool:
    plain = _unmapped(address)
    return any(plain in network for network in policy.allowed_private if network.version == plain.version)


def _is_public(address: Address) -> bool:
    plain = _unmapped(address)
    if any(plain in network for network in _TRANSITIONAL if network.version == plain.version):
        return False
    if plain.version == _PUBLIC_V6.version and plain not in _PUBLIC_V6:
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def _unmapped(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
