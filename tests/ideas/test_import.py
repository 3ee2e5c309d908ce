"""Bringing in exports of another platform: whole, again without doubles, and back out."""

import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from ideas import selectors
from ideas.decidim import Problem, read_export
from ideas.models import Idea, IdeaComment, ImportBatch, TaggedIdea
from ideas.services.importing import import_export, undo_import
from src.accountability.models import ResponseOwed
from src.foundations import outbox
from src.foundations.imports import Unreadable
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.models import Space
from tests.factories.directory import AgentFactory
from tests.factories.participation import SpaceFactory
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db

DATA = os.environ.get("TERRAIN_DATA")
PROPOSALS = (
    "id;title;body;votes;created_at;url\n"
    "1;Un banc;Un banc couvert suffirait;10;2019-01-17 07:14:28 +0100;https://ailleurs.example/proposals/1\n"
    "2;Une lampe;Une lampe au portail;3;2019-01-18 07:14:28 +0100;https://ailleurs.example/proposals/2\n"
)
COMMENTS = (
    "id;created_at;body;author/id;author/name;alignment;depth;commentable_id;commentable_type;root_commentable_url\n"
    "13;2019-01-21 08:00:00 +0100;Encore;4;D;0;2;12;Decidim::Comments::Comment;https://ailleurs.example/proposals/1\n"
    "11;2019-01-19 08:00:00 +0100;Oui;2;B;1;0;1;Decidim::Proposals::Proposal;https://ailleurs.example/proposals/1\n"
    "12;2019-01-20 08:00:00 +0100;Non;3;C;-1;1;11;Decidim::Comments::Comment;https://ailleurs.example/proposals/1\n"
)


@pytest.fixture(autouse=True)
def process():
    return default_process()


def bring(text, space="archive", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return import_export(read_export(data), space_slug=space, source_name="export.csv", data=data, **options)


def test_import_creates_ideas_in_an_archive_that_owes_nothing_and_tells_nobody():
    report = bring(PROPOSALS)
    outbox.drain(raising=True)

    assert report.counts == {"read": 2, "created": 2, "updated": 0, "unchanged": 0, "errors": 0}
    space = Space.objects.get(slug="archive")
    assert (space.is_archive, space.on_home_page, space.circle) == (True, False, "agents")
    assert ResponseOwed.objects.count() == 0
    assert InboxItem.objects.count() == 0
    rows = selectors.idea_list(AgentFactory(), space="archive").rows
    assert [(row.title, row.imported_supports, row.supports, row.step) for row in rows] in (
        [("Un banc", 10, 0, None), ("Une lampe", 3, 0, None)],
        [("Une lampe", 3, 0, None), ("Un banc", 10, 0, None)],
    )
    assert selectors.idea_list(AgentFactory()).rows == []


def test_import_again_changes_nothing_and_a_change_is_an_update():
    bring(PROPOSALS)

    again = bring(PROPOSALS)
    changed = bring(PROPOSALS.replace(";10;", ";11;").replace("au portail", "au dépôt"))

    assert again.counts == {"read": 2, "created": 0, "updated": 0, "unchanged": 2, "errors": 0}
    assert changed.counts == {"read": 2, "created": 0, "updated": 2, "unchanged": 0, "errors": 0}
    assert ImportBatch.objects.count() == 1
    assert sorted(Idea.objects.values_list("body", "counts__imported_supports")) == [
        ("Un banc couvert suffirait", 11),
        ("Une lampe au dépôt", 3),
    ]
    drain_outbox()


def test_import_hangs_deep_replies_on_their_first_level_ancestor_and_names_whom_they_answer():
    bring(PROPOSALS)

    report = bring(COMMENTS)

    assert report.counts == {"read": 3, "created": 3, "updated": 0, "unchanged": 0, "errors": 0}
    found = {
        comment.body: (
            comment.parent and comment.parent.body,
            comment.in_reply_to and comment.in_reply_to.body,
            comment.alignment,
            comment.signed_as,
        )
        for comment in IdeaComment.objects.select_related("parent", "in_reply_to")
    }
    assert found == {
        "Oui": (None, None, 1, "B"),
        "Non": ("Oui", None, -1, "C"),
        "Encore": ("Oui", "Non", 0, "D"),
    }
    assert Idea.objects.get(title="Un banc").counts.comments == 3
    drain_outbox()


def test_undo_takes_away_one_batch_and_nothing_else():
    first = bring(
        PROPOSALS.replace("id;title", "id;category/name/fr;title")
        .replace("\n1;", "\n1;Matériel;")
        .replace("\n2;", "\n2;;")
    )
    comments = bring(COMMENTS)

    undo_import(comments.batch.pk)

    assert IdeaComment.objects.count() == 0
    assert Idea.objects.get(title="Un banc").counts.comments == 0
    undo_import(first.batch.pk)
    assert (Idea.objects.count(), TaggedIdea.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)
    assert Space.objects.filter(slug="archive").exists()
    outbox.drain(raising=True)


def test_every_fault_is_told_with_its_line_and_nothing_is_written():
    hostile = (
        "id;title;body;votes;created_at\n"
        ";Sans numéro;Texte assez long;1;2019-01-17 07:14:28 +0100\n"
        "2;;Texte;1;2019-01-17 07:14:28 +0100\n"
        "3;Titre;Texte;beaucoup;hier\n"
        '4;Titre;"<p><script>alert(1)</script></p>";1;2019-01-17 07:14:28 +0100\n'
        "5;Titre;Texte;1\n"
        '6;Titre;"Ligne 1\nLigne 2";1;2019-01-17 07:14:28 +0100\n'
        "6;Titre;Texte;1;2019-01-17 07:14:28 +0100\n"
    )

    report = bring(hostile)

    assert [problem.line for problem in report.problems] == [2, 3, 4, 4, 5, 6, 9]
    assert report.counts == {"read": 7, "created": 0, "updated": 0, "unchanged": 0, "errors": 7}
    assert Idea.objects.count() == 0
    assert bring(hostile, skip_errors=True).counts == {
        "read": 7,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "errors": 7,
    }
    drain_outbox()


def test_dry_run_counts_and_writes_nothing():
    report = bring(PROPOSALS, dry_run=True)

    assert report.counts == {"read": 2, "created": 2, "updated": 0, "unchanged": 0, "errors": 0}
    assert (Idea.objects.count(), Space.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + PROPOSALS,
        PROPOSALS.replace(";", ","),
        PROPOSALS.replace("\n", "\r\n"),
        PROPOSALS.replace("id;title;body;votes;created_at;url", "id;title/fr;body/fr;proposal_votes;published_at;url"),
        PROPOSALS.replace("id;title;body", "ID;Title;Body"),
    ],
    ids=["bom", "comma", "crlf", "newer headers", "capitals"],
)
def test_exports_of_all_ages_are_read_alike(text):
    export = read_export(text.encode())

    assert [(row.title, row.votes, row.key) for row in export.rows] == [
        ("Un banc", 10, "ailleurs.example/proposals/1"),
        ("Une lampe", 3, "ailleurs.example/proposals/2"),
    ]


