"""What stands between the application and its services: a line that may be slow or mute, and a mail server of ours.

Both live in one event loop of a thread of the campaign.
"""

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import Callable

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)
_HEARS = 65_536


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="faults-network", daemon=True)
        self._thread.start()

    def run(self, coroutine, timeout: float | None = None):
        """Run to its end and return its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout)

    def start(self, coroutine):
        """Start it and return the future of its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class Line:
    """A TCP line to ``target``: bytes wait ``delay`` seconds each way, and stay where they are while it is ``mute``."""

    def __init__(self, target: int, port: int):
        self.target, self.port = target, port
        self.delay = 0.0
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)

    async def mute(self) -> None:
        """A black hole: connections stay open, new ones are taken, nothing passes in either direction."""
        self._speaks.clear()

    async def speak(self) -> None:
        self._speaks.set()

    async def close(self) -> None:
        self._speaks.set()
        self._server.close()

    async def _meet(self, reader, writer) -> None:
        await self._speaks.wait()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))

    async def _carry(self, reader, writer) -> None:
        """Bytes keep their order; each waits its delay from the moment it came, not behind the one before."""
        waiting: asyncio.Queue = asyncio.Queue()
        leaving = asyncio.create_task(self._deliver(waiting, writer))
        try:
            while heard := await reader.read(_HEARS):
                waiting.put_nowait((time.monotonic() + self.delay, heard))
        except OSError:
            pass
        waiting.put_nowait((time.monotonic() + self.delay, b""))
        await leaving

    async def _deliver(self, waiting: asyncio.Queue, writer) -> None:
        try:
            while True:
                at, heard = await waiting.get()
                if (left := at - time.monotonic()) > 0:
                    await asyncio.sleep(left)
                await self._speaks.wait()
                if not heard:
                    break
                writer.write(heard)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


class MailServer:
    """An SMTP server that keeps the Message-ID of each mail it took, and misbehaves on demand.

    ``behaviour(message_id, turn)`` is asked once the text is read and answers what is said: ``ok``; ``dies`` (taken,
    answered 250, then the line is cut); ``mute_death`` (taken, cut before the answer); ``later`` (451, not taken);
    ``never`` (550, not taken); ``hangs`` (not taken, no answer until the client leaves). ``at_recipient`` is the same
    at RCPT: ``ok``, ``later``, ``never``. ``greets`` False: the line opens and nothing is said.
    """

    def __init__(self, port: int):
        self.port = port
        self.taken: Counter = Counter()
        self.mails = 0
        self.greets = True
        self.behaviour: Callable[[str, int], str] = lambda message_id, turn: "ok"
        self.at_recipient: Callable[[str], str] = lambda address: "ok"
        self._server: asyncio.Server | None = None

    def behave(self, behaviour=lambda message_id, turn: "ok", at_recipient=lambda address: "ok", greets=True) -> None:
        self.behaviour, self.at_recipient, self.greets = behaviour, at_recipient, greets

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port, limit=4_000_000)

    async def close(self) -> None:
        self._server.close()

    async def _meet(self, reader, writer) -> None:
        try:
            if self.greets:
                await self._converse(reader, writer)
            else:
                await reader.read()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _converse(self, reader, writer) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 faults")
        while line := await reader.readline():
            verb = line[:4].upper().strip()
            if verb in (b"EHLO", b"HELO"):
                say("250 faults")
            elif verb == b"RCPT":
                say(
                    {"ok": "250 ok", "later": "451 come back", "never": "550 nobody"}[self.at_recipient(line.decode())]
                )
            elif verb == b"DATA":
                say("354 go on")
                await writer.drain()
                if not await self._take(reader, say, await reader.readuntil(b"\r\n.\r\n")):
                    return
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")
            await writer.drain()

    async def _take(self, reader, say, text: bytes) -> bool:
        """Take or refuse one mail; False when the line is cut."""
        found = _MESSAGE_ID.search(text)
        message_id = found.group(1).decode() if found else "?"
        self.mails += 1
        chosen = self.behaviour(message_id, self.mails)
        if chosen in ("ok", "dies", "mute_death"):
            self.taken[message_id] += 1
        if chosen == "hangs":
            await reader.read()
            return False
        if chosen in ("ok", "dies"):
            say("250 taken")
        elif chosen in ("later", "never"):
            say("451 come back" if chosen == "later" else "550 no")
        return chosen in ("ok", "later", "never")
