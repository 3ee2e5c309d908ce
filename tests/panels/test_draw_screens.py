"""The organiser's screens of a draw: prepared, made, stopped, sealed, revealed, certified, void."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from panels import proof
from panels.enums import DrawState, PanelState, TeamRole
from panels.models import Draw, Quota, TeamMember
from panels.services import drawing
from src.foundations import clock
from src.foundations.models import JobRun
from src.foundations.runs import ask_cancel
from src.foundations.testing import drain_outbox
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
DAY = datetime.timedelta(days=1)


def at(name, draw=None, /, **kwargs):
    if draw is not None:
        kwargs |= {"number": draw.number}
    return reverse(f"panels:{name}", kwargs={"slug": "accueil", **kwargs})


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def made_draw(made, *, rows=100, **fields):
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=rows, **fields)
    drain_outbox()
    return Draw.objects.get(pk=draw.pk)


def seal_words(day=None, **fields):
    return {
        "beacon": "public_number",
        "beacon_name": "Loto, premier tirage",
        "beacon_on": f"{day or clock.today() + DAY:%Y-%m-%d}",
        **fields,
    }


def test_a_draw_is_prepared_made_by_a_job_and_told(as_):
    made = make.pooled(20, seats=4)
    client = as_(made.organiser)

    answer = client.post(at("draw_prepare"), {"kind": "real", "rows": "100"})
    draw = Draw.objects.get()
    assert (answer.status_code, answer.url, draw.is_trial) == (303, at("draw", draw), False)
    waiting = text_of(client.get(answer.url))
    assert "attend son tour" in waiting and "Arrêter" in waiting
    again = client.post(at("draw_prepare"), {"kind": "real", "rows": "100"})
    assert (again.status_code, Draw.objects.count()) == (409, 1)

    drain_outbox()
    told = text_of(client.get(answer.url))
    assert "Avant de sceller" in told and "Un minimum, et la borne à côté" in told
    assert "leximin" not in told.lower()
    assert "100 sur 100" in told


def test_stopped_failed_then_made_again(as_):
    made = make.pooled(20, seats=4)
    client = as_(made.organiser)
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)

    assert client.post(at("draw_stop", draw)).status_code == 303
    drain_outbox()
    assert JobRun.objects.get(pk=draw.run_id).state == "cancelled"
    assert "Vous l'avez arrêtée" in text_of(client.get(at("draw", draw)))
    assert client.post(at("draw_stop", draw)).status_code == 409

    Quota.objects.filter(value__key=make.WOMAN).update(minimum=4, maximum=4)
    assert client.post(at("draw_again", draw)).status_code == 303
    drain_outbox()
    failed = text_of(client.get(at("draw", draw)))
    assert "se contredisent" in failed or "Aucun panel ne respecte" in failed

    Quota.objects.filter(value__key=make.WOMAN).update(minimum=1, maximum=3)
    client.post(at("draw_again", draw))
    drain_outbox()
    assert Draw.objects.get().state == DrawState.CHECKED
    assert client.post(at("draw_again", draw)).status_code == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choisissez un tirage ou un essai"),
        ({"kind": "real", "rows": "beaucoup"}, "Écrivez un nombre entier"),
        ({"kind": "real", "rows": "0"}, "Écrivez 1 ou plus"),
        ({"kind": "real", "rows": "20000"}, "Écrivez 10000 ou moins"),
        ({"kind": "autre", "rows": "100"}, "Choisissez un tirage ou un essai"),
    ],
)
def test_what_cant_be_prepared_is_told_with_what_was_typed(as_, fields, words):
    made = make.pooled(4, seats=4)
    answer = as_(made.organiser).post(at("draw_prepare"), fields)

    assert (answer.status_code, Draw.objects.count()) == (422, 0)
    assert words in text_of(answer)
    assert fields.get("rows", "") in text_of(answer)


def test_while_people_register_only_a_trial_may_be_made(as_):
    made = make.recruiting(seats=4)
    made.registered(20)
    client = as_(made.organiser)

    assert "Le tirage" not in text_of(client.get(at("draw_prepare")))
    assert client.post(at("draw_prepare"), {"kind": "real", "rows": "100"}).status_code == 422
    assert client.post(at("draw_prepare"), {"kind": "trial", "rows": "100"}).status_code == 303
    drain_outbox()
    draw = Draw.objects.get()
    told = text_of(client.get(at("draw", draw)))
    assert draw.is_trial and "jamais scellé" in told and "P-" not in told
    assert client.get(at("seal", draw)).status_code == 409


def test_a_seal_is_read_again_first_and_binds_once(as_):
    made = make.pooled(20, seats=4)
    draw, client = made_draw(made), as_(made.organiser)

    page = text_of(client.get(at("seal", draw)))
    assert "À savoir avant de sceller" in page and "La réserve, essayée" in page
    assert "trois dés ne peuvent pas choisir" in page and "De trois dés" not in page

    early = client.post(at("seal", draw), seal_words(clock.today()) | {"sure": "1"})
    assert early.status_code == 422 and "choisissez un jour plus tard" in text_of(early)
    assert "Loto, premier tirage" in text_of(early)
    empty = text_of(client.post(at("seal", draw), {}))
    assert all(
        words in empty for words in ("Choisissez ce qui donne", "Dites où la ligne est tirée", "Choisissez un jour")
    )
    asked = client.post(at("seal", draw), seal_words())
    assert asked.status_code == 200 and "Sceller ce tirage" in text_of(asked)
    assert Draw.objects.get().state == DrawState.CHECKED

    done = client.post(at("seal", draw), seal_words() | {"sure": "1"})
    assert (done.status_code, Draw.objects.get().state) == (303, DrawState.SEALED)
    assert client.post(at("seal", draw), seal_words() | {"sure": "1"}).status_code == 409


def test_without_a_chance_a_written_reason_is_asked(as_):
    made = make.pooled(20, seats=4)
    Quota.objects.filter(value__key=make.SOCIAL).update(minimum=0, maximum=0)
    Quota.objects.filter(value__key=make.OWNER).update(maximum=4)
    draw, client = made_draw(made), as_(made.organiser)
    assert draw.engine["without_chance"]

    told = text_of(client.get(at("seal", draw)))
    assert draw.engine["without_chance"][0] in told and "ne peuvent pas être tirées au sort" in told
    refused = client.post(at("seal", draw), seal_words() | {"sure": "1"})
    assert refused.status_code == 422 and "écrivez pourquoi" in text_of(refused)
    words = seal_words(no_chance_because="Le quota fixé par la commande.")
    assert client.post(at("seal", draw), words | {"sure": "1"}).status_code == 303


def test_the_row_is_written_on_its_day_read_again_then_certified_by_a_guarantor(as_):
    made, draw = make.sealed()
    organiser = as_(made.organiser)
    assert "Pas encore" in text_of(organiser.get(at("reveal", draw)))
    assert organiser.post(at("reveal", draw), {"number": "7", "sure": "1"}).status_code == 409

    with time_machine.travel(clock.now() + DAY, tick=False):
        organiser, guarantor = as_(made.organiser), as_(made.guarantor)
        wrong = organiser.post(at("reveal", draw), {"number": "07 12"})
        assert wrong.status_code == 422 and "sans zéro devant" in text_of(wrong) and "07 12" in text_of(wrong)
        asked = organiser.post(at("reveal", draw), {"number": make.PUBLIC_NUMBER})
        assert asked.status_code == 200 and make.PUBLIC_NUMBER in text_of(asked)
        assert Draw.objects.get().state == DrawState.SEALED
        done = organiser.post(at("reveal", draw), {"number": make.PUBLIC_NUMBER, "sure": "1"})
        assert (done.status_code, Draw.objects.get().state) == (303, DrawState.REVEALED)

        assert organiser.get(at("certify", draw)).status_code == 404
        bad = guarantor.post(at("certify", draw), {"place": "Mairie", "witnesses": "Paul Adda"})
        assert bad.status_code == 422 and "un nom, une virgule" in text_of(bad)
        words = {"place": "Mairie", "witnesses": "Paul Adda, garant\nMe Roux, huissier"}
        assert "Certifier ce tirage" in text_of(guarantor.post(at("certify", draw), words))
        assert Draw.objects.get().state == DrawState.REVEALED
        assert guarantor.post(at("certify", draw), words | {"sure": "1"}).status_code == 303
    told = proof.read_certification(Draw.objects.get().certification.encode())
    assert told["witnesses"][1] == {"name": "Me Roux", "role": "huissier"}
    assert made.again().state == PanelState.DRAWN


def test_dice_are_typed_figure_by_figure(as_):
    made = make.pooled(20, seats=4)
    draw, client = made_draw(made, rows=1000), as_(made.organiser)
    words = seal_words(beacon="dice", beacon_name="Hôtel de ville") | {"sure": "1"}
    assert client.post(at("seal", draw), words).status_code == 303
    with time_machine.travel(clock.now() + DAY, tick=False):
        client = as_(made.guarantor)
        wrong = client.post(at("reveal", draw), {"first": "0", "second": "12", "third": ""})
        assert wrong.status_code == 422 and text_of(wrong).count("un chiffre par dé") >= 2
        typed = {"first": "0", "second": "0", "third": "7"}
        assert "007" in text_of(client.post(at("reveal", draw), typed))
        assert client.post(at("reveal", draw), typed | {"sure": "1"}).status_code == 303
    assert (Draw.objects.get().row, Draw.objects.get().beacon_value) == (7, "007")


def test_void_with_its_reason_stays_listed(as_):
    made, draw = make.sealed()
    client = as_(made.guarantor)
    assert client.post(at("void", draw), {"because": " "}).status_code == 422
    assert client.post(at("void", draw), {"because": "Le dé était pipé."}).status_code == 303
    assert "Le dé était pipé." in text_of(client.get(at("draws")))
    assert client.post(at("void", draw), {"because": "Encore."}).status_code == 409


def test_profiles_go_to_guarantors_alone_with_a_reason(as_):
    made, draw = make.sealed()
    assert as_(made.organiser).get(at("profiles", draw)).status_code == 404
    assert as_(made.keeper).get(at("profiles", draw)).status_code == 404
    client = as_(made.guarantor)
    assert client.post(at("profiles", draw), {"reason": ""}).status_code == 422
    answer = client.post(at("profiles", draw), {"reason": "Relecture sur place"})
    assert answer.status_code == 200 and len(proof.read_profiles(answer.content)) == 20
    assert "no-store" in answer["Cache-Control"]
    # Somebody of the direction that asks reads no profile, whatever their role.
    moved = AgentFactory(unit=made.panel.commissioner)
    TeamMember.objects.filter(role=TeamRole.GUARANTOR).update(person=moved)
    refused = as_(moved).post(at("profiles", draw), {"reason": "Relecture"})
    assert refused.status_code == 403 and b"nonce" not in refused.content


PAGES = ["draws", "draw_prepare", "draw", "seal", "reveal", "certify", "void", "profiles", "seats"]
# Organiser, guarantor: what they find at each page of a checked draw.
FOUND = {
    "draws": (200, 200), "draw_prepare": (200, 404), "draw": (200, 200), "seal": (200, 404), "reveal": (409, 409),
    "certify": (404, 409), "void": (200, 200), "profiles": (404, 409), "seats": (200, 200),
}  # fmt: skip


def test_each_page_is_open_to_its_roles_alone(as_, client):
    made = make.pooled(20, seats=4)
    draw = made_draw(made)
    stranger = as_(AgentFactory())
    for name in PAGES:
        url = at(name, None if name in ("draws", "draw_prepare", "seats") else draw)
        assert (as_(made.organiser).get(url).status_code, as_(made.guarantor).get(url).status_code) == FOUND[name], (
            name
        )
        assert as_(made.keeper).get(url).status_code == 404, name
        assert as_(made.facilitator).get(url).status_code == (200 if name == "seats" else 404), name
        assert stranger.get(url).status_code == 404, name
        assert client.get(url).status_code == 302, name
    for far in (0, 99, 10**30):
        assert as_(made.organiser).get(at("draw", number=far)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_draw_and_for_three(as_, count, django_assert_num_queries):
    made = make.pooled(20, seats=4)
    for _turn in range(count):
        draw = made_draw(made, rows=20)
        drawing.void_draw(actor=made.organiser, draw=draw, because="Pour voir.")
    client = as_(made.organiser)
    client.get(at("draws"))
    with django_assert_num_queries(6):
        answer = client.get(at("draws"))
    assert text_of(answer).count("Pour voir.") == count


def test_asked_to_stop_says_so(as_):
    made = make.pooled(20, seats=4)
    draw = drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=100)
    ask_cancel(draw.run_id)
    assert "rien n'en sera gardé" in text_of(as_(made.organiser).get(at("draw", draw)))
    drain_outbox()
