"""The live table of quotas: read, tried, saved, brought in from a file, loosened by two people, crossed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panels.models import CrossQuota, Quota, Relaxation
from src.directory.models import User
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]

DESK = "/panels/atelier/accueil/"
QUOTAS = f"{DESK}quotas/"


def text_of(answer) -> str:
    """The page as it reads, with plain spaces."""
    import html
    import re

    body = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return " ".join(body.replace("\u202f", " ").replace("\u00a0", " ").split())


def quota(made, value) -> Quota:
    return Quota.objects.get(value__criterion__panel=made.panel, value__key=value)


def sent(made, **changes) -> dict:
    """The table as the browser sends it, some bounds changed: ``femme=(1, 3)``."""
    found = {}
    for one in Quota.objects.filter(value__criterion__panel=made.panel).select_related("value"):
        least, most = changes.get(one.value.key.replace("-", "_"), (one.minimum, one.maximum))
        found |= {f"min_{one.pk}": least, f"max_{one.pk}": most}
        if one.is_protected:
            found[f"kept_{one.pk}"] = "on"
    return found


@pytest.fixture
def pooled():
    made = make.recruiting(seats=4)
    made.registered(12)
    return made


def test_the_table_says_whether_a_panel_exists_and_how_fair(as_, pooled):
    read = text_of(as_(pooled.organiser).get(QUOTAS))

    assert "Un panel existe" in read
    assert "12 personnes peuvent être tirées au sort" in read
    assert "Meilleure chance minimale possible" in read


def test_bounds_are_tried_and_nothing_is_written(as_, pooled):
    client = as_(pooled.organiser)

    answer = client.post(f"{QUOTAS}essayer/", sent(pooled, femme=(4, 4), homme=(1, 3)))

    assert answer.status_code == 200
    read = text_of(answer)
    assert "rien n’est encore enregistré" in read
    assert "les minimums font 5 en tout, pour 4 places" in read
    assert (quota(pooled, "femme").minimum, quota(pooled, "femme").maximum) == (1, 3)


def test_bounds_are_saved_all_or_none(as_, pooled):
    client = as_(pooled.organiser)

    wrong = client.post(QUOTAS, sent(pooled, femme=(3, 2), homme=(1, 2)))
    assert (wrong.status_code, quota(pooled, "homme").maximum) == (422, 3)
    assert 'value="3"' in wrong.content.decode()

    right = client.post(QUOTAS, sent(pooled, femme=(2, 2), homme=(2, 2)))
    assert (right.status_code, right.url) == (303, f"{QUOTAS}#avis-du-calcul")
    assert [(quota(pooled, one).minimum, quota(pooled, one).maximum) for one in ("femme", "homme")] == [(2, 2)] * 2


@pytest.mark.parametrize("typed", ["", "deux", "-1", "1.5", "99999999999", "²", "\x00"])
def test_a_number_that_isnt_one_is_told(as_, pooled, typed):
    answer = as_(pooled.organiser).post(QUOTAS, sent(pooled, femme=(typed, 3)))

    assert answer.status_code == 422


def test_a_proposal_is_written_in_the_table_unsaved(as_, pooled):
    client = as_(pooled.organiser)
    # Four women, one owner at most: three women in social housing are needed, and there are two.
    client.post(QUOTAS, sent(pooled, femme=(4, 4), homme=(0, 0), proprietaire=(0, 1)))
    before = client.get(QUOTAS)
    assert "Aucun panel ne respecte tous ces quotas" in text_of(before)
    assert before.context["told"].missing

    answer = client.get(f"{QUOTAS}?proposition=1")

    assert answer.context["is_offered"]
    assert "Un panel existe" in text_of(answer)
    offered = {name: field.initial for name, field in answer.context["form"].fields.items()}
    kept = {name: field.initial for name, field in before.context["form"].fields.items()}
    moved = {name for name in kept if kept[name] != offered[name]}
    assert moved
    assert (quota(pooled, "femme").minimum, quota(pooled, "proprietaire").maximum) == (4, 1)
    filled = kept | {name: offered[name] for name in moved}
    tried = client.post(f"{QUOTAS}essayer/", {name: value for name, value in filled.items() if value is not False})
    assert "Un panel existe" in text_of(tried)
    for odd in ("0", "99", "x", "²"):
        assert client.get(f"{QUOTAS}?proposition={odd}").status_code == 200


def test_who_reads_and_who_writes(as_, pooled):
    other = make.recruiting(seats=4, slug="autre")
    codes = {
        name: as_(person).get(QUOTAS).status_code
        for name, person in {
            "organiser": pooled.organiser, "guarantor": pooled.guarantor, "facilitator": pooled.facilitator,
            "keeper": pooled.keeper, "administrator": pooled.administrator, "other": other.organiser,
            "agent": AgentFactory(), "nobody": None,
        }.items()
    }  # fmt: skip

    assert codes == {
        "organiser": 200, "guarantor": 200, "facilitator": 404, "keeper": 404, "administrator": 404, "other": 404,
        "agent": 404, "nobody": 302,
    }  # fmt: skip
    for path in ("", "essayer/"):
        assert as_(pooled.guarantor).post(QUOTAS + path, sent(pooled)).status_code == 403
    for path in ("fichier/", "croiser/"):
        assert as_(pooled.guarantor).get(QUOTAS + path).status_code == 404


def test_a_protected_quota_has_no_field_once_people_were_asked(as_, pooled):
    social = quota(pooled, make.SOCIAL)
    client = as_(pooled.organiser)

    page = client.get(QUOTAS).content.decode()
    assert f"min_{social.pk}" not in page
    assert f"quotas/{social.pk}/assouplir/" in page

    client.post(QUOTAS, sent(pooled, logement_social=(0, 4)))
    assert quota(pooled, make.SOCIAL).minimum == social.minimum


def test_a_looser_quota_is_asked_with_why_then_signed_by_a_guarantor(as_, pooled):
    Quota.objects.filter(value__key=make.SOCIAL).update(minimum=1)
    social = quota(pooled, make.SOCIAL)
    organiser, guarantor = as_(pooled.organiser), as_(pooled.guarantor)
    ask = f"{QUOTAS}{social.pk}/assouplir/"

    assert 'value="0"' in organiser.get(f"{ask}?min=0&max=4").content.decode()
    assert organiser.post(ask, {"minimum": "0", "maximum": "4"}).status_code == 422
    assert organiser.post(ask, {"minimum": "1", "maximum": "4", "reason": "Rien"}).status_code == 422
    asked = organiser.post(ask, {"minimum": "0", "maximum": "4", "reason": "Aucun volontaire du parc social."})
    assert asked.status_code == 303
    assert quota(pooled, make.SOCIAL).minimum == 1

    one = Relaxation.objects.get()
    sign = f"{QUOTAS}assouplissements/{one.pk}/signer/"
    assert organiser.get(sign).status_code == 404
    assert "Aucun volontaire du parc social." in text_of(guarantor.get(sign))
    assert guarantor.post(sign).status_code == 303
    assert quota(pooled, make.SOCIAL).minimum == 0
    assert guarantor.post(sign).status_code in (409, 422)
    assert "Aucun volontaire du parc social." in text_of(as_(None).get("/panels/accueil/"))


def test_where_only_a_protected_quota_could_give_way_it_is_proposed_for_two_signatures(as_, pooled):
    # Four women in social housing: there are two.
    for key, least, most in (("femme", 4, 4), ("homme", 0, 0), (make.SOCIAL, 4, 4), ("proprietaire", 0, 0)):
        Quota.objects.filter(value__key=key).update(minimum=least, maximum=most, is_protected=True)

    answer = as_(pooled.organiser).get(QUOTAS)

    told = answer.context["told"]
    assert told.proposals == []
    assert "Rien n’est possible sans assouplir un quota protégé." in text_of(answer)
    moved = next(bound for one in told.to_sign for bound in one.bounds)
    side = "min" if moved.side == "minimum" else "max"
    link = f"{QUOTAS}{moved.quota}/assouplir/?{side}={moved.after}"
    assert f'href="{link}"' in answer.content.decode()
    assert as_(pooled.organiser).get(link).status_code == 200
    assert "Demander cela" not in text_of(as_(pooled.guarantor).get(QUOTAS))


def test_what_was_asked_is_taken_back(as_, pooled):
    Quota.objects.filter(value__key=make.SOCIAL).update(minimum=1)
    social = quota(pooled, make.SOCIAL)
    organiser = as_(pooled.organiser)
    organiser.post(f"{QUOTAS}{social.pk}/assouplir/", {"minimum": "0", "maximum": "4", "reason": "Trop peu."})
    drop = f"{QUOTAS}assouplissements/{Relaxation.objects.get().pk}/retirer/"

    assert "Refuser cet assouplissement" in text_of(as_(pooled.guarantor).get(drop))
    assert organiser.post(drop).status_code == 303
    assert Relaxation.objects.count() == 0
    assert organiser.post(drop).status_code == 404


def csv(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("quotas.csv", text.encode(), content_type="text/csv")


def test_a_file_is_read_first_with_each_fault_and_its_line(as_):
    made = make.prepared(seats=4)
    client = as_(made.organiser)
    before = list(Quota.objects.values_list("pk", flat=True))

    answer = client.post(
        f"{QUOTAS}fichier/", {"file": csv("critère;valeur;min;max\nGenre;Femme;2;1\nGenre;;x;3\nGenre;Homme;1;3\n")}
    )

    read = text_of(answer)
    assert answer.status_code == 422
    assert "Ligne 2 : le minimum dépasse le maximum" in read
    assert "Ligne 3" in read
    assert list(Quota.objects.values_list("pk", flat=True)) == before
    assert client.post(f"{QUOTAS}fichier/", {"file": csv("n'importe quoi")}).status_code == 422
    assert client.post(f"{QUOTAS}fichier/", {}).status_code == 422
    assert client.post(f"{QUOTAS}fichier/", {"carried": "pas du base64", "confirm": "1"}).status_code == 422


def test_a_file_is_brought_in_by_a_second_gesture(as_):
    made = make.prepared(seats=4)
    client = as_(made.organiser)

    first = client.post(f"{QUOTAS}fichier/", {"file": csv("critère;valeur;min;max\nÂge;Jeune;1;4\nÂge;Autre;0;4\n")})
    assert (first.status_code, Quota.objects.count()) == (200, 4)
    assert "2 nouveaux quotas" in text_of(first)

    carried = first.context["form"].again
    second = client.post(f"{QUOTAS}fichier/", {"carried": carried, "confirm": "1"})

    assert (second.status_code, second.url) == (303, QUOTAS)
    assert set(Quota.objects.values_list("value__label", flat=True)) == {"Jeune", "Autre"}


def test_what_is_taken_away_comes_back_the_same(as_):
    made = make.prepared(seats=4)
    client = as_(made.organiser)

    taken = b"".join(client.get(f"{QUOTAS}quotas.csv").streaming_content)
    again = client.post(f"{QUOTAS}fichier/", {"file": SimpleUploadedFile("q.csv", taken)})

    assert again.context["report"].counts["unchanged"] == 4
    assert again.context["report"].problems == []


def test_two_values_are_crossed_and_uncrossed(as_, pooled):
    client = as_(pooled.organiser)
    woman, social = quota(pooled, "femme").value_id, quota(pooled, make.SOCIAL).value_id
    man = quota(pooled, "homme").value_id

    assert (
        client.post(f"{QUOTAS}croiser/", {"one": woman, "other": man, "minimum": 0, "maximum": 2}).status_code == 422
    )
    answer = client.post(f"{QUOTAS}croiser/", {"one": woman, "other": social, "minimum": 0, "maximum": 2})
    assert answer.status_code == 303
    assert "Femme, Logement social" in text_of(client.get(QUOTAS))

    gone = f"{QUOTAS}croises/{CrossQuota.objects.get().pk}/retirer/"
    assert client.get(gone).status_code == 200
    assert client.post(gone).status_code == 303
    assert CrossQuota.objects.count() == 0


def test_somebody_of_the_direction_that_asks_reads_no_small_number(as_, pooled):
    # Two men in social housing sit: the quota takes four of its four volunteers.
    Quota.objects.filter(value__key=make.SOCIAL).update(minimum=4)
    assert "prend 4 volontaires sur 4" in text_of(as_(pooled.organiser).get(QUOTAS))
    person = User.objects.get(pk=pooled.organiser.pk)
    unit = pooled.panel.commissioner
    person.current_affectation.unit = unit
    person.current_affectation.save()

    answer = as_(person).get(QUOTAS)

    counts = [row["count"] for group in answer.context["groups"] for row in group["rows"]]
    assert counts
    assert all(one is None or one == 0 for one in counts)
    assert "volontaires sur" not in text_of(answer)


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**40])
def test_a_number_of_nothing_is_not_found(as_, pooled, number):
    organiser, guarantor, administrator = as_(pooled.organiser), as_(pooled.guarantor), as_(pooled.administrator)

    assert organiser.get(f"{QUOTAS}{number}/assouplir/").status_code == 404
    assert organiser.post(f"{QUOTAS}croises/{number}/retirer/").status_code == 404
    assert guarantor.post(f"{QUOTAS}assouplissements/{number}/signer/").status_code == 404
    assert guarantor.post(f"{QUOTAS}assouplissements/{number}/retirer/").status_code == 404
    assert administrator.post(f"{DESK}equipe/{number}/retirer/").status_code == 404
    crossed = {"one": number, "other": "x", "minimum": number, "maximum": "\x00"}
    assert organiser.post(f"{QUOTAS}croiser/", crossed).status_code == 422
    assert administrator.post("/panels/atelier/nouveau/", {"commissioner": number, "seats": number}).status_code == 422
    assert organiser.get(f"{QUOTAS}?proposition={number}").status_code == 200
