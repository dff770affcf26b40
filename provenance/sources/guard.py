"""The door to the network: where a request may go, how long it may take, and what went over the wire.

The one module that knows ssrfguard. A name is resolved once, every answer is checked against the IANA special-purpose
registries, and the connection goes to an address that was checked, so that no answer, redirect or spelling of an
address leads to a private host. requests' own session is not used: it reads the whole body of a redirect, however
large, and takes proxies and passwords from the environment.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from provenance import __version__
from provenance.errors import FetchError
from provenance.limits import LIMITS, Limits
from provenance.sources.wire import Tee, Wire

if TYPE_CHECKING:
    import requests
    from ssrfguard import Policy
    from ssrfguard.requests import SafeAdapter

EVERYWHERE = ("0.0.0.0/0", "::/0")
PUBLIC_PORTS = frozenset({80, 443})
HEAD_BYTES = 1024 * 1024
"""Room for status line, headers and chunk sizes beside the body."""

NEVER = (
    ("168.63.129.16/32", "a cloud provider's inner service", "own rule"),
    ("192.31.196.0/24", "AS112, which answers for private names", "RFC 7535"),
    ("192.175.48.0/24", "AS112, which answers for private names", "RFC 7534"),
    ("2620:4f:8000::/48", "AS112, which answers for private names", "RFC 7534"),
    ("192.52.193.0/24", "Automatic Multicast Tunneling", "RFC 7450"),
    ("2001:20::/28", "ORCHIDv2, which is no place to connect to", "RFC 7343"),
    ("::ffff:0:0:0/96", "an IPv4 address in translation", "RFC 2765"),
)
"""Networks that pass for public in the registries and hold no news: network, what it is, source."""

PRIVATE_ADVICE = "Give --allow-private if you mean an address in your own network."
URL_ADVICE = "Give a full http or https address without user name and password, on the usual port."


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched.

    `allow_private` opens every address and port; `allow_networks` opens single networks (CIDR) at every port.
    `delay` is the time between two requests to one host in seconds, which a longer Crawl-delay overrides; `retries` the
    number of further tries after 429, 502, 503, 504 or a lost connection; `patience` the longest time in seconds to
    wait for one of them; `hosts` how many hosts are asked at the same time.
    """

    allow_private: bool = False
    allow_networks: tuple[str, ...] = ()
    ignore_robots: bool = False
    delay: float = 1.0
    retries: int = 3
    patience: float = 120.0
    hosts: int = 16
    user_agent: str = f"news-provenance/{__version__}"
    limits: Limits = LIMITS


Resolver = Callable[..., Iterable[Any]]


class Door:
    """Sends single requests. One door serves one thread; every request has a connection of its own."""

    def __init__(self, options: FetchOptions, resolver: Resolver | None = None) -> None:
        self._policy = policy(options)
        self._limits = options.limits
        self._wire = Wire(0, 0)
        self._adapter = _adapter(self, self._policy, resolver or patient_resolver(options.limits.connect_seconds))

    @property
    def wire(self) -> Wire:
        """The wire of the request that is under way."""
        return self._wire

    def check(self, url: str) -> None:
        """Raises FetchError when no request may go to `url`, as far as its text tells."""
        from ssrfguard import SSRFGuardError

        if any(sign.isspace() for sign in url):
            raise FetchError("is no address: there is a blank in it", code="fetch.url", advice="Write %20 for a blank.")
        try:
            self._policy.check_url(url)
        except (SSRFGuardError, ValueError) as error:
            raise refusal(error) from error

    def send(self, url: str, headers: dict[str, str], wire: Wire) -> requests.Response:
        """Answer to a GET of `url`, its body still unread. Raises FetchError, or what requests and urllib3 raise."""
        import requests
        from ssrfguard import SSRFGuardError

        self.check(url)
        prepared = requests.Request("GET", url, headers=headers).prepare()
        self.check(str(prepared.url))
        self._wire = wire
        self._adapter.poolmanager.clear()  # a connection that is used again would not be timed, nor its peer checked
        seconds = min(self._limits.connect_seconds, wire.seconds), min(self._limits.read_seconds, wire.seconds)
        try:
            return self._adapter.send(prepared, stream=True, timeout=seconds, proxies={})
        except SSRFGuardError as error:
            raise refusal(error) from error

    def close(self) -> None:
        """Lets go of all connections."""
        self._adapter.close()


