"""Keys outside the database, and what they open."""

import os
import stat
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.foundations import sealing


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.TERRAIN_KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@given(st.binary(max_size=3000), st.sampled_from([None, 64, 1024]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_encrypted_is_decrypted(data, pad_to):
    assert sealing.decrypt(sealing.encrypt(data, "test", pad_to=pad_to), "test") == data


def test_padding_rounds_lengths_to_steps():
    lengths = {len(sealing.encrypt(b"x" * n, "test", pad_to=1024)) for n in (0, 1, 500, 1020)}

    assert lengths == {1024 + 49}
    assert len(sealing.encrypt(b"x" * 1021, "test", pad_to=1024)) == 2048 + 49


def test_a_key_file_is_made_once_for_its_owner_alone(keys):
    sealing.encrypt(b"x", "test")
    sealing.encrypt(b"y", "test")

    files = sorted(keys.glob("test.*"))
    assert [file.name for file in files] == ["test.001.key"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o400
    assert list(keys.glob(".*")) == []


def test_ten_first_uses_at_once_agree_on_one_key(keys):
    boxes = []
    threads = [threading.Thread(target=lambda: boxes.append(sealing.encrypt(b"x", "race"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [sealing.decrypt(box, "race") for box in boxes] == [b"x"] * 10


def test_after_a_rotation_the_new_key_encrypts_and_the_old_one_still_opens():
    old = sealing.encrypt(b"x", "test")
    name = sealing.keyed_hash("a", "test")
    sealing.create_key("test")
    new = sealing.encrypt(b"x", "test")

    assert [sealing.decrypt(box, "test") for box in (old, new)] == [b"x", b"x"]
    assert [sealing.needs_rotation(box, "test") for box in (old, new)] == [True, False]
    assert sealing.keyed_hash("a", "test") == name


def test_the_folder_is_listed_again_only_when_it_changed(keys, monkeypatch):
    sealing.encrypt(b"x", "test")
    os.utime(keys, (1, 1))
    listed = []
    monkeypatch.setattr(
        sealing, "key_files", lambda purpose, real=sealing.key_files: listed.append(1) or real(purpose)
    )
    boxes = [sealing.encrypt(b"x", "test") for _n in range(50)]
    once = len(listed)
    sealing.create_key("test")

    assert once == 1
    assert [sealing.needs_rotation(box, "test") for box in boxes] == [True] * 50
    assert sealing.needs_rotation(sealing.encrypt(b"x", "test"), "test") is False


def test_a_folder_changed_a_moment_ago_is_not_believed(keys, monkeypatch):
    """Two keys made within one tick of the disk's clock leave the same mark."""
    first = sealing.encrypt(b"x", "test")
    stamp = keys.stat().st_mtime_ns
    sealing.create_key("test")
    os.utime(keys, ns=(stamp, stamp))

    assert sealing.needs_rotation(first, "test") is True


def test_another_purpose_an_altered_or_a_cut_value_is_refused():
    box = sealing.encrypt(b"x", "test")
    sealing.encrypt(b"x", "other")

    for value, purpose in [
        (box, "other"),
        (box[:-1] + bytes([box[-1] ^ 1]), "test"),
        (box[:20], "test"),
        (b"", "test"),
        (b"\x02" + box[1:9] + box[9:], "wrong"),
    ]:
        with pytest.raises(sealing.CannotDecrypt):
            sealing.decrypt(value, purpose)


def test_where_keys_may_not_be_made_a_missing_one_says_what_to_do(settings):
    settings.TERRAIN_KEYS_CREATE = False
    with pytest.raises(sealing.KeyMissing, match="manage.py keys --create"):
        sealing.encrypt(b"x", "test")


@pytest.mark.parametrize("purpose", ["", "../x", "A", "a/b", "a.b"])
def test_a_purpose_that_could_leave_the_folder_is_refused(purpose):
    with pytest.raises(ValueError, match="Bad purpose"):
        sealing.encrypt(b"x", purpose)


def test_a_keyed_hash_differs_by_text_and_by_purpose():
    values = {sealing.keyed_hash(text, purpose) for text in "ab" for purpose in ("one", "two")}

    assert len(values) == 4
    assert {len(value) for value in values} == {32}
