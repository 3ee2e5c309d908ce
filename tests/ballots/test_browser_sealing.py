"""What the browser closes, PyNaCl opens, and the other way round; under the site's policy, in a real Chromium."""

import base64
import gzip
import hashlib
from pathlib import Path

import nacl.exceptions
import nacl.public
import pytest

from src.participation.ballots import boxes
from src.participation.ballots.models.ballot import MOST_OPTIONS, MOST_SHARED_OPTIONS
from src.participation.ballots.static.ballots import urn_key
from tests.browser.fixtures import chromium, open_page  # noqa: F401
from tests.theme.stage import Stage, draw_body

pytestmark = pytest.mark.browser

FILES = Path(boxes.__file__).parent / "static" / "ballots"
# Keys are stretched by the browser's own code, which it lends to secure addresses alone.
PLACE = "https://terrain.test/scrutins/"
# One choice of each kind, the longest ones among them.
CHOICES = [
    [], [0], [1], [0, 2], [5, 11, 59], list(range(MOST_OPTIONS)), list(range(MOST_SHARED_OPTIONS)),
    [0, -1, 6, 3], [-1] * (MOST_OPTIONS - 1) + [6], [6] * MOST_OPTIONS,
]  # fmt: skip


@pytest.fixture
def page(open_page):  # noqa: F811
    stage = Stage(open_page())
    stage.pages["/scrutins/"] = draw_body("<p>Rien.</p>")
    stage.page.goto(PLACE)
    yield stage.page
    assert stage.heard == []


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def frame(choice) -> bytes:
    """The bytes that `envelopes.close` closes."""
    content = boxes.written(choice)
    return len(content).to_bytes(4, "big") + content.ljust(boxes.SIZE, b"\0")


def test_a_hundred_boxes_closed_in_the_browser_open_with_pynacl(page):
    urn = nacl.public.PrivateKey.generate()
    sent = [CHOICES[number % len(CHOICES)] for number in range(100)]

    closed = page.evaluate(
        """async ([choices, key]) => {
          const { closed } = await import('/static/ballots/written.js');
          const { toBytes, toText } = await import('/static/ballots/sealed_box.js');
          return choices.map((choice) => toText(closed(choice, toBytes(key))));
        }""",
        [sent, b64(bytes(urn.public_key))],
    )

    found = [base64.b64decode(box) for box in closed]
    assert [nacl.public.SealedBox(urn).decrypt(box) for box in found] == [frame(choice) for choice in sent]
    assert ({len(box) for box in found}, len(set(found))) == ({boxes.BOX_BYTES}, 100)


def test_a_hundred_boxes_closed_by_pynacl_open_in_the_browser(page):
    urn = nacl.public.PrivateKey.generate()
    sent = [CHOICES[number % len(CHOICES)] for number in range(100)]
    closed = [b64(boxes.seal(bytes(urn.public_key), choice)) for choice in sent]

    opened = page.evaluate(
        """async ([boxes, key]) => {
          const { open, toBytes, toText } = await import('/static/ballots/sealed_box.js');
          return boxes.map((box) => toText(open(toBytes(box), toBytes(key))));
        }""",
        [closed, b64(bytes(urn))],
    )

    assert [base64.b64decode(content) for content in opened] == [frame(choice) for choice in sent]


def test_a_box_altered_cut_or_of_another_pair_opens_nothing(page):
    urn, other = nacl.public.PrivateKey.generate(), nacl.public.PrivateKey.generate()
    box = boxes.seal(bytes(urn.public_key), [0])
    altered = [box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :] for at in (0, 31, 32, 47, 48, 303)]
    lost = [*altered, box[:47], box[:300], b"", boxes.seal(bytes(other.public_key), [0])]

    opened = page.evaluate(
        """async ([boxes, key]) => {
          const { open, toBytes } = await import('/static/ballots/sealed_box.js');
          return boxes.map((box) => open(toBytes(box), toBytes(key)));
        }""",
        [[b64(one) for one in lost], b64(bytes(urn))],
    )

    assert opened == [None] * len(lost)


