"""A small city for the screens of ideas: one direction, its people, one open box, ideas at each step of their way."""

import datetime

from ideas import services
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import IdentityMode, Signature
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory, UnitFactory
from tests.factories.participation import SpaceFactory
from tests.factories.workflow import default_process

BODY = (
    "En attendant le camion, il n'y a nulle part où s'asseoir au sec. "
    "Un banc couvert de six places près du portail suffirait."
)
ANSWER = (
    "Oui. Un banc couvert de six places sera posé près du portail avant la fin du trimestre. "
    "Le service Bâtiments l'a commandé et viendra choisir la place avec l'équipe du matin."
)
NO = (
    "Non. Pointer sur un téléphone personnel obligerait à y installer un outil de l'employeur. "
    "Nous ne voulons pas l'imposer, et tout le monde n'a pas un téléphone récent."
)


def answer(outcome="accepted", **changes):
    """A complete official response for one outcome."""
    in_a_month = clock.today() + datetime.timedelta(days=30)
    words = {"outcome": outcome, "text": NO if outcome == "declined" else ANSWER}
    if outcome in ("accepted", "pilot"):
        words |= {
            "measure_owner": "Service Bâtiments",
            "first_milestone": "Choisir la place avec l'équipe du matin",
            "first_milestone_on": in_a_month,
        }
    if outcome in ("declined", "deferred"):
        words |= {"reason": "vie_privee", "reopening_conditions": "Des téléphones de service pour toute l'équipe."}
    if outcome == "deferred":
        words["revisit_on"] = in_a_month
    return {**words, **changes}


class City:
    """The people and places; each method returns an idea brought to one step by the real services."""

    def __init__(self):
        self.direction = DirectionFactory(name="Propreté et ressources", code="PRO")
        self.other_direction = DirectionFactory(name="Rues et mobilités", code="RUE")
        self.service = UnitFactory(name="Bâtiments", parent=self.direction)
        self.site = SiteFactory(name="Dépôt des Tanneurs", parent=self.service)
        self.author = self.agent("nadia", "Nadia", "Benali", "conductrice")
        self.reader = self.agent("paul", "Paul", "Kerbrat", "accueil")
        self.moderator = self.agent("ines", "Inès", "Rocher", "", (Role.MODERATOR, None))
        self.correspondent = self.agent("odile", "Odile", "Marchand", "", (Role.IDEA_CORRESPONDENT, self.direction))
        self.assessors = [
            self.agent("karim", "Karim", "Diallo", "mécanicien", (Role.INSTRUCTOR, self.direction)),
            self.agent("fatou", "Fatou", "Diop", "magasinière", (Role.INSTRUCTOR, self.direction)),
        ]
        self.delegate = self.agent("claire", "Claire", "Morvan", "déléguée", (Role.DELEGATE, self.direction))
        self.decider = self.agent(
            "sophie", "Sophie", "Lantier", "cheffe du service technique", (Role.DECISION_MAKER, self.direction)
        )
        self.admin = self.agent("admin", "Ada", "Admin", "", (Role.ADMINISTRATOR, None))
        self.space = SpaceFactory(
            slug="plus-simple",
            name="Plus simple",
            summary="La boîte permanente : une idée, une réponse.",
            process=default_process(),
            steering_unit=self.direction,
        )

    def agent(self, username, first_name, last_name, job_title, role=None):
        return AgentFactory(
            username=username,
            first_name=first_name,
            last_name=last_name,
            job_title=job_title,
            unit=self.site,
            roles=[role] if role else [],
        )

    def submitted(self, title="Un banc à l'abri près du portail", body=BODY, author=None, **options):
        options.setdefault("identity_mode", IdentityMode.NAMED)
        receipt = services.submit_idea(
            actor=author or self.author, space=self.space, title=title, body=body, **options
        )
        return receipt.idea

    def protected(self, title="Pointer sans faire la queue", **options):
        """A protected idea; the relay has filed it in its author's keyring."""
        idea = self.submitted(title, identity_mode=IdentityMode.PROTECTED, **options)
        drain_outbox()
        return idea

    def team(self, title="Des vélos-cargos partagés"):
        return self.submitted(title, signature=Signature.TEAM, team_label="Équipe des Tanneurs")

    def opened(self, title="Une armoire pour échanger les tenues", **options):
        idea = self.submitted(title, **options)
        services.screen(idea=idea, actor=self.moderator)
        return idea

    def asked(self, title="Prévenir la veille quand l'eau sera coupée"):
        idea = self.submitted(title)
        services.ask_author(idea=idea, actor=self.moderator, text="Qui devrait recevoir le message ?")
        return idea

    def oriented(self, title="Une seconde pointeuse à l'entrée sud", scale="project", **options):
        idea = self.opened(title, **options)
        services.orient(
            idea=idea, actor=self.correspondent, direction=self.direction, scale=scale, service=self.service
        )
        return idea

    def countersigned_soon(self, title="La lampe du local à vélos"):
        idea = self.oriented(title, scale="quick_fix")
        services.draft_fast_answer(idea=idea, actor=self.assessors[0], **answer())
        return idea

    def studied(self, title="Un carnet d'entretien partagé", **options):
        idea = self.oriented(title, **options)
        services.start_study(idea=idea, actor=self.correspondent, assessors=self.assessors)
        return idea

    def assess(self, idea, assessor, scores=(3, 3, 4, 2, 3)):
        names = ("impact_users", "impact_agents", "feasibility", "cost", "delay")
        return services.assess(
            idea=idea, actor=assessor, note="Simple à faire, et utile.", **dict(zip(names, scores, strict=True))
        )

    def to_decide(self, title="Des casiers assez hauts pour les bottes", **options):
        idea = self.studied(title, **options)
        for assessor in self.assessors:
            self.assess(idea, assessor)
        services.close_study(idea=idea, actor=self.correspondent, text="Un modèle existe déjà aux serres.")
        return idea

    def prepared(self, title="Une seule signature sous 100 euros", **options):
        idea = self.to_decide(title, **options)
        services.prepare_decision(idea=idea, actor=self.decider, **answer())
        return idea

    def decided(self, title="Une fiche pour répondre aux propos racistes", outcome="accepted"):
        idea = self.to_decide(title)
        services.prepare_decision(idea=idea, actor=self.decider, **answer(outcome))
        services.announce_decision(idea=idea, actor=self.decider)
        drain_outbox()
        idea.refresh_from_db()
        return idea
