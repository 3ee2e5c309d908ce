"""The paper desk of the demo city, by the verbs people use: sheets sent, to look at again, to type, to destroy."""

from datetime import timedelta

from django.conf import settings

from ideas.models import Idea
from ideas.services import mark_first_reading, set_support
from src.directory.models import Unit, User
from src.directory.personas import PAPER_CODE
from src.foundations import clock
from src.paper import codes, registry, services
from src.paper.models import Batch, FollowCode, PrintRun
from src.paper.services.batches import Filled, opened

BENCH = (
    "Un banc à l'abri près du portail",
    "En attendant le camion, il n'y a nulle part où s'asseoir au sec. Un banc couvert de six places près du portail "
    "suffirait.",
)
TO_LOOK_AT = (
    (
        "Un abri pour les gants mouillés",
        "Le matin, les gants de la veille sont encore mouillés. Une barre chauffante dans le local, avec des "
        "pinces, les rendrait secs à la prise de poste.",
        "protected",
        {},
    ),
    (
        "Des étiquettes plus grandes sur les plants",
        "Les étiquettes sont trop petites pour être lues debout. Des étiquettes deux fois plus hautes nous "
        "éviteraient de nous baisser cent fois par jour.",
        "team",
        {"who-team": ["Équipe des Serres"]},
    ),
    (
        "Savoir le matin qui est absent",
        "On apprend les absences en arrivant au quai. Une feuille au tableau, remplie à 5 h 30, permettrait de "
        "répartir les tournées sans attendre.",
        "protected",
        {},
    ),
)
BY_A_PARTNER = (
    "Une chaise près de l'imprimante",
    "Les personnes âgées attendent debout que leur dossier s'imprime. Une chaise à côté suffirait, et un panneau "
    "pour dire que c'est bientôt fini.",
)


def load_paper() -> int:
    """Load four batches when there are none; answers how many came in."""
    if Batch.objects.exists():
        return 0
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=["PRO-TAN", "PAR-CLO", "SOL-NOR", "PRO"])}
    people = {
        user.username: user
        for user in User.objects.filter(
            username__in=["facilitation", "facilitation2", "tournees", "correspondant", "agent2", "bruno", "roseaux"]
        )
    }
    _bench(units, people)
    _typed(people["facilitation"], units["PAR-CLO"], 2, [_idea(*one) for one in TO_LOOK_AT], close=True)
    _typed(people["facilitation2"], units["SOL-NOR"], 0, [_idea(*BY_A_PARTNER, "protected", {})], announced=4)
    gone = _typed(
        people["tournees"],
        units["PRO-TAN"],
        40,
        [_idea("Illisible ou presque", "x" * 40, "protected", {})],
        close=True,
    )
    services.set_aside(actor=people["facilitation"], sheet=gone.sheets.get(), why="illisible")
    services.mark_destroyed(actor=people["facilitation"], batch=gone)
    return Batch.objects.count()


def _bench(units, people) -> None:
    """Idea 1: an agent without e-mail wrote it on a sheet that Malika typed; its code is told to visitors."""
    code = FollowCode.objects.create(
        code_hash=codes.hash_of(PAPER_CODE),
        sheet_number="TAN7R4",
        run=PrintRun.objects.create(
            unit=units["PRO-TAN"],
            form_key="idee",
            about="plus-simple",
            sheets=1,
            printed_on=clock.today() - timedelta(days=6),
            destroy_by=clock.today() + timedelta(days=settings.TERRAIN_SHEET_DESTROY_DAYS - 6),
            printed_by=people["facilitation"],
        ),
        expires_on=clock.today() + timedelta(days=settings.TERRAIN_SHEET_DAYS),
    )
    batch = _typed(
        people["facilitation"], units["PRO-TAN"], 1, [_idea(*BENCH, "protected", {})], code=code, close=True
    )
    handed = _sent(batch, people["tournees"])
    idea = Idea.objects.get(handle=handed.handle)
    # Its author said which direction it concerns, on a second sheet and with the code.
    where = {"kind": ["idea"], "direction": [str(units["PRO"].pk)], "tags": ["locaux"], "who-code": [PAPER_CODE]}
    second = Filled(registry.form("precisions"), idea.reference, where)
    _sent(_typed(people["facilitation"], units["PRO-TAN"], 1, [second], close=True), people["tournees"])
    idea = Idea.objects.select_related("unit", "direction", "service", "space", "owed", "counts").get(pk=idea.pk)
    mark_first_reading(idea=idea, actor=people["correspondant"])
    for name in ("agent2", "bruno", "roseaux"):
        set_support(idea=idea, actor=people[name], wanted=True)


def _idea(title: str, body: str, identity: str, who: dict) -> Filled:
    data = {"title": [title], "body": [body], "identity": [identity], **who}
    return Filled(registry.form("idee"), "plus-simple", data)


def _typed(who, unit, ago: int, sheets: list, *, code=None, close: bool = False, announced: int = 0) -> Batch:
    batch = services.open_batch(
        actor=who, unit=unit, held_on=clock.today() - timedelta(days=ago), announced=announced or len(sheets)
    )
    for sheet in sheets:
        if not sheet.is_valid():
            raise ValueError(f"{sheet.form.errors} {sheet.who.errors}")
        services.type_sheet(actor=who, batch=batch, filled=sheet, code=code)
    if close:
        services.close_typing(actor=who, batch=batch)
    return batch


def _sent(batch: Batch, who):
    sheet = batch.sheets.select_related("code").get()
    return services.send_sheet(actor=who, sheet=sheet, filled=opened(sheet))
