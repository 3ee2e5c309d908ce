"""The rule of an obligation: three usual choices first, then the tree on demand; read over before it replaces."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.foundations.gates import add_errors, see_other
from src.foundations.numbers import whole

from .. import dry_run, following, tree_editing
from ..forms.rule import QuestionForm, RuleForm, WhenForm, when_of
from ..models import AssignmentRule
from ..predicates import DEPTH_MAX, LEAVES_MAX, read
from ..services import background, preparing
from ..usual import usual_of
from ..words import names_for, question, sentence
from .gate import METHODS, MovedOn, address, common, prepares


def _rule_of(obligation, asked: str) -> AssignmentRule:
    """The rule an address names, the first one without; refused once replaced, or when nothing asks."""
    if obligation.is_ended:
        raise MovedOn(_("This mandatory training has ended: its rule doesn’t change any more."))
    rules = following.rules_in_force(obligation)
    if not asked and rules:
        return rules[0]
    for rule in rules:
        if rule.pk == whole(asked):
            return rule
    raise MovedOn(_("This rule was already replaced. Open it again to see the one that holds."))


def _asked(request) -> str:
    return request.POST.get("rule", "") or request.GET.get("rule", "")


@require_http_methods(METHODS)
@prepares
def usual(request, obligation):
    """Everybody, those who meet the public, managers: one choice, one place; and from when days are counted."""
    rule = _rule_of(obligation, _asked(request))
    known = usual_of(rule.predicate)
    initial = when_of(rule) | ({"who": known.who, "direction": known.direction} if known else {"who": None})
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        answer = _kept(request, obligation, rule, form.predicate, form)
        if answer is not None:
            return answer
    (told,) = following.told([rule])
    context = {**common(obligation), "form": form, "rule": rule, "told": told, "is_usual": known is not None}
    return render(request, "trainings_obligations/hr/rule.html", context, status=422 if form.errors else 200)


def _kept(request, obligation, rule, predicate, form):
    """The rule kept for a draft; of an active one, first what would change. None when it was refused."""
    if obligation.is_active and "confirm" not in request.POST:
        return _read_over(request, obligation, rule, predicate, form)
    try:
        preparing.replace_rule(rule=rule, actor=request.user, predicate=predicate, **form.when)
    except ValidationError as refusal:
        if not hasattr(refusal, "error_dict"):
            raise MovedOn(" ".join(refusal.messages)) from refusal
        add_errors(form, refusal)
        return None
    if obligation.is_active:
        messages.success(request, _("The rule is replaced. Everybody is looked at again in the background."))
    else:
        messages.success(request, _("The rule is kept."))
    return see_other(address(obligation))


def _read_over(request, obligation, rule, predicate, form):
    """The two versions side by side, and what the next one would ask; the form comes back unseen."""
    made = AssignmentRule(obligation=obligation, pk=0, predicate=predicate, active_from=rule.active_from, **form.when)
    before, after = following.told([rule, made])
    tried = None if background.is_long() else dry_run.try_out(obligation, instead=made)
    counts = following.counts_of(request.viewer, [obligation.pk])[obligation.pk]
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_SENT]
    context = {
        **common(obligation),
        "rule": rule,
        "before": before,
        "after": after,
        "tried": tried,
        "now": following.Followed(obligation, counts).concerned,
        "sent": sent,
    }
    return render(request, "trainings_obligations/hr/rule_confirm.html", context)


_NOT_SENT = ("csrfmiddlewaretoken", "confirm")


# ---- the tree


@require_http_methods(METHODS)
@prepares
def tree(request, obligation):
    """The rule as a tree, one gesture at a time, kept in the page until it is saved. Works without script."""
    rule = _rule_of(obligation, _asked(request))
    kept = tree_editing.ready(rule.predicate)
    if request.method != "POST":
        return _tree(request, obligation, rule, kept)
    try:
        kept = tree_editing.opened(request.POST.get("tree", ""))
    except tree_editing.NotATree:
        lost = [{"text": _("What was being written couldn’t be read: here is the rule as it was kept.")}]
        return _tree(request, obligation, rule, kept, errors=lost)
    gesture = request.POST.get("gesture", "")
    if gesture == "save" or "confirm" in request.POST:
        return _saved(request, obligation, rule, kept)
    return _moved(request, obligation, rule, kept, gesture)


def _saved(request, obligation, rule, kept):
    when = WhenForm(request.POST)
    faults = tree_editing.faults(kept)
    if when.is_valid() and not faults:
        answer = _kept(request, obligation, rule, tree_editing.plain(kept), when)
        if answer is not None:
            return answer
    errors = [{"text": _fault_words()[what], "url": f"#place-{place}"} for place, what in faults]
    return _tree(request, obligation, rule, kept, when=when, errors=errors)


def _fault_words() -> dict[str, str]:
    return {
        "empty_branch": _("A group is empty: add a question to it, or take it away."),
        "too_deep": _("Groups lie in each other more than %(most)d deep: bring some together.") % {"most": DEPTH_MAX},
        "too_long": _("There are more than %(most)d questions: take some away.") % {"most": LEAVES_MAX},
    } | dict.fromkeys(
        ("unknown_field", "unknown_question", "wrong_value", "not_a_branch"),
        _("A question can’t be read: take it away."),
    )


def _moved(request, obligation, rule, kept, gesture):
    """One gesture; a question is checked whole before it comes in."""
    place, asks, errors = request.POST.get("place", ""), None, []
    when = WhenForm(initial={name: request.POST.get(name) for name in WhenForm.base_fields})
    try:
        if gesture == "question":
            asks = QuestionForm(request.POST)
            if asks.is_valid():
                kept, asks = tree_editing.add(kept, place, asks.leaf), None
        elif gesture in ("all", "any", "not"):
            kept = tree_editing.add(kept, place, tree_editing.group(gesture))
        elif gesture == "remove":
            kept, place = tree_editing.remove(kept, place), place.rpartition(".")[0]
        elif gesture == "turn":
            kept = tree_editing.turn(kept, place)
        else:
            errors = [{"text": _("Choose what to do.")}]
    except tree_editing.NotATree:
        errors = [{"text": _("Choose a group of the tree first."), "url": "#place-"}]
    return _tree(request, obligation, rule, kept, place=place, asks=asks, when=when, errors=errors)


def _tree(request, obligation, rule, kept, *, place="", asks=None, when=None, errors=()):
    rows = tree_editing.rows(kept)
    names = names_for(read(row.leaf) for row in rows if row.leaf)
    faults = tree_editing.faults(kept)
    whole_rule = None if faults else read(kept)
    when = when or WhenForm(initial=when_of(rule))
    asks_form = asks or QuestionForm()
    context = {
        **common(obligation),
        "rule": rule,
        "tree": json.dumps(kept),
        "rows": [
            {
                "place": row.place,
                "depth": min(row.depth, DEPTH_MAX),
                "text": question(read(row.leaf), names) if row.leaf else _branch_words()[row.kind],
                "is_branch": row.leaf is None,
                "is_empty": row.is_empty,
                "is_chosen": row.place == place,
            }
            for row in rows
        ],
        "sentence": sentence(whole_rule, names_for([whole_rule])) if whole_rule else "",
        "question_form": asks_form,
        "when_form": when,
        "errors": list(errors) + _of(asks_form) + _of(when),
        "count": _counted(sum(1 for row in rows if row.leaf)),
    }
    refused = bool(context["errors"])
    return render(request, "trainings_obligations/hr/tree.html", context, status=422 if refused else 200)


def _counted(questions: int) -> str:
    return ngettext("%(n)d condition", "%(n)d conditions", questions) % {"n": questions}


def _of(form) -> list[dict]:
    """The faults of a form, each leading to its field."""
    if not form.is_bound:
        return []
    return [
        {"text": error, "url": f"#id_{name}" if name in form.fields else ""}
        for name, sentences in form.errors.items()
        for error in sentences
    ]


def _branch_words() -> dict[str, str]:
    return {
        "all": _("All of this:"),
        "any": _("At least one of these:"),
        "not_any": _("None of these:"),
        "not_all": _("Not all of these together:"),
    }
