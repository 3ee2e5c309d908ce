"""The page of an idea: its official answer first, its promised date always; its author's gestures."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other
from src.participation import holding
from src.publishing.rules import may_edit_pages

from .. import selectors, services
from ..forms.comments import CommentForm
from ..forms.edit import EditForm
from ..forms.transitions import WithdrawForm
from .gate import screen, signed_in
from .timeline import comment_card, steps_for
from .words import answer_tone, badge_of


@require_safe
@screen
def idea(request, reference):
    """An idea, to whoever may see it; anybody else reads that it doesn't exist."""
    return show(request, reference)


def show(request, reference, *, comment_form=None, status=200):
    """Draw the page; the comment form comes back with what was typed when it was refused."""
    question = request.GET
    answered = comment_form["parent"].value() if comment_form else question.get("repondre")
    page = selectors.idea_page(
        request.viewer,
        reference,
        cursor=question.get("commentaires", ""),
        at=question.get("commentaire") or answered or "",
        thread=question.get("fil", ""),
    )
    workshop = selectors.workshop(request.viewer, page.idea) if page.can.get("see_workshop") else None
    comment_form = comment_form or comment_form_for(request, page)
    context = {
        "nav_key": "ideas",
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "answer_tone": answer_tone(page.answer.outcome) if page.answer else "",
        "steps": steps_for(page),
        "comments": [_comment_block(page, node) for node in page.comments.nodes],
        "pages_of_comments": _neighbours(page.comments),
        "support_url": f"{page.row.url}soutenir/" if page.can.get("support") else "",
        "follow_url": f"{page.row.url}suivre/" if page.can.get("follow") else "",
        "workshop": workshop,
        "passages": selectors.passages_of(page.idea, request.viewer),
        "may_prepare": page.answer is not None and may_edit_pages(request.viewer),
        "may_pass": workshop is not None and services.may_pass(request.viewer, page.idea),
        "cohort": selectors.cohort_links(request.viewer, page.idea),
        "queue": request.GET.get("file", ""),
        "comment_form": comment_form,
        "replying_to": _replying_to(page, comment_form),
    }
    return render(request, "ideas/idea.html", context, status=status)


def _comment_block(page, node) -> dict:
    """A comment as the theme draws it, with the addresses to answer it and to read the replies left out."""
    hidden = 0 if page.comments.thread else node.replies_total - len(node.replies)
    return {
        "card": comment_card(node, page.row.url),
        "reply_url": f"?repondre={node.reference}#commenter" if may_speak(page) and not node.hidden else "",
        "thread_url": f"?fil={node.reference}#commentaires" if hidden else "",
        "replies_hidden": hidden,
    }


def _neighbours(comments) -> dict:
    """Addresses around a page of comments; empty where there is none."""
    thread = f"fil={comments.thread}&" if comments.thread else ""
    cursors = {"previous": comments.previous_cursor, "next": comments.next_cursor}
    urls = {way: f"?{thread}commentaires={cursor}#commentaires" if cursor else "" for way, cursor in cursors.items()}
    everything = f"?commentaire={comments.thread}#commentaire-{comments.thread}" if comments.thread else ""
    return {**urls, "all": everything}


def _replying_to(page, form) -> str:
    """Whose comment the form answers, when it answers one."""
    parent = form["parent"].value() if form else ""
    return next((node.author_label for node in page.comments.nodes if node.reference == parent), "")


def may_speak(page) -> bool:
    """In one's own voice, or in that of a role."""
    return bool(page.can.get("comment") or page.can.get("comment_officially"))


def comment_form_for(request, page, data=None):
    """The form to comment this idea, with the badge one may speak under; None when one may not comment."""
    if not may_speak(page):
        return None
    role, label = official_voice(request.viewer, page)
    parent = request.GET.get("repondre", "")
    known = {node.reference for node in page.comments.nodes if not node.hidden}
    return CommentForm(
        data,
        modes=page.identity_modes,
        official_role=role,
        official_label=label,
        only_official=not page.can.get("comment"),
        initial={"parent": parent if parent in known else ""},
    )


OFFICIAL_VOICES = (
    ("decision_maker", gettext_lazy("Speak as the person who decides")),
    ("instructor", gettext_lazy("Speak for the study team")),
    ("delegate", gettext_lazy("Speak as the delegate of the direction")),
    ("idea_correspondent", gettext_lazy("Speak as the idea correspondent")),
    ("facilitator", gettext_lazy("Speak as the facilitator of the space")),
    ("moderator", gettext_lazy("Speak as the team of the box")),
)


def official_voice(viewer, page) -> tuple[str, str]:
    """The role under whose badge the viewer may comment here, with the words of the box to tick."""
    if not page.can.get("comment_officially"):
        return "", ""
    held = page.idea.roles_of(viewer)
    return next(((role, label) for role, label in OFFICIAL_VOICES if role in held), ("", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def edit(request, reference):
    """The author corrects the text: freely at first, with a visible version afterwards."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.can.get("edit"):
        raise PermissionDenied(_("This text can no longer be changed: it has support, or its way has begun."))
    initial = {"title": page.idea.title, "body": page.idea.body}
    form = EditForm(request.POST or None, initial=initial)
    held = holding.held_page(request, "title", "body", leave_url=page.row.url) if request.method == "POST" else None
    if held is not None:
        return held
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_idea(idea=page.idea, actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your text is changed."))
            return see_other(page.row.url)
    context = {"nav_key": "ideas", "page": page, "row": page.row, "form": form}
    return render(request, "ideas/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@screen
@signed_in
def withdraw(request, reference):
    """The author takes the idea back, after reading what stays and what goes."""
    page = selectors.idea_page(request.viewer, reference)
    if not page.is_mine:
        raise PermissionDenied(_("Only its author can withdraw an idea."))
    if not page.can.get("withdraw"):
        raise PermissionDenied(_("This idea can no longer be withdrawn: its answer is out."))
    form = WithdrawForm(request.POST or None, idea=page.idea, viewer=request.viewer)
    held = holding.held_page(request, "reason", leave_url=page.row.url) if request.method == "POST" else None
    if held is not None:
        return held
    if request.method == "POST" and form.is_valid():
        services.withdraw(idea=page.idea, actor=request.user, **form.answers())
        messages.success(request, _("Your idea is withdrawn."))
        return see_other(page.row.url)
    context = {"nav_key": "ideas", "page": page, "row": page.row, "form": form}
    return render(request, "ideas/withdraw.html", context, status=422 if form.errors else 200)
