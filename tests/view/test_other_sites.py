"""A page of another site cannot use `kg serve` through the reader's browser: by headers, and in a real browser."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the extra is not installed: pip install 'newsclaims[serve]'")

from tests.view.test_service import fill, running, send

ASK = "/sparql?query=ASK%7B%7D"
PORT = "PORT"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("other") / "kg.db"
    fill(path, 1)
    return path


@pytest.fixture(scope="module")
def port(store):
    with running(store) as served:
        yield served


@pytest.mark.parametrize(
    ("headers", "endpoint", "page"),
    [
        ({}, 200, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200, 200),
        ({"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200, 200),
        ({"Sec_Fetch_Site": "same-origin", "Origin": "http://127.0.0.1:PORT"}, 200, 200),
        ({"Origin": "http://127.0.0.1:PORT"}, 200, 200),
        ({"Referer": "http://127.0.0.1:PORT/query"}, 200, 200),
        ({"Host": "localhost:PORT", "Origin": "http://localhost:PORT"}, 200, 200),
        # a link, in a page of another site or in a mail
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 403, 200),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 403, 200),
        ({"Referer": "https://mail.example/"}, 403, 200),
        # all else that a page can do
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}, 403, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"}, 403, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, 403, 403),
        ({"Sec_Fetch_Site": "another-word", "Sec_Fetch_Mode": "cors"}, 403, 403),
        ({"Sec_Fetch_Site": "same-origin", "Origin": "null"}, 403, 200),
        ({"Origin": "https://evil.example"}, 403, 200),
        ({"Origin": "http://127.0.0.1:1"}, 403, 200),
        ({"Origin": "https://127.0.0.1:PORT"}, 403, 200),
        ({"Origin": "http://localhost:PORT"}, 403, 200),
        ({"Origin": ""}, 403, 200),
        ({"Referer": "http://127.0.0.1:PORT.evil.example/"}, 403, 200),
        ({"Referer": "http://127.0.0.1:PORT@evil.example/"}, 403, 200),
        ({"Referer": "http://["}, 403, 200),
        ({"Referer": "about:blank"}, 403, 200),
    ],
)
def test_who_may_ask_and_who_may_open(port, headers, endpoint, page):
    headers = {name: value.replace(PORT, str(port)) for name, value in headers.items()}
    assert send(port, "GET", ASK, **headers)[0] == endpoint
    assert send(port, "POST", "/sparql", "ASK {}", Content_Type="application/sparql-query", **headers)[0] == endpoint
    for path in ("/query", "/"):
        assert send(port, "GET", path, **headers)[0] == page
    for path in ("/%73parql?query=ASK%7B%7D", "//sparql?query=ASK%7B%7D", "/sparql/?query=ASK%7B%7D"):
        assert send(port, "GET", path, **headers)[0] != 200 or endpoint == 200


def test_what_is_refused_says_why_and_is_read_by_nobody(port):
    status, sent, text = send(port, "GET", ASK, Sec_Fetch_Site="cross-site")
    assert (status, sent["cross-origin-resource-policy"]) == (403, "same-origin")
    assert "Sec-Fetch-Site: cross-site" in text
    assert not any(name.lower().startswith("access-control") for name in sent)


def recorder(seen):
    """Middleware that keeps path, status and Sec-Fetch-Site of each request."""

    def wrap(served):
        async def recording(scope, receive, send):
            async def keep(message):
                if message["type"] == "http.response.start":
                    site = dict(scope["headers"]).get(b"sec-fetch-site", b"").decode()
                    seen.append((scope["path"], message["status"], site))
                await send(message)

            await served(scope, receive, keep)

        return recording

    return wrap


@contextmanager
def site(page):
    """The port of another site, which serves this page at every address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


#: what a page can have a browser send without asking its reader, each with a name of its own in the query
HOSTILE = """<!doctype html>{meta}<body>
<img src="{sparql}img"><script src="{sparql}script"></script><link rel="stylesheet" href="{sparql}link">
<iframe src="{sparql}frame"></iframe><iframe src="{own}/query"></iframe><img src="{own}/"><object data="{sparql}object"></object>
<video src="{sparql}video"></video>
<iframe name="target"></iframe>
<form id="get" action="{own}/sparql" target="target"><input name="query" value="ASK {{ # form }}"></form>
<form id="post" method="post" action="{own}/sparql" target="target"><input name="query" value="ASK {{ # form }}"></form>
<a id="endpoint" href="{sparql}top">endpoint</a> <a id="editor" href="{own}/query">editor</a> <a id="report" href="{own}/">report</a>
<script>
const query = 'ASK {{ # fetch }}', refused = [];
const plain = {{ method: 'POST', mode: 'no-cors', body: 'query=' + encodeURIComponent(query),
                 headers: {{ 'Content-Type': 'application/x-www-form-urlencoded' }} }};
const tries = [
  fetch('{sparql}fetch'), fetch('{sparql}fetch', {{ mode: 'no-cors' }}), fetch('{own}/sparql', plain),
  fetch('{own}/sparql', {{ method: 'POST', body: query, headers: {{ 'Content-Type': 'application/sparql-query' }} }}),
].map(each => each.then(reply => reply.text()).then(text => {{ if (text) window.read = text; }}, () => {{}}));
navigator.sendBeacon('{own}/sparql', new URLSearchParams({{ query }}));
document.getElementById('post').submit();
addEventListener('load', () => setTimeout(() => document.getElementById('get').submit(), 300));
Promise.all(tries).then(() => setTimeout(() => document.body.dataset.done = 'yes', 1500));
</script></body>"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])  # another site, and another port of the same one
@pytest.mark.parametrize("meta", ["", '<meta name="referrer" content="no-referrer">'])
def test_a_page_of_another_origin_runs_nothing(store, chromium, name, meta):
    seen = []
    with running(store, wrap=recorder(seen)) as port:
        own = f"http://127.0.0.1:{port}"
        page_text = HOSTILE.format(own=own, sparql=f"{own}/sparql?query={quote('ASK {} #')}", meta=meta)
        with site(page_text) as other, closing(chromium.new_page()) as page:
            page.goto(f"http://{name}:{other}/")
            page.locator("body[data-done]").wait_for()
            assert page.evaluate("window.read") is None
            asked = [status for path, status, _ in seen if path == "/sparql"]
            assert len(asked) >= 11, seen
            assert {status for _, status, _ in seen} == {403}
            assert {where for *_, where in seen} == {"same-site" if name == "127.0.0.1" else "cross-site"}


@pytest.mark.browser
def test_a_link_on_another_site_opens_a_page_and_runs_nothing(store, chromium):
    seen = []
    with running(store, wrap=recorder(seen)) as port:
        own = f"http://127.0.0.1:{port}"
        links = f'<a id="/sparql" href="{own}{ASK}">a</a><a id="/query" href="{own}/query">b</a><a id="/" href="{own}/">c</a>'
        with site(f"<!doctype html>{links}") as other, closing(chromium.new_page()) as page:
            for path, status in (("/sparql", 403), ("/query", 200), ("/", 200)):
                page.goto(f"http://localhost:{other}/")
                seen.clear()
                page.locator(f'[id="{path}"]').click()
                page.wait_for_url(f"{own}{path}*")
                page.wait_for_load_state("networkidle")
                assert [each for each in seen if each[0] != "/favicon.ico"] == [(path, status, "cross-site")]
