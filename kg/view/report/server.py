"""The store over HTTP, for this machine alone: the report, a SPARQL endpoint that only reads, and a page to write queries in.

Whoever can reach the port can read the store, so it is bound to 127.0.0.1. A page of another site must not reach it through
the reader's browser: a request under any other host name is refused (DNS rebinding), the endpoint refuses what another
origin sends (see `origin`), and no CORS header is ever sent. A link to the report or the editor opens it, and runs no query.
What a query may cost is bounded: its length, its time, its memory, its reply, and how many run at once.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Semaphore
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from markupsafe import Markup

from kg.errors import InputError, KgError, MissingError, OvertimeError, QueryError, TooMuchError
from kg.graph import PREFIXES, Store
from kg.view.ask.questions import named_questions
from kg.view.report.html import content_security_policy, environment, join_files
from kg.view.report.origin import foreign_origin, is_link
from kg.view.report.page_selection import StoreView, load_store_view
from kg.view.report.render import TITLE, draw

try:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.datastructures import Headers
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, Response
    from starlette.routing import Route
except ImportError as error:
    raise MissingError(
        "kg serve needs starlette and uvicorn", fix="Install them: pip install 'newsclaims[serve]'"
    ) from error

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
PORT = 8010
PAGES = ("/", "/query")  # what a link on another site may open
_KEPT = 8  # reports that are kept drawn

#: media types of each form; the first is the one that is sent
ROWS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json",),
    "rdfxml": ("application/rdf+xml",),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost: characters of its text, seconds, bytes of its reply; and how many run at once."""

    query: int = 100_000
    seconds: float = 30.0
    reply: int = 50_000_000
    together: int = 4


def serve(store: Path, port: int = PORT, *, title: str = TITLE, tell: Callable[[str], None] = print) -> None:
    """Serve the store of that folder until interrupted; ``tell`` is told the address once it answers.

    Raises MissingError where there is no store, InputError where the port is taken.
    """
    Store(store, readonly=True).close()  # a wrong folder is told now, not at the first request
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
            listening.listen()
        except (OSError, OverflowError) as error:
            problem = f"port {port} cannot be had: {error}"
            raise InputError(problem, where="--port", fix="Name another, or 0 for any that is free.") from error
        tell(f"http://{HOST}:{listening.getsockname()[1]}/")
        config = uvicorn.Config(application(store, title), log_level="warning", server_header=False)
        with suppress(
            KeyboardInterrupt
        ):  # how it is meant to end; uvicorn lets running requests finish, then raises it
            uvicorn.Server(config).run(sockets=[listening])


def application(store: Path, title: str = TITLE, limits: Limits | None = None) -> ASGIApp:
    """The ASGI application for the store of that folder."""
    service = Service(store, title, limits or Limits())
    routes = [
        Route("/", service.report, methods=["GET"]),
        Route("/query", service.editor, methods=["GET"]),
        Route("/sparql", service.sparql, methods=["GET", "POST"]),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False)
    return Starlette(routes=routes, middleware=[hosts, Middleware(_OwnOrigin)])


