"""A year of a panel at 360 px, by the keyboard: from a letter to a graded reply; a committee; a renewal. No fault."""

import datetime

import pytest
import time_machine

from panels.enums import PanelKind, PanelState
from panels.models import Candidate, Membership, Panel
from panels.opinions.models import Amendment, Grade
from panels.services import candidates
from panels.sessions.models import Attendance, Session
from panels.sessions.services import planning, presence
from panels.statements import services as statements
from panels.statements.models import StatementVote
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.browser.fixtures import chromium, open_page  # noqa: F401
from tests.factories import panel_opinions, panel_sessions
from tests.factories import panels as make
from tests.factories.directory import AgentFactory
from tests.journeys.conftest import plain
from tests.panels.test_committees import committee
from tests.panels.test_registering_in_browser import window  # noqa: F401
from tests.panels.test_renewing import drawn_for, standing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INSIDE = "/panels/accueil/membres/"
# The words of what has the focus, when it is of that kind: the page itself has it between the last stop and the first.
SAID = """(kind) => {
  const found = document.activeElement;
  const labels = [...(found.labels || [])].map((label) => label.innerText).join(' ');
  return found.matches(kind) ? found.getAttribute('aria-label') || labels || found.innerText : '';
}"""
PRESSED, FILLED, CHOSEN = "a, button", "input, textarea", "input[type=radio], input[type=checkbox]"
AMENDED = "Dans chaque mairie de quartier, une personne debout accueille à l’entrée et reste avec qui est perdu."


def at(who, address):
    """A page, looked at."""
    return who.go(address).looked_at()


def stop_at(who, kind, words):
    """Tab from stop to stop until one of that kind that begins so."""
    for _stop in range(160):
        who.page.keyboard.press("Tab")
        if plain(who.page.evaluate(SAID, kind)).strip().startswith(plain(words)):
            return who
    raise AssertionError(f"Tab never stops at “{words}” of {who.page.url}")


def follow(who, words):
    """A link or a button, by Enter."""
    stop_at(who, PRESSED, words)
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    return who


def type_in(who, label, text):
    """What a field holds is replaced."""
    stop_at(who, FILLED, label).page.keyboard.press("Control+a")
    who.page.keyboard.type(text)
    return who


def check(who, label):
    stop_at(who, CHOSEN, label).page.keyboard.press("Space")
    return who


def choose(who, first, wanted):
    """Tab enters a group by its first choice, arrows go through it."""
    check(who, first)
    for _arrow in range(12):
        if plain(who.page.evaluate(SAID, CHOSEN)).strip().startswith(plain(wanted)):
            return who
        who.page.keyboard.press("ArrowDown")
    raise AssertionError(f"Arrows never reach “{wanted}”.")


def registered(who, code) -> tuple[str, str]:
    """By the square of a letter, refused once, then by the keyboard alone; the ticket and the secret number."""
    who.scans(f"/panels/inscription/#{code}")
    follow(who, "M'inscrire").reads("Il y a quelque chose à corriger").looked_at()
    check(who, "Tout cela est vrai pour moi")
    choose(who, "Femme", "Femme")
    choose(who, "Propriétaire", "Logement social")
    type_in(who, "Prénom et nom", "Zoé Canari")
    type_in(who, "Numéro de téléphone", "06 00 00 00 00")
    check(who, "Participer au tirage")
    follow(who, "M'inscrire").looked_at()
    ticket, number = who.page.locator("dd.ref").all_inner_texts()[:2]
    follow(who, "J'ai gardé mon reçu").reads("Rien ne reste sur cet appareil")
    return ticket, number


def seated_with(made, codes) -> None:
    """Eight others register; everybody is drawn from, called and seated; the work begins."""
    for place, code in enumerate(codes):
        gender, housing = make.WOMAN if place % 2 else make.MAN, make.OWNER if place else make.SOCIAL
        made.register(code, name=f"Volontaire {place}", gender=gender, housing=housing, address=f"{place} rue Basse")
    for one in Candidate.objects.filter(panel=made.panel).select_related("panel"):
        candidates.decide_eligibility(actor=made.facilitator, candidate=one, is_eligible=True)
    made.close()
    make.certify(made, make.seal(made))
    make.seat(made)
    make.begin(made)


