"""Web addresses to bytes: bounded in size, time and redirects, and to public hosts only."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from narrate.errors import SourceError
from narrate.readers import Source
from narrate.readers._fetching import MOST_BYTES

MOST_REDIRECTS = 5
LONGEST_WAIT = 15.0
"""Seconds without a byte after which a server counts as silent."""
LONGEST_FETCH = 60.0
"""Seconds for one address with its redirects; a server that drips bytes is cut off."""
CHUNK = 65_536
"""Bytes read at a time."""
# IPv6 that carries an IPv4 address in it, which may be anybody's: compatible, NAT64, 6to4, site-local.
_CARRIERS = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "2002::/16", "fec0::/10")))
_AGENT = "Mozilla/5.0 (compatible; narrate; reads one article aloud for one listener)"
_REFUSED = {401: "asks for a login", 402: "behind a paywall", 403: "refuses programs", 451: "blocked for legal reasons"}
_GONE = {404, 410}
_MOVED = {301, 302, 303, 307, 308}


def fetch(address: str, private: bool = False) -> Source:
    """Get what an address holds. Raises SourceError.

    `private` allows hosts that are not on the public internet.
    """
    ends = time.monotonic() + LONGEST_FETCH
    at = address
    for _ in range(MOST_REDIRECTS + 1):
        try:
            response, connection = _asked(at, private, ends)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SourceError(f"{address}: cannot be fetched: {_worded(error)}") from error
        try:
            if response.status not in _MOVED:
                return _taken(address, response, ends)
            at = urljoin(at, response.getheader("Location") or "")
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise SourceError(f"{address}: broke off: {_worded(error)}") from error
        finally:
            response.close()
            connection.close()
    raise SourceError(f"{address}: redirects more than {MOST_REDIRECTS} times")


def _asked(address: str, private: bool, ends: float) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError(f"{address[:200]}: not a web address; it must begin with https:// or http://")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=LONGEST_WAIT)
    # Connected here, to the very address that was checked: a name may point elsewhere the next time.
    connection.sock = socket.create_connection((_checked(parts.hostname, port, private), port), timeout=_left(ends))
    headers = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding": "gzip",
               "Host": parts.netloc.rpartition("@")[2]}  # fmt: skip
    try:
        if secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
        connection.request("GET", _target(parts), headers=headers)
        return connection.getresponse(), connection
    except BaseException:
        connection.close()
        raise


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else "")


def _checked(host: str, port: int, private: bool) -> str:
    """Resolve a host to an address that may be visited. Raises SourceError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, place in found:
        if private or _is_public(str(place[0])):
            return str(place[0])
    raise SourceError(f"{host}: an address of this machine or its network, not of the public internet")


def _is_public(place: str) -> bool:
    number = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address) and any(number in net for net in _CARRIERS):
        return False
    return number.is_global and not number.is_multicast


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return min(left, LONGEST_WAIT)


def _taken(address: str, response: http.client.HTTPResponse, ends: float) -> Source:
    status = response.status
    if status in _REFUSED:
        raise SourceError(
            f"{address}: {_REFUSED[status]} ({status}); open it in your browser, save it and give the file"
        )
    if status in _GONE:
        raise SourceError(f"{address}: there is no such page ({status})")
    if status != 200:
        raise SourceError(f"{address}: the server answers {status} {response.reason}; try again later")
    zipped = (response.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip")
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if zipped else None
    data = bytearray()
    while chunk := response.read1(CHUNK):
        _left(ends)
        data += unzip.decompress(chunk, MOST_BYTES) if unzip else chunk
        if len(data) > MOST_BYTES or (unzip and unzip.unconsumed_tail):
            raise SourceError(f"{address}: over {MOST_BYTES // 1_000_000} MB; that is not an article")
    if not data.strip():
        raise SourceError(f"{address}: the page is empty")
    return Source(address, bytes(data), (response.getheader("Content-Type") or "").lower())


def _worded(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no such host, or no network"
    if isinstance(error, TimeoutError):
        return "the server does not answer in time"
    if isinstance(error, ssl.SSLError):
        return "its certificate is not valid"
    return " ".join(str(error).split())[:200] or type(error).__name__
