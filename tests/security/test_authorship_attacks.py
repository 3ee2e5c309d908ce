"""Who sent which protected idea, asked of everything the database and the disk tell of order; a naive table falls.

The adversary holds the whole database of a city that lives (protected ideas, signed comments, supports, roles given,
messages read), with ``xmin``, ``ctid`` and ids of every row, the folder of uploads with its dates, and a log of the
door: who was at their desk at which second. No key. For each table where rows name an account or its pseudonym, they
name an author for each idea by the nearest, the next or the former transaction, and by rank of key, place and
transaction.
"""

import random
import time
import uuid
from bisect import bisect_left
from io import BytesIO
from math import inf
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from PIL import Image

from ideas import services
from ideas.models import Idea, IdeaFile
from src.directory.models import User
from src.directory.services import create_accounts, declare_absence
from src.foundations import journal
from src.foundations.testing import drain_outbox, forget_effects
from tests.factories.ideas import BoxFactory
from tests.participation.test_attacks import p_value, place

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
IDEAS, ACCOUNTS, PHOTOS = 510, 150, 60
BODY = "Le matin, la barrière du dépôt reste baissée. Un badge par équipe éviterait dix minutes d'attente."


def live(seed):
    """A morning of the city; answers the truth, author by idea, and the log of the door."""
    choice = random.Random(seed)
    accounts = create_accounts([User(username=f"w{seed}-{number}") for number in range(ACCOUNTS)])
    by_id = User.objects.in_bulk([user.pk for user in accounts])
    ids = sorted(by_id)
    box = BoxFactory(slug=f"boite-{seed}")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS naive_author")
        cursor.execute("CREATE TABLE naive_author (id serial PRIMARY KEY, user_id bigint)")
    authors, door = {}, []
    open_idea = services.submit_idea(actor=by_id[ids[0]], space=box, body=BODY, identity_mode="named").idea
    for number in range(IDEAS):
        author = by_id[choice.choice(ids)]
        with transaction.atomic():
            idea = services.submit_idea(
                actor=author, space=box, body=BODY, identity_mode="protected", submission_token=uuid.uuid4()
            ).idea
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO naive_author (user_id) VALUES (%s)", [author.pk])
        authors[idea.pk] = author.pk
        if number < PHOTOS:
            door.append((time.time(), author.pk))
            services.add_photo(idea=idea, actor=_author_of(author, idea), upload=picture(), alt="La barrière.")
        # Somebody does something in the open: nothing to do with who has just written.
        other = by_id[choice.choice(ids[1:])]
        if number % 3 == 0:
            services.set_support(idea=open_idea, actor=other, wanted=True)
        elif number % 3 == 1:
            services.comment(idea=open_idea, actor=other, body=f"D'accord {number}.", identity_mode="named")
        elif number % 30 == 2:
            declare_absence(other, starts_on=_day(number), ends_on=_day(number))
        if number % 20 == 19:
            drain_outbox()
    drain_outbox()
    return authors, door, ids


def _day(number):
    from datetime import timedelta

    from src.foundations import clock

    return clock.today() + timedelta(days=number)


def _author_of(author, idea):
    """Who comes back from the receipt: their cookie still holds the handle, the keyring isn't filled yet."""
    from src.directory.viewer import Viewer

    viewer = Viewer(author)
    viewer.__dict__["_loaded_facts"] = {"own_handles": frozenset({idea.handle})}
    return viewer


def picture():
    stream = BytesIO()
    Image.new("RGB", (24, 16), "navy").save(stream, "JPEG")
    return SimpleUploadedFile("photo.jpg", stream.getvalue(), "image/jpeg")


def rows_about_accounts(ids) -> dict[str, list[tuple[int, int, tuple, int]]]:
    """Table and column → rows (account, transaction, place, rank) that name one of the accounts, by id or pseudonym."""
    known = set(ids)
    by_name = {journal.pseudonym(User(pk=pk)): pk for pk in ids}
    found = {"naive_author.user_id": _read("naive_author", "user_id", known.__contains__, int)}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            table = model._meta.db_table
            if field.related_model is User:
                found[f"{table}.{field.column}"] = _read(table, field.column, known.__contains__, int)
            elif field.name in ("actor", "object_ref", "key") and field.get_internal_type() == "CharField":
                named = {name for name in by_name}
                found[f"{table}.{field.column}"] = _read(
                    table, field.column, lambda text: _pseudonym_in(text, named) is not None,
                    lambda text: by_name[_pseudonym_in(text, named)],
                )  # fmt: skip
    return {name: rows for name, rows in found.items() if rows}


