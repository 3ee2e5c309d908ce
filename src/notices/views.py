"""The inbox: read, mark, silence a category."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from src.directory.models import User

from . import registry, returns, selectors, services
from . import unsubscribe as links
from .enums import Category
from .forms import PreferencesForm
from .models import InboxItem


@login_required
@require_GET
def inbox(request):
    """Messages, newest first."""
    page = selectors.inbox_page(request.viewer, request.GET.get("page", ""))
    context = {
        "page": page,
        "inbox_unread": selectors.unread_count(request.viewer),
        "stopped": selectors.stopped_address(request.viewer),
        "previous_url": page.previous_cursor and f"?page={page.previous_cursor}",
        "next_url": page.next_cursor and f"?page={page.next_cursor}",
    }
    return render(request, "notices/inbox.html", context)


@login_required
@require_POST
def read(request, item_id):
    """Mark one message read, then lead to its page; somebody else's message answers 404."""
    item = _own_item(request, item_id, services.mark_read)
    url = registry.get(item.code).url(item.context) if item.code in registry.registered() else ""
    return redirect(url or "notices:inbox")


@login_required
@require_POST
def read_all(request):
    """Mark everything read."""
    services.mark_all_read(request.viewer)
    messages.success(request, _("All your messages are marked as read."))
    return redirect("notices:inbox")


@login_required
@require_POST
def mute(request, item_id):
    """Silence the category of one message."""
    item = _own_item(request, item_id, lambda viewer, pk: InboxItem.objects.belonging_to(viewer).get(pk=pk))
    notice = registry.registered().get(item.code)
    if notice is None or not notice.mutable:
        messages.error(request, _("These messages always reach you: they are about your rights or your duties."))
        return redirect("notices:inbox")
    services.set_muted(request.user, item.category, True)
    messages.success(
        request,
        _("You won't receive messages of the kind “%(category)s” any more.")
        % {"category": Category(item.category).label},
    )
    return redirect("notices:settings")


@login_required
@require_http_methods(["GET", "POST"])
def settings(request):
    """What one receives, by category."""
    form = PreferencesForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are saved."))
        return redirect("notices:settings")
    parents = [{"label": _("My messages"), "url": reverse("notices:inbox")}]
    status = 422 if form.errors else 200
    context = {"form": form, "parents": parents, "stopped": selectors.stopped_address(request.viewer)}
    return render(request, "notices/settings.html", context, status=status)


@login_required
@require_GET
def log(request):
    """What was sent to the person who looks: what, by which way, when, where it stands."""
    parents = [
        {"label": _("My messages"), "url": reverse("notices:inbox")},
        {"label": _("What I receive"), "url": reverse("notices:settings")},
    ]
    context = {"sent": selectors.sent_to(request.viewer), "parents": parents}
    return render(request, "notices/log.html", context)


@login_required
@require_POST
def reopen(request):
    """One's own address receives again, says its owner."""
    if services.reopen_address(request.user):
        messages.success(request, _("E-mails leave for your address again. If they come back, you will read it here."))
    return redirect("notices:settings")


@csrf_exempt  # the provider signs by its secret (anymail checks it), and has no cookie
def returned(request):
    """What the mail provider tells of mails that came back; 404 where none is configured with its secret."""
    provider = returns.provider()
    if not provider:
        raise Http404
    return returns.view_of(provider)(request)


@csrf_exempt  # a mailbox posts it without cookie (RFC 8058): the signature is the authority
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, signed):
    """The link of a mail: reading it changes nothing, posting it stops the mails of its category, signed in or out."""
    found = links.read(signed)
    user = User.objects.filter(pk=found[0], is_active=True).first() if found else None
    if user is None:
        raise Http404
    summary = found[1] == links.ALL_SUMMARIES
    if request.method == "POST":
        if summary:
            services.stop_summaries(user)
        else:
            services.stop_mails(user, found[1])
    title = (
        _("Stop the summary of Tuesday")
        if summary
        else _("Stop the e-mails “%(category)s”") % {"category": Category(found[1]).label}
    )
    return render(request, "notices/unsubscribe.html", {"title": title, "done": request.method == "POST"})


def _own_item(request, item_id, read_item):
    try:
        return read_item(request.viewer, item_id)
    except InboxItem.DoesNotExist:
        raise Http404
