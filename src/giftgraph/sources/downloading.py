"""A polite HTTP client: one request at a time with a pause between two, saying who asks, waiting as it is told.

A request that fails in a way that may pass (429, 5xx, a timeout, a broken or cut-off answer) is tried again with growing waits.
Only https is spoken, except to this machine, and only with the hosts that a register names; a redirect elsewhere is refused.
httpx does the talking; the loop around it is short enough that a retry or cache library would add more than it takes away.
"""

from __future__ import annotations

import ipaddress
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from giftgraph import __version__
from giftgraph.errors import FetchFailed

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = 3
_CONTACT = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,190}|https?://[^\s<>()]{3,200}")


class Passing(Exception):
    """An answer is not what was asked for, but may be at the next try: cut off, or a page that asks who is there."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between requests, of the first wait after a failure (it doubles), of the longest wait, of one request; and tries."""

    pause: float = 1.0
    first_wait: float = 2.0
    longest_wait: float = 120.0
    request: float = 120.0
    tries: int = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, empty where it has not changed, and what to ask with the next time."""

    body: bytes
    unchanged: bool = False
    validators: Mapping[str, str] = field(default_factory=dict)


class Client:
    """Gets documents from the given hosts (`host` or `host:port`); `contact` is an e-mail or web address of whoever asks.

    Raises:
        FetchFailed: the contact is no address.
    """

    def __init__(self, hosts: frozenset[str], contact: str, pace: Pace | None = None) -> None:
        if not _CONTACT.fullmatch(contact):
            raise FetchFailed(
                f"{contact[:80]!r} is no contact: give an e-mail or web address, so that the service can reach you"
            )
        self._hosts = hosts
        self._pace = pace or Pace()
        self._next = 0.0
        headers = {"User-Agent": f"giftgraph/{__version__} (+{contact})"}
        if "@" in contact and "/" not in contact:
            headers["From"] = contact
        timeout = httpx.Timeout(min(30.0, self._pace.request))
        self._client = httpx.Client(headers=headers, timeout=timeout, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self,
        address: str,
        *,
        types: frozenset[str],
        largest: int,
        check: Callable[[bytes], None] | None = None,
        validators: Mapping[str, str] | None = None,
    ) -> Answer:
        """Get a document of one of the media types, at most `largest` bytes.

        `check` looks at the body, and raises Passing where another try may help. With `validators` of an earlier answer the
        service may say that nothing has changed.

        Raises:
            FetchFailed: with the address and what went wrong, after the last try.
        """
        self._allow(address, address)
        wait = 0.0
        failure = ""
        for attempt in range(1, self._pace.tries + 1):
            self._rest(wait)
            wait = min(self._pace.first_wait * 2.0 ** (attempt - 1), self._pace.longest_wait)
            try:
                answer = self._ask(address, types, largest, validators or {})
                if check is not None and not answer.unchanged:
                    check(answer.body)
                return answer
            except _Refused as refused:
                failure = str(refused)
                if refused.wait is not None:
                    if refused.wait > self._pace.longest_wait:
                        raise FetchFailed(
                            f"{address}: {failure} and asks to wait {refused.wait:,.0f} seconds: run this again after that, "
                            "it goes on where it stopped"
                        ) from None
                    wait = refused.wait
            except Passing as passing:
                failure = str(passing)
            except httpx.TimeoutException:
                failure = "gave no answer in time"
            except httpx.TransportError as error:
                failure = f"broke off ({' '.join(str(error).split())[:120] or type(error).__name__})"
            except httpx.DecodingError:
                failure = "sent a broken compression"
        raise FetchFailed(f"{address}: {failure}, {self._pace.tries} times: try again later")

    def _ask(self, address: str, types: frozenset[str], largest: int, validators: Mapping[str, str]) -> Answer:
        """One request with its redirects; the body is read in pieces, so that neither size nor slowness has no end."""
        deadline = time.monotonic() + self._pace.request
        asked = address
        for _ in range(_REDIRECTS + 1):
            headers = {"Accept": ", ".join(sorted(types)), **_conditions(validators)}
            with self._client.stream("GET", asked, headers=headers) as response:
                if response.status_code == 304 and validators:
                    return Answer(b"", unchanged=True, validators=validators)
                if response.is_redirect:
                    asked = urljoin(asked, response.headers.get("Location", ""))
                    self._allow(asked, address)
                    continue
                status = f"answered {response.status_code} {response.reason_phrase}".strip()
                if response.status_code in _RETRIED:
                    raise _Refused(status, _told_wait(response.headers.get("Retry-After")))
                if response.status_code != 200:
                    raise FetchFailed(f"{address}: {status}")
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
                if kind not in types:
                    raise FetchFailed(
                        f"{address}: sent {kind or 'no content type'} instead of {' or '.join(sorted(types))}"
                    )
                return Answer(self._body(response, address, largest, deadline), validators=_validators(response))
        raise FetchFailed(f"{address}: redirects more than {_REDIRECTS} times")

    def _body(self, response: httpx.Response, address: str, largest: int, deadline: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > largest:
                raise FetchFailed(f"{address}: is larger than {largest:,} bytes: that is no such document")
            if time.monotonic() > deadline:
                raise Passing(f"took more than {self._pace.request:g} seconds")
            parts.append(part)
        return b"".join(parts)

    def _rest(self, wait: float) -> None:
        """Sleep so long that the pause after the last request and the wait after a failure are both kept."""
        seconds = max(self._next - time.monotonic(), wait)
        if seconds > 0:
            time.sleep(seconds)
        self._next = time.monotonic() + self._pace.pause

    def _allow(self, address: str, asked: str) -> None:
        parts = urlsplit(address)
        if parts.netloc.casefold() not in self._hosts:
            how = "leads to" if address != asked else "is at"
            raise FetchFailed(
                f"{asked[:200]}: {how} {parts.netloc or 'no host'}, which is none of the register's hosts "
                f"({', '.join(sorted(self._hosts))}): not followed"
            )
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise FetchFailed(f"{asked[:200]}: {parts.scheme or 'no'} scheme where only https is spoken")


class _Refused(Exception):
    """The service will not answer now; `wait` is the seconds that it asks for, if it does."""

    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message)
        self.wait = wait


def is_loopback(host: str) -> bool:
    """Whether a host is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("www.federalregister.gov")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _conditions(validators: Mapping[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    return {names[name]: value for name, value in validators.items() if name in names}


def _validators(response: httpx.Response) -> dict[str, str]:
    found = {"etag": response.headers.get("ETag"), "last_modified": response.headers.get("Last-Modified")}
    return {name: value[:200] for name, value in found.items() if value}


def _told_wait(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After, which may be a number or a date; None where it says nothing readable."""
    if not retry_after:
        return None
    try:
        return max(float(retry_after), 0.0)
    except ValueError:
        pass
    try:
        return max((parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
