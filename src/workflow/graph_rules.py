"""What a process must be before anybody walks it: every refusal at once, in words."""

from collections import Counter

from django.utils.translation import gettext as _

from . import registry
from .enums import ADOPTION_SLUG, CLOSING, FINAL, TAKEN_BACK_SLUG, Actor, StageKind


def check_graph(process) -> list[str]:
    """Answer the sentences that keep a process from being activated; empty when it may be.

    Reads the stages and transitions as they are on the object: a form's unsaved rows count.
    """
    stages = list(process.stages.all())
    transitions = list(process.transitions.all())
    return [
        *_check_subject(process),
        *_check_stages(stages),
        *_check_slugs(transitions),
        *(sentence for transition in transitions for sentence in _check_transition(transition, stages)),
        *_check_automatic_pairs(transitions),
        *_check_ways(stages, transitions),
    ]


def _check_subject(process) -> list[str]:
    if registry.subject_kind(process.subject_kind) is None:
        return [_("Nothing of the kind “%(kind)s” can follow a process.") % {"kind": process.subject_kind}]
    return []


def _check_stages(stages) -> list[str]:
    sentences = []
    starts = [stage for stage in stages if stage.is_start]
    if not starts:
        sentences.append(_("No stage is marked as the first one."))
    elif len(starts) > 1:
        names = ", ".join(_("“%(stage)s”") % {"stage": stage.staff_text} for stage in starts)
        sentences.append(_("Only one stage can be the first one; here: %(stages)s.") % {"stages": names})
    for slug in _repeated(stage.slug for stage in stages):
        sentences.append(_("Two stages have the same short name “%(slug)s”.") % {"slug": slug})
    for stage in stages:
        if stage.kind not in StageKind.values:
            sentences.append(
                _("The stage “%(stage)s” is of an unknown kind: “%(kind)s”.")
                % {"stage": stage.staff_text, "kind": stage.kind}
            )
        elif stage.is_start and stage.kind in FINAL:
            sentences.append(
                _("The stage “%(stage)s” cannot be both the first and an end.") % {"stage": stage.staff_text}
            )
    return sentences


def _check_slugs(transitions) -> list[str]:
    sentences = [
        _("Two transitions have the same short name “%(slug)s”.") % {"slug": slug}
        for slug in _repeated(transition.slug for transition in transitions)
    ]
    if any(transition.slug == ADOPTION_SLUG for transition in transitions):
        sentences.append(_("The short name “%(slug)s” is kept for adoptions.") % {"slug": ADOPTION_SLUG})
    if any(transition.slug == TAKEN_BACK_SLUG for transition in transitions):
        sentences.append(_("The short name “%(slug)s” is kept for steps taken back.") % {"slug": TAKEN_BACK_SLUG})
    return sentences


def _check_transition(transition, stages) -> list[str]:
    name = {"transition": transition.text}
    known = {stage.slug: stage for stage in stages}
    sentences = []
    for slug in dict.fromkeys((transition.from_slug, transition.to_slug)):
        if slug not in known:
            sentences.append(
                _("The transition “%(transition)s” names a stage that does not exist: “%(slug)s”.")
                % {**name, "slug": slug}
            )
    sentences += _check_who(transition, name)
    sentences += _check_form(transition, known.get(transition.to_slug), name)
    if transition.guard and registry.guard(transition.guard) is None:
        sentences.append(
            _("The transition “%(transition)s” asks for an unknown condition: “%(guard)s”.")
            % {**name, "guard": transition.guard}
        )
    return sentences


def _check_who(transition, name) -> list[str]:
    who = list(transition.who or [])
    sentences = []
    if not who:
        sentences.append(_("Nobody may take the transition “%(transition)s”: tick at least one role.") % name)
    for code in who:
        if code not in registry.roles():
            sentences.append(
                _("The transition “%(transition)s” names an unknown role: “%(role)s”.") % {**name, "role": code}
            )
    if Actor.SYSTEM in who and transition.after_days is None:
        sentences.append(
            _("The transition “%(transition)s” is automatic but does not say after how many days.") % name
        )
    if Actor.SYSTEM not in who and transition.after_days is not None:
        sentences.append(
            _("The transition “%(transition)s” has a number of days but is not automatic: tick “the clock”.") % name
        )
    return sentences


def _check_form(transition, to_stage, name) -> list[str]:
    form = registry.form(transition.form) if transition.form else None
    if transition.form and form is None:
        return [
            _("The transition “%(transition)s” asks for an unknown form: “%(form)s”.")
            % {**name, "form": transition.form}
        ]
    if to_stage is None:
        return []
    sentences = []
    if to_stage.kind in CLOSING and not (form and form.has_reason):
        sentences.append(
            _("The transition “%(transition)s” closes without saying why: choose a form that carries a reason.") % name
        )
    if form and form.leads_to is not None and to_stage.kind not in form.leads_to:
        sentences.append(
            _("The form “%(form)s” cannot lead to “%(stage)s”: it is a stage of the kind “%(kind)s”.")
            % {"form": form.label, "stage": to_stage.staff_text, "kind": _kind_label(to_stage.kind)}
        )
    return sentences


def _check_automatic_pairs(transitions) -> list[str]:
    pairs = Counter(
        (transition.from_slug, transition.after_days) for transition in transitions if transition.is_automatic
    )
    return [
        _("Two automatic transitions leave the stage “%(stage)s” after the same %(days)s days.")
        % {"stage": from_slug, "days": days}
        for (from_slug, days), count in pairs.items()
        if count > 1
    ]


def _check_ways(stages, transitions) -> list[str]:
    """Every stage can be entered from the first one, and an end can be reached from every stage."""
    slugs = {stage.slug for stage in stages}
    forward: dict[str, set[str]] = {slug: set() for slug in slugs}
    backward: dict[str, set[str]] = {slug: set() for slug in slugs}
    for transition in transitions:
        if {transition.from_slug, transition.to_slug} <= slugs and transition.from_slug != transition.to_slug:
            forward[transition.from_slug].add(transition.to_slug)
            backward[transition.to_slug].add(transition.from_slug)
    starts = [stage.slug for stage in stages if stage.is_start]
    reached = _closure(starts, forward)
    ending = _closure([stage.slug for stage in stages if stage.kind in FINAL], backward)
    sentences = []
    for stage in stages:
        name = {"stage": stage.staff_text}
        if starts and stage.slug not in reached:
            sentences.append(_("Nothing leads to the stage “%(stage)s”.") % name)
        if stage.kind in FINAL:
            continue
        if not forward[stage.slug]:
            sentences.append(_("The stage “%(stage)s” is a dead end: no transition leaves it.") % name)
        elif stage.slug not in ending:
            sentences.append(_("From the stage “%(stage)s”, no end can ever be reached.") % name)
    return sentences


def _closure(origins, neighbours: dict[str, set[str]]) -> set[str]:
    seen = set(origins)
    waiting = list(seen)
    while waiting:
        for slug in neighbours[waiting.pop()] - seen:
            seen.add(slug)
            waiting.append(slug)
    return seen


def _repeated(values) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _kind_label(kind: str) -> str:
    return StageKind(kind).label if kind in StageKind.values else kind