def test_columns_in_any_order_and_other_languages_fall_back():
    text = (
        "created_at;title/en;title/fr;title/es;body/es;body/en;id\n"
        "2019-01-17T07:14:28+01:00;A bench;;Un banco;Texto;;7\n"
        "2019-01-17 07:14:28 UTC;A lamp;Une lampe;;;Text;8\n"
    )

    rows = read_export(text.encode()).rows

    assert [(row.title, row.body) for row in rows] == [("A bench", "Texto"), ("Une lampe", "Text")]


def test_html_bodies_are_cleaned_and_kept_as_text():
    text = (
        "id;title;body;created_at\n"
        '1;Un <b>banc</b>;"<p>Un <strong>banc</strong></p><p onclick=""x()"">couvert</p><script>x</script>";'
        "2019-01-17 07:14:28 +0100\n"
    )

    row = read_export(text.encode()).rows[0]

    assert (row.title, row.body) == ("Un banc", "Un banc\ncouvert")
    assert "<strong>banc</strong>" in row.body_html
    assert "onclick" not in row.body_html and "script" not in row.body_html


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "id;title\n1;2\n", "\xff\xfe\x00"])
def test_what_isnt_an_export_is_refused_whole(text):
    with pytest.raises(Unreadable):
        read_export(text.encode())


def test_comments_in_a_circle_or_without_their_subject_are_faults_of_their_lines():
    bring(PROPOSALS)
    circle = COMMENTS.replace(";0;1;Decidim::Proposals::Proposal;", ";0;13;Decidim::Comments::Comment;")

    report = bring(circle)

    assert report.problems == [
        Problem(2, "Les commentaires se répondent en boucle."),
        Problem(3, "Les commentaires se répondent en boucle."),
        Problem(4, "Les commentaires se répondent en boucle."),
    ]
    drain_outbox()


def test_a_living_space_isnt_mixed_with_an_archive():
    SpaceFactory(slug="plus-simple")

    with pytest.raises(SystemExit) as stop:
        _command(PROPOSALS, "--space", "plus-simple")

    assert stop.value.code == 2
    assert Idea.objects.count() == 0


def test_command_ends_with_one_json_line(tmp_path):
    out = _command(PROPOSALS, "--space", "archive", folder=tmp_path)

    assert json.loads(out.splitlines()[-1]) == {"read": 2, "created": 2, "updated": 0, "unchanged": 0, "errors": 0}
    drain_outbox()


def _command(text, *arguments, folder=None):
    out = io.StringIO()
    path = (folder or Path(os.environ["TERRAIN_VAR"])) / "export.csv"
    path.write_text(text, encoding="utf-8")
    call_command("import_decidim", str(path), *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TERRAIN_DATA doesn't name the folder of real data")
def test_real_exports_come_in_whole():
    folder = Path(DATA)
    counts = {}
    for name in ("proposals", "debates", "comments"):
        data = (folder / f"decidim-{name}-mel-2019.csv").read_bytes()
        counts[name] = bring(data).counts

    assert counts == {
        "proposals": {"read": 120, "created": 120, "updated": 0, "unchanged": 0, "errors": 0},
        "debates": {"read": 29, "created": 29, "updated": 0, "unchanged": 0, "errors": 0},
        "comments": {"read": 350, "created": 350, "updated": 0, "unchanged": 0, "errors": 0},
    }
    threads = IdeaComment.objects.filter(parent__isnull=True).count()
    deep = IdeaComment.objects.filter(in_reply_to__isnull=False).count()
    assert (threads, IdeaComment.objects.count() - threads, deep) == (281, 69, 13)
    assert IdeaComment.objects.filter(parent__parent__isnull=False).count() == 0
    assert sorted(IdeaComment.objects.order_by().values_list("alignment", flat=True).distinct()) == [-1, 0, 1]
    shown = Idea.objects.filter(kind="debate", counts__comments__gt=0).first()
    page = selectors.idea_page(AgentFactory(), shown.reference)
    assert page.comments_total == shown.comments.count()
    assert page.support_refusal
    drain_outbox()