def test_blake2b_is_that_of_the_standard_library(page):
    contents = [bytes(sign * 7 & 255 for sign in range(length)) for length in (0, 1, 63, 64, 127, 128, 129, 256, 300)]

    found = page.evaluate(
        """async (contents) => {
          const { blake2b } = await import('/static/ballots/blake2b.js');
          return contents.map((content) => [24, 64].map((length) => [...blake2b(Uint8Array.from(content), length)]));
        }""",
        [list(content) for content in contents],
    )

    assert found == [
        [list(hashlib.blake2b(content, digest_size=length).digest()) for length in (24, 64)] for content in contents
    ]


MAKE = """async ([ballot, holder, phrase]) => {
  const { made, read, opened } = await import('/static/ballots/key_file.js');
  const { file, publicKey } = await made({ ballot, holder, phrase, preamble: 'CLÉ D’UNE URNE\\nGardez ce fichier.' });
  return [file, publicKey, await opened(read(file), 'autre phrase de passe')];
}"""


def test_a_key_file_of_the_browser_opens_with_the_script_and_not_with_another_passphrase(page):
    file, public, otherwise = page.evaluate(MAKE, ["K7M2QX", "2", "été au dépôt"])

    # Typed with an accent apart, as some keyboards do.
    key = urn_key.key_in(file, "e\u0301te\u0301 au de\u0301po\u0302t")

    assert (b64(bytes(key.public_key)), otherwise) == (public, None)
    assert {"ballot: K7M2QX", "holder: 2", "rounds: 600000"} <= set(file.splitlines())
    assert b64(bytes(key)) not in file
    with pytest.raises(SystemExit):
        urn_key.key_in(file, "autre phrase de passe")


def test_a_key_file_of_the_script_opens_in_the_browser(page):
    file, public = urn_key.file_of("K7M2QX", "3", "une phrase de passe")
    secret = bytes(urn_key.key_in(file, "une phrase de passe"))

    found = page.evaluate(
        """async ([file, phrase]) => {
          const { opened, read } = await import('/static/ballots/key_file.js');
          const { toText } = await import('/static/ballots/sealed_box.js');
          const held = read(file);
          return [held.ballot, held.holder, held.public, toText(await opened(held, phrase))];
        }""",
        [file, "une phrase de passe"],
    )

    assert found == ["K7M2QX", "3", public, b64(secret)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text.replace("terrain-key: 1", "terrain-key: 2"),
        lambda text: "\n".join(line for line in text.splitlines() if not line.startswith("locked")),
        lambda text: text.replace("rounds: 600000", "rounds: 99000000000"),
        lambda text: text.replace("rounds: 600000", "rounds: beaucoup"),
        lambda text: text[:-30],
    ],
)
def test_what_is_not_a_key_file_is_none(page, spoil):
    file, _public = urn_key.file_of("K7M2QX", "3", "une phrase de passe")

    read = (
        "async (file) => { const { read } = await import('/static/ballots/key_file.js'); return Boolean(read(file)); }"
    )

    assert (page.evaluate(read, file), page.evaluate(read, spoil(file))) == (True, False)


def weight(*names) -> int:
    return sum(len(gzip.compress((FILES / name).read_bytes(), 9)) for name in names)


def test_scripts_stay_small():
    """A voter's page and a key holder's: tweetnacl and six kilobytes of ours at most."""
    shared = ("blake2b.js", "sealed_box.js")
    library = weight("vendor/nacl-fast.min.js")

    assert library <= 10_600
    assert weight(*shared, "written.js", "vote.js") <= 6 * 1024
    assert weight(*shared, "key_file.js", "keys.js") <= 6 * 1024
    assert len((FILES / "urn_key.py").read_text().splitlines()) < 150


def test_the_library_is_the_one_that_was_read():
    """Byte for byte that of npm's tweetnacl 1.0.3 (docs/dependencies.md)."""
    found = hashlib.sha256((FILES / "vendor/nacl-fast.min.js").read_bytes()).hexdigest()

    assert found == "3ec535c004aeeb225785d8e93fb33bf99f52e399bd7dfc01969b5629baea5131"
    assert found in (FILES.parents[4] / "docs" / "dependencies.md").read_text()


def test_our_scripts_keep_nothing_and_run_no_text():
    kept = (
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "document.cookie",
        "innerHTML",
        "eval(",
        "new Function",
        "WebAssembly",
    )

    found = [(one.name, word) for one in FILES.glob("*.js") for word in kept if word in one.read_text()]

    assert found == []
