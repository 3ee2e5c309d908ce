"""No file without its row: an undone transaction, a killed process, two tabs; and the daily sweep takes nothing else."""

import datetime
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from PIL import Image

from ideas import services
from ideas.models import IdeaFile
from src.foundations import clock, orphans, ticking
from src.foundations.testing import drain_outbox
from src.foundations.uploads import PrivateStorage
from tests.factories.directory import AgentFactory
from tests.factories.ideas import IdeaFactory

ROOT = Path(__file__).resolve().parents[2]
TOMORROW = datetime.timedelta(days=1, minutes=1)


@pytest.fixture
def folder(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT.mkdir()
    return settings.PRIVATE_MEDIA_ROOT


@pytest.fixture
def idea(db):
    return IdeaFactory(author=AgentFactory())


def files(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def add(idea, colour="red"):
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "PNG")
    upload = SimpleUploadedFile("photo.png", stream.getvalue())
    return services.add_photo(idea=idea, actor=idea.author, upload=upload, alt="Le portail")


def in_a_day():
    return clock.now() + TOMORROW


def names(*rows) -> list[str]:
    """The two files of each row."""
    return sorted(file.name for row in rows for file in (row.file, row.small))


def test_an_undone_picture_leaves_the_former_one_and_no_file(idea, folder):
    with transaction.atomic():
        former = add(idea)

    def broken(sender, **kwargs):
        raise RuntimeError("the process that would have gone on")

    post_save.connect(broken, sender=IdeaFile)
    try:
        with pytest.raises(RuntimeError):
            add(idea, "blue")
    finally:
        post_save.disconnect(broken, sender=IdeaFile)

    assert IdeaFile.objects.get().file.name == former.file.name
    assert files(folder) == names(former)
    drain_outbox()


@pytest.mark.django_db(transaction=True)
def test_what_surrounds_it_undone_the_former_picture_is_whole_and_the_sweep_removes_the_other(folder):
    idea = IdeaFactory(author=AgentFactory())
    former = add(idea)
    with transaction.atomic():
        add(idea, "blue")
        transaction.set_rollback(True)
    assert len(files(folder)) == 4

    assert orphans.sweep(clock.now()) == []  # too young: its transaction may be running
    left = orphans.sweep(in_a_day(), apply=False)
    assert orphans.sweep(in_a_day()) == left

    assert files(folder) == names(former)
    later = add(idea, "green")
    assert files(folder) == names(former, later)
    services.remove_file(idea=idea, actor=idea.author, name=former.name)
    assert files(folder) == names(later)  # taken away for good: its files are gone at once
    drain_outbox()


@pytest.mark.django_db
def test_a_process_killed_between_the_file_and_its_row_leaves_a_file_that_is_swept(folder):
    script = (
        "import os, signal, django; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from django.db import transaction\n"
        "from src.foundations import orphans\n"
        "from src.foundations.uploads import PrivateStorage\n"
        "with orphans.files_with_their_rows():\n"
        "    PrivateStorage().save('ideas/orphan.png', ContentFile(b'picture'))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "src.config.settings.embedded",
        "TERRAIN_VAR": str(folder.parent / "var"),
    }
    (folder.parent / "var").mkdir()
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    left = folder.parent / "var" / "media" / "private" / "ideas" / "orphan.png"
    assert left.exists()
    left.rename(folder / "orphan.png")

    assert orphans.sweep(in_a_day()) == ["orphan.png"]
    assert files(folder) == []


@pytest.mark.django_db
def test_the_tick_sweeps_and_the_command_lists_first(folder, capsys, time_machine):
    PrivateStorage().save("ideas/orphan.png", ContentFile(b"picture"))
    time_machine.move_to(in_a_day(), tick=False)

    call_command("retention", "--dry-run")
    said = capsys.readouterr().out
    assert "file\tideas/orphan.png\n" in said
    assert '"files": 1' in said
    assert files(folder) == ["ideas/orphan.png"]

    assert ticking.tick(only="foundations.orphans") == {"foundations.orphans": "ok"}
    assert files(folder) == []


@pytest.mark.django_db
def test_what_a_row_names_stays_whatever_its_own_date_says(idea, folder):
    sealed = IdeaFactory(protected=True, author=AgentFactory())
    photo = add(idea)
    os.utime(photo.file.path, (0, 0))
    storage = IdeaFile._meta.get_field("file").storage
    name = storage.save("ideas/other.png", ContentFile(b"x"))
    IdeaFile.objects.create(idea=sealed, file=name, alt="Un quai")
    pictures = folder.parent / "media"
    for path in ("original_images/a.png", "images/a.width-200.png", "documents/b.pdf", "exports/kept.csv"):
        (pictures / path).parent.mkdir(parents=True, exist_ok=True)
        (pictures / path).write_bytes(b"x")

    assert orphans.sweep(in_a_day()) == ["documents/b.pdf", "images/a.width-200.png", "original_images/a.png"]
    assert files(folder) == sorted([*names(photo), name])
    assert files(pictures) == ["exports/kept.csv"]
    drain_outbox()
