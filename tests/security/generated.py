"""Requests nobody would send by hand, drawn from the URLconf and the API's own description: a seed gives them again.

Each is sent as one of the roles, undone, and judged: no error 500, no text of ours alive on a page, the site's policy on
every page of the site.
"""

import copy
import json
import random
import re
import string
import traceback
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.test import Client

from src.foundations import ratelimit
from tests.access.addresses import Address, addresses

from .corpus import STRINGS, WORST, faults_at

METHODS = ["GET"] * 9 + ["POST"] * 7 + ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "GE T"]
# Wagtail's own: an error made on purpose. Signing out would end the role for the requests that follow.
LEFT_OUT = re.compile(r"^(gestion/(failwhale|logout)/|deconnexion/|static/)")
QUESTIONS = (
    "q etape direction boite mot genre tri page commentaires commentaire fil repondre file age nouvelle next retour code "
    "cursor limit sort step outcome space tag kind p ordering expand export format lot-sheet lot-kind etat motif jour lieu"
).split()
COOKIES = (
    "sessionid __Host-session csrftoken __Host-csrf terrain_suivre terrain_panel terrain_borne terrain_visite messages theme affichage "
    "django_language own_handles"
).split()
HEADERS = {
    "Accept": ["text/html", "application/json;q=NaN", "*/*;q=-1", ",,,", "a" * 9000, "application/json, text/html;q=0.1"],
    "Accept-Language": ["fr", "x-klingon", "fr;q=banane", "," * 500, "zh-" + "a" * 4000, "*"],
    "Accept-Encoding": ["gzip", "br;q=1.0, gzip;q=0", "identity;q=0", "\xff"],
    "If-None-Match": ['"x"', "*", 'W/"', '"' * 300, "\x00"],
    "If-Modified-Since": ["hier", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo 99999 99:99:99 GMT"],
    "Range": ["bytes=0-", "bytes=-1", "bytes=9999999999999999999-", "bytes=0-0,1-1,2-2", "lignes=1-2"],
    "Referer": ["//evil.example", "http://testserver/\x00", "é", "javascript:alert(1)"],
    "Origin": ["null", "https://evil.example", "", "http://[::1"],
    "X-Forwarded-For": ["1.2.3.4", "banane", "::ffff:1.2.3.4, 5.6.7.8", "," * 200, "999.999.999.999", "' OR 1=1"],
    "X-Forwarded-Proto": ["https", "gopher", "https,http"],
    "X-Requested-With": ["XMLHttpRequest", "\x00"],
    "X-Request-Id": ["a" * 5000, "\r\nSet-Cookie: a=b", "{{7*7}}"],
    "Authorization": ["Basic ???", "Bearer " + "a" * 5000, "Basic " + "=" * 40, "Digest", "Bearer \xff"],
    # What isn't a number, or says more than was sent, never passes the server in front.
    "Content-Length": ["0", "-1"],
    "Content-Encoding": ["gzip", "br"],
    "Host": ["testserver", "testserver:80"],
    "User-Agent": ["", "\x00", "=1+1", "<script>alert(1)</script>"],
    "Cookie": ["a", ";;;", "=", "sessionid", 'sessionid="', "a=" + "b" * 9000],
}  # fmt: skip
BOUNDARY, SECRET = "limite", "a" * 32


@dataclass
class Asked:
    """One request, as it can be told again."""

    role: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict = field(default_factory=dict)
    cookies: dict = field(default_factory=dict)
    shape: str = "plain"

    def __str__(self):
        return f"{self.role} {self.method} {self.path[:160]} {self.shape} {self.content_type[:40]}"


class Generator:
    """Draws requests.

    ``values`` gives real values of a parameter by its name, as many as there are; ``filled`` those of one address, by its
    route, where a name means something else in each room.
    """

    def __init__(self, seed: int, roles, values: dict[str, list], schema: dict, filled=lambda route, draw: {}):
        self.draw, self.roles, self.values, self.of_route = random.Random(seed), list(roles), values, filled
        self.routes = [address for address in addresses() if not LEFT_OUT.match(address.route)]
        # A third of the requests go to the administration, whose addresses are four of five.
        self.ours = [address for address in self.routes if not address.route.startswith(("gestion/", "_util/"))]
        self.api = [
            (path, operation)
            for path, operations in schema.get("paths", {}).items()
            for operation in operations.items()
        ]
        self.names = sorted({name for names in values.get("_fields", []) for name in names} | set(QUESTIONS))

    def one(self) -> Asked:
        asked = self._api() if self.draw.random() < 0.15 else self._page()
        if self.draw.random() < 0.35:
            asked.headers = {
                name: self.draw.choice(HEADERS[name])
                for name in self.draw.sample(list(HEADERS), self.draw.randint(1, 3))
            }
        if self.draw.random() < 0.25:
            asked.cookies = {name: self._cookie() for name in self.draw.sample(COOKIES, self.draw.randint(1, 3))}
        return asked

    def _page(self) -> Asked:
        route = self.draw.choice(self.ours if self.draw.random() < 0.7 else self.routes)
        asked = Asked(self.draw.choice(self.roles), self.draw.choice(METHODS), self._filled(route))
        if self.draw.random() < 0.4:
            asked.path += self._query()
        if asked.method not in ("GET", "HEAD", "OPTIONS", "TRACE"):
            asked.shape, asked.body, asked.content_type = self.draw.choice(
                [self._typed, self._typed, self._json, self._multipart, self._odd]
            )()
        return asked

    def _api(self) -> Asked:
        path, (method, operation) = self.draw.choice(self.api)
        real = self.of_route(path.lstrip("/"), self.draw)
        path = re.sub(r"\{(\w+)\}", lambda found: quote(self._value(found[1], real), safe=""), path)
        names = [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"]
        query = "&".join(
            f"{name}={self._quoted()}" for name in self.draw.sample(names, self.draw.randint(0, len(names)))
        )
        verb = method.upper() if self.draw.random() < 0.8 else self.draw.choice(METHODS)
        asked = Asked(self.draw.choice(self.roles), verb, f"{path}?{query}", shape="api")
        if verb not in ("GET", "HEAD", "OPTIONS", "TRACE"):
            _shape, asked.body, asked.content_type = self._json()
        return asked

    def _filled(self, route: Address) -> str:
        real = self.of_route(route.route, self.draw)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: quote(self._value(found[1], real), safe=""), route.route)
        path = "/" + re.sub(r"\(\(.*\)\)|[()\[\]*+?|]", "", path)
        if self.draw.random() < 0.08:
            path = self.draw.choice(
                [
                    path.rstrip("/"),
                    path + "%00",
                    path + "/" * 40,
                    path.upper(),
                    path + "..%2f..%2f",
                    "/%ff%fe" + path,
                    path + ";a=b",
                ]
            )
        return path

    def _value(self, name: str, of_route: dict[str, str]) -> str:
        real = [of_route[name]] if name in of_route else self.values.get(name)
        if real and self.draw.random() < 0.7:
            return str(self.draw.choice(real))
        return self.draw.choice(
            [
                "0",
                "-1",
                "99999999999999999999",
                "a" * 300,
                "é",
                "%",
                "..",
                "1'",
                "\x00",
                "AAAAAA",
                "zzzzzz",
                "0OIL1l",
                "٣",
                "null",
                "1.5",
                " ",
            ]
        )

    def _text(self) -> str:
        return self.draw.choice(STRINGS) if self.draw.random() < 0.9 else self.draw.choice(WORST)[:20_000]

    def _quoted(self) -> str:
        return quote(self._text()[:400], errors="surrogatepass", safe="")

    def _query(self) -> str:
        roll = self.draw.random()
        if roll < 0.05:
            return "?" + "&".join(f"q{number}=x" for number in range(self.draw.choice([50, 1_100, 3_000])))
        if roll < 0.1:
            return "?q=" + "é" * self.draw.choice([500, 20_000])
        if roll < 0.2:
            return self.draw.choice(
                ["?", "?&&&", "?=", "?%", "?q[]=1&q[]=2", "?q=%ff%fe", "?%00=1", "?page=1&page=2", "?q=a;b"]
            )
        return "?" + "&".join(
            f"{self.draw.choice(self.names)}={self._quoted()}" for _ in range(self.draw.randint(1, 4))
        )

    def _typed(self):
        pairs = [
            f"{quote(self.draw.choice(self.names))}={quote(self._text(), errors='surrogatepass')}"
            for _ in range(self.draw.randint(0, 12))
        ]
        if self.draw.random() < 0.04:
            pairs += [f"n{number}=1" for number in range(10_100)]
        return "typed", "&".join(pairs).encode(), "application/x-www-form-urlencoded"

    def _json(self):
        depth = self.draw.choice([1, 60, 5_000])
        body = self.draw.choice(
            [
                '{"a":' * depth + "1" + "}" * depth,
                "[" * depth + "]" * depth,
                "{" + '"a":1,' * 50,
                json.dumps({name: self._text() for name in self.draw.sample(self.names, 5)}),
                "1e999", "NaN", '"\\ud800"', '{"a":1,"a":2}', "\ufeff{}", "", "9" * 5_000,
            ]
        )  # fmt: skip
        return "json", body.encode("utf-8", "surrogatepass"), "application/json"

    def _multipart(self):
        name = self.draw.choice([*self.names, "photo", "file", "files[]"])
        text = self._text().encode("utf-8", "surrogatepass")
        part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'.encode()
        body = self.draw.choice(
            [
                part + b"\r\n\r\n" + text,
                part + b'; filename="../../x\x00.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + text + f"\r\n--{BOUNDARY}--\r\n".encode(),
                part + b"; filename*=UTF-8''%ff%fe\r\nContent-Transfer-Encoding: base64\r\n\r\n====\r\n--limite--\r\n",
                b"--" + BOUNDARY.encode() * 400,
                (part + b"\r\n\r\nx\r\n") * 300 + f"--{BOUNDARY}--".encode(),
                b"\r\n" * 500,
                b"",
            ]
        )  # fmt: skip
        kind = self.draw.choice(
            [f"multipart/form-data; boundary={BOUNDARY}", "multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={'x' * 300}",
             f"multipart/form-data; boundary={BOUNDARY}; charset=utf-7"]
        )  # fmt: skip
        return "multipart", body, kind

    def _odd(self):
        kind = self.draw.choice(
            ["text/plain", "", "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=banane",
             "text/xml", "application/octet-stream", "image/jpeg", "application/json; charset=ebcdic", "a/" + "b" * 3000, "multipart/mixed"]
        )  # fmt: skip
        return "odd type", self.draw.randbytes(self.draw.choice([0, 10, 3_000])), kind

    def _cookie(self) -> str:
        return self.draw.choice(
            ["", "x" * 4_000, "null", "gAAAAAB" + "a" * 80, "a:b:c", ".eJw:1:x", "é", '"', "{}", "\x7f"]
            + ["".join(self.draw.choices(string.ascii_letters + string.digits, k=32))]
        )


def armed(client: Client) -> Client:
    """The client as a browser that has loaded a page: the forgery check is on, and passes by its header."""
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    return client


def undoing():
    """A transaction that is rolled back, in which what is durable may happen, as in Django's own tests."""
    block = transaction.atomic()
    block._from_testcase = True
    return block


def send(client: Client, asked: Asked):
    """The answer to one request whose effects are undone; the client keeps its own cookies."""
    ratelimit.forget_memory()
    kept = copy.deepcopy(client.cookies)
    for name, value in asked.cookies.items():
        client.cookies[name] = value
    extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in asked.headers.items()}
    for name in ("CONTENT_LENGTH", "CONTENT_ENCODING"):
        if f"HTTP_{name}" in extra:
            extra[name] = extra.pop(f"HTTP_{name}")
    extra.setdefault("HTTP_X_CSRFTOKEN", SECRET)
    with undoing():
        response = client.generic(asked.method, asked.path, asked.body, content_type=asked.content_type, **extra)
        body = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = kept
    return response, body