def test_a_year_of_a_panel_from_a_letter_to_a_graded_reply(window):  # noqa: F811
    # Five seats, three owners at most: the two who live in social housing are drawn, whatever the number.
    made = make.recruiting(seats=5)
    mine, *others = made.print_letters(9)
    zoe = window()
    ticket, number = registered(zoe, mine)
    seated_with(made, others)
    member = Membership.objects.select_related("candidate__account").get(candidate__ticket=ticket)
    account = User.objects.get(pk=member.candidate.account_id)

    # Her space, a session lived now, her presence by the code on the board.
    session = panel_sessions.prepared(made)
    now = clock.now()
    Session.objects.filter(pk=session.pk).update(
        starts_at=now - datetime.timedelta(minutes=10), ends_at=now + datetime.timedelta(hours=5)
    )
    session = planning.announce(actor=made.facilitator, session=Session.objects.get(pk=session.pk))
    today = clock.today()
    asked = statements.open_round(
        actor=made.organiser, panel=made.panel, title="L’accueil", question="Que faut-il ?", opens_on=today,
        closes_on=today + datetime.timedelta(days=9),
    )  # fmt: skip
    statements.add_statements(actor=made.facilitator, round_=asked, texts=["Ouvrir le samedi.", "Fermer à midi."])
    decider = AgentFactory(roles=[(Role.DECISION_MAKER, made.panel.commissioner)])
    work = panel_opinions.Made(
        made, User.objects.get(pk=decider.pk), [one for one in made.members() if one.pk != member.pk]
    )
    work.rule()
    work.draft()
    drain_outbox()
    at(zoe.signed(account), INSIDE).reads("2 à répondre")
    follow(at(zoe, f"{INSIDE}seances/{session.reference}/"), "Je suis là").looked_at()
    type_in(zoe, "Code écrit au tableau", presence.room_code(actor=made.facilitator, session=session, half_day=1))
    follow(zoe, "Je suis là").reads("Vous êtes là")
    assert Attendance.objects.get().membership_id == member.pk

    # A statement answered, an amendment refused then proposed.
    follow(at(zoe, f"{INSIDE}enonces/{asked.reference}/repondre/"), "Pas d'accord").reads("1 sur 2").looked_at()
    assert StatementVote.objects.get().choice == -1
    at(zoe, f"{INSIDE}recommandations/1/amender/")
    type_in(zoe, "Le texte tel qu'il deviendrait", AMENDED)
    follow(zoe, "Enregistrer").reads("Écrivez pourquoi").looked_at()
    assert zoe.page.locator("textarea").first.input_value() == AMENDED
    type_in(zoe, "Pourquoi", "Être là ne suffit pas.")
    follow(zoe, "Enregistrer").reads("L'amendement est proposé").looked_at()
    assert Amendment.objects.get().text == AMENDED
    work.vote_in_room({1: (3, 0, 1)})
    work.adopt("Un an de travail.")
    work.hand_over()
    work.answered(1)
    drain_outbox()

    # Her mandate is over and she is signed out: the ticket of her letter still opens the replies.
    with time_machine.travel(made.panel.ends_on + datetime.timedelta(days=40), tick=False):
        Membership.objects.filter(panel=made.panel).update(left_on=clock.today())
        old = window()
        type_in(at(old, "/panels/inscription/la-mienne/notes/"), "Votre ticket", ticket)
        type_in(old, "Votre nombre secret", number)
        follow(old, "Ouvrir").looked_at()
        choose(old, "Oui", "En partie")
        follow(old, "Enregistrer").reads("C'est enregistré").looked_at()
        at(old, "/panels/accueil/avis/reponses/")
    assert [(one.membership_id, one.value) for one in Grade.objects.all()] == [(member.pk, "partly")]


def test_a_committee_is_welcomed_and_begins(window):  # noqa: F811
    made = committee(direct_seats=2)
    desk = "/panels/atelier/comite/membres/"
    team = window().signed(made.facilitator)
    follow(at(team, desk), "Accueillir un membre").looked_at()
    choose(team, "Volontariat", "Désignation par une association")
    type_in(team, "Prénom et nom", "Lou Petit")
    type_in(team, "Téléphone", "06 11 00 00 00")
    type_in(team, "Nom sur le badge", "Lou")
    check(team, "Cette personne accepte de participer")
    follow(team, "Donner cette place").reads("quelle association").looked_at()
    type_in(team, "Association qui désigne", "Nages libres")
    follow(team, "Donner cette place").reads("Lou a une place").looked_at()
    organiser = window().signed(made.organiser)
    follow(at(organiser, desk), "Commencer les travaux").looked_at()
    follow(organiser, "Commencer").looked_at().reads("Lou")
    drain_outbox()
    assert Panel.objects.get(pk=made.panel.pk).state == PanelState.DELIBERATING
    at(window(), "/panels/comite/").reads("Nages libres")


def test_a_standing_panel_is_renewed_in_part(window):  # noqa: F811
    made = standing()
    first, *_others = made.members()
    desk, today = "/panels/atelier/accueil/membres/", clock.today()
    organiser = window().signed(made.organiser)
    follow(at(organiser, desk), "Renouveler une partie du panel").looked_at()
    type_in(organiser, "Titre", "Relève de printemps")
    check(organiser, first.label)
    days = {"Dernier jour pour s'inscrire": 30, "Jour du tirage": 20, "Première séance": 60, "Fin de leur mandat": 400}
    for label, ahead in days.items():
        dated(organiser, label, today + datetime.timedelta(days=ahead))
    follow(organiser, "Préparer le renouvellement").reads("choisissez plus tard").looked_at()
    dated(organiser, "Jour du tirage", today + datetime.timedelta(days=40))
    follow(organiser, "Préparer le renouvellement").reads("Le renouvellement est préparé").looked_at()
    renewal = Panel.objects.get(kind=PanelKind.RENEWAL)
    assert (renewal.title, renewal.seats) == ("Relève de printemps", 1)
    assert "Renouveler une partie" not in at(organiser, desk).page.content()

    drawn_for(made, renewal)
    at(organiser, f"/panels/atelier/{renewal.slug}/").reads("Faire entrer les nouveaux membres")
    follow(at(organiser, f"/panels/atelier/{renewal.slug}/membres/relever/"), "Les faire entrer").reads(
        "1 membre a rejoint le panel"
    ).looked_at()
    drain_outbox()
    assert first.pk not in {one.pk for one in made.members()} and len(made.members()) == 4
    at(window(), f"/panels/{renewal.slug}/")
    at(window(), "/panels/accueil/").reads("Relève de printemps")


def dated(who, label, day) -> None:
    """A day, typed in the three parts of its field as the browser shows them here; what was there is replaced."""
    stop_at(who, FILLED, label)
    who.page.evaluate("(day) => { document.activeElement.value = day; }", day.isoformat())
