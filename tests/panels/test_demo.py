"""The panels of the demo city: every state is shown, loaded once; what anybody checks agrees; nobody's answers leak."""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from django.apps import apps
from django.test import TestCase
from django.utils import timezone

from panels import demo_people, proof, selectors, vault
from panels.advising import live_check
from panels.demo_content import (
    BY_POST,
    CANTEENS,
    RECEPTION,
    RENEWAL,
    STANDING,
    SUMMER,
    TERM_ENDS,
    WITHOUT_INTERNET,
)
from panels.enums import CallReason, CandidateState, DrawState, Ineligibility, InvitationState, PanelState
from panels.models import (
    Call,
    Candidate,
    CandidateContact,
    CandidateProfile,
    CriterionValue,
    Draw,
    GuardianConsent,
    HouseholdKey,
    InvitationAddress,
    Panel,
    Quota,
    Seat,
)
from panels.services import drawing
from panels.services.demo import load_panels
from src.directory.models import User
from src.directory.services import demo as directory_demo
from src.foundations import clock
from src.foundations.models import AuditEntry, JobRun
from src.foundations.testing import drain_outbox
from tests.panels.screens import as_

CHECKER = Path(proof.__file__).with_name("draw_verify.py")


def rows_of_everything() -> dict[str, int]:
    models = [*apps.get_app_config("panels").get_models(), AuditEntry, JobRun]
    return {model.__name__: model.objects.count() for model in models}


