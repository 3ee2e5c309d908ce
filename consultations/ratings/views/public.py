"""What a visitor sees at a point: one face, one gesture; then, if they like, a word, a report, a suggestion.

No session, no account, no address kept; one cookie, the form's security token. Each page says what the address asks:
``lang``, ``facile``. Everything works without script and stays under 30 KB.
"""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import ratelimit, references
from src.foundations.addresses import client_address, truncated
from src.foundations.plain_fields import plain_text
from src.notices.without_mail import sms
from src.participation.holding import CHOSEN, NOT_KEPT
from src.workflow.exceptions import TransitionNotAllowed

from .. import displays, held_words, wordings
from ..enums import EASY, Channel, Grade, Reason
from ..here import point_of
from ..models import Rating, RatingPoint
from ..models.rating import WORDS
from ..models.report import TEXT
from ..services import rate as keep
from ..services import rate_by_link, report_problem, say_more, suggest
from ..services.rating import Way
from ..services.reporting import LEAST
from ..services.visiting import find_link

# One network rates a point so often at once, everybody together so often: a queue of people is far below.
PER_NETWORK, PER_POINT, PERIOD = 60, 600, 600
HONEYPOT = "courriel_bis"
# On a shared tablet, seconds before the next person: to add a word after the face.
KIOSK_DONE, KIOSK_ENDS = 30, ("ratings/public/thanks.html", "ratings/public/closed.html")


@dataclass(frozen=True)
class Asked:
    """The language and the wording the address asks for."""

    language: str
    easy: bool

    @classmethod
    def read(cls, request) -> "Asked":
        """From the address, or the form's hidden fields; French otherwise."""
        data = request.POST if request.method == "POST" else request.GET
        language = str(data.get("lang", ""))[:2]
        return cls(language if language in wordings.ALL else "fr", data.get("facile") == "1")

    @property
    def words(self) -> wordings.Words:
        return wordings.words_of(self.language).says(easy=self.easy)

    def query(self, **more: str) -> str:
        pairs = {"lang": self.language if self.language != "fr" else "", "facile": "1" if self.easy else "", **more}
        kept = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def _point(reference: str) -> RatingPoint:
    found = RatingPoint.objects.select_related("unit__direction")
    point = found.filter(reference=references.normalise(reference)).first()
    if point is None:
        raise Http404(_("There is no rating point at this address."))
    return point


def _page(request, template, point, asked, status=200, **context):
    said = asked.words
    grades = [(int(grade), said.grades[grade]) for grade in (EASY if asked.easy else Grade.values)]
    here = request.path
    context = {
        "point": point,
        "said": said,
        "asked": asked,
        "query": asked.query(),
        "grades": grades,
        "reasons": [(int(reason), said.reasons[reason]) for reason in Reason],
        "languages": [
            (words, here + Asked(words.code, asked.easy).query(**context.get("carried", {})), words.code == said.code)
            for words in wordings.ALL.values()
        ],
        "easy_url": here + Asked(asked.language, not asked.easy).query(**context.get("carried", {})),
        "honeypot": HONEYPOT,
        "limit": WORDS,
        "error": "",
        "errors": {},
        "typed": {"text": "", "contact": ""},
        "used": False,
        "done": False,
        **context,
    }
    response = render(request, template, context, status=status)
    response["Content-Language"] = said.code
    if getattr(request, "kiosk", None):
        # No script here: the tablet goes back to its start by itself, sooner once the gesture is made.
        seconds = KIOSK_DONE if template in KIOSK_ENDS else settings.TERRAIN_KIOSK_IDLE_SECONDS
        response["Refresh"] = f"{seconds};url={reverse('kiosk:end')}"
    return response


def _may(request, point) -> bool:
    """Whether this network, and everybody, are under the limits; counted in memory, written nowhere."""
    network = truncated(client_address(request))
    own = ratelimit.hit_in_memory("ratings", f"{point.pk}:{network}", PER_NETWORK, PERIOD)
    return own and ratelimit.hit_in_memory("ratings-point", str(point.pk), PER_POINT, PERIOD)


def _way(request, asked, channel=Channel.WEB) -> Way:
    return Way(
        language=asked.language,
        easy=asked.easy,
        channel=Channel.KIOSK if getattr(request, "kiosk", None) else channel,
        network=displays.network_of(request),
        robot=bool(request.POST.get(HONEYPOT)),
    )