def refusal(error: Exception) -> FetchError:
    """The guard's refusal in our words: the address stands in it, or the text of the URL is at fault."""
    from ssrfguard import BlockedAddressError

    blocked = error if isinstance(error, BlockedAddressError) else error.__cause__
    if isinstance(blocked, BlockedAddressError):
        message = f"leads to {blocked.address}, which is refused: {blocked.reason}"
        return FetchError(message, code="fetch.refused-address", advice=PRIVATE_ADVICE)
    reason = str(getattr(error, "reason", error))
    return FetchError(f"is no address to fetch: {reason}", code="fetch.url", advice=URL_ADVICE)


def policy(options: FetchOptions) -> Policy:
    """Where requests may go."""
    from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Policy, Reach

    class Rules(Policy):
        def check_address(self, address: Any) -> None:
            super().check_address(address)
            inner = tunnelled(ip_address(address) if isinstance(address, str) else address)
            if inner is not None:
                super().check_address(inner)

    ours = [Block(ip_network(network), what, source, Reach.DENIED) for network, what, source in NEVER]
    settled = {block.network for block in ours}
    theirs = [block for block in DEFAULT_DENIED.blocks if block.network not in settled]
    opened = EVERYWHERE if options.allow_private else options.allow_networks
    return Rules(
        denied_networks=AddressTable((*theirs, *ours)),
        allowed_networks=tuple(ip_network(network) for network in opened),
        allowed_ports=frozenset(range(1, 65536)) if opened else PUBLIC_PORTS,
        max_url_length=options.limits.url_chars,
    )


def tunnelled(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an ISATAP interface identifier carries, under whatever prefix (RFC 5214 section 6.1)."""
    marked = isinstance(address, IPv6Address) and (int(address) >> 32) & 0xFDFFFFFF == 0x5EFE
    return IPv4Address(int(address) & 0xFFFFFFFF) if marked else None


def patient_resolver(seconds: float) -> Resolver:
    """`socket.getaddrinfo` with a time limit, which it lacks. Raises socket.gaierror when the time is over."""

    def resolve(*question: Any) -> Iterable[Any]:
        answers: list[Any] = []
        errors: list[OSError] = []

        def ask() -> None:
            try:
                answers.extend(socket.getaddrinfo(*question))
            except (OSError, UnicodeError) as error:
                errors.append(error if isinstance(error, OSError) else socket.gaierror(str(error)))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(seconds)
        if errors:
            raise errors[0]
        if not answers:
            raise socket.gaierror(f"no answer within {seconds:g} s")
        return answers

    return resolve


def _adapter(door: Door, rules: Policy, resolver: Resolver) -> SafeAdapter:
    """ssrfguard's adapter whose connections also tell the door's wire what passes."""
    from ssrfguard.requests import SafeAdapter

    adapter = SafeAdapter(policy=rules, resolver=resolver, max_retries=0)
    pools = adapter.poolmanager.pool_classes_by_scheme
    told = {scheme: _telling_pool(pool, door) for scheme, pool in pools.items()}
    adapter.poolmanager.pool_classes_by_scheme = told
    return adapter


def _telling_pool(pool: Any, door: Door) -> Any:
    """The same pool class with connections that tell `door.wire` what they send and receive."""
    from http.client import HTTPResponse

    class Answer(HTTPResponse):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fp: Any = Tee(self.fp, door.wire)

    connection: Any = pool.ConnectionCls

    class Connection(connection):  # type: ignore[misc]
        response_class = Answer

        def _new_conn(self) -> socket.socket:
            opened: socket.socket = super()._new_conn()
            door.wire.opened(opened)
            return opened

        def send(self, data: Any, *args: Any) -> None:
            if isinstance(data, bytes):
                door.wire.sent += data
            super().send(data, *args)

    class Pool(pool):  # type: ignore[misc]
        ConnectionCls = Connection

    return Pool
