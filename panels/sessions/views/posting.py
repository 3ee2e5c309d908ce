"""The desk where letters to members are printed, and the list of what was posted."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from panels import by_post
from panels.models import Membership
from panels.views.confirming import data_of, done
from src.foundations import documents
from src.foundations.gates import see_other

from ..forms.posting import LettersForm, PostedForm
from ..models import Posting
from ..services import posting as services
from .gate import METHODS, address, answer, calm, missing, organiser, page

MOST_ITEMS = 40


@never_cache
@require_http_methods(METHODS)
@organiser
def desk(request, panel):
    """Who gets letters; what may be posted, kind by kind; what was, and when. Sent, it says who has no address."""
    missing_address = None
    if request.method == "POST":
        calm(request, "member-post", 20)
        missing_address = services.without_address(actor=request.user, panel=panel)
    kinds = [
        {"code": one.code, "label": one.label, "items": list(one.items(panel))[:MOST_ITEMS]} for one in by_post.kinds()
    ]
    return page(
        request,
        "desk/posting",
        panel,
        kinds=[one for one in kinds if one["items"]],
        asked=list(services.who_asked(panel).order_by("number")),
        checked=missing_address is not None,
        unreachable=missing_address,
        members=Membership.objects.sitting().filter(panel=panel).count(),
        postings=list(Posting.objects.filter(panel=panel)[:100]),
        labels={one.code: one.label for one in by_post.kinds()},
    )


@never_cache
@require_http_methods(METHODS)
@organiser
def letters(request, panel, kind, key):
    """Whom to write to, then the letters: drawn once, kept nowhere."""
    _kind, item = services.item_of(panel, kind, key)
    people = Membership.objects.sitting().filter(panel=panel).order_by("number")
    form, printed = LettersForm(people, data_of(request)), []

    def act():
        printed.append(
            services.print_letters(actor=request.user, panel=panel, kind=kind, key=key, members=form.chosen)
        )

    if request.method == "POST":
        calm(request, "member-post", 20)
    if done(form, act):
        name = f"courriers-{panel.slug}-{kind}"
        return documents.pdf_or_html_response(printed[0].html, name)
    asked = services.who_asked(panel).count()
    return page(
        request,
        "desk/letters",
        panel,
        422 if form.errors else 200,
        form=form,
        item=item,
        kind=_kind,
        asked=asked,
    )


@require_http_methods(METHODS)
@organiser
def posted(request, panel, number):
    """Write the day letters were posted."""
    found = Posting.objects.filter(panel=panel, pk=number).first()
    if found is None:
        raise missing()
    form = PostedForm(data_of(request))
    if done(form, lambda: services.mark_posted(actor=request.user, posting=found, **form.cleaned_data)):
        messages.success(request, _("It is written."))
        return see_other(address(panel, "posting"))
    return answer(
        request, panel, form, title=_("Posted: %(title)s") % {"title": found.title},
        submit=pgettext("button", "Write it as posted"), back=address(panel, "posting"),
    )  # fmt: skip
