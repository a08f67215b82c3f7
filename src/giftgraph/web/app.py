"""The routes of the explorer. It answers on loopback only, reads only, and asks nothing of the network."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from giftgraph.draw import draw_picture
from giftgraph.draw.page import name_hash, read_static
from giftgraph.errors import DateInvalid, GiftgraphError, NameAmbiguous, NameUnknown
from giftgraph.names import AGENT_KINDS, KINDS, Match, find
from giftgraph.vocabulary import entity_iri, shorten
from giftgraph.web.pages import collect_headlines, collect_newest, collect_party, keep_ledger

if TYPE_CHECKING:
    from giftgraph.graph import Graph

_LONGEST = 200
_FOUND = 60
_REMEMBERED = 4
QUESTIONS = (
    ("What has passed between Vladimir Putin and Kim Jong Un?", "/between?a=Vladimir+Putin&b=Kim+Jong+Un"),
    ("What did Madeleine Albright give Kim Jong Il?", "/between?a=Madeleine+Albright&b=Kim+Jong+Il"),
    ("With whom did Xi Jinping exchange gifts?", "/around?a=Xi+Jinping"),
    ("What did Queen Elizabeth II receive?", "/party/person/elizabeth-ii"),
    ("Who gave to whom among China and the United States?", "/between?a=polity%3Achn&b=polity%3Ausa&by=polity"),
    ("Who is meant by Kim?", "/search?q=Kim"),
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
)


class _Headers:
    """Adds the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def create_app(graph: Graph) -> Starlette:
    """The explorer over a graph."""
    templates = Environment(
        loader=PackageLoader("giftgraph.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )

    templates.filters["shorten"] = shorten
    style = read_static("page.css") + read_static("explorer.css")
    policy = f"default-src 'none'; style-src {name_hash(style)}; img-src data:; form-action 'self'; base-uri 'none'"

    def page(name: str, status: int = 200, **values: object) -> HTMLResponse:
        html = templates.get_template(name).render(version=graph.version, style=Markup(style), **values)  # noqa: S704 - our own
        return HTMLResponse(html, status, headers={"Content-Security-Policy": policy})

    # A graph never changes: what is counted once stands, and the years of a busy party are read one after the other.
    counted = cache(lambda: (collect_headlines(graph), collect_newest(graph)))
    remembered = lru_cache(maxsize=_REMEMBERED)(partial(collect_party, graph))

    def home() -> Response:
        headlines, newest = counted()
        return page("home.html", headlines=headlines, newest=newest, questions=QUESTIONS)

    def search(text: str) -> Response:
        try:
            matches = find(graph, text) if text else []
            note = ""
        except NameUnknown as error:
            matches, note = [], str(error)
        return page(
            "search.html",
            text=text,
            matches=matches[:_FOUND],
            more=max(0, len(matches) - _FOUND),
            note=note,
            agents=AGENT_KINDS,
        )

    def party(kind: str, slug: str, year: str) -> Response:
        found = remembered(entity_iri(kind, slug)) if kind in KINDS else None
        if found is None:
            return page("error.html", 404, message=f"There is no {kind}:{slug} in the graph.")
        ledgers = [
            keep_ledger(title, lines, year) for title, lines in (("Given", found.given), ("Received", found.received))
        ]
        return page("party.html", party=found, ledgers=ledgers)

    def picture(a: str, b: str, by: str, start: str, end: str) -> Response:
        if not a:
            return page(
                "error.html",
                400,
                message="Say whom the picture is about: a name in A, and one in B for what passed between them.",
            )
        drawn = draw_picture(graph, a, b or None, by=by, start=start or None, end=end or None)
        return HTMLResponse(drawn.html(navigation=True))

    async def answer_home(_request: Request) -> Response:
        return await run_in_threadpool(home)

    async def answer_search(request: Request) -> Response:
        return await run_in_threadpool(search, _parameter(request, "q"))

    async def answer_party(request: Request) -> Response:
        year = _parameter(request, "year")
        return await run_in_threadpool(party, request.path_params["kind"], request.path_params["slug"], year)

    async def answer_picture(request: Request) -> Response:
        by = _parameter(request, "by") or "person"
        if by not in ("person", "office", "polity"):
            raise HTTPException(400, "by must be person, office or polity")
        names = [_parameter(request, name) for name in ("a", "b", "from", "to")]
        return await run_in_threadpool(picture, names[0], names[1], by, names[2], names[3])

    async def answer_health(_request: Request) -> Response:
        return JSONResponse({"status": "ok", "dataset": graph.version})

    async def redirect_entity(request: Request) -> Response:
        return RedirectResponse(f"/party/{request.path_params['kind']}/{request.path_params['slug']}", 303)

    def refuse(request: Request, error: Exception) -> Response:
        if isinstance(error, NameAmbiguous):
            return page("choose.html", 300, choices=_link_choices(request, error))
        if isinstance(error, HTTPException):
            return page(
                "error.html",
                error.status_code,
                message=error.detail if error.status_code != 404 else "There is no such page.",
            )
        return page("error.html", 404 if isinstance(error, NameUnknown) else 400, message=str(error))

    return Starlette(
        routes=[
            Route("/", answer_home),
            Route("/search", answer_search),
            Route("/party/{kind}/{slug}", answer_party),
            Route("/id/{kind}/{slug}", redirect_entity),
            Route("/between", answer_picture),
            Route("/around", answer_picture),
            Route("/healthz", answer_health),
        ],
        middleware=[
            Middleware(_Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", "testserver"]),
        ],
        exception_handlers={GiftgraphError: refuse, DateInvalid: refuse, HTTPException: refuse},
    )


def _link_choices(request: Request, error: NameAmbiguous) -> list[tuple[str, list[tuple[str, Match]]]]:
    """Each ambiguous text with its matches, and the address that asks the same of one of them."""
    asked = dict(request.query_params)
    unclear = {name: value.strip() for name, value in asked.items()}
    linked = []
    for text, matches in error.choices:
        name = next(name for name, value in unclear.items() if value == text)
        del unclear[name]
        linked.append(
            (text, [(f"{request.url.path}?{urlencode(asked | {name: match.key})}", match) for match in matches])
        )
    return linked


def _parameter(request: Request, name: str) -> str:
    value = request.query_params.get(name, "").strip()
    if len(value) > _LONGEST:
        raise HTTPException(400, f"{name} is longer than {_LONGEST} characters")
    return value
