"""People of the campaign: real sessions with their forms' tokens, who come when they come and try again when cut off.

Arrivals are an open loop: they don't wait for the answers of those before, and a delay is counted from the moment
somebody came. A gesture is tried again with the same token until it is acknowledged, as the page of a refusal offers.
"""

import asyncio
import json
import random
import re
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .app import HOST
from .ledger import Ledger

PATIENCE = 30.0
# The page asks for thirty seconds; these people press the button sooner, and often.
PAUSES = (0.5, 1.0, 2.0, 3.0)
GIVES_UP_AFTER = 240.0
# What people do most is the smallest gesture.
KINDS = {"idea": 1, "comment": 2, "support": 9}
SYLLABLES = "ba bo cha dé fau gri jou ka lin mo né par quoi ri sou ta vé zu".split()
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_SEEN = re.compile(r'name="seen"[^>]*value="([^"]*)"')
_SENTENCES = ("Attendez une minute", "Réessayez dans une minute")
_TRACES = ("Traceback", "psycopg", "OperationalError", 'File "/')


async def exchange(port: int, method: str, path: str, headers: dict, body: bytes = b"") -> tuple[int, dict, str]:
    """One request on a line of its own; ConnectionError when the answer didn't come whole."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https", "Connection: close"]
        # As the proxy of docs/deploy does: when it handed the request over.
        lines.append(f"X-Request-Start: t={time.time():.3f}")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head, separator, content = (await reader.read(-1)).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not separator:
        raise ConnectionError("no answer")
    status, *fields = head.decode("latin-1").split("\r\n")
    found: dict[str, list] = {}
    for line in fields:
        name, _, value = line.partition(": ")
        found.setdefault(name.lower(), []).append(value)
    if len(content) < int(found.get("content-length", ["0"])[0]):
        raise ConnectionError("cut answer")
    return int(status.split()[1]), found, content.decode(errors="replace")


def ask(port: int, path: str, **headers) -> tuple[int, dict, str]:
    """One GET from outside any loop; status 0 when nobody answers."""
    try:
        return asyncio.run(asyncio.wait_for(exchange(port, "GET", path, headers), 20))
    except (OSError, TimeoutError):
        return 0, {}, ""


@dataclass
class Visitor:
    """One signed-in person: a browser's cookies, and the token its forms carry."""

    username: str
    # The address the proxy in front would tell; empty: that of the machine.
    address: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    async def arrive(self, port: int) -> None:
        """Open the door's page: a cookie, and the token of its form."""
        _status, page = await self.get(port, "/connexion/")
        self.token = _TOKEN.search(page).group(1)

    async def knock(self, port: int, secret: str) -> tuple[int, str]:
        """Send the door's form once; what is answered."""
        fields = {"identifier": self.username, "secret": secret}
        status, _headers, page = await self.post(port, "/connexion/", fields)
        return status, page

    async def sign_in(self, port: int, secret: str) -> None:
        """Through the door, as everybody does."""
        await self.arrive(port)
        status, _page = await self.knock(port, secret)
        if status not in (302, 303):
            raise RuntimeError(f"{self.username} can't sign in: {status}")
        _status, page = await self.get(port, "/idees/deposer/")
        self.token = _TOKEN.search(page).group(1)

    async def get(self, port: int, path: str) -> tuple[int, str]:
        status, headers, page = await exchange(port, "GET", path, self._headers())
        self._keep(headers)
        return status, page

    async def post(self, port: int, path: str, fields: dict, accept: str = "text/html") -> tuple[int, dict, str]:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}, doseq=True).encode()
        return await self._post(port, path, body, "application/x-www-form-urlencoded", accept)

    async def post_file(self, port: int, path: str, fields: dict, name: str, content: bytes) -> tuple[int, dict, str]:
        """A form with one picture."""
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {"csrfmiddlewaretoken": self.token, **fields}.items()
        ]
        head = f'Content-Disposition: form-data; name="{name}"; filename="mur.jpg"\r\nContent-Type: image/jpeg'
        parts += [f"--{edge}\r\n{head}\r\n\r\n".encode(), content, f"\r\n--{edge}--\r\n".encode()]
        return await self._post(port, path, b"".join(parts), f"multipart/form-data; boundary={edge}")

    async def _post(self, port: int, path: str, body: bytes, kind: str, accept: str = "text/html"):
        headers = {**self._headers(), "Accept": accept, "Content-Type": kind}
        headers |= {"Origin": f"https://{HOST}", "Sec-Fetch-Site": "same-origin"}
        status, found, page = await exchange(port, "POST", path, headers, body)
        self._keep(found)
        return status, found, page

    def _headers(self) -> dict[str, str]:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Cookie": jar} if jar else {}
        return {**told, "Accept": "text/html", **({"X-Forwarded-For": self.address} if self.address else {})}

    def _keep(self, headers: dict) -> None:
        for line in headers.get("set-cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


@dataclass
class Gesture:
    """One contribution: what is posted where, and the mark by which the checker finds it again."""

    kind: str
    visitor: Visitor
    path: str
    fields: dict
    mark: str
    accept: str = "text/html"


@dataclass
class Told:
    """What the people of one run met."""

    delays: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    cut: Counter = field(default_factory=Counter)
    gave_up: int = 0
    stayed_away: int = 0
    acknowledged_at: list[float] = field(default_factory=list)
    # Each answer by itself, whatever came of it: how long it took, by « answered » and « refused », and when.
    took: dict[str, list[float]] = field(default_factory=dict)
    refused_at: list[float] = field(default_factory=list)
    # Answers of 500 and above without a sentence or a moment to come back, and any that shows the machine's inside.
    rude: list[str] = field(default_factory=list)

    def look_at(self, status: int, headers: dict, page: str) -> None:
        """Count an answer, and keep it when it isn't one a person should read."""
        self.statuses[status] += 1
        said = str(json.loads(page)) if headers.get("content-type", [""])[0].startswith("application/json") else page
        polite = status < 500 or (status == 503 and "retry-after" in headers and any(s in said for s in _SENTENCES))
        if not polite or any(trace in page for trace in _TRACES):
            self.rude.append(f"{status} {page[:200]!r}")

    def note(self, status: int, started: float) -> None:
        """Keep how long one answer took."""
        now = time.monotonic()
        self.took.setdefault("refused" if status == 503 else "answered", []).append(now - started)
        if status == 503:
            self.refused_at.append(now)

    def share(self, kind: str, part: float) -> int:
        """Milliseconds under which this part of the delays of a kind lies."""
        return share(self.delays.get(kind, []), part)

    def first_after(self, moment: float) -> float | None:
        """Seconds from a moment to the next acknowledgement."""
        return next((round(at - moment, 1) for at in sorted(self.acknowledged_at) if at > moment), None)

    def figures(self) -> dict:
        kinds = {
            k: {"n": len(v), "p95_ms": self.share(k, 0.95), "p99_ms": self.share(k, 0.99)}
            for k, v in self.delays.items()
        }
        return {
            "delays": kinds,
            "statuses": {str(status): count for status, count in sorted(self.statuses.items(), key=str)},
            "cut": dict(self.cut),
            "gave_up": self.gave_up,
            "stayed_away": self.stayed_away,
            "rude_answers": len(self.rude),
            "rude_samples": self.rude[:3],
        }


def share(delays: list[float], part: float) -> int:
    """Milliseconds under which this part of some delays lies."""
    ordered = sorted(delays)
    return round(1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]) if ordered else 0