class DemoPanels(TestCase):
    """One load, looked at from several sides."""

    @classmethod
    def setUpTestData(cls):
        directory_demo.load_directory()
        cls.loaded = load_panels()
        # As the command does at its end: jobs that were run on their day find nothing left to do.
        drain_outbox()

    def panel(self, told) -> Panel:
        return Panel.objects.select_related("commissioner").get(slug=told.slug)

    def person(self, username) -> User:
        return User.objects.get(username=username)

    def test_panels_are_loaded_once_and_a_second_run_changes_nothing(self):
        before = rows_of_everything()

        assert (self.loaded, load_panels()) == (5, 0)
        assert rows_of_everything() == before
        assert list(Panel.objects.order_by("slug").values_list("slug", "state")) == [
            (CANTEENS.slug, PanelState.DRAFT),
            (SUMMER.slug, PanelState.RECRUITING),
            (WITHOUT_INTERNET.slug, PanelState.DRAWN),
            (STANDING.slug, PanelState.DELIBERATING),
            (RENEWAL.slug, PanelState.POOL_CLOSED),
            (RECEPTION.slug, PanelState.DELIBERATING),
        ]
        assert set(JobRun.objects.values_list("state", flat=True)) == {"done"}
        assert not AuditEntry.objects.filter(verb__startswith="panels.", at__gt=clock.now()).exists()

    def test_the_panel_at_work_has_its_members_and_their_badges(self):
        panel = self.panel(RECEPTION)
        members = list(panel.memberships.sitting().select_related("candidate__account"))
        assert len(members) == 60 and all(one.candidate.account_id for one in members)
        assert [one.label for one in members if one.candidate.account.username == "panel"] == ["Roger T."]
        assert {one.number for one in members if one.by_post} == set(BY_POST)
        assert sum(one.label == f"Membre {one.number}" for one in members) == 6
        assert Candidate.objects.filter(panel=panel).count() == 412
        letters = Counter(selectors.figures_of(panel)["letters"])
        assert sum(letters.values()) == 5000 and letters[InvitationState.RETURNED] == 83

    def test_a_third_of_the_standing_panel_is_being_renewed(self):
        panel, renewal = self.panel(STANDING), self.panel(RENEWAL)
        members = list(panel.memberships.sitting().select_related("candidate__account"))
        leaving = {one.number for one in members if one.term_ends_on}
        assert len(members) == 24 and all(one.candidate.account_id for one in members)
        assert leaving == {number for number in range(1, 25) if number % 3 == TERM_ENDS}
        assert {one.term_ends_on for one in members if one.term_ends_on} == {renewal.starts_on}
        assert "Roger T." in {one.label for one in members if not one.term_ends_on}
        assert (renewal.renews, renewal.seats, live_check(renewal).exists) == (panel, 8, True)
        draw = Draw.objects.get(panel=renewal)
        assert (draw.state, draw.beacon_on, draw.rows) == (DrawState.SEALED, clock.today(), 200)
        by_screen = [f"/panels/atelier/{RENEWAL.slug}/tirages/1/reveler/", f"/panels/{RENEWAL.slug}/"]
        assert [as_(self.person("moderation")).get(path).status_code for path in by_screen] == [200, 200]

    def test_the_panel_drawn_this_week_tells_a_whole_draw(self):
        panel = self.panel(WITHOUT_INTERNET)
        draws = [(one.is_trial, one.state, one.rows) for one in Draw.objects.filter(panel=panel).order_by("number")]
        assert draws == [
            (True, DrawState.CHECKED, 100),
            (True, DrawState.CHECKED, 100),
            (False, DrawState.VOID, 100),
            (False, DrawState.CERTIFIED, 1000),
        ]
        assert (panel.seats, sorted(selectors.certified_draw(panel).panel.source_lists.values_list("seats", flat=True))) == (
            60, [6, 9, 45],
        )  # fmt: skip
        states = Counter(Candidate.objects.filter(panel=panel).values_list("state", flat=True))
        seats = Counter(
            "empty" if one.holder is None else one.holder.state
            for one in Seat.objects.filter(panel=panel).select_related("holder")
        )
        # Four to call again and one who came in from the reserve; one member left yesterday.
        assert seats == {"seated": 54, "drawn": 5, "empty": 1}
        assert selectors.substitutions_of(panel).count() == 2
        assert [one.why for one in selectors.substitutions_of(panel)] == ["declined", "unreachable"]
        assert states["ineligible"] == len(WITHOUT_INTERNET.refused)
        assert states["withdrawn"] == WITHOUT_INTERNET.withdrew + 3
        counts = selectors.call_counts(self.person("facilitation"), panel)
        assert (counts["to_make"] + counts["later"], counts["taken"], counts["done"]) == (5, 0, 57)
        letters = Counter(selectors.figures_of(panel)["letters"])
        assert sum(letters.values()) == 2000 and letters[InvitationState.RETURNED] == 33
        channels = Counter(Candidate.objects.filter(panel=panel).values_list("channel", flat=True))
        assert channels == {"web": 109, "phone": 37, "paper": 19}
        assert not InvitationAddress.objects.filter(invitation__batch__panel=panel).exists()

    def test_homes_are_told_apart_and_a_blank_address_or_a_hostel_is_nobody_s(self):
        panel = self.panel(WITHOUT_INTERNET)
        homes = Counter(HouseholdKey.objects.filter(candidate__panel=panel).values_list("digest", flat=True))
        assert any(count > 1 for count in homes.values())
        without = Candidate.objects.filter(panel=panel, household__isnull=True).select_related("contact")
        lines = {vault.open_contact(one.contact.ciphertext).address for one in without}
        assert {"", *demo_people.HOSTELS} >= lines and len(lines) > 2

    def test_every_draw_agrees_with_the_checker_that_people_download(self):
        panel = self.panel(WITHOUT_INTERNET)
        for draw in Draw.objects.filter(panel=panel, sealed_at__isnull=False).select_related("panel"):
            kept = drawing.files_of(draw)
            profiles = drawing.profiles_for_guarantors(actor=self.person("garant"), draw=draw, reason="Contrôle")
            files = {
                proof.MANIFEST: draw.manifest.encode(),
                proof.SEAL: proof.seal_file(draw.seal),
                proof.LEAVES: kept["leaves"],
                proof.QUOTAS: kept["quotas"],
                proof.TABLE: kept["table"],
                proof.PROFILES: profiles,
            }
            if draw.state == DrawState.VOID:
                files[proof.VOID] = draw.void_record.encode()
            else:
                files[proof.CERTIFICATION] = draw.certification.encode()
                files[proof.SUBSTITUTIONS] = self.moves(draw, kept)
            with tempfile.TemporaryDirectory() as folder:
                for name, content in files.items():
                    Path(folder, name).write_bytes(content)
                command = [CHECKER, folder, "--seal", draw.seal, "--profiles", Path(folder, proof.PROFILES)]
                done = subprocess.run(
                    [sys.executable, *map(str, command)], capture_output=True, text=True, check=False, timeout=60
                )
            assert done.returncode == 0, (draw.number, done.stdout)
            assert "Tout concorde." in done.stdout

    def moves(self, draw, kept) -> bytes:
        made = [
            proof.Substitution(
                on=timezone.localdate(one.made_at), outgoing=one.outgoing.ticket, incoming=one.incoming.ticket,
                why=one.why, passed=tuple(map(tuple, one.passed)),
            )
            for one in selectors.substitutions_of(draw.panel)
        ]  # fmt: skip
        return proof.substitutions_file(
            draw.manifest.encode(), kept["leaves"], kept["table"], draw.certification.encode(), made
        )

    def test_every_row_of_a_sealed_table_meets_every_quota_read_apart(self):
        panel = self.panel(WITHOUT_INTERNET)
        people = {
            one.ticket: (
                {**vault.opened(one.profile.ciphertext, vault.PROFILE), "list": one.source_list.slug},
                one.household.digest if hasattr(one, "household") else one.ticket,
            )
            for one in Candidate.objects.filter(panel=panel).select_related("profile", "source_list", "household")
        }
        asked = [
            (one.value.criterion.key, one.value.key, one.minimum, one.maximum)
            for one in Quota.objects.filter(value__criterion__panel=panel).select_related("value__criterion")
        ]
        asked += [("list", slug, seats, seats) for slug, seats in panel.source_lists.values_list("slug", "seats")]
        assert len(asked) == 16
        for draw in Draw.objects.filter(panel=panel, sealed_at__isnull=False):
            rows = proof.read_table(drawing.files_of(draw)["table"])
            assert len(rows) == draw.rows
            for row in rows:
                held = [people[ticket] for ticket in row]
                assert len({home for _values, home in held}) == 60
                for key, value, least, most in asked:
                    assert least <= sum(values[key] == value for values, _home in held) <= most, (draw.number, key)

    def test_the_second_panel_waits_for_people_and_says_whom_it_lacks(self):
        panel = self.panel(SUMMER)
        check = live_check(panel)
        assert (check.exists, check.faults) == (False, [])
        assert check.missing > 0 and check.missing_of
        (_none, (waiting,)) = selectors.unsigned_of(panel)
        assert waiting.quota.is_protected and waiting.signed_at is None and waiting.minimum < waiting.minimum_before
        assert panel.paper_entries.count() == 3
        assert {one.typed_by.username for one in panel.paper_entries.all()} == {"facilitation", "facilitation2"}
        states = Counter(Candidate.objects.filter(panel=panel).values_list("state", flat=True))
        assert (states["ineligible"], states["withdrawn"]) == (2, 1)
        assert states["volunteered"] >= SUMMER.undecided
        batches = {one.source_list.slug: one for one in selectors.batches_of(self.person("moderation"), panel)}
        assert batches["residents-etrangers"].is_made and batches["residents-etrangers"].printed_at is None
        assert batches["listes-electorales"].mailed_at is not None

    def test_the_young_have_a_guardian_and_the_one_who_has_none_is_to_be_called(self):
        young = Candidate.objects.filter(panel=self.panel(SUMMER), is_minor=True)
        agreed = GuardianConsent.objects.filter(candidate__in=young)
        without = young.get(guardian__isnull=True)
        assert agreed.count() == young.count() - 1 == 5
        assert without.state == CandidateState.VOLUNTEERED
        assert Call.objects.get(candidate=without).reason == CallReason.CHECK

    def test_the_third_panel_is_known_of_its_team_alone(self):
        panel = self.panel(CANTEENS)
        assert panel.source_lists.count() == 2 and not panel.criteria.exists()
        seen = {
            name: Panel.objects.visible_to(self.person(name)).filter(pk=panel.pk).exists()
            for name in ("agent", "moderation")
        }
        assert seen == {"agent": False, "moderation": True}

    def test_the_journal_holds_no_answer_and_nobody_s_name(self):
        written = "\n".join(
            f"{one.object_ref} {json.dumps(one.payload, ensure_ascii=False)}"
            for one in AuditEntry.objects.filter(verb__startswith="panels.")
        ).casefold()
        secret = {
            *CriterionValue.objects.values_list("key", flat=True),
            *CriterionValue.objects.values_list("label", flat=True),
        }
        for one in CandidateContact.objects.all():
            contact = vault.open_contact(one.ciphertext)
            secret |= {contact.name, contact.phone, contact.email, contact.address} - {""}
        secret |= set(map(str, Ineligibility.values))
        words = set(written.replace('"', " ").replace(",", " ").split())
        assert not [
            one for one in secret if (one.casefold() in words if " " not in one else one.casefold() in written)
        ]
        assert CandidateProfile.objects.count() > 180

    def test_the_same_city_comes_each_time(self):
        once = demo_people.dwellers("x", 50)
        assert once == demo_people.dwellers("x", 50) and len({one.line for one in once}) == 50
        said = [list(demo_people.registrations(once, WITHOUT_INTERNET.answers, "x", met=True)) for _turn in range(2)]
        assert said[0] == said[1]
