"""The page of `grader mark`, to this machine's own browser alone. Every request passes all walls before it is looked at.

address    it listens on 127.0.0.1 and a port that the system chooses
Host       is that address: another name that leads here, as with DNS rebinding, is refused
Origin     is this page's own: what another page sends is refused, and what changes something must say where it comes from
token      stands once in the address that is printed, behind `#`, where no server sees it; the page sends it in a header, which no
           other page can do, and no cookie is set, which other programs on 127.0.0.1 would be sent too
path       is one of a few; no file is looked for by its name
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..marks import Mark
from ..words.errors import GraderError
from ..words.numbers import number
from . import page
from .desk import Desk, TypedPoints
from .table import MarkingError

HOST = "127.0.0.1"
MOST_BYTES = 1 << 18
# A connection that says nothing is closed.
SECONDS = 30
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TEMPLATES = Path(__file__).parents[1] / "templates"


class Server(ThreadingHTTPServer):
    """Listens, once it is made; `serve_forever` answers."""

    daemon_threads = True

    def __init__(self, desk: Desk) -> None:
        super().__init__((HOST, 0), _Handler)
        self.desk = desk
        self.token = secrets.token_urlsafe(32)

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        """What the instructor opens."""
        return f"{self.origin}/#token={self.token}"


class _Refused(GraderError):
    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = SECONDS

    def do_GET(self) -> None:
        self._answer(_STATIC, _READING)

    def do_POST(self) -> None:
        self._answer({}, _WRITING)

    def _answer(
        self, free: Mapping[str, Callable[[], tuple[str, str]]], guarded: Mapping[str, Callable[..., Any]]
    ) -> None:
        try:
            self._from_here()
            path = urlsplit(self.path)
            if path.path in free:
                kind, text = free[path.path]()
                self._send(HTTPStatus.OK, kind, text)
                return
            self._with_token()
            if path.path not in guarded:
                raise _Refused(HTTPStatus.NOT_FOUND, "there is nothing here")
            asked = self._body() if guarded is _WRITING else {key: one[0] for key, one in parse_qs(path.query).items()}
            self._say(HTTPStatus.OK, guarded[path.path](self.server.desk, asked))
        except _Refused as error:
            # Its body may not have been read: what follows on this connection would be taken for a request.
            self.close_connection = True
            self._say(error.status, {"error": str(error)})
        except GraderError as error:
            self._say(HTTPStatus.BAD_REQUEST, {"error": str(error)})

    def _from_here(self) -> None:
        """Raise _Refused for a request by another name or from another page."""
        if self.headers.get_all("Host") != [f"{HOST}:{self.server.server_port}"]:
            raise _Refused(HTTPStatus.FORBIDDEN, "this address is not the one that grader mark printed")
        origins = self.headers.get_all("Origin") or []
        if origins not in ([], [self.server.origin]) or (self.command == "POST" and not origins):
            raise _Refused(HTTPStatus.FORBIDDEN, "only its own page may ask")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise _Refused(HTTPStatus.FORBIDDEN, "only its own page may ask")

    def _with_token(self) -> None:
        token = self.headers.get("X-Token", "").encode("utf-8", "replace")
        if not hmac.compare_digest(token, self.server.token.encode()):
            raise _Refused(HTTPStatus.UNAUTHORIZED, "open the whole address that grader mark printed")

    def _body(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "")
        if self.headers.get_content_type() != "application/json" or "Transfer-Encoding" in self.headers:
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "it takes JSON")
        if not (length.isascii() and length.isdecimal() and int(length[:9]) <= MOST_BYTES and len(length) < 10):
            raise _Refused(
                HTTPStatus(413) if length else HTTPStatus.LENGTH_REQUIRED,
                f"at most {MOST_BYTES} bytes",
            )
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            raise _Refused(HTTPStatus.BAD_REQUEST, "this is not JSON") from None
        if not isinstance(asked, dict):
            raise _Refused(HTTPStatus.BAD_REQUEST, "this is not an object")
        return asked

    def _say(self, status: HTTPStatus, answer: Mapping[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(answer))

    def _send(self, status: HTTPStatus, kind: str, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        return "grader"

    def log_message(self, *_about: Any) -> None:
        """Nothing: names of students do not belong in a terminal's history."""


# ---- what is answered


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise MarkingError("this is not text")
    return value


def _place(value: Any) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise MarkingError("there is no such submission: load the page again")
    return int(text)


def _sum(mark: Mark) -> str:
    return f"{number(mark.final)} of {number(mark.most)}"


def _class(desk: Desk, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "students": [
            {
                "place": place,
                "student": mark.result.student,
                "lesson": mark.result.lesson,
                "sum": _sum(mark) if mark.is_graded else "no mark",
                "look": bool(mark.look),
                "waits": bool(mark.waits),
                "wrong": mark.final < mark.most,
            }
            for place, mark in enumerate(desk.marks())
        ]
    }


def _student(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    place = _place(asked.get("place"))
    return {"page": page.student_page(desk.mark(place), desk.cells(place), desk.words(place))}


def _everybody(desk: Desk, _asked: Mapping[str, Any]) -> dict[str, Any]:
    lessons = list(dict.fromkeys(mark.result.lesson for mark in desk.marks()))
    return {"page": page.everybody_page(lessons, desk.dropped())}


def _give(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    given = asked.get("given")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise MarkingError("this is not a list of points")
    lines = [TypedPoints(*(_text(one.get(key)) for key in ("exercise", "points", "reason"))) for one in given]
    mark = desk.give(_place(asked.get("place")), lines)
    return {"student": mark.result.student, "sum": _sum(mark)}


def _preview(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"lines": desk.preview(_text(asked.get("named")))}


def _drop(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    reason = _text(asked.get("reason"))
    if not reason.strip() and asked.get("again") is not True:
        raise MarkingError("there is no reason; write one: students read it")
    desk.drop(_text(asked.get("named")), reason)
    return {}


@cache
def _asset(*names: str) -> str:
    return "\n".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in names)


_STATIC: Mapping[str, Callable[[], tuple[str, str]]] = {
    "/": lambda: ("text/html", page.shell()),
    "/style.css": lambda: ("text/css", _asset("report/report.css", "mark/mark.css")),
    "/program.js": lambda: ("text/javascript", _asset("mark/mark.js")),
}
_READING: Mapping[str, Callable[..., Any]] = {"/class": _class, "/student": _student, "/everybody": _everybody}
_WRITING: Mapping[str, Callable[..., Any]] = {"/give": _give, "/preview": _preview, "/drop": _drop}
