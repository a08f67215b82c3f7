"""The Federal Register played by a real HTTP server on the loopback address: its shapes, and the faults of any service."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import Run
from giftgraph.errors import FetchFailed
from giftgraph.sources import fetching
from giftgraph.sources.card import read_card
from giftgraph.sources.downloading import Client, Pace
from giftgraph.sources.fetching import LIST, Fetched, fetch_register
from giftgraph.sources.us_federal_register.api import OVERRIDE

CARD = read_card("us-federal-register")
CONTACT = "tests@example.org"
QUICK = Pace(pause=0.0, first_wait=0.01, longest_wait=5.0, request=2.0, tries=3)
ACCESS_PAGE = "<!DOCTYPE html><html><head><title>Federal Register :: Request Access</title></head><body>…</body></html>"
TITLE = "Office of the Chief of Protocol; Gifts to Federal Employees From Foreign Government Sources"
# Number, day, calendar year of gifts as the title has it ("" where it does not say).
DOCUMENTS = [
    ("95-13832", "1995-06-09", ""),
    ("2013-09945", "2013-04-26", "2011"),
    ("2013-12468", "2013-05-24", "2010"),
    ("2021-16751", "2021-08-05", "2019"),
]
Reply = Callable[[BaseHTTPRequestHandler], None]


def text_of(number: str, filler: int = 10) -> str:
    head = f"<html>\n<head>\n<title>Federal Register</title>\n</head>\n<body><pre>\n[FR Doc No: {number}]\n"
    return (
        head + "A line of a table.\n" * filler + f"[FR Doc. {number} Filed 6-8-95; 8:45 am]\n\n</pre></body>\n</html>\n"
    )


def reply(body: str | bytes, kind: str = "text/plain", status: int = 200, **headers: str) -> Reply:
    content = body.encode() if isinstance(body, str) else body

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", f"{kind}; charset=utf-8")
        request.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def cut_off(body: str, sent: int) -> Reply:
    """Promise the whole and break off."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[:sent].encode())
        request.wfile.flush()
        request.connection.close()

    return answer