def _pseudonym_in(text, names):
    last = str(text).rpartition(":")[2]
    return last if last in names else None


def _read(table, column, wanted, account):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}", xmin::text::bigint, ctid::text FROM "{table}" ORDER BY 1')
        return [
            (account(value), xmin, place(mark)) for value, xmin, mark in cursor.fetchall() if value and wanted(value)
        ]


def guesses(ideas, rows):
    """Attack → one account for each idea, the ideas in the order of their ids with their transactions."""
    by_xmin = sorted(rows, key=lambda row: (row[1], row[2]))
    marks = [row[1] for row in by_xmin]
    after, before, nearest = [], [], []
    for _pk, xmin in ideas:
        at = bisect_left(marks, xmin)
        following = by_xmin[min(at, len(by_xmin) - 1)]
        former = by_xmin[max(at - 1, 0)]
        after.append(following[0])
        before.append(former[0])
        gap = abs(following[1] - xmin) if at < len(by_xmin) else inf
        nearest.append(following[0] if gap <= abs(former[1] - xmin) else former[0])
    yield "next transaction", after
    yield "former transaction", before
    yield "nearest transaction", nearest
    for name, ordered in (
        ("rank of transactions", by_xmin),
        ("rank of places", sorted(rows, key=lambda row: row[2])),
        ("rank of accounts", sorted(rows)),
    ):
        scale = len(ordered) / len(ideas)
        yield name, [ordered[int(rank * scale)][0] for rank in range(len(ideas))]


def best_of(authors, ids, tables):
    """(p, attack, matches) of the best attack over all tables; p counts that the best of all was chosen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text::bigint FROM ideas_idea ORDER BY id")
        order = [row for row in cursor.fetchall() if row[0] in authors]
    # What was corrected since has a newer transaction: the sealed link is the one written with the idea.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, s.xmin::text::bigint FROM ideas_idea i JOIN participation_sealedauthor s USING (handle) ORDER BY 1"
        )
        sealed = [row for row in cursor.fetchall() if row[0] in authors]
    truth = [authors[pk] for pk, _xmin in order]
    results = [
        (p_value(hits, len(truth), 1 / len(ids)), f"{table}, {attack}", hits)
        for table, rows in tables.items()
        for ideas in (order, sealed)
        for attack, named in guesses(ideas, rows)
        for hits in [sum(guess == author for guess, author in zip(named, truth, strict=True))]
    ]
    p, name, hits = min(results)
    return min(1.0, p * len(results)), name, hits, len(results)


def by_dates_of_files(authors, door, stamped):
    """How many of the ideas with a picture the log of the door names, by the date of the file."""
    times = [moment for moment, _account in door]
    hits = 0
    for idea, moment in stamped.items():
        at = max(0, bisect_left(times, moment) - 1)
        hits += door[at][1] == authors[idea]
    return hits


def test_nothing_that_the_database_keeps_of_order_names_an_author():
    # Chance itself does better than p = 0.01 once in a hundred worlds: a leak does so in the second one too.
    for seed in (11, 12):
        authors, door, ids = live(seed)
        tables = rows_about_accounts(ids)
        naive = best_of(authors, ids, {"naive_author.user_id": tables.pop("naive_author.user_id")})
        best = best_of(authors, ids, tables)
        assert len(authors) >= 500
        assert naive[2] == len(authors), naive
        assert naive[0] < 1e-9
        assert {
            "ideas_ideacomment.author_id",
            "ideas_ideasupport.user_id",
            "participation_authorkeyring.user_id",
        } <= set(tables)
        assert any(name.startswith("foundations_auditentry.") for name in tables)
        if best[0] > 0.01:
            break
    assert best[0] > 0.01, best

    photos = IdeaFile.objects.filter(idea_id__in=authors).select_related("idea")
    stamps = {photo.idea_id: Path(photo.file.path).stat().st_mtime for photo in photos}
    naive_stamps = {
        idea: moment + 0.0001 for (moment, _account), idea in zip(door, sorted(authors)[:PHOTOS], strict=True)
    }
    assert by_dates_of_files(authors, door, naive_stamps) == PHOTOS
    assert len(set(stamps.values())) == 1, "one date for the whole week"
    assert p_value(by_dates_of_files(authors, door, stamps), PHOTOS, 1 / len(ids)) > 0.01
    Idea.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE naive_author")
    forget_effects()