def _held(request, point, asked, name, **context):
    """The page before words that bear witness to something grave are kept; None when nothing is noticed, or chosen."""
    text = plain_text(request.POST.get(name, ""))
    themes = frozenset() if request.POST.get(CHOSEN) == "1" else held_words.themes_of(text, asked.language)
    if not themes:
        return None
    near, rest = held_words.numbers_for(themes, asked.language)
    context |= {
        "held": held_words.ALL[asked.language],
        "near": near,
        "rest": rest,
        "kept": [(key, one) for key, values in request.POST.lists() if key not in NOT_KEPT for one in values],
        "text": text,
        "leave_url": point.rate_url + asked.query(),
    }
    return _page(request, "ratings/public/held.html", point, asked, **context)


def _see(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@require_safe
def short(request, point):
    """The short link of a poster or a message."""
    return _see(_point(point).rate_url + Asked.read(request).query())


@require_safe
def here(request):
    """On a shared tablet, the point of its place; elsewhere, every point and its figures."""
    point = point_of(getattr(request, "kiosk", None))
    return _see(point.rate_url if point else reverse("ratings:quality"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request, point):
    """The question; a face is a button that sends."""
    request.leaves_no_network = True
    point, asked = _point(point), Asked.read(request)
    if not point.is_open:
        return _page(request, "ratings/public/closed.html", point, asked)
    if request.method == "POST":
        return _rated(request, point, asked, partial(keep, point=point))
    return _faces(request, point, asked)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request, code):
    """The same question, by the link sent once after a visit."""
    request.leaves_no_network = True
    link, asked = find_link(code), Asked.read(request)
    if link is None:
        raise Http404(_("This link leads nowhere."))
    if request.method == "POST":
        return _rated(
            request,
            link.point,
            asked,
            partial(rate_by_link, link=link),
            channel=Channel.VISIT,
        )
    if link.is_used or not link.point.is_open:
        return _page(request, "ratings/public/closed.html", link.point, asked, used=link.is_used)
    return _faces(request, link.point, asked)


def _faces(request, point, asked, error="", status=200):
    token = displays.issue(point.reference)
    return _page(request, "ratings/public/rate.html", point, asked, status, token=token, error=error)


def _rated(request, point, asked, take, channel=Channel.WEB):
    said = asked.words
    token = request.POST.get("jeton", "")
    try:
        display = displays.read(token, point.reference)
    except displays.BadDisplay:
        return _faces(request, point, asked, said.stale, 422)
    offered = {str(grade): grade for grade in said.grades}
    grade = offered.get(request.POST.get("note", ""))
    if grade is None:
        return _faces(request, point, asked, said.choose_face, 422)
    if not _may(request, point):
        response = _faces(request, point, asked, said.too_many, 429)
        response["Retry-After"] = "60"
        return response
    try:
        take(grade=grade, way=_way(request, asked, channel), display=display)
    except TransitionNotAllowed:
        return _page(request, "ratings/public/closed.html", point, asked, 409, used=channel == Channel.VISIT)
    return _see(reverse("ratings:thanks", args=[point.reference]) + asked.query(t=token))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request, point):
    """Thank you; and, for half an hour, what counted and one line."""
    request.leaves_no_network = True
    point, asked = _point(point), Asked.read(request)
    token = (request.POST if request.method == "POST" else request.GET).get("t", "")
    lives = displays.LIVES_SECONDS + displays.MORE_SECONDS
    try:
        display = displays.read(token, point.reference, lives=lives)
    except displays.BadDisplay:
        return _see(point.rate_url + asked.query())
    rating = Rating.objects.filter(point=point, display=display.kept).first()
    if rating is None:
        return _see(point.rate_url + asked.query())
    context = {"token": token, "carried": {"t": token}, "said_more": bool(rating.reasons or rating.words)}
    if request.method == "POST":
        typed = plain_text(request.POST.get("mot", ""), one_line=True)
        if held := _held(request, point, asked, "mot", carried={"t": token}):
            return held
        reasons = [int(value) for value in request.POST.getlist("raison")[:20] if value in _REASONS]
        try:
            say_more(point=point, display=display, reasons=reasons, words=typed)
        except ValidationError:
            error = asked.words.too_long.format(limit=WORDS)
            context |= {"error": error, "typed": typed, "chosen": reasons}
            return _page(request, "ratings/public/thanks.html", point, asked, 422, **context)
        return _see(request.path + asked.query(t=token))
    return _page(request, "ratings/public/thanks.html", point, asked, chosen=[], typed="", **context)


