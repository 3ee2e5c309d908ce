"""What ideas bring to the registries of the floors below, in one place."""

from django.utils.translation import gettext_lazy as _

from src.accountability import registry as accountability
from src.directory import account_lines
from src.directory import registries as directory
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import guards, journal
from src.notices import todo as todo_list
from src.participation import activities, opening_subjects
from src.participation.ballots import subjects
from src.participation.guards import guards_for_contribution, guards_for_moderation
from src.participation.jobs import register_link_retention
from src.participation.published import PublishedTable, publish
from src.publishing import cards
from src.search import registry as search
from src.wall import registry as wall
from src.workflow import registry as workflow
from src.workflow.enums import DECIDED, StageKind

from . import (
    choice_guards,
    clockwork,
    coauthor_guards,
    cohort_guards,
    file_guards,
    jobs,
    jury_guards,
    kinds,
    note_guards,
    on_the_wall,
    opened,
    paper,
    passage_guards,
    quoted,
    reopening_guards,
    rules,
    searching,
    showing,
    side_by_side,
    suggested,
    thanks_guards,
    todo,
    voted_on,
)
from .models import Idea, IdeaAppeal, IdeaCase, IdeaComment, IdeaJournalEntry, IdeaVersion
from .paper.sheets import COMMENT_KIND
from .selectors import reopening as reopening_figures
from .selectors.moderation_figures import published_counts
from .services import (
    accompanying,
    answering,
    appealing,
    choosing,
    cohorts,
    jury,
    merging,
    moderating,
    orienting,
    reopening,
    screening,
    settling,
    studying,
    telling,
    telling_measures,
    tracking,
)

# Shipped processes, the default one first.
PROCESSES = ("permanent-box", "choose-together", "jury-call", "settle-here", "cohort")

# Key, name, carries a reason, reason due, where it may lead.
FORMS = (
    ("orientation", _("Orientation"), False, False, ("qualified",)),
    ("shortlist", _("Kept for the study"), True, False, ("shortlisted",)),
    ("question", _("Question to the author"), True, True, ("needs_info",)),
    ("author_answer", _("The author's answer"), True, True, None),
    ("reason", _("Reason and text"), True, True, None),
    ("study", _("Start of the study"), False, False, ("in_review",)),
    ("jury", _("Before the jury"), False, False, ("in_review",)),
    ("close_study", _("End of the study"), False, False, ("decision_pending",)),
    ("fast_answer", _("Answer drafted by one person"), False, False, ("countersign",)),
    ("countersign", _("Countersignature"), True, False, tuple(sorted(DECIDED))),
    ("decision", _("Decision"), True, False, tuple(sorted(DECIDED))),
    ("go_up", _("Up to the direction"), True, False, ("open",)),
    ("transfer", _("Transfer to another direction"), True, True, ("transferred",)),
    ("transfer_answer", _("Taking over a transferred idea"), False, False, ("qualified",)),
    ("restore", _("Return after an objection"), True, True, None),
    ("appeal", _("Appeal of the author"), True, True, ("in_review",)),
    (reopening.REOPEN, _("Reopening asked by its supporters"), True, True, ("in_review",)),
    (reopening.REVISIT, _("The day promised by a “later”"), False, False, ("in_review",)),
    ("merge", _("Merge agreed by the authors"), True, True, ("merged",)),
    ("unmerge", _("Separation after a merge"), False, False, None),
    ("graduation", _("Diploma of a project"), False, False, ("graduated",)),
    ("withdraw", _("Withdrawal by the author"), True, False, ("withdrawn",)),
    (tracking.FORM, _("Where its measure stands"), True, False, ("in_progress", "delivered", "verified", "stopped")),
)
GUARDS = (
    ("looks_clean", _("Nothing in the text asks for a human eye"), clockwork.looks_clean),
    ("transfers_left", _("Two transfers at most"), clockwork.transfers_left),
    ("assessors_fit", _("Assessors outside the author's line of management"), studying.assessors_fit),
    ("jury_fits", _("Two jurors without a conflict of interest"), jury.jury_fits),
    ("study_ready", _("Assessments are in, or the late ones are stated"), studying.study_ready),
    ("one_question", _("One question a study"), studying.one_question),
    ("one_person_answer", _("An answer one person can draft"), answering.one_person_answer),
    ("answer_has_a_way", _("An answer given apart from the choice"), answering.answer_has_a_way),
    ("second_person", _("Countersigned by somebody else"), answering.second_person),
    ("site_had_its_days", _("The site had its ten days"), settling.site_had_its_days),
    ("by_an_objection", _("By the answer to the author's objection alone"), moderating.by_an_objection),
    ("appeal_once", _("One appeal an idea"), appealing.appeal_once),
    ("reopening_agreed", _("By the majority of its supporters alone"), reopening.reopening_agreed),
    ("promised_day_comes", _("When the date of a “later” comes"), reopening.promised_day_comes),
    ("merge_agreed", _("By the consent of both authors alone"), merging.merge_agreed),
    ("unmerge_in_time", _("Separated within seven days"), merging.unmerge_in_time),
    ("assessors_outside", _("Assessors outside the team and its line of management"), cohorts.assessors_outside),
    ("team_agrees", _("Everybody an application names has said yes"), cohorts.team_agrees),
    ("seats_held", _("Everybody of the application holds a seat of the cohort"), answering.seats_held),
    ("beside_the_choice", _("A yes besides a choice already announced"), answering.yes_beside_the_choice),
    ("milestones_validated", _("Each milestone is validated by the mentor"), accompanying.milestones_validated),
    ("not_line_alone", _("Not decided by the author's line of management alone"), answering.not_line_alone),
)
EFFECTS = (
    ("*", screening.note_reading),
    ("reason", moderating.note_removal),
    ("orientation", orienting.follow_unit),
    ("orientation", answering.drop_prepared),
    ("transfer_answer", orienting.follow_unit),
    ("transfer_answer", answering.drop_prepared),
    ("withdraw", answering.drop_prepared),
    ("withdraw", cohorts.free_seats),
    ("reason", cohorts.free_seats),
    ("merge", merging.drop_answer),
    ("appeal", reopening.drop_round),
    (reopening.REVISIT, reopening.drop_round),
    ("study", studying.seat_assessors),
    ("jury", jury.seat_jury),
    ("close_study", studying.mark_late),
    ("fast_answer", answering.keep_draft),
    ("countersign", answering.ask_for_decision),
    ("decision", answering.ask_for_decision),
    ("go_up", settling.hand_over),
)
# What may be taken back while nobody is told: the form, what undoes its effects, the stages it may have left.
# An answer, a removal, a withdrawal and what an author writes never are (ADR 0190).
WAYS_BACK = (
    ("", None, None),
    ("orientation", orienting.give_back, (StageKind.OPEN,)),
    ("shortlist", None, None),
    ("question", clockwork.call_off_pause, None),
    ("reason", None, None),
    ("study", studying.free_seats, None),
    ("close_study", studying.await_again, None),
    ("fast_answer", None, None),
    ("transfer", None, None),
)


