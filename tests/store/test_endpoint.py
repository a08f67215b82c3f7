"""Services that are down, slow, rude or lie, played by a real HTTP server on the loopback address."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from conftest import Run, free_port
from giftgraph.errors import EndpointFailed, QueryInvalid
from giftgraph.store.endpoint import Endpoint

ROWS = '{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"one"}}]}}'
JSON = "application/sparql-results+json"
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?n { ?s ?p ?n }"


class Service:
    """What the service shall answer, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[BaseHTTPRequestHandler] = []
        self.queries: list[str] = []
        self.answers: list[Callable[[BaseHTTPRequestHandler], None]] = []


def reply(body: str | bytes = ROWS, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    content = body.encode() if isinstance(body, str) else body

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content-Type": JSON} | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    return answer


@pytest.fixture
def service() -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            known.requests.append(self)
            known.queries.append(parse_qs(body)["query"][0])
            answer = known.answers.pop(0) if len(known.answers) > 1 else known.answers[0]
            answer(self)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Service(f"http://127.0.0.1:{server.server_port}/sparql")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield known
    server.shutdown()
    server.server_close()
    thread.join()


def fail(service: Service, query: str = SELECT, timeout: float = 5) -> str:
    with pytest.raises(EndpointFailed) as failure:
        Endpoint(service.url, timeout=timeout).query(query)
    assert "\n" not in str(failure.value)
    assert service.url in str(failure.value)
    return str(failure.value)


def test_rows_come_back_and_the_query_goes_out_with_our_prefixes(service: Service) -> None:
    service.answers = [reply()]
    answer = Endpoint(service.url).query("SELECT ?n { person:qaitbay rdfs:label ?n }")
    assert answer.column("n") == ["one"]  # type: ignore[union-attr]
    assert "PREFIX person:" in service.queries[0]
    assert service.requests[0].headers["Accept"] == JSON
    assert "giftgraph/" in service.requests[0].headers["User-Agent"]


def test_a_busy_service_is_asked_again_after_the_time_it_named(service: Service) -> None:
    service.answers = [reply("busy", 503, Retry_After="1"), reply()]
    started = time.monotonic()
    assert len(Endpoint(service.url).query(SELECT)) == 1  # type: ignore[arg-type]
    assert time.monotonic() - started >= 1
    assert len(service.requests) == 2


def test_the_time_may_be_a_date(service: Service) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    service.answers = [reply("busy", 429, Retry_After=date), reply()]
    started = time.monotonic()
    Endpoint(service.url).query(SELECT)
    assert time.monotonic() - started >= 0.5


def test_a_wait_longer_than_the_timeout_is_not_waited(service: Service) -> None:
    service.answers = [reply("busy", 503, Retry_After="3600")]
    started = time.monotonic()
    assert "503" in fail(service, timeout=2)
    assert time.monotonic() - started < 2
    assert len(service.requests) == 1


def test_a_service_that_stays_busy_is_given_up(service: Service) -> None:
    service.answers = [reply("busy", 503, Retry_After="0")]
    assert "after 4 tries" in fail(service)
    assert len(service.requests) == 4


def test_a_refusal_is_not_asked_again(service: Service) -> None:
    service.answers = [reply("Malformed query:\n no", 400, Content_Type="text/plain")]
    assert "400: Malformed query: no" in fail(service)
    assert len(service.requests) == 1


def test_a_slow_service_is_left_after_the_timeout(service: Service) -> None:
    def sleep(_request: BaseHTTPRequestHandler) -> None:
        time.sleep(3)

    service.answers = [sleep]
    started = time.monotonic()
    assert "no answer within 0.5 seconds" in fail(service, timeout=0.5)
    assert time.monotonic() - started < 3


def test_an_answer_that_drips_without_end_is_cut_at_the_timeout(service: Service) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.end_headers()
        try:
            for _ in range(200):
                request.wfile.write(b" ")
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    service.answers = [drip]
    assert "timeout" in fail(service, timeout=1)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (SELECT, reply("<html>Sign in</html>", Content_Type="text/html")),
        (SELECT, reply(ROWS[:40])),
        (SELECT, reply(b"\xff\xfe\x00")),
        (SELECT, reply("")),
        (SELECT, reply('{"head":{},"boolean":true}')),
        (SELECT, reply('{"results":[]}')),
        (ASK, reply()),
        ("DESCRIBE <http://e/>", reply("<html/>", Content_Type="text/html")),
        ("DESCRIBE <http://e/>", reply("<a> <b", Content_Type="text/turtle")),
    ],
)
def test_a_service_that_lies_is_not_believed(
    service: Service, query: str, answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    service.answers = [answer]
    fail(service, query)


def test_credentials_come_from_the_environment_and_stay_with_the_host(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIFTGRAPH_ENDPOINT_TOKEN", "secret")
    service.answers = [reply()]
    Endpoint(service.url).query(SELECT)
    assert service.requests[0].headers["Authorization"] == "Bearer secret"
    service.answers = [reply("", 307, Location="http://localhost:1/elsewhere")]
    message = fail(service)
    assert "redirects to http://localhost:1/elsewhere" in message
    assert "secret" not in message
    assert len(service.requests) == 2


def test_a_redirect_on_the_same_host_is_followed_but_not_for_ever(service: Service) -> None:
    service.answers = [reply("", 307, Location="/other"), reply()]
    assert len(Endpoint(service.url).query(SELECT)) == 1  # type: ignore[arg-type]
    assert service.requests[1].path == "/other"
    service.answers = [reply("", 307, Location="/again")]
    assert "redirects more than" in fail(service)


@pytest.mark.parametrize("url", ["ftp://h/", "http://", "javascript:alert(1)", "http://user:pw@127.0.0.1/", "h", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointFailed) as failure:
        Endpoint(url)
    assert "pw" not in str(failure.value)


def test_nothing_is_sent_for_a_query_that_is_refused(service: Service) -> None:
    service.answers = [reply()]
    with pytest.raises(QueryInvalid):
        Endpoint(service.url).query("DROP ALL")
    assert service.requests == []


def test_the_command_line_names_a_service_that_is_down(cli: Run) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    run = cli("query", SELECT, "--endpoint", url)
    assert run.returncode == 1
    assert run.stderr.startswith(f"giftgraph: {url}: cannot be reached")
    assert run.stderr.count("\n") == 1
