"""A dossier: who reads it, what stands on it, what is told of it, once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import (
    ConsultedBody,
    DossierFollow,
    DossierNews,
    DossierSharedWork,
    DossierTold,
    DossierWork,
    ParticipationFigure,
    ReportRow,
)
from consultations.services import set_follow, tell
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.enums import Circle, IdentityMode
from src.participation.models import NeutralPeriod
from tests.factories.consultations import day, dossier
from tests.factories.directory import AgentFactory
from tests.factories.measures import MeasureFactory
from tests.factories.questionnaires import asked_space, questionnaire, send

pytestmark = pytest.mark.django_db


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def work(title="Connaître ses horaires", **fields):
    return DossierWork(
        **{
            "kind": "research",
            "title": title,
            "authors": "Un laboratoire",
            "year": 2024,
            "summary": "Ce que cela dit.",
            **fields,
        }
    )


class TestWhoReads:
    @pytest.mark.parametrize(
        ("circle", "visitor", "agent"),
        [(Circle.EVERYONE, 200, 200), (Circle.AGENTS, 404, 200), (Circle.MEMBERS, 404, 404)],
    )
    def test_the_circle_of_the_space_is_the_dossier_s_own(self, circle, visitor, agent):
        made = dossier(
            space=asked_space(circle=circle),
            works=[work("Un travail réservé")],
            news=[DossierNews(on=day(0), title="Une nouvelle réservée", text="…")],
        )
        someone = AgentFactory()
        doors = [made.address, f"/consultations/{made.slug}/flux.xml", f"/api/v1/consultations/{made.slug}/"]

        for user, status in ((None, visitor), (someone, agent)):
            client = client_of(user)
            assert [client.get(door).status_code for door in doors] == [status] * len(doors)
            shown = [
                made.title in client.get("/consultations/").content.decode(),
                "Un travail réservé" in client.get("/consultations/ressources/").content.decode(),
                "Une nouvelle réservée" in client.get("/consultations/flux.xml").content.decode(),
                made.slug in client.get("/api/v1/consultations/").content.decode(),
                made.title in b"".join(client.get("/consultations/export.csv").streaming_content).decode(),
            ]
            assert shown == [status == 200] * len(shown)
            assert client.post(f"{made.address}suivre/").status_code == (
                status if status == 404 else 302 if user is None else 303
            )

    def test_a_dossier_taken_down_or_of_a_space_in_preparation_is_nobody_s(self):
        down, early = (
            dossier(live=False),
            dossier(space=asked_space(is_draft=True, circle=Circle.EVERYONE), slug="avant"),
        )
        client = client_of(AgentFactory())

        assert [client.get(one.address).status_code for one in (down, early)] == [404, 404]


class TestThePage:
    def test_activities_stand_side_by_side_with_their_state_and_their_verb(self):
        space = asked_space()
        questionnaire(space=space, title="Les bancs")
        questionnaire(space=space, title="Les abris")
        questionnaire(space=space, title="Pas encore publié", published=False)
        made = dossier(space=space, bodies=[ConsultedBody(name="Comité social", state="planned", sits_on=day(20))])

        page = client_of(AgentFactory()).get(made.address).content.decode()

        assert [words in page for words in ("Les bancs", "Les abris", "Comité social", 'aria-current="step"')] == [
            True
        ] * 4
        assert page.count(">Répondre<") == 2
        assert "Pas encore publié" not in page
        assert "Étape en cours" in page

    def test_a_work_typed_once_stands_in_two_dossiers_for_whoever_reads_the_first(self):
        everybody, agents = (
            dossier(space=asked_space(circle=circle), slug=slug, title=title, works=[work(f"Travail {slug}")])
            for circle, slug, title in (
                (Circle.EVERYONE, "ouvert", "L’ouvert"),
                (Circle.AGENTS, "interne", "L’interne"),
            )
        )
        both = [DossierSharedWork(work=one.works.get()) for one in (everybody, agents)]
        made = dossier(space=asked_space(circle=Circle.EVERYONE), slug="second", shared_works=both)

        visitor, agent = (client_of(who).get(made.address).content.decode() for who in (None, AgentFactory()))

        assert "Travail ouvert" in visitor and "Travail interne" not in visitor and everybody.address in visitor
        assert "Travail ouvert" in agent and "Travail interne" in agent
        told = [client_of(who).get("/api/v1/consultations/second/").json()["works"] for who in (None, AgentFactory())]
        assert [[one["title"] for one in works] for works in told] == [
            ["Travail ouvert"],
            ["Travail ouvert", "Travail interne"],
        ]
        # The library tells it once; gone from the first dossier, it is gone from the second.
        library = client_of().get("/consultations/ressources/").content.decode()
        assert library.count("Travail ouvert</h3>") == 1
        everybody.works.all().delete()
        assert "Travail ouvert" not in client_of().get(made.address).content.decode()

    def test_it_costs_the_same_with_one_and_three_activities_and_rows(self):
        agent = AgentFactory()
        client = client_of(agent)
        counts = []
        first = dossier(slug="premier", works=[work(f"Ailleurs {rank}") for rank in range(3)])
        shared = list(first.works.all())
        for number in (1, 3):
            space = asked_space()
            for rank in range(number):
                questionnaire(space=space, title=f"Question {rank}")
            rows = [
                ReportRow(
                    said="Dit",
                    decided="Décidé",
                    changes="Change",
                    measures=MeasureFactory(published_on=day(0)).reference,
                )
                for _rank in range(number)
            ]
            made = dossier(
                space=space,
                slug=f"cout-{number}",
                report_rows=rows,
                shows_report=True,
                works=[work(f"T{rank}") for rank in range(number)],
                shared_works=[DossierSharedWork(work=one) for one in shared[:number]],
                bodies=[ConsultedBody(name=f"I{rank}", state="seized") for rank in range(number)],
                news=[DossierNews(on=day(0), title=f"N{rank}", text="…") for rank in range(number)],
                figures=[ParticipationFigure(kind="channel", label=f"C{rank}", count=40) for rank in range(number)],
            )
            tell(made)
            client.get(made.address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(made.address).status_code == 200
            counts.append(len(captured))
        drain_outbox()

        assert counts == [36, 36]

    def test_lists_cost_the_same_for_one_and_three(self):
        client = client_of(AgentFactory())
        counts = {}
        for number in (1, 3):
            while DossierWork.objects.count() < number:
                dossier(slug=f"liste-{DossierWork.objects.count()}", works=[work()])
            for address in ("/consultations/", "/consultations/ressources/", "/api/v1/consultations/", "/"):
                client.get(address)
                with CaptureQueriesContext(connection) as captured:
                    client.get(address)
                counts.setdefault(address, []).append(len(captured))

        assert counts == {
            "/consultations/": [14, 14],
            "/consultations/ressources/": [5, 5],
            "/api/v1/consultations/": [5, 5],
            "/": [6, 6],
        }

    def test_states_of_the_list_agree_with_the_words_of_each_line(self):
        for slug, steps in {
            "venir": (("collect", 2, 9),),
            "cours": (("collect", -2, 9),),
            "fini": (("collect", -9, -2), ("restitute", -1, None)),
            "restitue": (("restitute", -3, None),),
        }.items():
            dossier(slug=slug, title=slug, steps=steps)
        client = client_of(AgentFactory())

        def shown(state):
            return {
                row.slug: row.standing.state.value
                for row in client.get(f"/consultations/?etat={state}").context["rows"]
            }

        assert shown("a-venir") == {"venir": "coming"}
        assert shown("en-cours") == {"cours": "open"}
        assert shown("terminees") == {"fini": "ended", "restitue": "ended"}
        assert [tab["count"] for tab in client.get("/consultations/").context["tabs"]] == [4, 1, 1, 2]
        assert [row.slug for row in client.get("/consultations/?q=CoUrs&tri=titre&annee=zz").context["rows"]] == [
            "cours"
        ]
        this_year = day(-2).year
        assert "cours" in [row.slug for row in client.get(f"/consultations/?annee={this_year}").context["rows"]]
        for odd in ("page=nawak", "annee=0000", "annee=99999", "etat=%00", "tri=-pk", "q=%ED%A0%80"):
            assert client.get(f"/consultations/?{odd}").status_code == 200
            assert client.get(f"/api/v1/consultations/?{odd}").status_code == 200


class TestTheReport:
    def report(self, **fields):
        measure = MeasureFactory(published_on=day(0), title="Poser dix bancs")
        row = ReportRow(
            said="Pas de banc", decided="Dix bancs", changes="On s'assoit", measures=measure.reference.lower()
        )
        return dossier(report_rows=[row], shows_report=True, **fields)

    def test_it_is_read_as_a_whole_once_told_with_its_measures(self):
        made, client = self.report(), client_of(AgentFactory())
        assert "Pas de banc" not in client.get(made.address).content.decode()

        tell(made)
        drain_outbox()

        page = client.get(made.address).content.decode()
        assert [words in page for words in ("Pas de banc", "Dix bancs", "Poser dix bancs", "Ce que cela a donné")] == [
            True
        ] * 4

    def test_those_who_took_part_or_follow_are_told_once_and_nobody_else(self):
        space = asked_space()
        asked = questionnaire(space=space)
        signs, follower, other = AgentFactory(), AgentFactory(), AgentFactory()
        send(asked, {"q1": "c1"}, actor=signs, mode=IdentityMode.NAMED)
        send(asked, {"q1": "c2"})
        drain_outbox()
        made = self.report(space=space)
        set_follow(dossier=made, actor=follower, wanted=True)

        for _twice in range(2):
            tell(made)
            drain_outbox()

        told = InboxItem.objects.filter(code="consultations.report_published")
        assert set(told.filter(user__isnull=False).values_list("user_id", flat=True)) == {signs.pk, follower.pk}
        assert told.filter(user__isnull=True).count() == 1
        assert not told.filter(user=other).exists()

    def test_a_pre_electoral_period_holds_it_and_it_comes_out_after(self):
        from consultations.jobs import tell_held

        period = NeutralPeriod.objects.create(name="Municipales", starts_on=day(-3), ends_on=day(3))
        made = self.report()
        assert tell(made) == []

        period.delete()
        tell_held(None)
        drain_outbox()

        assert DossierTold.objects.filter(dossier=made, what=DossierTold.REPORT).count() == 1

    def test_only_fresh_news_are_told_and_each_once(self):
        follower = AgentFactory()
        made = dossier(
            news=[
                DossierNews(on=day(ago), title=title, text="…")
                for ago, title in ((-30, "Vieille"), (0, "Fraîche"), (2, "Demain"))
            ]
        )
        set_follow(dossier=made, actor=follower, wanted=True)
        set_follow(dossier=made, actor=follower, wanted=True)

        for _twice in range(2):
            tell(made)
            drain_outbox()

        assert DossierFollow.objects.count() == 1
        assert [item.context["news"] for item in InboxItem.objects.filter(user=follower)] == ["Fraîche"]