def register_all(process_files) -> None:
    """Fill the registries; Django calls it once, when all models are ready."""
    suggested.register()
    account_lines.register(
        "ideas:mine", _("My ideas"), _("Follow them, and take up a draft again."), icon="lightbulb", place=10
    )
    account_lines.register(
        "ideas:site_codes",
        _("Codes to write without a name"),
        _("Print the code of a place for a week, or stop it."),
        icon="key-round",
        place=35,
        shown_to=lambda viewer: viewer.has_place_role(Role.FACILITATOR),
    )
    _engine(process_files)
    accountability.on_announced(Idea.subject_kind, answering.apply_announced)
    accountability.on_escalated(Idea.subject_kind, telling.tell_escalated)
    accountability.register_interest_check(Idea.subject_kind, answering.has_interest)
    accountability.register_visible_subjects(Idea.subject_kind, Idea.objects.visible_to)
    accountability.register_measure_words(Idea.subject_kind, tracking.measure_words)
    accountability.register_origin_words(Idea.subject_kind, tracking.origin_words, _("Ideas"))
    accountability.on_measure_moved(Idea.subject_kind, tracking.follow_measure)
    accountability.on_measure_news(Idea.subject_kind, telling_measures.tell_news)
    accountability.register_announcement_check(Idea.subject_kind, answering.refusal_to_announce)
    accountability.register_published_subjects(Idea.subject_kind, Idea.objects.told_in_figures)
    accountability.register_links(Idea.subject_kind, showing.links)
    accountability.register_reply_words(Idea.subject_kind, showing.reply_words)
    accountability.on_discarded(Idea.subject_kind, cohorts.answer_discarded)
    accountability.register_check_together(Idea.subject_kind, choosing.refusal_to_announce_together)
    search.register(Idea.subject_kind, Idea, searching.document, searching.indexed, searching.SHOWN)
    search.offer_way_out(_("Propose an idea"), "ideas:new")
    publish(PublishedTable("moderation", ("idees/moderation/", "api/v1/moderation/"), published_counts))
    publish(PublishedTable("reopenings", reopening_figures.ADDRESSES, reopening_figures.published_counts))
    activities.register(rules.ACTIVITY, _("Ideas"))
    activities.register_cards(rules.ACTIVITY, side_by_side.cards)
    activities.register_participants(rules.ACTIVITY, side_by_side.participants)
    kinds.register_all()
    cards.register(Idea.subject_kind, showing.card)
    cards.register_followers(Idea.subject_kind, showing.followers)
    cards.register_outcome(Idea.subject_kind, quoted.outcome_words)
    cards.register_quotable(Idea.subject_kind, quoted.quotable)
    cards.register_figures("ideas.answers", _("Ideas: answers given"), showing.figures)
    wall.register(Idea.subject_kind, on_the_wall.lines, on_the_wall.still_shown)
    wall.register(on_the_wall.BOX, on_the_wall.boxes, on_the_wall.boxes_still_shown)
    todo_list.register(todo.questions_for_me)
    todo_list.register(todo.merges_for_me)
    todo_list.register(todo.invitations_for_me)
    todo_list.register(todo.reopenings_for_me)
    todo_list.register(todo.conditions_for_me)
    todo_list.register(todo.cohorts_for_me)
    todo_list.register(todo.hearings_for_me)
    todo_list.register(todo.queues_for_me)
    todo_list.register(todo.moderation_for_me)
    directory.on_unit_closed(orienting.pass_on)
    register_link_retention(handles_decided_before)
    opening_subjects.register(Idea.subject_kind, _("An idea"), opened.idea, opened.ideas_of)
    subjects.register(Idea.subject_kind, _("Ideas under study"), voted_on.candidates)
    opening_subjects.register(COMMENT_KIND, _("A comment"), opened.comment, opened.comments_of)
    guards_for_contribution(Idea)
    guards_for_contribution(IdeaComment)
    guards_for_moderation(IdeaCase, IdeaAppeal)
    guards.append_only(IdeaJournalEntry)
    guards.append_only(IdeaVersion)
    choice_guards.declare()
    coauthor_guards.declare()
    reopening_guards.declare()
    jury_guards.declare()
    note_guards.declare()
    file_guards.declare()
    thanks_guards.declare()
    cohort_guards.declare()
    passage_guards.declare()
    paper.register_all()
    journal.register_stream("ideas", IdeaJournalEntry, canonical_entry)