class _OwnOrigin:
    """Refuses what a page of another origin sends, before anything reads it; links to pages pass."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            own = f"{scope['scheme']}://{headers.get('host', '')}"
            foreign = foreign_origin(headers, own)
            if foreign and not (scope["path"] in PAGES and is_link(headers)):
                words = f"Another site's page sent this request ({foreign}): only pages of {own} may.\n"
                await PlainTextResponse(words, 403, _GUARD)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Service:
    """The three addresses: the report, the editor and the endpoint."""

    def __init__(self, store: Path, title: str, limits: Limits) -> None:
        self.store, self.title, self.limits = store, title, limits
        self.state: object = None
        self.known: StoreView | None = None
        self.drawn: dict[str | None, bytes] = {}
        self.drawing = Lock()
        self.asking = Semaphore(limits.together)

    async def report(self, request: Request) -> Response:
        """What `kg render` would write now, around ``focus`` where that is given; drawn anew where the store has changed."""
        try:
            return _html(await run_in_threadpool(self._report, request.query_params.get("focus")))
        except KgError as error:
            return PlainTextResponse(f"{error}\n", 404 if isinstance(error, InputError) else 500)

    def _report(self, focus: str | None) -> bytes:
        with self.drawing:
            state = _state(self.store)
            if self.state != state:
                self.state, self.known, self.drawn = state, None, {}
            if len(self.drawn) >= _KEPT:
                self.drawn = {}
            if focus not in self.drawn:
                with Store(self.store, readonly=True) as opened:
                    self.known = self.known or load_store_view(opened)
                    page, _ = draw(opened, focus=focus, title=self.title, live=True, known=self.known)
                    self.drawn[focus] = page
            return self.drawn[focus]

    async def editor(self, _: Request) -> Response:
        """The page to write queries in."""
        return _html(_editor(self.title))

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol, query operation: by GET, by a form, or as the body itself."""
        try:
            query = await self._query(request)
            rows, triples = _forms(request.headers.get("accept", ""))
            form, reply = await run_in_threadpool(self._ask, query, rows, triples)
        except _Refused as refused:
            return PlainTextResponse(refused.words, refused.status)
        kind = {**ROWS, **TRIPLES}[form][0]
        return Response(reply, media_type=kind, headers={"Vary": "Accept", "Cache-Control": "no-store", **_GUARD})

    async def _query(self, request: Request) -> str:
        given = parse_qsl(request.url.query, keep_blank_values=True)
        if request.method == "POST":
            kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
            body = await self._body(request)
            if kind == "application/sparql-query":
                given.append(("query", body))
            elif kind == "application/x-www-form-urlencoded":
                given += parse_qsl(body, keep_blank_values=True)
            elif kind == "application/sparql-update":
                raise _Refused(403, "This endpoint only reads: the store changes by `kg build` alone.")
            else:
                raise _Refused(415, "Send a form, or application/sparql-query.")
        if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
            raise _Refused(403, "This endpoint only reads: the store changes by `kg build` alone.")
        if any(name in ("default-graph-uri", "named-graph-uri") for name, _ in given):
            raise _Refused(400, "The graphs are the store's own: name them in the query, by GRAPH or FROM.")
        queries = [value for name, value in given if name == "query"]
        if len(queries) != 1:
            raise _Refused(400, "Send one query, as the parameter `query` or as the body.")
        if len(queries[0]) > self.limits.query:
            raise _Refused(413, f"The query is longer than {self.limits.query:,} characters.")
        return queries[0]

    async def _body(self, request: Request) -> str:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > self.limits.query * 3:  # a form spells one byte with three
                raise _Refused(413, f"The query is longer than {self.limits.query:,} characters.")
        try:
            return body.decode()
        except UnicodeDecodeError as error:
            raise _Refused(400, "The query is not UTF-8.") from error

    def _ask(self, query: str, rows: str, triples: str) -> tuple[str, bytes]:
        if not self.asking.acquire(timeout=self.limits.seconds):
            raise _Refused(503, "Too many queries are running: ask again later.")
        try:
            with Store(self.store, readonly=True) as opened:
                return opened.reply(query, rows, triples, self.limits.seconds, self.limits.reply)
        except (OvertimeError, TooMuchError) as error:
            raise _Refused(503 if isinstance(error, OvertimeError) else 413, error.problem) from error
        except QueryError as error:
            raise _Refused(400, str(error)) from error
        except KgError as error:
            raise _Refused(500, error.problem) from error
        finally:
            self.asking.release()


class _Refused(Exception):  # noqa: N818 - not an error of ours: a reply
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words + "\n"


#: what every reply says: no guessing of types, no frame around it, no page of another site that reads it
_GUARD = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def _html(page: bytes) -> Response:
    return Response(page, media_type="text/html", headers={"Cache-Control": "no-store", **_GUARD})


def _state(store: Path) -> object:
    """What changes when the store does: its data files by name, size and time (a reader writes only logs)."""
    files = sorted((store / "quads").iterdir())
    known = [(path.name, path.stat()) for path in files if not path.name.startswith(("LOG", "LOCK")) and path.exists()]
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in known]


def _forms(accept: str) -> tuple[str, str]:
    """The form for rows and the form for triples that an Accept header likes best; JSON and Turtle where it is open."""
    weights: dict[str, float] = {}
    for each in accept.lower().split(","):
        kind, *params = (part.strip() for part in each.split(";"))
        quality = next((param[2:] for param in params if param.startswith("q=")), "1")
        try:
            weights[kind] = float(quality)
        except ValueError:
            weights[kind] = 0
    if not any(weights.get(kind) for kind in weights if kind):
        weights = {"*/*": 1.0}

    def best(forms: dict[str, tuple[str, ...]]) -> str:
        def weight(form: str) -> float:
            exact = [weights[kind] for kind in forms[form] if kind in weights]
            family = [
                weights[f"{kind.split('/')[0]}/*"] for kind in forms[form] if f"{kind.split('/')[0]}/*" in weights
            ]
            return max(exact, default=max(family, default=weights.get("*/*", 0.0)))

        return max(forms, key=weight)  # the first of the best

    rows, triples = best(ROWS), best(TRIPLES)
    return rows, triples


def _editor(title: str) -> bytes:
    questions = [
        {
            "name": each.name,
            "summary": each.summary,
            "text": each.text,
            "columns": [list(column) for column in each.columns],
            "params": [[param.name, param.meaning] for param in each.params],
        }
        for each in named_questions().values()
    ]
    script, style = join_files("js", ("query",)), join_files("css", ("page", "query"))
    page = environment().get_template("query.html")
    return page.render(
        title=title,
        data={"questions": questions, "prefixes": PREFIXES},
        script=Markup(script),  # noqa: S704 - ours
        style=Markup(style),  # noqa: S704 - ours
        policy=content_security_policy((script,), style, "connect-src 'self'"),
    ).encode()
