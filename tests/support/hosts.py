"""Several hosts on one machine: network namespaces on a bridge, each with an address of its own.

Where namespaces are not to be had (no `ip`, not root), the hosts are loopback addresses; `Hosts.form` says which it is,
and the end of the test run prints it.
"""

import contextlib
import itertools
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PORTS = itertools.count(7000)
NAMESPACES, LOOPBACK = "network namespaces", "loopback addresses"


@dataclass(frozen=True)
class Host:
    """Where a program listens; `network` is its network namespace, None for this process's own."""

    address: str
    network: str | None = None

    def free_port(self) -> int:
        """Find a free port; in a namespace of our own every one is."""
        if self.network:
            return next(_PORTS)
        with socket.create_server((self.address, 0)) as found:
            return int(found.getsockname()[1])


HERE = Host("127.0.0.1")


@dataclass(frozen=True)
class Hosts:
    """Hosts by name, which reach each other and are reached from here."""

    form: str
    cidr: str
    by_name: Mapping[str, Host]

    def __getitem__(self, name: str) -> Host:
        return self.by_name[name]


@contextlib.contextmanager
def running_hosts(*names: str) -> Iterator[Hosts]:
    """Make hosts, and take them down in the end with whatever still runs in their networks' files."""
    with contextlib.ExitStack() as held:
        if _may_have_namespaces():
            yield held.enter_context(_namespaces(names))
        else:
            block = f"127.{os.getpid() // 250 % 250 + 2}.{os.getpid() % 250}"
            hosts = {name: Host(f"{block}.{number}") for number, name in enumerate(names, start=2)}
            yield Hosts(LOOPBACK, "127.0.0.0/8", hosts)


@contextlib.contextmanager
def _namespaces(names: tuple[str, ...]) -> Iterator[Hosts]:
    """Put each host on a bridge: a pair of virtual cables leads into its namespace."""
    _remove_left_behind()
    own, block = os.getpid(), f"10.{os.getpid() // 256 % 128 + 64}.{os.getpid() % 256}"
    bridge = f"agmb{own}"
    hosts = {name: Host(f"{block}.{number}", f"agm-{own}-{name}") for number, name in enumerate(names, start=2)}
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("addr", "add", f"{block}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        for number, host in enumerate(hosts.values()):
            _plug_in(host, bridge, f"agmv{own % 100_000}x{number}")
        yield Hosts(NAMESPACES, f"{block}.0/24", hosts)
    finally:
        _remove(own)


def _plug_in(host: Host, bridge: str, cable: str) -> None:
    network = str(host.network)
    _ip("netns", "add", network)
    _ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", network)
    _ip("link", "set", cable, "master", bridge, "up")
    _ip("-n", network, "addr", "add", f"{host.address}/24", "dev", "eth0")
    for link in ("lo", "eth0"):
        _ip("-n", network, "link", "set", link, "up")


def _may_have_namespaces() -> bool:
    probe = f"agm-{os.getpid()}-probe"
    if os.getuid() != 0 or shutil.which("ip") is None:
        return False
    try:
        _ip("netns", "add", probe)
        _ip("link", "add", f"agmp{os.getpid()}", "type", "veth", "peer", "name", "eth0", "netns", probe)
    except subprocess.CalledProcessError:
        return False
    finally:
        _try_ip("netns", "del", probe)
    return True


def _remove(owner: int) -> None:
    for name in _left(owner):
        _try_ip("netns", "del", name)
    _try_ip("link", "del", f"agmb{owner}")


def _remove_left_behind() -> None:
    """Remove the hosts of test sessions that were killed."""
    owners = {int(found[1]) for name in _left() if (found := re.match(r"agm-(\d+)-", name))}
    for owner in owners:
        if not Path(f"/proc/{owner}").exists():
            _remove(owner)


def _left(owner: int | None = None) -> list[str]:
    return [path.name for path in Path("/run/netns").glob(f"agm-{owner or '*'}-*")]


def _ip(*arguments: str) -> None:
    subprocess.run(("ip", *arguments), check=True, capture_output=True)


def _try_ip(*arguments: str) -> None:
    if shutil.which("ip"):
        subprocess.run(("ip", *arguments), check=False, capture_output=True)