def _engine(process_files) -> None:
    workflow.register_subject(Idea.subject_kind, Idea, _("Idea"))
    workflow.register_role(reopening.BY_SUPPORTERS, _("Those who supported the idea"), impersonal=True)
    workflow.register_role(reopening.BY_PROMISED_DAY, _("The day promised by a “later”"), impersonal=True)
    for key, label, has_reason, reason_required, leads_to in FORMS:
        workflow.register_form(key, label, has_reason, reason_required=reason_required, leads_to=leads_to)
    for key, label, check in GUARDS:
        workflow.register_guard(key, label, check)
    for key, apply in EFFECTS:
        workflow.register_effect(key, apply, kind=Idea.subject_kind)
    workflow.on_moved(Idea.subject_kind, jobs.moved)
    workflow.on_told(Idea.subject_kind, jobs.told)
    for key, undo, leaves in WAYS_BACK:
        workflow.register_way_back(key, kind=Idea.subject_kind, undo=undo, leaves=leaves)
    workflow.register_clock(Idea.subject_kind, clockwork.move_promise)
    for process_file in process_files:
        workflow.register_template(process_file)


def canonical_entry(entry) -> dict:
    """What the chain keeps of a step: nothing that names an account outside the journal's own pseudonym."""
    return {
        "id": entry.pk,
        "idea": entry.idea_id,
        "transition": entry.transition_slug,
        "from": entry.from_kind,
        "to": entry.to_kind,
        # The key alone is needed: no row of the chain reads an account.
        "actor": journal.pseudonym(User(pk=entry.actor_id)) if entry.actor_id else "",
        "role": entry.actor_role,
        "at": entry.at,
        "reason": entry.reason_code,
        "text": entry.text,
        "data": entry.data,
    }


def handles_decided_before(day):
    """Handles of sealed ideas and of sealed comments under ideas answered before ``day``: their links may go."""
    decided = Idea.objects.filter(owed__answered_on__lt=day)
    ideas = decided.exclude(identity_mode="named").values_list("handle", flat=True)
    comments = (
        IdeaComment.objects.filter(idea__in=decided).exclude(identity_mode="named").values_list("handle", flat=True)
    )
    return [*ideas.iterator(), *comments.iterator()]
