"""A dossier written by an organiser: from a template, then in the administration; files; what is refused, in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from consultations.kinds import LARGE, REFORM
from consultations.models import ConsultationDossier, ConsultationsPage, DossierDocument, DossierTold
from consultations.services.site import install
from consultations.services.templates import dossier_of, prepare_dossier
from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.participation.ballots.models import Ballot
from src.participation.enums import Circle
from src.questionnaires.models import Questionnaire
from tests.factories.consultations import day, dossier
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.measures import MeasureFactory
from tests.factories.questionnaires import asked_space

pytestmark = pytest.mark.django_db

PARTS = ("documents", "works", "shared_works", "bodies", "contributions", "news", "figures", "report_rows")


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def admin():
    return AgentFactory(roles=[(Role.ADMINISTRATOR, None)])


def data(made, **changed):
    """What the form of a dossier sends: its line, and the parts given."""
    steps = [{"id": "", "kind": "collect", "starts_on": str(day(-1)), "ends_on": str(day(6)), "note": ""}]
    posted = {
        "title": made.title,
        "slug": made.slug,
        "summary": made.summary,
        "space": made.space_id,
        "body": streamfield([]),
        "figures_note": "",
        "plan_reference": "",
        "report_introduction": "",
        "phases": inline_formset(changed.pop("phases", steps)),
        **{name: inline_formset(changed.pop(name, [])) for name in PARTS},
        **changed,
    }
    return {**nested_form_data(posted), "action-publish": "action-publish"}


class TestATemplate:
    def test_a_line_drawn_from_the_calendar_a_body_and_a_questionnaire_to_write(self):
        space = asked_space(name="La charte des plannings")
        made = prepare_dossier(space, report_on=day(40), bodies=["Comité social"])

        line = [(one.kind, one.starts_on, one.ends_on) for one in made.phases.all()]
        assert line == [("collect", day(-1), day(7)), ("deliberate", day(8), day(37)), ("restitute", day(40), None)]
        assert [body.name for body in made.bodies.all()] == ["Comité social"]
        assert (made.live, made.title, dossier_of(space)) == (False, space.name, made)
        assert Questionnaire.objects.get(space=space).revision is None

    def test_a_report_isn_t_promised_before_the_answers_close(self):
        with pytest.raises(ValidationError) as refusal:
            prepare_dossier(asked_space(), report_on=day(6))

        assert "report_on" in refusal.value.error_dict
        assert not ConsultationDossier.objects.exists()

    @pytest.mark.parametrize("kind", [REFORM, LARGE], ids=lambda kind: kind.code)
    def test_the_wizard_makes_the_space_and_leads_to_the_dossier(self, kind, admin):
        client, unit = client_of(admin), DirectionFactory()
        url = f"/gestion/espaces/boites/modeles/{kind.code}/"
        form = client.get(url).context["form"]
        required = [name for name, field in form.fields.items() if field.required]
        typed = {name: value for name, value in form.initial.items() if value not in (None, "")}
        typed |= {"name": "La charte", "steering_unit": unit.pk, "starts_on": str(day(0)), "report_on": str(day(90))}

        response = client.post(url, {**typed, "slug": "la-charte", "step": "open"})

        made = ConsultationDossier.objects.get(space__slug="la-charte")
        assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
        assert len(required) <= 12
        assert set(made.space.activities) == {kind.activity, *kind.beside}
        assert client.get(response["Location"]).status_code == 200
        assert client_of(AgentFactory()).get(made.address).status_code == 404
        drain_outbox()

    def test_a_large_consultation_may_come_with_the_vote_that_ends_it(self, admin):
        client, unit = client_of(admin), DirectionFactory()
        url = f"/gestion/espaces/boites/modeles/{LARGE.code}/"
        typed = {name: value for name, value in client.get(url).context["form"].initial.items() if value}
        typed |= {"name": "Parlons", "steering_unit": unit.pk, "starts_on": str(day(0)), "ends_by_vote": "on"}
        typed |= {"slug": "parlons", "step": "open"}

        too_early = client.post(url, {**typed, "report_on": str(day(45))})
        client.post(url, {**typed, "report_on": str(day(90))})

        vote = Ballot.objects.get(space__slug="parlons")
        collected = vote.space.phases.get().ends_at
        assert "promettez le rapport pour un jour suivant" in too_early.content.decode()
        assert collected <= vote.opens_at <= collected + timedelta(days=7)
        assert vote.closes_at.date() < day(90)
        drain_outbox()

    def test_a_reform_takes_a_text_that_its_dossier_shows(self, admin):
        client, unit = client_of(admin), DirectionFactory()
        url = f"/gestion/espaces/boites/modeles/{REFORM.code}/"
        typed = {name: value for name, value in client.get(url).context["form"].initial.items() if value}
        typed |= {"name": "La charte", "steering_unit": unit.pk, "starts_on": str(day(0)), "report_on": str(day(90))}
        client.post(url, {**typed, "slug": "la-charte", "step": "open"})
        made = ConsultationDossier.objects.get(space__slug="la-charte")
        text = {"space": made.space.pk, "title": "Charte des plannings", "introduction": ""}

        begun = client.post(reverse("texts:create"), text)
        words = "Article 1. Prévenir. Deux semaines avant.\n\nArticle 2. Échanger. Entre collègues de même métier."
        client.post(begun["Location"], {"paste": words})
        reference = begun["Location"].split("/")[3]
        client.post(reverse("texts:publish", kwargs={"reference": reference}))
        made.live = True
        made.save(update_fields=["live"])
        page = client_of(AgentFactory()).get(made.address).content.decode()

        assert "Charte des plannings" in page and f"/textes/{reference}/" in page
        assert "Lire et contribuer" in page
        drain_outbox()


class TestTheForm:
    def test_a_dossier_is_published_taken_down_and_told(self, admin):
        made, client = dossier(live=False), client_of(admin)
        measure = MeasureFactory(published_on=day(0))
        row = {
            "id": "",
            "said": "Dit",
            "decided": "Décidé",
            "changes": "Change",
            "measures": measure.reference,
            "ORDER": "1",
        }

        response = client.post(
            reverse("wagtailadmin_pages:edit", args=[made.pk]), data(made, report_rows=[row], shows_report="on")
        )

        assert response.status_code == 302, response.context["form"].errors
        assert client_of(AgentFactory()).get(made.address).status_code == 200
        assert DossierTold.objects.get(dossier=made).what == DossierTold.REPORT
        deleted = client.post(reverse("wagtailadmin_pages:delete", args=[made.pk]))
        assert (deleted.status_code, ConsultationDossier.objects.filter(pk=made.pk).exists()) == (302, True)
        client.post(reverse("wagtailadmin_pages:unpublish", args=[made.pk]))
        assert client_of(AgentFactory()).get(made.address).status_code == 404
        drain_outbox()

    def test_measures_are_named_by_words_and_what_several_have_is_asked_again(self, admin):
        made, client = dossier(live=False), client_of(admin)
        benches, shade, hidden = (
            MeasureFactory(title=title, published_on=published)
            for title, published in (
                ("Poser dix bancs devant les dépôts", day(0)),
                ("Poser des bancs à l’ombre", day(0)),
                ("Poser des bancs en secret", None),
            )
        )
        url = reverse("wagtailadmin_pages:edit", args=[made.pk])

        def sent(typed, **ids):
            row = {"id": "", "said": "Dit", "decided": "Décidé", "changes": "Change", "measures": typed, "ORDER": "1"}
            return client.post(url, data(made, report_rows=[row | ids]))

        asked = sent("poser bancs")
        words = " ".join(asked.context["form"].formsets["report_rows"].forms[0].errors["measures"])
        assert f"{benches.reference} {benches.title}" in words and shade.reference in words
        assert hidden.reference not in words and "poser bancs" in asked.content.decode()
        for nothing in ("ZZZZZZ", hidden.reference, "secret", "%", "'; DROP TABLE", "poser tramways"):
            assert sent(nothing).status_code == 200, nothing
        assert not made.report_rows.exists()

        assert sent(f"dix bancs\n{shade.reference.lower()} – l'ombre\n{benches.reference}").status_code == 302
        row = made.report_rows.get()
        assert row.references == [benches.reference, shade.reference]
        # Written again, each is shown with its title; left as it is, nothing changes.
        shown = client.get(url).context["form"].formsets["report_rows"].forms[0].initial["measures"]
        assert shown == f"{benches.reference} {benches.title}\n{shade.reference} {shade.title}"
        formset = data(made, report_rows=[]) | {"report_rows-TOTAL_FORMS": "1", "report_rows-INITIAL_FORMS": "1"}
        fields = {"id": str(row.pk), "said": "Dit", "decided": "Décidé", "changes": "Autre", "measures": shown}
        formset |= {f"report_rows-0-{name}": value for name, value in (fields | {"ORDER": "1"}).items()}
        assert client.post(url, formset).status_code == 302
        row.refresh_from_db()
        assert (row.changes, row.references) == ("Autre", [benches.reference, shade.reference])
        drain_outbox()

    def test_an_editor_writes_one_from_nothing_and_somebody_else_publishes_it(self):
        editor, section = AgentFactory(roles=[(Role.EDITOR, None)]), install()
        url = reverse("wagtailadmin_pages:add", args=["consultations", "consultationdossier", section.pk])
        blank = ConsultationDossier(title="Nos vestiaires", slug="nos-vestiaires", space=asked_space())
        client = client_of(editor)

        assert client.get(url).status_code == 200
        client.post(url, data(blank))

        made = ConsultationDossier.objects.get(slug="nos-vestiaires")
        assert (made.live, made.owner, [step.kind for step in made.phases.all()]) == (False, editor, ["collect"])
        drain_outbox()

    def test_a_preview_shows_what_is_typed_the_report_too_and_tells_nobody(self, admin):
        made, client = dossier(live=False), client_of(admin)
        row = {
            "id": "",
            "said": "Pas de banc",
            "decided": "Dix",
            "changes": "On s'assoit",
            "measures": "",
            "ORDER": "1",
        }
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[made.pk])

        sent = client.post(url, data(made, report_rows=[row], shows_report="on", title="Titre essayé"))

        assert sent.json()["is_valid"]
        page = client.get(url).content.decode()
        assert [words in page for words in ("Titre essayé", "Pas de banc", "Étape en cours")] == [True] * 3
        assert not DossierTold.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            (
                {"phases": [{"id": "", "kind": "collect", "starts_on": "2026-01-02", "ends_on": "", "note": ""}]},
                "dernier jour",
            ),
            (
                {"figures": [{"id": "", "kind": "channel", "label": "Au guichet", "count": "10", "ORDER": "1"}]},
                "Au guichet",
            ),
            ({"shows_report": "on"}, "pas encore de ligne"),
            ({"plan_reference": "ABC123"}, "Aucun plan"),
            ({"slug": "ressources"}, "adresse"),
            (
                {
                    "report_rows": [
                        {"id": "", "said": "a", "decided": "b", "changes": "c", "measures": "ZZZZZZ", "ORDER": "1"}
                    ]
                },
                "Aucune mesure publiée",
            ),
        ],
    )
    def test_what_would_not_be_true_is_refused_in_words(self, changed, words, admin):
        made = dossier(live=False)

        response = client_of(admin).post(reverse("wagtailadmin_pages:edit", args=[made.pk]), data(made, **changed))

        assert response.status_code == 200
        assert words in response.content.decode()
        made.refresh_from_db()
        assert not made.live

    def test_the_section_keeps_its_address_and_stays(self, admin):
        section, client = install(), client_of(admin)

        edited = client.post(
            reverse("wagtailadmin_pages:edit", args=[section.pk]),
            {"title": "Nos consultations", "summary": "", "slug": "ailleurs", "action-publish": "x"},
        )
        client.post(reverse("wagtailadmin_pages:delete", args=[section.pk]))
        drain_outbox()

        assert edited.status_code == 302
        assert list(ConsultationsPage.objects.values_list("title", "slug", "live")) == [
            ("Nos consultations", "consultations", True)
        ]
        assert install().pk == section.pk


def test_a_file_is_served_to_whoever_reads_a_dossier_that_holds_it():
    held, free = (
        get_document_model().objects.create(title=title, file=ContentFile(b"a;b", name=f"{title}.csv"))
        for title in ("tenu", "libre")
    )
    dossier(space=asked_space(circle=Circle.AGENTS), documents=[DossierDocument(title="Tenu", document=held)])
    doors = {None: (404, 200), AgentFactory(): (200, 200)}

    for user, statuses in doors.items():
        assert tuple(client_of(user).get(one.url).status_code for one in (held, free)) == statuses
