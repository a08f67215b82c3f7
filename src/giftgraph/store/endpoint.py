"""Any SPARQL 1.1 service as a store: asked politely, believed only when it answers with results."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox

from giftgraph import __version__
from giftgraph.errors import EndpointFailed
from giftgraph.results import Result, Triples, Truth
from giftgraph.sparql import add_prefixes, check_query

if TYPE_CHECKING:
    from giftgraph.graph import Answer

_RETRIED = frozenset({429, 502, 503, 504})
_TRIES = 4
_LONGEST_WAIT = 60.0
_LARGEST = 200_000_000
_REDIRECTS = 3
_ROWS = "application/sparql-results+json"
_TRIPLES = {"text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES}


class Endpoint:
    """A SPARQL endpoint. Credentials come from the environment only, and never follow a redirect to another host."""

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointFailed(f"{url[:100]!r} is not an http(s) address of a SPARQL endpoint")
        if parts.username or parts.password:
            raise EndpointFailed(
                "credentials do not belong in the address: set GIFTGRAPH_ENDPOINT_USER and GIFTGRAPH_ENDPOINT_PASSWORD"
            )
        if timeout <= 0:
            raise EndpointFailed("the timeout must be more than 0 seconds")
        self.url = url
        self._timeout = timeout

    def query(self, text: str, services: Sequence[str] = ()) -> Answer:
        """Ask a query with our prefixes added. Raises QueryInvalid before anything is sent, EndpointFailed afterwards."""
        form = check_query(text, services)
        accept = f"{', '.join(_TRIPLES)};q=0.9" if form in ("CONSTRUCT", "DESCRIBE") else _ROWS
        media, body = self._ask(add_prefixes(text), accept)
        wanted = _TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else (_ROWS, "application/json")
        if media not in wanted:
            asked = "Turtle or N-Triples was" if form in ("CONSTRUCT", "DESCRIBE") else "SPARQL results were"
            raise EndpointFailed(f"{self.url}: answered with {media or 'no content type'} where {asked} asked for")
        try:
            answer = _parse(form, media, body, text)
        except (SyntaxError, ValueError) as error:
            problem = f"the answer is broken or cut off: {' '.join(str(error).split())[:120]}"
        else:
            if answer is not None:
                return answer
            problem = f"answered another question: this is not a result of {form}"
        # Raised outside the handler: an error that carries another one keeps its frames, and Oxigraph's solutions in them may
        # only be freed by the thread that made them.
        raise EndpointFailed(f"{self.url}: {problem}")

    def _ask(self, text: str, accept: str) -> tuple[str, bytes]:
        """Post the query; retry what may pass, wait as told, follow redirects on the same host."""
        deadline = time.monotonic() + self._timeout
        headers = {"Accept": accept, "User-Agent": f"giftgraph/{__version__}", **_credentials()}
        url = self.url
        redirects = 0
        failure = ""
        limits = httpx.Timeout(self._timeout, connect=min(10.0, self._timeout))
        with httpx.Client(timeout=limits, trust_env=True, follow_redirects=False) as client:
            tries = 0
            while tries < _TRIES:
                tries += 1
                try:
                    with client.stream("POST", url, data={"query": text}, headers=headers) as response:
                        if response.is_redirect:
                            redirects += 1
                            url = self._follow(url, response, redirects)
                            tries -= 1
                            continue
                        if response.status_code in _RETRIED:
                            failure = f"answered {response.status_code} {response.reason_phrase}".strip()
                            wait = _wait(response.headers.get("Retry-After"), tries)
                        elif response.status_code != 200:
                            reason = " ".join(
                                _read(response, deadline, self.url)[:500].decode("utf-8", "replace").split()
                            )[:160]
                            raise EndpointFailed(
                                f"{self.url}: answered {response.status_code}: {reason or response.reason_phrase}"
                            )
                        else:
                            media = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
                            return media, _read(response, deadline, self.url)
                except httpx.TimeoutException:
                    raise EndpointFailed(
                        f"{self.url}: no answer within {self._timeout:g} seconds; try a smaller query or --timeout"
                    ) from None
                except httpx.TransportError as error:
                    failure = f"cannot be reached ({str(error)[:120] or type(error).__name__})"
                    wait = _wait(None, tries)
                if tries == _TRIES or time.monotonic() + wait > deadline:
                    break
                time.sleep(wait)
        raise EndpointFailed(f"{self.url}: {failure}, after {tries} tries; check the address or try later")

    def _follow(self, url: str, response: httpx.Response, redirects: int) -> str:
        target = str(httpx.URL(url).join(response.headers.get("Location", "")))
        if redirects > _REDIRECTS:
            raise EndpointFailed(f"{self.url}: redirects more than {_REDIRECTS} times")
        if urlsplit(target)[:2] != urlsplit(url)[:2]:
            raise EndpointFailed(f"{self.url}: redirects to {target[:100]}; give that address if you trust it")
        return target


def _parse(form: str, media: str, body: bytes, text: str) -> Answer | None:
    """The answer of a service; None when it answers a question of another form."""
    if form in ("CONSTRUCT", "DESCRIBE"):
        return Triples(quad.triple for quad in ox.parse(body, format=_TRIPLES[media]))
    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return Truth(bool(answer)) if form == "ASK" else None
    return Result.from_solutions(answer, text) if form == "SELECT" else None


def _credentials() -> dict[str, str]:
    token = os.environ.get("GIFTGRAPH_ENDPOINT_TOKEN")
    if token:
        return {"Authorization": f"Bearer {token}"}
    user = os.environ.get("GIFTGRAPH_ENDPOINT_USER")
    if user:
        import base64

        pair = f"{user}:{os.environ.get('GIFTGRAPH_ENDPOINT_PASSWORD', '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def _wait(retry_after: str | None, tries: int) -> float:
    """How long to wait: as the service says (seconds or a date), else longer each time; never more than a minute."""
    if retry_after:
        try:
            seconds = float(retry_after)
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
            except (TypeError, ValueError):
                seconds = 1.0
        return min(max(seconds, 0.0), _LONGEST_WAIT)
    return min(0.25 * float(2**tries), _LONGEST_WAIT)


def _read(response: httpx.Response, deadline: float, url: str) -> bytes:
    parts = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > _LARGEST:
            raise EndpointFailed(f"{url}: the answer is larger than {_LARGEST // 1_000_000} MB; ask for less")
        if time.monotonic() > deadline:
            raise EndpointFailed(f"{url}: the answer takes longer than the timeout; ask for less or set --timeout")
        parts.append(part)
    return b"".join(parts)