class Crowd:
    """The people, what they write, and where it is noted that they were told it is received."""

    def __init__(self, port: int, visitors: list[Visitor], city: dict, ledger: Ledger, seed: int = 1):
        self.port, self.visitors, self.city, self.ledger = port, visitors, city, ledger
        self.rng = random.Random(f"{seed}-{ledger.run}")
        self.told = Told()
        # Whether those who are refused come back when they were told to, or press the button at once.
        self.patient, self._told_to_wait = False, PAUSES[0]
        self._supported = set(map(tuple, city.get("supported", [])))

    async def come(self, *, seconds: float, gestures: float, pages: float = 0.0, kinds=None, at_most=None) -> Told:
        """Gestures and pages arrive at these rates a second for so long; returns once the last has its answer.

        ``at_most``: with so many who wait already nobody else comes, and how many stayed away is told. Without it,
        whoever comes while all stands still waits with the others, as on a day of rush.
        """
        kinds = kinds or KINDS
        tasks, started = [], time.monotonic()
        both = sorted(
            [(at, True) for at in self._moments(gestures, seconds)]
            + [(at, False) for at in self._moments(pages, seconds)]
        )
        for at, is_gesture in both:
            due = started + at
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            if at_most and sum(1 for task in tasks[-2 * at_most :] if not task.done()) >= at_most:
                self.told.stayed_away += 1
                continue
            made = self._send(self._gesture(kinds), due) if is_gesture else self._look(due)
            tasks.append(asyncio.create_task(made))
        await asyncio.gather(*tasks)
        return self.told

    async def bears(self, *, seconds: float, gestures: float, pages: float, kinds: dict, at_once: int = 8) -> float:
        """How many a second are answered when so many people at once ask one after another, in these proportions."""
        until, answered = time.monotonic() + seconds, 0

        async def asks() -> None:
            nonlocal answered
            while (now := time.monotonic()) < until:
                if self.rng.random() * (gestures + pages) < gestures:
                    await self._send(self._gesture(kinds), now)
                else:
                    await self._look(now)
                answered += 1

        await asyncio.gather(*(asks() for _person in range(at_once)))
        return answered / seconds

    def _moments(self, rate: float, seconds: float):
        """Independent arrivals: how long until the next one owes nothing to the one before."""
        at = self.rng.expovariate(rate) if rate else seconds
        while at < seconds:
            yield at
            at += self.rng.expovariate(rate)

    def _words(self, count: int) -> str:
        """Words nobody used, so that the page of close ideas stays an exception."""
        words = ("".join(self.rng.choices(SYLLABLES, k=3)) for _ in range(count))
        return " ".join(words)

    def _gesture(self, kinds: dict) -> Gesture:
        visitor, mark = self.rng.choice(self.visitors), uuid.UUID(int=self.rng.getrandbits(128), version=4)
        kind = self.rng.choices(list(kinds), list(kinds.values()))[0]
        identity = self.rng.choice(["named", "protected"])
        if kind == "idea":
            text = f"{self._words(14).capitalize()}. Repère {mark.hex}."
            fields = {"boite": self.city["box"], "title": self._words(5).capitalize(), "body": text, "seen": ""}
            fields |= {"identity": identity, "token": str(mark), "action": "send"}
            return Gesture(kind, visitor, "/idees/deposer/", fields, mark.hex)
        if kind == "comment":
            fields = {"text": f"{self._words(6)}. Repère {mark.hex}.", "identity": "named", "token": str(mark)}
            return Gesture(kind, visitor, f"/idees/{self.rng.choice(self.city['ideas'])}/commenter/", fields, mark.hex)
        while (pair := (visitor.username, self.rng.choice(self.city["ideas"]))) in self._supported:
            visitor = self.rng.choice(self.visitors)
        self._supported.add(pair)
        return Gesture(
            "support", visitor, f"/idees/{pair[1]}/soutenir/", {"soutien": "1"}, "/".join(pair), "application/json"
        )

    async def _send(self, gesture: Gesture, due: float) -> None:
        """Try until it is acknowledged; a page of close ideas is answered by « send mine anyway »."""
        self.ledger.meant(gesture.kind, gesture.mark)
        for turn in range(10_000):
            outcome = await self._try(gesture)
            now = time.monotonic()
            if outcome == "acknowledged":
                self.ledger.acknowledged(gesture.kind, gesture.mark, gesture.visitor.username, turn)
                self.told.acknowledged_at.append(now)
                self.told.delays.setdefault(gesture.kind, []).append(now - due)
                return
            if outcome == "refused":
                return
            if now - due > GIVES_UP_AFTER:
                self.told.gave_up += 1
                return
            if outcome == "again":
                pause = self._told_to_wait if self.patient else PAUSES[min(turn, len(PAUSES) - 1)]
                await asyncio.sleep(pause * self.rng.uniform(0.8, 1.2))

    async def _try(self, gesture: Gesture) -> str:
        started = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                status, headers, page = await gesture.visitor.post(
                    self.port, gesture.path, gesture.fields, gesture.accept
                )
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.told.cut[type(error).__name__] += 1
            return "again"
        self.told.look_at(status, headers, page)
        self.told.note(status, started)
        if status == 503:
            self._told_to_wait = float(headers["retry-after"][0])
        if status == 303 or (gesture.kind == "support" and status == 200 and json.loads(page)["supported"]):
            return "acknowledged"
        if status == 200 and gesture.kind == "idea" and (close := _SEEN.search(page)) and not gesture.fields["seen"]:
            gesture.fields["seen"] = close.group(1)
            self.told.statuses["close ideas shown"] += 1
            return "at once"
        return "again" if status >= 500 else "refused"

    async def _look(self, due: float) -> None:
        """Read one page, once."""
        visitor, path = self.rng.choice(self.visitors), self.rng.choice(self.city["pages"])
        try:
            async with asyncio.timeout(PATIENCE):
                status, headers, page = await exchange(self.port, "GET", path, visitor._headers())
        except (OSError, TimeoutError) as error:
            self.told.cut[f"page {type(error).__name__}"] += 1
            return
        self.told.look_at(status, headers, page)
        self.told.note(status, due)
        if status != 503:
            self.told.delays.setdefault("page", []).append(time.monotonic() - due)
