"""The room's screens: who reads what, what a refusal keeps, files, letters, and what a member does there."""

import hashlib

import pytest
from django.urls import reverse

from panels import by_post
from panels.opinions.enums import DraftState
from panels.opinions.models import AdoptionRule, Amendment, MinorityOpinion, Opinion, Recommendation, Vote
from panels.opinions.services import amending, minority
from src.foundations.testing import drain_outbox
from tests.factories import panel_opinions as make
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db


def at(made, name, **kwargs):
    return reverse(f"panel_opinions:{name}", kwargs={"slug": made.panel.slug, **kwargs})


@pytest.fixture
def made():
    found = make.at_work()
    found.rule()
    found.draft()
    return found


def test_a_member_writes_amends_and_supports(made):
    member, other = as_(made.account()), as_(made.account(1))
    refused = member.post(at(made, "write"), {"title": "Un titre", "text": ""})
    assert refused.status_code == 422 and "Un titre" in refused.content.decode()
    sent = member.post(at(made, "write"), {"title": "Un titre", "text": "Un texte."})
    assert sent.status_code == 303 and sent["Location"] == at(made, "recommendation", number=2)
    assert "Écrit" in text_of(member.get(at(made, "recommendations")))
    told = {
        "text": "Dans chaque mairie, une personne debout accueille à l’entrée.",
        "why": "Pas seulement les petites.",
    }
    assert other.post(at(made, "amend", number=1), told).status_code == 303
    page = other.get(at(made, "recommendation", number=1))
    assert "[retiré :" in text_of(page) and "Amendement 1" in text_of(page)
    assert member.post(at(made, "support", number=1, amendment=1), {"action": "give"}).status_code == 303
    assert "1 membre d'accord" in text_of(other.get(at(made, "recommendation", number=1)))
    team = as_(made.facilitator)
    assert team.post(at(made, "support", number=1, amendment=1)).status_code == 403
    assert other.get(at(made, "decide", number=1, amendment=1)).status_code == 403
    decided = team.post(
        at(made, "decide", number=1, amendment=1), {"outcome": "accepted", "reason": "Toutes d’accord."}
    )
    assert decided.status_code == 303 and made.one().current.number == 2
    assert "Ce qui a changé" in text_of(member.get(at(made, "recommendation", number=1)))


def test_a_version_written_meanwhile_refuses_the_second_tab(made):
    member = as_(made.account())
    words = {"title": "Une personne debout", "note": "Plus court."}
    assert member.post(at(made, "version", number=1), {**words, "text": "Un.", "on": "1"}).status_code == 303
    late = member.post(at(made, "version", number=1), {**words, "text": "Deux.", "on": "1"})
    assert late.status_code == 422 and "Deux." in late.content.decode()


def test_organisers_write_the_rule_and_open_the_room(made):
    organiser = as_(made.organiser)
    rule = {"numerator": "2", "denominator": "3", "base": "members", "quorum_percent": ""}
    assert organiser.post(at(made, "rule"), {**rule, "numerator": "4"}).status_code == 422
    assert organiser.post(at(made, "rule"), rule).status_code == 303
    assert AdoptionRule.objects.get().denominator == 3
    assert "2/3" in text_of(as_(None).get(reverse("panels:detail", kwargs={"slug": made.panel.slug})))
    opened = organiser.post(at(made, "room"), {"numbers": ["1"], "held_on": Vote and made.panel.starts_on.isoformat()})
    assert opened.status_code == 422, "a day to come"
    day = Recommendation.objects.get().created_at.date().isoformat()
    assert organiser.post(at(made, "room"), {"numbers": ["1"], "held_on": day}).status_code == 303
    assert organiser.post(at(made, "rule"), rule).status_code == 409
    assert organiser.get(at(made, "rule")).status_code == 303, "nothing is left to write"
    count = {"present": "4", "favour_1": "3", "against_1": "1", "blank_1": "0"}
    first = as_(made.facilitator)
    assert first.post(at(made, "count"), {**count, "present": ""}).status_code == 422
    assert first.post(at(made, "count"), count).status_code == 303
    second = as_(made.base.as_now(made.base.second))
    page = second.get(at(made, "count"))
    assert "Une première personne a saisi" in text_of(page) and 'value="3"' not in page.content.decode()
    assert second.post(at(made, "count"), {**count, "favour_1": "2"}).status_code == 422
    assert second.post(at(made, "count"), count).status_code == 303
    assert made.one().state == DraftState.ADOPTED