class Register:
    """The service: two pages of search results, the texts, what is to be answered first at a path, and what was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.faults: dict[str, list[Reply]] = {}
        self.always: dict[str, Reply] = {}
        self.busy = 0
        self.most_busy = 0
        self.unsearchable: set[str] = set()
        self.lock = threading.Lock()

    def text_path(self, number: str) -> str:
        day = next(day for known, day, _ in DOCUMENTS if known == number)
        return f"/documents/full_text/text/{day.replace('-', '/')}/{number}.txt"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        if self.faults.get(path):
            return self.faults[path].pop(0)(request)
        if path in self.always:
            return self.always[path](request)
        if path in ("/api/v1/documents.json", "/api/v1/documents"):
            return reply(json.dumps(self.search(query)), "application/json")(request)
        if path.startswith("/api/v1/documents/"):
            numbers = path.removeprefix("/api/v1/documents/").removesuffix(".json").split(",")
            results = [self.result(*entry) for entry in DOCUMENTS if entry[0] in numbers]
            return reply(json.dumps({"count": len(results), "results": results}), "application/json")(request)
        for number, _, _ in DOCUMENTS:
            if path == self.text_path(number):
                if request.headers.get("If-None-Match") == f'"{number}"':
                    request.send_response(304)
                    return request.end_headers()
                return reply(text_of(number), "text/plain", ETag=f'"{number}"')(request)
        return reply("no such page", "text/plain", 404)(request)

    def search(self, query: dict[str, list[str]]) -> dict[str, object]:
        assert query["conditions[agencies][]"] == ["state-department"]
        assert query["conditions[term]"] == ['"gifts to federal employees"']
        page = int(query.get("page", ["1"])[0])
        found = [entry for entry in DOCUMENTS if entry[0] not in self.unsearchable]
        halves = [found[:2], found[2:]]
        results = [self.result(*entry) for entry in halves[page - 1]]
        other = {
            "document_number": "2011-99",
            "title": "Culturally Significant Objects",
            "publication_date": "2011-01-03",
        }
        content: dict[str, object] = {
            "count": len(found) + 1,
            "description": "Documents matching '\"gifts to federal employees\"' and from State Department",
            "total_pages": 2,
            "results": [other, *results],
        }
        if page == 1:
            kept = urlsplit(
                "?" + "&".join(f"{name}={value}" for name, values in query.items() for value in values)
            ).query
            content["next_page_url"] = f"{self.address}/api/v1/documents?{kept.replace(' ', '+')}&format=json&page=2"
        return content

    def result(self, number: str, day: str, year: str) -> dict[str, object]:
        stated = f" Reported to Employing Agencies in Calendar Year {year}" if year else "; List"
        return {
            "document_number": number,
            "title": TITLE + stated,
            "publication_date": day,
            "raw_text_url": self.address + self.text_path(number),
            "type": "Notice",
        }


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with known.lock:
                known.busy += 1
                known.most_busy = max(known.most_busy, known.busy)
                known.asked.append(urlsplit(self.path).path)
                known.headers.append(dict(self.headers))
            try:
                known.answer(self)
            except OSError:
                pass
            finally:
                with known.lock:
                    known.busy -= 1

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Register(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv(OVERRIDE, known.address)
    yield known
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(
    directory: Path, years: tuple[int, ...] = (2010, 2011, 2019), *, refresh: bool = False, pace: Pace = QUICK
) -> Fetched:
    return fetch_register(CARD, directory, CONTACT, years=years, refresh=refresh, pace=pace, say=lambda _line: None)


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir() if not path.name.startswith("."))


def test_the_documents_of_all_pages_come_under_the_names_the_reader_expects(register: Register, tmp_path: Path) -> None:
    fetched = fetch(tmp_path)
    assert [path.name for path in fetched.files] == [
        "2013-04-26_doc2013-09945.txt",
        "2013-05-24_doc2013-12468.txt",
        "2021-08-05_doc2021-16751.txt",
    ]
    assert fetched.files[0].read_text() == text_of("2013-09945")
    assert (fetched.new, fetched.failures) == (3, ())
    assert names(tmp_path) == [*(path.name for path in fetched.files), LIST]


def test_a_year_is_that_of_the_gifts_by_the_title_or_the_card(register: Register, tmp_path: Path) -> None:
    assert [path.name for path in fetch(tmp_path, (2011,)).files] == ["2013-04-26_doc2013-09945.txt"]
    assert [path.name for path in fetch(tmp_path, (1994,)).files] == ["1995-06-09_doc95-13832.txt"]


def test_a_known_document_that_the_search_misses_is_asked_for_by_its_number(register: Register, tmp_path: Path) -> None:
    register.unsearchable = {"2013-09945"}
    assert [path.name for path in fetch(tmp_path, (2011,)).files] == ["2013-04-26_doc2013-09945.txt"]
    assert "/api/v1/documents/2013-09945.json" in register.asked


def test_a_known_document_that_is_not_offered_is_said(register: Register, tmp_path: Path) -> None:
    fetched = fetch(tmp_path, (2009, 2011))
    assert [path.name for path in fetched.files] == ["2013-04-26_doc2013-09945.txt"]
    assert fetched.failures == ("document 2011-794: the service does not offer it",)


@pytest.mark.parametrize("status", [404, 400])
def test_a_look_up_that_fails_does_not_keep_the_rest_away(register: Register, tmp_path: Path, status: int) -> None:
    register.always["/api/v1/documents/2011-794.json"] = reply('{"errors": {}}', "application/json", status)
    fetched = fetch(tmp_path, (2009, 2011))
    assert len(fetched.files) == 1
    assert len(fetched.failures) == 1


def test_who_asks_is_said_and_one_thing_is_asked_at_a_time(register: Register, tmp_path: Path) -> None:
    fetch(tmp_path)
    assert register.most_busy == 1
    for headers in register.headers:
        assert CONTACT in headers["User-Agent"]
        assert headers["User-Agent"].startswith("giftgraph/")
        assert headers["From"] == CONTACT


def test_between_two_requests_there_is_a_pause(register: Register, tmp_path: Path) -> None:
    moments: list[float] = []
    answer = register.answer
    register.answer = lambda request: (moments.append(time.monotonic()), answer(request))[1]  # type: ignore[method-assign]
    fetch(tmp_path, (2011,), pace=Pace(pause=0.2, tries=1))
    assert len(moments) == 3
    assert all(after - before > 0.15 for before, after in pairwise(moments))


def test_what_is_there_is_not_asked_for_again(register: Register, tmp_path: Path) -> None:
    fetch(tmp_path)
    before = len([path for path in register.asked if path.endswith(".txt")])
    again = fetch(tmp_path)
    assert (again.new, len(again.files)) == (0, 3)
    assert len([path for path in register.asked if path.endswith(".txt")]) == before


def test_refresh_asks_with_the_etag_and_keeps_what_has_not_changed(register: Register, tmp_path: Path) -> None:
    fetch(tmp_path, (2011,))
    again = fetch(tmp_path, (2011,), refresh=True)
    assert (again.new, len(again.files)) == (0, 1)
    assert register.headers[-1]["If-None-Match"] == '"2013-09945"'


def test_refresh_replaces_what_has_changed(register: Register, tmp_path: Path) -> None:
    fetch(tmp_path, (2011,))
    register.always[register.text_path("2013-09945")] = reply(text_of("2013-09945", 20))
    fetched = fetch(tmp_path, (2011,), refresh=True)
    assert fetched.new == 1
    assert fetched.files[0].read_text() == text_of("2013-09945", 20)


def test_a_file_that_is_not_as_the_list_says_is_fetched_again(register: Register, tmp_path: Path) -> None:
    path = fetch(tmp_path, (2011,)).files[0]
    path.write_text(text_of("2013-09945").replace("table", "fable"))
    assert fetch(tmp_path, (2011,)).new == 1
    assert path.read_text() == text_of("2013-09945")


def test_a_file_of_ones_own_is_kept_when_it_is_the_document(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "2013-04-26_doc2013-09945.txt"
    path.write_text(text_of("2013-09945", 33))
    assert fetch(tmp_path, (2011,)).new == 0
    assert path.read_text() == text_of("2013-09945", 33)


@pytest.mark.parametrize("broken", ["{", "[]", '{"2013-04-26_doc2013-09945.txt": 3}', "\0"])
def test_a_broken_list_counts_as_none(register: Register, tmp_path: Path, broken: str) -> None:
    (tmp_path / LIST).write_text(broken)
    assert fetch(tmp_path, (2011,)).new == 1
    assert set(json.loads((tmp_path / LIST).read_text())) == {"2013-04-26_doc2013-09945.txt"}


@pytest.mark.parametrize(
    "fault",
    [
        reply("busy", status=500),
        reply("busy", status=503),
        reply("wait", status=429, Retry_After="0"),
        cut_off(text_of("2013-09945"), 60),
        reply(text_of("2013-09945")[:-60]),
        reply(ACCESS_PAGE, "text/html"),
        reply(text_of("2013-12468")),
    ],
    ids=["500", "503", "429", "reset", "cut off", "access page", "another document"],
)
def test_a_fault_that_passes_is_tried_again(register: Register, tmp_path: Path, fault: Reply) -> None:
    register.faults[register.text_path("2013-09945")] = [fault, fault]
    fetched = fetch(tmp_path, (2011,))
    assert fetched.failures == ()
    assert fetched.files[0].read_text() == text_of("2013-09945")
    assert register.asked.count(register.text_path("2013-09945")) == 3


@pytest.mark.parametrize(
    ("told", "least"),
    [("1", 0.95), (lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True), 0.9)],
    ids=["seconds", "date"],
)
def test_a_service_that_asks_to_wait_is_waited_for(
    register: Register, tmp_path: Path, told: str | Callable[[], str], least: float
) -> None:
    wait = told if isinstance(told, str) else told()
    register.faults[register.text_path("2013-09945")] = [reply("wait", status=429, Retry_After=wait)]
    start = time.monotonic()
    assert fetch(tmp_path, (2011,)).failures == ()
    assert time.monotonic() - start > least


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (reply("busy", status=500), "answered 500"),
        (reply("gone", status=404), "answered 404"),
        (reply("wait", status=429, Retry_After="86400"), "86,400 seconds"),
        (reply(ACCESS_PAGE, "text/html"), "asks for a human"),
        (reply(b"%PDF-1.7", "application/pdf"), "application/pdf"),
        (reply("<html>An error has occurred</html>", "text/html"), "something else than document"),
        (cut_off(text_of("2013-09945"), 60), "broke off"),
        (reply("", status=302, Location="https://unblock.federalregister.gov/"), "unblock.federalregister.gov"),
        (reply("", status=302, Location="http://169.254.169.254/latest"), "none of the register's hosts"),
        (reply("", status=302, Location="file:///etc/passwd"), "not followed"),
    ],
    ids=["500", "404", "long wait", "access page", "pdf", "error page", "reset", "unblock", "metadata", "file"],
)
def test_a_fault_that_stays_is_said_in_one_line_and_leaves_no_file(
    register: Register, tmp_path: Path, fault: Reply, said: str
) -> None:
    register.always[register.text_path("2013-09945")] = fault
    fetched = fetch(tmp_path, (2011,))
    assert fetched.files == ()
    (failure,) = fetched.failures
    assert said in failure
    assert "\n" not in failure
    assert names(tmp_path) == []


def test_an_answer_without_end_is_refused(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("giftgraph.sources.us_federal_register.api.LARGEST", 10_000)
    register.always[register.text_path("2013-09945")] = reply(text_of("2013-09945", 100_000))
    (failure,) = fetch(tmp_path, (2011,)).failures
    assert "larger than 10,000 bytes" in failure


def test_an_interrupted_run_goes_on_where_it_stopped(register: Register, tmp_path: Path) -> None:
    second = register.text_path("2013-12468")
    register.always[second] = cut_off(text_of("2013-12468"), 60)
    first = fetch(tmp_path)
    assert [path.name[-14:] for path in first.files] == ["2013-09945.txt", "2021-16751.txt"]
    assert len(first.failures) == 1
    del register.always[second]
    register.asked.clear()
    assert fetch(tmp_path).new == 1
    assert [path for path in register.asked if path.endswith(".txt")] == [second]


def test_a_service_that_is_gone_is_not_asked_for_every_document(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_GIVEN_UP", 2)
    for number in ("2013-09945", "2013-12468", "2021-16751"):
        register.always[register.text_path(number)] = reply("busy", status=503)
    assert len(fetch(tmp_path).failures) == 2
    assert register.text_path("2021-16751") not in register.asked


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        ("<html>busy</html>", "text/html", "text/html instead of application/json"),
        ('{"count": 3, "results": [', "application/json", "broken JSON"),
        ("[]", "application/json", "no list of results"),
        ('{"count": 1, "results": {"a": 1}}', "application/json", "no list of results"),
        ('{"count": 1, "results": [7]}', "application/json", "no object"),
        ("[" * 100_000, "application/json", "broken JSON"),
    ],
)
def test_a_search_that_answers_with_something_else_is_said_in_one_line(
    register: Register, tmp_path: Path, body: str, kind: str, said: str
) -> None:
    register.always["/api/v1/documents.json"] = reply(body, kind)
    with pytest.raises(FetchFailed) as failure:
        fetch(tmp_path)
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_number_that_would_leave_the_folder_is_refused(register: Register, tmp_path: Path) -> None:
    result = register.result("2013-09945", "2013-04-26", "2011") | {"document_number": "../../evil-1"}
    register.always["/api/v1/documents.json"] = reply(json.dumps({"count": 1, "results": [result]}), "application/json")
    with pytest.raises(FetchFailed, match="no number or day"):
        fetch(tmp_path)


def test_a_text_at_a_foreign_host_is_not_asked_for(register: Register, tmp_path: Path) -> None:
    result = register.result("2013-09945", "2013-04-26", "2011") | {"raw_text_url": "https://example.org/x.txt"}
    register.always["/api/v1/documents.json"] = reply(json.dumps({"count": 1, "results": [result]}), "application/json")
    (failure,) = fetch(tmp_path, (2011,)).failures
    assert "example.org" in failure


def test_pages_without_end_are_noticed(register: Register, tmp_path: Path) -> None:
    page = {"count": 1, "results": [], "next_page_url": f"{register.address}/api/v1/documents?page=2"}
    register.always["/api/v1/documents"] = register.always["/api/v1/documents.json"] = reply(
        json.dumps(page), "application/json"
    )
    with pytest.raises(FetchFailed, match="no end"):
        fetch(tmp_path)


def test_a_year_without_a_document_is_said(register: Register, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="no document for 1970"):
        fetch(tmp_path, (1970,))


@pytest.mark.parametrize("contact", ["", "me", "a b@example.org", "me@example.org\r\nX-Evil: 1", "javascript:alert(1)"])
def test_a_contact_that_is_no_address_is_refused(contact: str) -> None:
    with pytest.raises(FetchFailed, match="no contact"):
        Client(frozenset({"127.0.0.1"}), contact)


def test_plain_http_is_spoken_with_this_machine_only() -> None:
    with (
        Client(frozenset({"example.org"}), CONTACT) as client,
        pytest.raises(FetchFailed, match="only https"),
    ):
        client.get("http://example.org/", types=frozenset({"text/plain"}), largest=10)


def test_the_command_prints_the_paths_and_says_how_it_goes(register: Register, cli: Run, tmp_path: Path) -> None:
    done = cli(
        "fetch", "us-federal-register", "--year", "2011", "--to", str(tmp_path / "notices"), "--contact", CONTACT,
        env={OVERRIDE: register.address},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path / 'notices' / '2013-04-26_doc2013-09945.txt'}\n"
    assert done.stderr.startswith("giftgraph: 1 of 1: 2013-04-26_doc2013-09945.txt, ")


def test_the_command_puts_files_into_the_cache(register: Register, cli: Run, tmp_path: Path) -> None:
    environment = {OVERRIDE: register.address, "GIFTGRAPH_CACHE": str(tmp_path), "GIFTGRAPH_CONTACT": CONTACT}
    done = cli("fetch", "us-federal-register", "--year", "2011", "--quiet", env=environment)
    assert done.stderr == ""
    assert Path(done.stdout.strip()).parent == tmp_path / "registers" / "us-federal-register"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["us-federal-register"], "GIFTGRAPH_CONTACT"),
        (["us-federal-register", "--contact", "me"], "no contact"),
        (["uk-register", "--contact", CONTACT], "no register is called 'uk-register'"),
    ],
)
def test_the_command_says_what_it_lacks(cli: Run, arguments: list[str], said: str) -> None:
    done = cli("fetch", *arguments, env={"GIFTGRAPH_CONTACT": ""})
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_text_that_cannot_be_had_makes_the_command_fail(register: Register, cli: Run, tmp_path: Path) -> None:
    register.always[register.text_path("2013-09945")] = reply("gone", status=404)
    done = cli("fetch", "us-federal-register", "--year", "2011", "--quiet", "--to", str(tmp_path), "--contact", CONTACT,
               env={OVERRIDE: register.address})  # fmt: skip
    assert done.returncode == 1
    assert "answered 404" in done.stderr
    assert done.stderr.count("\n") == 1
