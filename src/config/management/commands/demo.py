"""Loads the demo city, floor by floor; run twice, it changes nothing."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consultations.concertation.services.demo import load_concertation
from consultations.ratings.services.demo import load_ratings
from consultations.services.demo import load_dossiers
from consultations.services.demo_findings import load_barometers
from consultations.services.demo_measures import load_figure_measure
from consultations.texts.services.demo import load_texts
from ideas.services import demo as ideas_demo
from ideas.services.demo_signatures import load_signatures
from panels.services.demo import load_panels
from src.accountability.services import demo as accountability_demo
from src.accountability.services.demo_large_plan import load_large_plan
from src.config import demo_notices, demo_openings, demo_panel_life, demo_paper, demo_wall
from src.directory.services import demo as directory_demo
from src.foundations import outbox
from src.kiosk.services import demo as kiosk_demo
from src.participation.ballots.services.demo import load_ballots
from src.participation.models import Space
from src.participation.services import demo as participation_demo
from src.publishing.services import demo as publishing_demo
from src.questionnaires.services import demo as questionnaires_demo
from src.questionnaires.services import demo_gathered, demo_reading
from src.questionnaires.services.demo_large import load_large
from src.search import registry as search_registry
from src.search import services as search
from trainings.attestations.services.demo import load_attestations
from trainings.coverage.services.demo import load_coverage, load_depot
from trainings.learning.services.demo import load_learning
from trainings.obligations.services.demo import load_obligations
from trainings.reminders.services.demo import load_reminders
from trainings.services.demo import load_next_versions, load_tracks
from trainings.sessions.services.demo import load_sessions
from trainings.totals.services.demo import load_totals


class Command(BaseCommand):
    help = "Load the demo city of Marvenne (idempotent). Refused in production."

    def add_arguments(self, parser):
        parser.add_argument("--if-missing", action="store_true", help="do nothing when a city is already there")

    def handle(self, *args, **options):
        if not settings.TERRAIN_DEMO:
            raise CommandError(_("The demo city is refused here: these are not embedded settings."))
        if options["if_missing"] and Space.objects.exists():
            self.stdout.write("     " + _("already there."))
            return
        started = time.monotonic()
        for label, load in (
            (_("units and people"), directory_demo.load_directory),
            (_("who can help"), participation_demo.load_help),
            (_("pre-electoral periods"), participation_demo.load_periods),
            (_("ideas"), ideas_demo.load_ideas),
            (_("replies to sign"), load_signatures),
            (_("plan of measures"), accountability_demo.load_plan),
            (_("yearly reports"), accountability_demo.load_reports),
            (_("questionnaires"), questionnaires_demo.load_questionnaires),
            (_("a large consultation"), load_large),
            (_("its plan of seventy measures"), load_large_plan),
            (_("dossiers of consultation"), load_dossiers),
            (_("reform texts"), load_texts),
            (_("meetings of units"), load_concertation),
            (_("ratings after a service"), load_ratings),
            (_("open answers read"), demo_reading.load_reading),
            (_("a barometer"), load_barometers),
            (_("a measure born of a figure"), load_figure_measure),
            (_("sheets of paper"), demo_paper.load_paper),
            (_("answers gathered elsewhere"), demo_gathered.load_gathered),
            (_("ballots"), load_ballots),
            (_("panels drawn from the city"), load_panels),
            (_("the life of a panel"), demo_panel_life.load_panel_life),
            (_("trainings"), load_tracks),
            (_("agents in their trainings"), load_learning),
            (_("totals of trainings"), load_totals),
            (_("a team and its training"), load_depot),
            (_("a mandatory training"), load_obligations),
            (_("targets of trainings"), load_coverage),
            (_("reminders of trainings"), load_reminders),
            (_("sessions with a trainer"), load_sessions),
            (_("attestations of trainings"), load_attestations),
            (_("a new version of a training"), load_next_versions),
            (_("sheets for the wall"), demo_wall.load_wall),
            (_("ways of being told"), demo_notices.load_notices),
            (_("letters and calls"), demo_notices.load_errands),
            (_("a message for very many people"), demo_notices.load_mass),
            (_("kiosk"), kiosk_demo.load_kiosk),
            (_("liftings of the secret"), demo_openings.load_openings),
            (_("pages"), publishing_demo.load_pages),
        ):
            self.stdout.write(f"     {label}…")
            self.stdout.flush()
            load()
        self.stdout.write("     " + _("index and messages…"))
        while outbox.drain(limit=500):
            pass
        for kind in search_registry.kinds():
            search.catch_up(kind)
        self.stdout.write("     " + _("done in %(seconds).0f s.") % {"seconds": time.monotonic() - started})