def test_ballots_are_opened_in_one_gesture_and_linked(made):
    made.draft(1)
    organiser = as_(made.organiser)
    page = organiser.get(at(made, "ballots"))
    form = page.context["form"]
    told = {name: form[name].value() for name in ("opens_day", "closes_day")}
    told |= {"opens_hour": "09:00", "closes_hour": "18:00", "numbers": ["1", "2"], "secrecy": "simple"}
    early = organiser.post(at(made, "ballots"), {**told, "closes_day": told["opens_day"]})
    assert early.status_code == 422 and "72" in text_of(early)
    assert organiser.post(at(made, "ballots"), told).status_code == 303
    drain_outbox()
    vote = made.vote(2)
    read = as_(made.account()).get(at(made, "recommendation", number=2))
    assert vote.ballot.get_absolute_url() in read.content.decode()
    assert as_(made.account()).get(at(made, "call_off", number=2)).status_code == 403
    assert organiser.post(at(made, "call_off", number=2), {"reason": "Texte incomplet."}).status_code == 303
    drain_outbox()
    assert made.one(2).state == DraftState.DRAFT


@pytest.mark.parametrize(
    "name", ["recommendations", "write", "within", "minority", "rule", "ballots", "room", "count", "adopt", "slips"]
)
def test_nobody_from_elsewhere_enters(made, name):
    other = make.at_work(slug="ailleurs")
    for who in (other.account(), other.organiser, made.decider, made.base.administrator):
        assert as_(who).get(at(made, name)).status_code == 404
    assert as_(None).get(at(made, name)).status_code == 302


def test_minority_opinions_are_written_signed_and_left_alone(made):
    member, other = as_(made.account()), as_(made.account(1))
    assert member.post(at(made, "minority"), {"text": "", "name": "Karim", "recommendation": ""}).status_code == 422
    sent = member.post(at(made, "minority"), {"text": "Nous demandons des postes.", "name": "", "recommendation": "1"})
    assert sent.status_code == 303
    assert other.post(at(made, "sign", number=1), {"name": "Nour"}).status_code == 303
    page = text_of(other.get(at(made, "within")))
    assert "Signée par 2 membres." in page and "Nour" in page
    for who in (made.account(1), made.organiser, made.facilitator):
        assert as_(who).post(at(made, "minority_withdraw", number=1)).status_code == 403
    assert as_(made.base.administrator).post(at(made, "minority_withdraw", number=1)).status_code == 404
    assert as_(made.facilitator).post(at(made, "minority"), {"text": "Autre."}).status_code == 403
    assert MinorityOpinion.objects.get().withdrawn_at is None
    assert member.post(at(made, "minority_withdraw", number=1)).status_code == 303


def test_the_opinion_is_everybodys_once_handed_over_with_its_files(made):
    minority.write_minority(actor=made.account(), panel=made.panel, text="Nous demandons des postes.")
    made.vote_in_room({1: (4, 0, 0)})
    organiser = as_(made.organiser)
    assert organiser.post(at(made, "adopt"), {"introduction": "Quatre samedis."}).status_code == 303
    assert as_(None).get(at(made, "opinion")).status_code == 404
    assert as_(made.account()).get(at(made, "opinion")).status_code == 200
    opinion = Opinion.objects.get()
    assert organiser.post(at(made, "hand_over"), {"on": "2020-01-01"}).status_code == 422
    day = opinion.adopted_at.date().isoformat()
    assert organiser.post(at(made, "hand_over"), {"on": day}).status_code == 303
    drain_outbox()
    visitor = as_(None)
    page = text_of(visitor.get(at(made, "opinion")))
    assert "Une personne debout" in page and "Nous demandons des postes" in page and opinion.sha256 in page
    file = visitor.get(at(made, "opinion_json"))
    assert hashlib.sha256(file.content).hexdigest() == opinion.sha256
    paper = visitor.get(at(made, "opinion_pdf"))
    assert paper.status_code == 200 and paper["Content-Type"] in ("application/pdf", "text/html; charset=utf-8")
    replies = text_of(visitor.get(at(made, "replies")))
    assert "Réponse promise avant le" in replies
    made.again()
    with make.days_later(made.panel.reply_days + 12):
        assert "Réponse manquante depuis 12 jours." in text_of(visitor.get(at(made, "replies")))
        assert "1 réponse manque" in text_of(visitor.get(reverse("panels:detail", kwargs={"slug": made.panel.slug})))
        owed = text_of(as_(made.decider).get(reverse("panel_opinions:owed")))
        assert "12 jours de retard" in owed
        home = text_of(as_(made.decider).get("/"))
        assert "Répondre à la recommandation 1" in home


