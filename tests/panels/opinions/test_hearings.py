"""The yearly return on measures: its forms, what they refuse and keep, whose they are, at 360 px."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from panels.enums import PanelState
from panels.opinions.models import Hearing, HearingLine
from panels.opinions.services import replying
from src.accountability.models import Measure
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.checks import faults
from tests.browser.fixtures import PHONE, chromium, open_page  # noqa: F401
from tests.factories import panel_opinions as make
from tests.journeys.conftest import loose
from tests.panels.screens import as_, text_of
from tests.panels.test_organising_in_browser import pictured, window

WORDS = {"city_words": "Trois mairies ont commencé.", "member_words": "C’est un début."}


def at(made, name, **kwargs):
    return reverse(f"panel_opinions:{name}", kwargs={"slug": made.panel.slug, **kwargs})


def answered(slug="accueil"):
    """Every reply given; the first became a measure that everybody reads."""
    made = make.handed_over(adopted=2, refused=0, slug=slug)
    made.answered(1)
    made.answered(2, "refused")
    measure = replying.begin_measure(
        actor=made.decider, reply=made.reply(1), title=f"Une personne debout ({slug})", changes="On est accueilli.",
        first_step="Trois mairies", first_step_on=clock.today() + datetime.timedelta(days=30),
    )  # fmt: skip
    Measure.objects.filter(pk=measure.pk).update(published_on=clock.today())
    made.again()
    drain_outbox()
    return made, Measure.objects.get(pk=measure.pk)


@pytest.mark.django_db
def test_a_hearing_is_planned_told_measure_by_measure_and_read_by_everybody():
    made, measure = answered()
    organiser = as_(made.organiser)
    for sent, said in (
        ({}, "Choisissez un jour"),
        ({"held_on": "32/13", "place": "Hôtel de ville"}, "date entière"),
        ({"held_on": clock.today().isoformat(), "place": " "}, "Écrivez où"),
        ({"held_on": clock.today().isoformat(), "place": "x" * 141}, "Raccourcissez"),
    ):
        page = organiser.post(at(made, "plan"), sent)
        assert page.status_code == 422 and said in text_of(page), said
        assert sent.get("place", "").strip() in page.content.decode()
    assert not Hearing.objects.exists()

    sent = {"held_on": clock.today().isoformat(), "place": "Hôtel de ville"}
    assert organiser.post(at(made, "plan"), sent).status_code == 303
    again = organiser.post(at(made, "plan"), sent)
    assert again.status_code in (409, 422) and Hearing.objects.count() == 1, "one at a time"
    assert "Son compte rendu" in text_of(as_(None).get(at(made, "replies")))

    account = at(made, "account", number=1)
    for sent, said in (
        ({}, "Écrivez ce que la Ville"),
        ({"city_words": "Oui.", "member_words": ""}, "Écrivez ce que les membres"),
        ({**WORDS, "city_words": "x" * 4001}, "Raccourcissez"),
        ({**WORDS, f"measure_{measure.pk}": "x" * 1001}, "Raccourcissez"),
    ):
        page = organiser.post(account, sent)
        assert page.status_code == 422 and said in text_of(page), said
        kept = [value for value in sent.values() if value]
        assert all(value.replace("’", "&#x27;") in page.content.decode() or value in page.content.decode()
                   for value in kept)  # fmt: skip
    assert not HearingLine.objects.exists() and made.again().state == PanelState.ANSWERED

    sent = {**WORDS, f"measure_{measure.pk}": "Une mairie sur trois.", "measure_999999": "Rien.", "measure_x": "Rien."}
    assert organiser.post(account, sent).status_code == 303

    assert [(line.measure, line.said) for line in HearingLine.objects.all()] == [(measure, "Une mairie sur trois.")]
    assert made.again().state == PanelState.FOLLOWED_UP
    page = text_of(as_(None).get(at(made, "replies")))
    assert "Trois mairies ont commencé." in page and "Une mairie sur trois." in page
    assert organiser.post(account, sent).status_code in (409, 422), "its account stays"
    for change in ({"city_words": "Autre."}, {"held_on": clock.today() - datetime.timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hearing.objects.update(**change)


@pytest.mark.django_db
def test_a_hearing_to_come_has_no_account_yet():
    made, _measure = answered()
    organiser = as_(made.organiser)
    tomorrow = clock.today() + datetime.timedelta(days=1)
    organiser.post(at(made, "plan"), {"held_on": tomorrow.isoformat(), "place": "Hôtel de ville"})

    page = organiser.post(at(made, "account", number=1), WORDS)

    assert page.status_code == 422 and "à venir" in text_of(page) and "Trois mairies" in page.content.decode()
    assert Hearing.objects.get().published_at is None


@pytest.mark.django_db
def test_measures_and_hearings_of_another_panel_are_not_reached():
    made, measure = answered()
    other, foreign = answered("ailleurs")
    organiser = as_(made.organiser)
    organiser.post(at(made, "plan"), {"held_on": clock.today().isoformat(), "place": "Hôtel de ville"})
    shown = organiser.get(at(made, "account", number=1)).content.decode()
    assert f"measure_{measure.pk}" in shown and f"measure_{foreign.pk}" not in shown

    sent = {**WORDS, f"measure_{foreign.pk}": "Rien."}
    assert organiser.post(at(made, "account", number=1), sent).status_code == 303
    assert not HearingLine.objects.exists(), "said of another panel's measure, it is nothing"

    assert as_(other.organiser).get(at(other, "account", number=1)).status_code == 404
    for who in (other.organiser, other.account(), made.account(), made.decider, made.base.administrator):
        for address in (at(made, "plan"), at(made, "account", number=1)):
            assert as_(who).get(address).status_code in (403, 404)
            assert as_(who).post(address, WORDS).status_code in (403, 404)
    assert as_(None).get(at(made, "plan")).status_code == 302
    assert as_(made.facilitator).get(at(made, "plan")).status_code in (403, 404)


@pytest.mark.django_db
def test_before_every_reply_is_given_nothing_is_planned():
    made = make.handed_over(adopted=2, refused=0)
    made.answered(1)

    page = as_(made.organiser).post(
        at(made, "plan"), {"held_on": clock.today().isoformat(), "place": "Hôtel de ville"}
    )

    assert page.status_code in (409, 422) and not Hearing.objects.exists()
    assert "Prévoir l'audience" not in text_of(as_(made.organiser).get(at(made, "replies")))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_the_day_to_the_account_on_a_phone(live_server, open_page):  # noqa: F811
    made, measure = answered()
    organiser = window(live_server, open_page, made.organiser, PHONE)
    organiser.go(f"/panels/atelier/{made.panel.slug}/audiences/").finds_no_fault()
    organiser.page.get_by_label(loose("Jour de l’audience")).fill(clock.today().isoformat())
    organiser.press("Enregistrer").reads("Écrivez où")
    assert faults(organiser.page) == []
    # The refusal itself is heard as one.
    organiser.heard.clear()
    pictured(organiser, "audience-erreur-telephone")
    assert organiser.page.get_by_label(loose("Jour de l’audience")).input_value() == clock.today().isoformat()
    organiser.page.get_by_label(loose("Lieu")).fill("Hôtel de ville")
    organiser.press("Enregistrer").reads("L’audience est annoncée").finds_no_fault()
    organiser.click("Écrire son compte rendu").finds_no_fault()
    organiser.page.get_by_label(loose("Ce que la Ville a dit")).fill("Trois mairies ont commencé.")
    organiser.page.get_by_label(loose("Ce que les membres ont dit")).fill("C’est un début.")
    organiser.page.get_by_label(loose(f"De la mesure « {measure.title} »")).fill("Une mairie sur trois.")
    pictured(organiser, "audience-compte-rendu-telephone")
    organiser.press("Publier le compte rendu").reads("Une mairie sur trois.").finds_no_fault()
    drain_outbox()
    visitor = window(live_server, open_page, None, PHONE, "dark")
    visitor.go(f"/panels/{made.panel.slug}/avis/reponses/").reads("C’est un début.").finds_no_fault()
    pictured(visitor, "audience-publique-telephone-sombre")
