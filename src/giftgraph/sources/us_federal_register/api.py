"""The Federal Register's API, version 1: which notices of gifts there are, and where their texts lie.

What is relied on, and where it was read (November 2026):

- `GET /api/v1/documents.json` with `conditions[agencies][]=state-department`, `conditions[term]`, `conditions[type][]=NOTICE`,
  `fields[]`, `order=oldest` and `per_page` (at most 1000) gives `{"count", "description", "total_pages", "next_page_url", "results"}`;
  the last page has no `next_page_url`, and the address of the next one lacks `.json`
  (https://www.federalregister.gov/developers/documentation/api/v1, and responses recorded in public clients of it).
- `GET /api/v1/documents/{number},{number}.json` gives several documents at once, as `Article.find_all` of the service's own
  Ruby client asks for them (https://github.com/usnationalarchives/federal_register); one alone comes without `results` around it.
- A result's `raw_text_url` is `https://www.federalregister.gov/documents/full_text/text/<year>/<month>/<day>/<number>.txt`: the
  printed text in `<html><pre>`. Documents before 1994 are absent.
- At most five requests a second to the API and one a second to the texts
  (https://github.com/usnationalarchives/federalregister-api-core/issues/13): the pause is one second.
- With status 200, or by a redirect to unblock.federalregister.gov, a page "Federal Register :: Request Access" may come instead of a
  text, at random; the next try often gives the text. It is tried again at growing intervals, and never answered.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from giftgraph.errors import FetchFailed
from giftgraph.sources.downloading import Passing
from giftgraph.sources.fetching import Remote, Service
from giftgraph.sources.us_federal_register.document import LARGEST

SITE = "https://www.federalregister.gov"
OVERRIDE = "GIFTGRAPH_FEDERAL_REGISTER"
"""The environment variable that names another address of the service, such as a stand-in on this machine."""

_FIELDS = ("document_number", "title", "publication_date", "raw_text_url", "type")
_TERM = '"gifts to federal employees"'
_TITLE = re.compile(r"gifts to federal employees|gifts .{0,40}foreign (?:government )?sources", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"[A-Z0-9]{1,6}-\d{1,6}")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_MOST_PAGES = 50
_LATE = 4
"""Years after the calendar year of its gifts in which a notice may still be published."""


def service() -> Service:
    """The hosts and limits of the service."""
    return Service(frozenset({urlsplit(_site()).netloc.casefold()}), frozenset({"text/plain", "text/html"}), LARGEST)


def find_documents(get_json: Callable[[str], Any], years: frozenset[int], known: Mapping[str, int]) -> list[Remote]:
    """The notices of gifts, the oldest first: what the search finds, and what is `known` and was not found by it.

    With `years`, those of these calendar years of gifts. Where neither the title nor the card says the year, a notice is taken if it
    was published in the four years after: its text says which year it is of.

    Raises:
        FetchFailed: the answers have another shape than the service's.
    """
    found = {remote.number: remote for remote in _search(get_json)}
    missing = sorted(number for number, year in known.items() if number not in found and (not years or year in years))
    if missing:
        # What is not found this way either is said by the caller, for every known document by its number.
        with suppress(FetchFailed):
            found |= {remote.number: remote for remote in _look_up(get_json, missing)}
    wanted = [remote for remote in found.values() if not years or _may_be_of(remote, years, known)]
    return sorted(wanted, key=lambda remote: (remote.published, remote.number))


def check_document(body: bytes, remote: Remote) -> None:
    """Raise Passing where the body is not the whole text of the document: a page that asks who is there, another document, a part."""
    head = body[:4000]
    if b"Request Access" in head:
        raise Passing("sent a page that asks for a human instead of the text")
    number = remote.number.encode()
    if b"[FR Doc No: " + number + b"]" not in head:
        raise Passing(f"sent something else than document {remote.number}")
    if not re.search(rb"\[FR Doc\.? " + re.escape(number) + rb" Filed ", body) and b"</html>" not in body[-200:]:
        raise Passing("sent a text that is cut off")


def _site() -> str:
    site = os.environ.get(OVERRIDE, "").rstrip("/") or SITE
    if not urlsplit(site).netloc:
        raise FetchFailed(f"{OVERRIDE}: {site[:100]!r} is no address")
    return site


def _search(get_json: Callable[[str], Any]) -> Iterable[Remote]:
    conditions = [
        ("conditions[agencies][]", "state-department"),
        ("conditions[term]", _TERM),
        ("conditions[type][]", "NOTICE"),
        ("order", "oldest"),
        ("per_page", "200"),
    ]
    address: str | None = f"{_site()}/api/v1/documents.json?{urlencode([*conditions, *_fields()])}"
    asked: set[str] = set()
    while address:
        if address in asked or len(asked) == _MOST_PAGES:
            raise FetchFailed(f"{address}: the pages of the search have no end")
        asked.add(address)
        page = get_json(address)
        yield from _remotes(page, address)
        following = page.get("next_page_url")
        if following is not None and not isinstance(following, str):
            raise FetchFailed(f"{address}: the address of the next page is none")
        address = following


def _look_up(get_json: Callable[[str], Any], numbers: list[str]) -> Iterable[Remote]:
    address = f"{_site()}/api/v1/documents/{','.join(numbers)}.json?{urlencode(_fields())}"
    content = get_json(address)
    alone = isinstance(content, dict) and "results" not in content and "document_number" in content
    yield from _remotes({"results": [content]} if alone else content, address, any_title=True)


def _fields() -> list[tuple[str, str]]:
    return [("fields[]", field) for field in _FIELDS]


def _remotes(page: Any, address: str, *, any_title: bool = False) -> Iterable[Remote]:
    # A search without any match has a count and no results.
    results = page.get("results", []) if isinstance(page, dict) else None
    if not isinstance(results, list):
        raise FetchFailed(f"{address}: the answer has no list of results: the service has changed")
    for result in results:
        if not isinstance(result, dict):
            raise FetchFailed(f"{address}: a result is no object: the service has changed")
        number, title, published = (str(result.get(name) or "") for name in _FIELDS[:3])
        if not any_title and not _TITLE.search(title):
            continue
        if not _NUMBER.fullmatch(number) or not _DAY.fullmatch(published):
            raise FetchFailed(
                f"{address}: document {number[:40]!r} of {published[:20]!r} has no number or day: the service has changed"
            )
        text = result.get("raw_text_url")
        if not isinstance(text, str) or not text:
            text = f"{_site()}/documents/full_text/text/{published.replace('-', '/')}/{number}.txt"
        yield Remote(f"{published}_doc{number}.txt", number, text, title, published)


def _may_be_of(remote: Remote, years: frozenset[int], known: Mapping[str, int]) -> bool:
    if remote.number in known:
        return known[remote.number] in years
    stated = {int(year) for year in _YEAR.findall(remote.title)}
    if stated:
        return bool(stated & years)
    published = int(remote.published[:4])
    return any(0 < published - year <= _LATE for year in years)