def judge(asked: Asked, response, body: bytes) -> list[str]:
    """What is wrong with an answer; nothing when it is as it must be."""
    wrong = []
    if response.status_code >= 500:
        error = getattr(response, "exc_info", None)
        wrong.append(f"status {response.status_code} {told(error[1]) if error else ''}")
    if b"Traceback (most recent" in body:
        wrong.append("a trace")
    if any("\n" in value or "\r" in value for _name, value in response.items()):
        wrong.append("a header in two lines")
    if response.headers.get("Content-Type", "").startswith("text/html") and not asked.path.startswith("/gestion/"):
        wrong += faults_at(asked.path, body)
        if body and "Content-Security-Policy" not in response.headers:
            wrong.append("no policy")
    return wrong


def told(error: BaseException) -> str:
    """The error and the last lines of code it came through."""
    at = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{one.filename.rsplit('/', 1)[-1]}:{one.lineno}" for one in at[:-9:-1])
    return f"{type(error).__name__} {str(error)[:120]} at {where}"


def attack(generator: Generator, clients: dict[str, Client], count: int, tell=None) -> tuple[Counter, list[str]]:
    """Send ``count`` requests; statuses and shapes counted, and what was wrong."""
    counted, wrong = Counter(), []
    for number in range(count):
        asked = generator.one()
        try:
            response, body = send(clients[asked.role], asked)
        except Exception as error:  # noqa: BLE001 - whatever escapes the product is the finding
            wrong.append(f"{asked}: {told(error)}")
            continue
        counted[f"status {response.status_code}"] += 1
        counted[f"shape {asked.shape}"] += 1
        wrong += [f"{asked}: {fault}" for fault in judge(asked, response, body)]
        if tell and number % 500 == 499:
            tell(number + 1, len(wrong))
    return counted, wrong
