"""What is inside a backup: named members one after another, each in blocks and followed by its hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .sealed import Reader, Unreadable, Writer

BLOCK = 256 * 1024
OPENING, DATABASE, CLOSING = "opening", "database", "closing"


def write_member(writer: Writer, name: str, blocks: Iterable[bytes]) -> tuple[int, str]:
    """Add one member; returns its size and its hash."""
    title = name.encode()
    writer.write(len(title).to_bytes(2, "big") + title)
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        if block:
            writer.write(len(block).to_bytes(4, "big") + block)
            digest.update(block)
            size += len(block)
    writer.write(b"\0\0\0\0" + digest.digest())
    return size, digest.hexdigest()


def write_json(writer: Writer, name: str, value: dict) -> None:
    write_member(writer, name, [json.dumps(value, ensure_ascii=False, sort_keys=True).encode()])


@dataclass
class Member:
    """One member being read: its name, its blocks to exhaust, then its size and hash."""

    name: str
    reader: Reader
    size: int = 0
    sha256: str = ""
    _digest: object = field(default_factory=hashlib.sha256)

    def blocks(self) -> Iterator[bytes]:
        while length := int.from_bytes(self.reader.read(4), "big"):
            if length > BLOCK:
                raise Unreadable("changed", self.name)
            block = self.reader.read(length)
            self._digest.update(block)
            self.size += length
            yield block
        self.sha256 = self._digest.hexdigest()
        if self.reader.read(32).hex() != self.sha256:
            raise Unreadable("changed", self.name)

    def json(self) -> dict:
        return json.loads(b"".join(self.blocks()))


def members(reader: Reader) -> Iterator[Member]:
    """The members in order; the closing one is the last."""
    while True:
        member = Member(reader.read(int.from_bytes(reader.read(2), "big")).decode(), reader)
        yield member
        if not member.sha256:
            for _block in member.blocks():
                pass
        if member.name == CLOSING:
            reader.finish()
            return


def blocks_of(stream) -> Iterator[bytes]:
    """A stream in blocks."""
    while block := stream.read(BLOCK):
        yield block


class Tally:
    """A count and a digest of many things that doesn't depend on their order."""

    def __init__(self):
        self.count = self.size = self._sum = 0

    def add(self, name: str, size: int, sha256: str) -> None:
        self.count += 1
        self.size += size
        self._sum += int.from_bytes(hashlib.sha256(f"{name}\0{size}\0{sha256}".encode()).digest(), "big")

    def told(self) -> dict:
        return {"count": self.count, "bytes": self.size, "digest": f"{self._sum % 2**256:064x}"}


def safe_place(root: Path, relative: str) -> Path:
    """Where a member's file goes under its root; an archive never writes elsewhere."""
    pure = PurePosixPath(relative)
    if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in relative or "\0" in relative:
        raise Unreadable("changed", relative[:80])
    return root.joinpath(*pure.parts)