def test_the_city_answers_then_members_grade(made):
    made.vote_in_room({1: (4, 0, 0)})
    made.adopt()
    made.hand_over()
    address = reverse("panel_opinions:answer", kwargs={"reference": made.reply().reference})
    assert as_(made.organiser).get(address).status_code == 403
    assert as_(None).get(address).status_code == 302
    decider = as_(made.decider)
    told = {
        "outcome": "changed", "text": "Oui, en partie.", "change": "", "would_change": "", "study_until": "",
        "signed_name": "Hélène Duroc-Amari", "signed_capacity": "Adjointe", "after": "0",
    }  # fmt: skip
    refused = decider.post(address, told)
    assert refused.status_code == 422 and "Oui, en partie." in refused.content.decode()
    assert decider.post(address, {**told, "change": "Le jeudi."}).status_code == 303
    assert decider.post(address, {**told, "change": "Le jeudi."}).status_code == 409, "a double click"
    measure = reverse("panel_opinions:measure", kwargs={"reference": made.reply().reference})
    assert decider.get(measure).status_code == 200
    member = as_(made.account())
    assert "Hélène Duroc-Amari" in text_of(member.get(at(made, "grades")))
    assert member.post(at(made, "grades"), {"reply_1": "maybe"}).status_code == 422
    assert member.post(at(made, "grades"), {"reply_1": "partly"}).status_code == 303
    assert 'value="partly"' in member.get(at(made, "grades")).content.decode()
    assert as_(made.facilitator).get(at(made, "grades")).status_code == 403
    slip = {"member": "2", "reply_1": "no"}
    assert as_(made.facilitator).post(at(made, "slips"), {**slip, "member": "99"}).status_code == 422
    assert as_(made.facilitator).post(at(made, "slips"), slip).status_code == 303
    assert as_(made.account()).get(at(made, "slips")).status_code == 404
    told = as_(None).get("/api/v1/panels/").json()["items"]
    assert [one["panel"] for one in told] == [made.panel.slug]
    one = as_(None).get(f"/api/v1/panels/{made.panel.slug}/").json()
    assert one["recommendations"][0]["answer"]["outcome"] == "changed"


def test_what_members_read_comes_as_a_letter(made):
    from django.template.loader import render_to_string

    amending.propose(actor=made.account(1), recommendation=made.one(), text="Autre.", why="Autre.")

    def drawn(code):
        kind = by_post.kind(code)
        items = list(kind.items(made.panel))
        pages = [kind.page(made.panel, one.key, made.people[0]) for one in items]
        assert kind.page(made.panel, "404", made.people[0]) is None
        return [render_to_string(page.template, page.context) for page in pages]

    assert "Une personne debout" in drawn("drafts")[0] and drawn("opinion") == [] and drawn("replies") == []
    made.vote_in_room({1: (4, 0, 0)})
    made.adopt()
    made.hand_over()
    made.answered(1)
    assert "Une personne debout" in drawn("opinion")[0]
    assert "membre numéro 1" in drawn("replies")[0]
    assert Amendment.objects.get().state == "rejected"


def test_recommendations_handed_over_are_found(made):
    made.vote_in_room({1: (4, 0, 0)})
    made.adopt()
    assert "Une personne debout" not in text_of(as_(None).get("/recherche/?q=debout"))
    made.hand_over()
    assert "Une personne debout" in text_of(as_(None).get("/recherche/?q=debout"))
