"""An account planted with unique strings sends under a protected name: nobody's page, file, mail, log or table tells.

The adversary reads everything each role reads, every mail, every log line, and the whole database with ``xmin``.
They hold no key file.
"""

import io
import re
import uuid

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from ideas.models import Idea, IdeaAppeal, IdeaFile
from src.accountability.models import Decision
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.access.addresses import ROLES, WHOLE
from tests.access.world import draw_sheet

from .city import (
    BODY,
    CANARY,
    PASSWORD,
    STRANGE,
    announce,
    crawl,
    dump,
    found_in,
    lift_the_secret,
    plant,
    prepare,
    read,
)

# Tables that speak of accounts and of nothing else: their rows about the planted one may carry its traits.
ABOUT_ACCOUNTS = {
    "directory_user",
    "directory_affectation",
    "directory_rolegrant",
    "directory_personalcode",
    "account_emailaddress",
    "django_session",
    "rights_opensession",
}
# Tables with a row per account whatever they did, or a row of an act in the open: the account's id alone.
BY_ACCOUNT_ID = {
    "participation_authorkeyring": "one row an account, all rewritten together",
    "notices_readmarks": "one row for whoever opened their inbox",
    "ideas_ideasupport": "supports of other ideas",
}
# What sending, completing, correcting, commenting and answering may write, by table.
GESTURES = {
    "draft": {"foundations_outboxevent", "participation_contributiondraft"},
    "look for close ideas": set(),
    "send": {
        "accountability_responseowed",
        "foundations_outboxevent",
        "ideas_idea",
        "ideas_ideacounts",
        "participation_sealedauthor",
        "participation_space",
    },
    "details": {"foundations_outboxevent", "ideas_idea", "ideas_taggedidea", "taggit_tag"},
    "edit": {"foundations_outboxevent", "ideas_idea", "ideas_ideaversion"},
    "comment": {
        "foundations_outboxevent",
        "ideas_ideacomment",
        "ideas_ideacounts",
        "participation_sealedauthor",
    },
    "answer": {
        "accountability_owedpause",
        "accountability_responseowed",
        "foundations_outboxevent",
        "ideas_idea",
        "ideas_ideajournalentry",
    },
}
# SQLite keeps the counters of its own sequences; they name no account.
OF_THE_DATABASE = {"sqlite_sequence"}


@pytest.fixture
def planted(city, log_lines):
    """The whole walk, up to the announced answer; what was logged meanwhile is kept."""
    plant(city)
    prepare(city)
    announce(city)
    city.opening = lift_the_secret(city)
    # What it became hangs on the walls of its direction.
    city.world.pages["sheet"] = draw_sheet("PRO")
    city.logged = list(log_lines)
    city.idea.refresh_from_db()
    assert city.idea.stage_kind == "accepted"
    return city


def names_an_account(url: str) -> bool:
    """Pages of the administration that list accounts: they may name somebody, never beside a contribution."""
    return url.startswith("/gestion/annuaire/") or url.startswith("/gestion/espaces/")


def test_nobody_reads_who_wrote_it_anywhere(planted):
    city = planted
    # What tells of ideas is read by all; of the other addresses, each by four roles at least.
    elsewhere = 1 if WHOLE else 4
    seen = crawl(city, (*ROLES, "facilitation", "elu", "egalite"), elsewhere=elsewhere)
    openers = ("dpo", "juridique", "mediation")
    seen |= crawl(city, openers, elsewhere=elsewhere)
    # The opening itself: its queue, its page, what confirming meant, asked again once the name was read.
    for role in openers:
        for url in ("/levees-du-secret/", city.opening, f"{city.opening}confirmer/", "/nom-protege/"):
            seen[role, url] = read(city.world.client(role), url)

    hits, listing = [], []
    for (role, url), answer in seen.items():
        text = answer.body.decode("utf-8", "replace")
        names = found_in(f"{text}\n{answer.headers}")
        # What one has asked comes back in the search box; a number of one's own address too.
        names = [name for name in names if name.lower() not in url.lower()]
        if names and names_an_account(url):
            listing.append((role, url))
            assert city.idea.reference not in text, url
        elif names:
            hits.append((role, url, names))
    assert hits == []
    assert {role for role, _url in listing} <= {"admin"}
    reached = {
        url
        for (role, url), answer in seen.items()
        if answer.status == 200 and "barri" in answer.body.decode("utf-8", "replace")
    }
    assert {
        f"/idees/{city.idea.reference}/",
        "/idees/",
        "/api/v1/ideas/",
        "/idees/export.csv?q=barrière badge",
        "/lieux/PRO/",
        f"/affiches/{city.world.pages['sheet']}/",
    } <= reached


