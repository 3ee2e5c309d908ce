"""The files of a pack, one table each: columns, and rows that follow from the database and the day alone."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice

from src.foundations.models import Seal
from trainings.ledger import chaining
from trainings.ledger.models import Completion, CompletionRevocation
from trainings.models import Module, TrackVersion
from trainings.obligations.models import (
    AbsenceSpan,
    AssignmentRule,
    Exemption,
    Extension,
    Obligation,
    Requirement,
    VersionDecision,
)
from trainings.obligations.predicates import read
from trainings.obligations.words import names_for, sentence

from . import states

_SLICE = 2000
_LINKED = ("rang", "empreinte_ligne", "precedent", "empreinte")


def moment(value: datetime | None) -> str:
    """In universal time to the microsecond, as the ledger's own fingerprints have it."""
    return value.astimezone(UTC).isoformat() if value else ""


def told(value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def tables(obligation: Obligation, day: date) -> list[tuple[str, tuple[str, ...], Callable[[], Iterable]]]:
    """Name, columns, rows of each table, in the order of the pack."""
    tracks = obligation.answering_tracks()
    return [
        ("obligation.csv", ("terme", "valeur"), lambda: _terms(obligation)),
        ("regles.csv", RULE, lambda: _rules(obligation, day)),
        ("versions.csv", ("parcours", "version", "nature", "publiee_le", "en_vigueur", "sha256"),
         lambda: _versions(tracks, day)),
        ("modules.csv", ("parcours", "version", "rang", "cle", "sorte", "obligatoire", "minutes", "sha256"),
         lambda: _modules(tracks, day)),
        ("etats-connus-alors.csv", STATE, lambda: _states(states.known_then(obligation, day))),
        ("etats-connus-aujourdhui.csv", STATE, lambda: _states(states.known_now(obligation, day))),
        ("decisions.csv", ("sorte", "compte", "code", "du", "au", "note_le"), lambda: _decisions(obligation, day)),
        ("registre.csv", ("cle", "compte", "parcours", "version", "sha256", "terminee_le", "enregistree_le", "comment",
                          "minutes", "preuves", "origine", "reprend", *_LINKED), lambda: _ledger(tracks, day)),
        ("revocations.csv", ("cle", "completion", "motif", "par", "enregistree_le", *_LINKED),
         lambda: _revocations(tracks, day)),
    ]  # fmt: skip


def _terms(one: Obligation) -> Iterator[tuple]:
    yield "reference", one.reference
    yield "formation", one.track.title
    yield "parcours", one.track.slug
    yield "decision", one.decision
    yield "validite_en_mois", one.validity_months
    yield "fenetre_en_jours", one.window_days
    yield "delai_de_grace_en_jours", one.grace_days
    yield "base_du_renouvellement", one.renewal_base
    yield "jour_fixe", one.fixed_on
    yield "duree_minimale_en_jours", one.min_active_days
    yield "formation_de_renouvellement", one.renewal_track.slug if one.renewal_track_id else ""
    yield "equivalences", " ".join(sorted(one.equivalences.values_list("slug", flat=True)))
    yield "jours_ouvres", one.on_working_days
    yield "preparee_le", moment(one.created_at)
    yield "activee_le", moment(one.activated_at)
    yield "terminee_le", one.ended_on


def _rules(obligation: Obligation, day: date) -> Iterator[tuple]:
    for row in AssignmentRule.objects.filter(obligation=obligation).order_by("key", "version"):
        tree = read(row.predicate)
        runs = row.active_from <= day and (row.active_to is None or row.active_to >= day)
        yield (
            row.key, row.version, runs, row.active_from, row.active_to, moment(row.created_at),
            sentence(tree, names_for([tree])), told(row.predicate), row.anchor, row.fixed_on, row.offset_days,
            row.min_notice_days,
        )  # fmt: skip


def _published(tracks: set[int], day: date):
    found = TrackVersion.objects.filter(track__in=tracks, published_at__lt=states.end_of(day))
    return found.select_related("track").order_by("track__slug", "number")


def _versions(tracks: set[int], day: date) -> Iterator[tuple]:
    rows = list(_published(tracks, day))
    last = {row.track_id: row.pk for row in rows}
    for row in rows:
        running = last[row.track_id] == row.pk
        yield row.track.slug, row.number, row.change_kind, moment(row.published_at), running, row.content_sha256


def _modules(tracks: set[int], day: date) -> Iterator[tuple]:
    rows = Module.objects.filter(version__in=_published(tracks, day)).select_related("version__track")
    for row in rows.defer("published_content").order_by("version__track__slug", "version__number", "position"):
        yield (
            row.version.track.slug, row.version.number, row.position, row.stable_key, row.kind, row.required,
            row.minutes, row.content_sha256,
        )  # fmt: skip


RULE = (
    "regle", "version", "en_vigueur", "du", "au", "ecrite_le", "qui", "qui_en_donnees", "compte_depuis", "jour_fixe",
    "jours_pour_faire", "preavis_en_jours",
)  # fmt: skip
STATE = (
    "compte", "matricule", "direction", "cycle", "demandee_le", "a_faire_avant", "terminee_le", "valable_jusqu_au",
    "etat", "etat_en_mots",
)  # fmt: skip


def _sliced(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while part := list(islice(rows, _SLICE)):
        yield part


def _states(lines: Iterable[states.Line]) -> Iterator[tuple]:
    for part in _sliced(lines):
        numbers = states.numbers_of({line.agent for line in part})
        for line in part:
            yield (
                line.agent, numbers.get(line.agent, ""), line.direction, line.cycle, line.assigned_on, line.due_on,
                line.satisfied_on, line.valid_until, line.state, line.words,
            )  # fmt: skip


def _decisions(obligation: Obligation, day: date) -> Iterator[tuple]:
    given = Extension.objects.filter(requirement__obligation=obligation, granted_on__lte=day).order_by("pk")
    for agent, until, granted in given.values_list("requirement__agent_id", "until", "granted_on"):
        yield "report", agent, "", granted, until, granted
    for row in Exemption.objects.filter(obligation=obligation, decided_on__lte=day).order_by("pk"):
        yield "dispense", row.agent_id, row.code, row.decided_on, row.until, row.decided_on
    decided = VersionDecision.objects.filter(obligation=obligation, decided_on__lte=day)
    for row in decided.select_related("version").order_by("pk"):
        yield f"version {row.version.number}", "", row.kind, row.decided_on, row.day, row.decided_on
    asked = Requirement.objects.filter(obligation=obligation).values("agent_id")
    for row in AbsenceSpan.objects.filter(agent_id__in=asked, starts_on__lte=day).order_by("pk"):
        yield "absence", row.agent_id, "", row.starts_on, row.ends_on, moment(row.noted_at)


def _links(stream: str, keys: list[int]) -> dict[int, tuple]:
    rows = Seal.objects.filter(stream=stream, row_pk__in=keys)
    return {row[0]: row[1:] for row in rows.values_list("row_pk", "seq", "row_hash", "prev_hash", "hash")}


def _ledger(tracks: set[int], day: date) -> Iterator[tuple]:
    found = Completion.objects.filter(track__in=tracks, completed_on__lte=day).select_related("track", "version")
    for part in _sliced(found.order_by("pk").iterator(chunk_size=_SLICE)):
        links = _links(chaining.COMPLETIONS, [row.pk for row in part])
        for row in part:
            yield (
                row.pk, row.agent_id, row.track.slug, row.version.number if row.version_id else "", row.content_sha256,
                row.completed_on, moment(row.recorded_at), row.method, row.minutes, told(row.evidence), row.source,
                row.carries_id or "",
                *links.get(row.pk, ("", "", "", "")),
            )  # fmt: skip


def _revocations(tracks: set[int], day: date) -> Iterator[tuple]:
    found = CompletionRevocation.objects.filter(completion__track__in=tracks, completion__completed_on__lte=day)
    for part in _sliced(found.order_by("pk").iterator(chunk_size=_SLICE)):
        links = _links(chaining.REVOCATIONS, [row.pk for row in part])
        for row in part:
            yield (
                row.pk, row.completion_id, row.reason, row.revoked_by, moment(row.recorded_at),
                *links.get(row.pk, ("", "", "", "")),
            )  # fmt: skip