_REASONS = {str(int(reason)) for reason in Reason}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, point):
    """Report a problem: an answer is promised, and a code given to read it."""
    request.leaves_no_network = True
    point, asked = _point(point), Asked.read(request)
    said = asked.words
    if not point.is_open:
        return _page(request, "ratings/public/closed.html", point, asked)
    context = {
        "lede": said.report_lede.format(days=settings.TERRAIN_REPORT_DAYS),
        "contact_hint": said.report_contact_hint.format(sms=_SMS[said.code] if sms.is_on() else ""),
        "limit": TEXT,
    }
    if request.method != "POST":
        token = displays.issue(point.reference)
        return _page(request, "ratings/public/report.html", point, asked, token=token, **context)
    typed = {
        "text": plain_text(request.POST.get("texte", "")),
        "contact": plain_text(request.POST.get("contact", ""), one_line=True),
    }

    def again(errors, status=422):
        fresh = displays.issue(point.reference)
        page = {"typed": typed, "errors": errors, "token": fresh, **context}
        return _page(request, "ratings/public/report.html", point, asked, status, **page)

    display, refused = _gesture(request, point, said)
    if refused:
        return again({"": refused}, 422 if display is None else 429)
    if held := _held(request, point, asked, "texte"):
        return held
    try:
        receipt = report_problem(
            point=point,
            text=typed["text"],
            contact=typed["contact"],
            language=asked.language,
            display=display,
            seed=request.POST.get("jeton", ""),
        )
    except ValidationError as error:
        return again(_told(error, said, typed))
    with override("fr" if said.code == "fr" else "en"):
        day = date_format(receipt.promised_on, "j F Y" if said.code in ("fr", "en") else "d/m/Y")
    context |= {"slip": receipt.slip, "promised": said.promised.format(date=day)}
    return _page(request, "ratings/public/reported.html", point, asked, **context)


_SMS = {"fr": " ou numéro de mobile", "en": " or mobile number", "pt": " ou número de telemóvel", "ar": " أو رقم هاتف"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request, point):
    """Suggest an improvement: it may become an idea, without its author."""
    request.leaves_no_network = True
    point, asked = _point(point), Asked.read(request)
    said = asked.words
    if not point.is_open:
        return _page(request, "ratings/public/closed.html", point, asked)
    context = {"limit": TEXT}
    if request.method != "POST":
        done = request.GET.get("fait") == "1"
        token = displays.issue(point.reference)
        return _page(request, "ratings/public/suggest.html", point, asked, token=token, done=done, **context)
    typed = {"text": plain_text(request.POST.get("texte", "")), "contact": ""}

    def again(errors, status=422):
        page = {"typed": typed, "errors": errors, "token": displays.issue(point.reference), **context}
        return _page(request, "ratings/public/suggest.html", point, asked, status, **page)

    display, refused = _gesture(request, point, said)
    if refused:
        return again({"": refused}, 422 if display is None else 429)
    if held := _held(request, point, asked, "texte"):
        return held
    try:
        suggest(point=point, text=typed["text"], language=asked.language, display=display)
    except ValidationError as error:
        return again(_told(error, said, typed))
    return _see(request.path + asked.query(fait="1"))


def _gesture(request, point, said):
    """The display of a form, and why it isn't taken now: too old (no display), or too many at once."""
    try:
        display = displays.read(request.POST.get("jeton", ""), point.reference)
    except displays.BadDisplay:
        return None, said.stale
    if request.POST.get(HONEYPOT) or not _may(request, point):
        return display, said.too_many
    return display, ""


def _told(error: ValidationError, said, typed) -> dict[str, str]:
    """A service's refusal in the visitor's language, by field."""
    fields = error.message_dict if hasattr(error, "error_dict") else {}
    told = {}
    if "text" in fields:
        told["text"] = said.too_short if len(typed["text"]) < LEAST else said.too_long.format(limit=TEXT)
    if "contact" in fields:
        told["contact"] = said.bad_contact if sms.is_on() or "@" in typed.get("contact", "") else said.no_sms
    return told or {"": said.stale}