def test_no_mail_and_no_log_line_names_the_author(planted):
    city = planted

    told = [
        (message.to, found_in(f"{message.subject}\n{message.body}\n{message.message()}"))
        for message in mail.outbox
        if CANARY.email not in message.to
    ]
    own = [message for message in mail.outbox if CANARY.email in message.to]
    written = [line for line in city.logged if found_in(line)]

    assert [names for _to, names in told if names] == []
    assert own, "the author hears of the question and of the answer"
    # The relay puts the address on the envelope; no name and no number stand in the text.
    assert [
        found_in(f"{message.subject}\n{message.body}")
        for message in own
        if found_in(f"{message.subject}\n{message.body}")
    ] == []
    assert [message.to for message in own if len(message.to) != 1 or message.cc or message.bcc] == []
    assert written == []
    assert len(city.logged) > 20


def test_no_table_names_the_author_or_ties_the_account_to_the_idea(planted):
    city = planted
    marks = {
        city.idea.reference,
        str(city.idea.handle),
        city.idea.handle.hex,
        str(city.comment.handle),
        city.comment.handle.hex,
        city.comment.reference,
    }
    tables = dump()

    named, tied, by_id = [], [], set()
    for table, rows in tables.items():
        for row in rows:
            text = "\n".join(row.values())
            if found_in(text) and table not in ABOUT_ACCOUNTS:
                if found_in(text) == [str(STRANGE)] and table in BY_ACCOUNT_ID:
                    by_id.add(table)
                else:
                    named.append((table, row))
            if str(STRANGE) in text and any(mark.lower() in text.lower() for mark in marks):
                tied.append((table, row))
    assert named == []
    assert tied == []
    assert by_id == set(BY_ACCOUNT_ID)
    supported = [row["idea_id"] for row in tables["ideas_ideasupport"] if row["user_id"] == str(STRANGE)]
    assert sorted(supported) == sorted(str(idea.pk) for idea in city.others)


def test_no_row_joins_the_account_to_anything_of_the_idea(planted):
    """Follow every foreign key out of the idea and its family: none ends on the account, in any table."""
    city = planted
    family = {
        "ideas_idea": {city.idea.pk},
        "ideas_ideacomment": {city.comment.pk},
        "accountability_responseowed": {city.idea.owed_id},
        "accountability_decision": set(
            Decision.objects.filter(subject_reference=city.idea.reference).values_list("pk", flat=True)
        ),
    }

    joined = []
    for model in _every_model():
        keys = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model]
        people = [field for field in keys if field.related_model is User]
        things = [field for field in keys if field.related_model._meta.db_table in family]
        for person in people:
            for thing in things:
                found = model.objects.filter(
                    **{person.attname: STRANGE, f"{thing.attname}__in": family[thing.related_model._meta.db_table]}
                )
                if found.exists():
                    joined.append((model._meta.label, person.name, thing.name))
    own = [
        (table, field.name)
        for table, keys in family.items()
        for model in _every_model()
        if model._meta.db_table == table
        for field in model._meta.concrete_fields
        if field.related_model is User and model.objects.filter(pk__in=keys, **{field.attname: STRANGE}).exists()
    ]
    assert joined == []
    assert own == []


def _every_model():
    from django.apps import apps

    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def test_each_gesture_writes_nothing_about_the_account(planted):
    """Before the relay runs, what a request of the author leaves: the tables it may touch, and no row about them.

    A row about the account, even hashed, written moments before the contribution would tie both by ``xmin``.
    """
    for name, allowed in GESTURES.items():
        written = planted.written[name]
        assert set(written) - OF_THE_DATABASE <= allowed, name
        about = [row for rows in written.values() for row in rows if found_in("\n".join(row.values()))]
        assert about == [], name


def test_the_other_gestures_of_an_author_write_nothing_about_them_either(city):
    """A photo with its place inside, following and supporting one's own idea, then taking it back."""
    assert city.client.post("/connexion/", {"identifier": CANARY.number, "secret": PASSWORD}).status_code == 302
    form = {"boite": "plus-simple", "body": BODY, "title": "Un badge par équipe pour la barrière", "seen": ""}
    city.gesture("send", "/idees/deposer/", {**form, "identity": "protected", "token": uuid.uuid4(), "action": "send"})
    idea = Idea.objects.get(title=form["title"])
    here = f"/idees/{idea.reference}/"

    city.gesture("photo", f"{here}recue/", {"part": "photo", "photo": picture(), "alt": "La barrière baissée."})
    city.gesture("follow", f"{here}suivre/", {"suivi": "1"}, status=403)
    city.gesture("support", f"{here}soutenir/", {"soutien": "1"}, status=409)
    city.gesture("withdraw", f"{here}retirer/", {"reason": "", "hide_body": "on", "confirm": "on"})

    told = {
        name: [row for rows in tables.values() for row in rows if found_in("\n".join(row.values()))]
        for name, tables in city.written.items()
    }
    assert told == {"send": [], "photo": [], "follow": [], "support": [], "withdraw": []}
    assert set(city.written["follow"]) | set(city.written["support"]) == set()
    assert "ideas_ideaphoto" in city.written["photo"]
    kept = IdeaFile.objects.get(idea=idea)
    for file in (kept.file, kept.small):
        with file.open("rb") as stored:
            assert found_in(stored.read().decode("latin-1")) == []
        assert found_in(file.name) == []
    drain_outbox()
    assert idea.reference not in "".join(
        "".join(row.values()) for rows in dump().values() for row in rows if str(STRANGE) in "".join(row.values())
    )


def test_objecting_to_a_removal_writes_nothing_about_its_author(city):
    """The objection and its effect, dated from the Monday: no row about the account, no line in the journal."""
    assert city.client.post("/connexion/", {"identifier": CANARY.number, "secret": PASSWORD}).status_code == 302
    form = {"boite": "plus-simple", "body": BODY, "title": "Un badge par équipe pour la barrière", "seen": ""}
    city.gesture("send", "/idees/deposer/", {**form, "identity": "protected", "token": uuid.uuid4(), "action": "send"})
    here = f"/idees/{Idea.objects.get(title=form['title']).reference}/"
    words = {"decision": "retirer", "reason_code": "personnes", "text": "Votre texte désigne une personne."}
    assert city.as_("moderation").post(f"{here}moderer/", words).status_code == 303
    drain_outbox()

    city.gesture("object", f"{here}contester/", {"text": "Le texte parle d'une barrière, pas d'une personne."})

    written = city.written["object"]
    assert set(written) - OF_THE_DATABASE == {"ideas_ideaappeal", "foundations_outboxevent"}
    assert [row for rows in written.values() for row in rows if found_in("\n".join(row.values()))] == []
    assert IdeaAppeal.objects.get().made_at == clock.week_start_moment(clock.week_of())


def picture():
    """A JPEG whose EXIF names its author and their telephone."""
    image = Image.new("RGB", (64, 48), "navy")
    exif = image.getexif()
    exif[0x013B], exif[0x0110] = "Zephyrine-Canari", CANARY.username
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{CANARY.username}.jpg", stream.getvalue(), "image/jpeg")


def test_supporting_writes_the_support_and_its_count_alone(planted):
    supports = {name: tables for name, tables in planted.written.items() if name.startswith("support ")}

    assert len(supports) == 2
    for tables in supports.values():
        assert set(tables) - OF_THE_DATABASE == {"ideas_ideasupport", "ideas_ideacounts"}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_row_of_the_same_transaction_is_about_the_account():
    """PostgreSQL's ``xmin``: rows born with the idea, its comment and its steps, wherever they are."""
    if connection.vendor != "postgresql":
        pytest.skip("xmin is PostgreSQL's own")
    from .city import build_city

    city = build_city()
    plant(city)

    born = {_xmin("ideas_idea", city.idea.pk), _xmin("ideas_ideacomment", city.comment.pk)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT xmin::text FROM ideas_ideajournalentry WHERE idea_id = %s AND actor_id IS NULL",
            [city.idea.pk],
        )
        born |= {xmin for (xmin,) in cursor.fetchall()}
        cursor.execute("SELECT DISTINCT xmin::text FROM participation_sealedauthor")
        born |= {xmin for (xmin,) in cursor.fetchall()}
    together = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT xmin::text, t::text FROM "{table}" t')
            for xmin, row in cursor.fetchall():
                if xmin in born:
                    together.setdefault(table, []).append(row)
    assert [(table, row) for table, rows in together.items() for row in rows if found_in(row)] == []
    assert "participation_sealedauthor" in together
    assert Idea.objects.get(pk=city.idea.pk).author_id is None


def _xmin(table: str, pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT xmin::text FROM "{table}" WHERE id = %s', [pk])
        return cursor.fetchone()[0]


def test_a_naive_contribution_would_be_found(city):
    """The same search finds a signed idea at once: the nets above aren't empty."""
    from ideas import services

    idea = services.submit_idea(
        actor=User.objects.get(pk=STRANGE),
        space=city.world.ideas["own"].space,
        body="Une poubelle de plus au portail, côté rue.",
        identity_mode="named",
    ).idea

    rows = [
        (table, row)
        for table, rows in dump().items()
        for row in rows
        if found_in("\n".join(row.values())) and idea.reference in "\n".join(row.values())
    ]

    assert {table for table, _row in rows} == {"ideas_idea"}
    assert re.search("Zéphyrine", rows[0][1]["signed_as"])
    from src.foundations.testing import forget_effects

    forget_effects()
