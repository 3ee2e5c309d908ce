"""What is written of a panel before people are asked: its question and dates, its team, its lists, why it stops."""

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.directory.enums import UnitKind
from src.directory.models import Unit, User
from src.foundations import clock
from src.foundations.plain_fields import LineField, PlainTextField
from src.participation.ballots import people
from theme.forms import ChoiceLabel
from theme.templatetags.theme import short_day

from ..enums import ListKind, PanelKind, TeamRole
from ..models import Panel
from ..models.panel import MOST_SEATS
from ..services.preparing import FIELDS, FIELDS_ONCE_ASKED
from .plain import PlainForm, day, whole

# A renewal begins from the standing panel.
BEGUN_HERE = (PanelKind.SINGLE, PanelKind.STANDING, PanelKind.COMMITTEE)
# What each day can't come before.
ORDER = (("registration_ends_on", "draw_on"), ("draw_on", "starts_on"), ("starts_on", "ends_on"))


def _line(label, missing="", *, most, **kwargs) -> LineField:
    return LineField(
        label=label, max_length=most, required=bool(missing), error_messages={"required": missing}, **kwargs
    )


def _text(label, missing="", *, rows, most=3000, **kwargs) -> PlainTextField:
    return PlainTextField(
        label=label, max_length=most, required=bool(missing), error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows}), **kwargs,
    )  # fmt: skip


class MandateForm(PlainForm):
    """The panel as it is told; once people were asked, the fields that may still change alone."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of panel"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a kind of panel."),
            "invalid_choice": gettext_lazy("Choose a kind of panel."),
        },
    )
    title = _line(gettext_lazy("Title"), gettext_lazy("Give it a title: people see it first."), most=140)
    question = _text(
        gettext_lazy("Question asked"),
        gettext_lazy("Write the question that the panel answers."),
        rows=3,
        help_text=gettext_lazy("One sentence. It doesn’t change once people are asked."),
    )
    outside_mandate = _text(
        gettext_lazy("Outside the mandate"),
        rows=3,
        help_text=gettext_lazy("What the panel is not asked about, so that nobody expects it."),
    )
    commissioner = forms.ModelChoiceField(
        label=gettext_lazy("Direction that asks"),
        queryset=None,
        empty_label=gettext_lazy("Choose a direction"),
        help_text=gettext_lazy("It answers each recommendation, and never sees who registered."),
        error_messages={
            "required": gettext_lazy("Choose the direction that asks."),
            "invalid_choice": gettext_lazy("Choose a direction of the list."),
        },
    )
    seats = whole(
        gettext_lazy("Seats drawn by lot"), gettext_lazy("Say how many seats there are."), least=0, most=MOST_SEATS
    )
    site = forms.ModelChoiceField(
        label=gettext_lazy("Site, for a users’ committee"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("No site"),
        error_messages={"invalid_choice": gettext_lazy("Choose a site of the list.")},
    )
    direct_seats = whole(
        gettext_lazy("Seats without a draw, for a users’ committee"),
        most=MOST_SEATS,
        help_text=gettext_lazy("For volunteers, and for people whom associations name."),
    )
    slug = _line(
        gettext_lazy("Address of the page"),
        most=64,
        help_text=gettext_lazy("For instance premier-accueil; made from the title when empty."),
    )
    registration_ends_on = day(gettext_lazy("Last day to register"))
    draw_on = day(gettext_lazy("Day of the draw"))
    starts_on = day(gettext_lazy("First session"))
    ends_on = day(
        gettext_lazy("Last day of the mandate"),
        help_text=gettext_lazy("What members answered about themselves is erased six months later."),
    )
    reply_days = whole(
        gettext_lazy("Days to answer the opinion"),
        gettext_lazy("Say in how many days the direction answers."),
        least=1,
        most=365,
    )
    contact_name = _line(gettext_lazy("Person to call"), gettext_lazy("Name somebody who answers."), most=120)
    contact_phone = _line(
        gettext_lazy("Telephone"), gettext_lazy("Write a number where somebody answers."), most=32,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    contact_hours = _line(
        gettext_lazy("When to call"), most=120, help_text=gettext_lazy("For instance: every day from 9 to 18.")
    )
    contact_address = _text(
        gettext_lazy("Where to write"), rows=3, most=500, help_text=gettext_lazy("For who prefers paper.")
    )

    def __init__(self, data=None, *, panel: Panel | None = None):
        written = {} if panel is None else {name: getattr(panel, name) for name in FIELDS}
        super().__init__(data, initial={"reply_days": 90, "kind": PanelKind.SINGLE, "direct_seats": 0, **written})
        self.panel = panel
        self.fields["kind"].choices = [
            (one, ChoiceLabel(one.label, hint)) for one, hint in zip(BEGUN_HERE, _kind_hints(), strict=True)
        ]
        self.fields["site"].queryset = Unit.objects.filter(kind=UnitKind.SITE).order_by("name")
        if panel is None or panel.is_draft:
            self.fields["commissioner"].queryset = Unit.objects.filter(kind=UnitKind.DIRECTION).order_by("name")
        else:
            for name in set(self.fields) - FIELDS_ONCE_ASKED:
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        for before, after in ORDER:
            first, then = cleaned.get(before), cleaned.get(after)
            if first and then and then < first:
                words = {"day": self.fields[before].label.lower(), "when": short_day(first)}
                self.add_error(after, _("This comes before the %(day)s (%(when)s): choose a later day.") % words)
        self._check_seats(cleaned)
        last = cleaned.get("registration_ends_on")
        asks = self.panel is None or self.panel.is_draft or self.panel.is_recruiting
        if last and asks and "registration_ends_on" in self.changed_data and last < clock.today():
            self.add_error("registration_ends_on", _("This day is past: choose a later one."))
        if "slug" in self.fields and "slug" not in self.errors:
            self._check_slug(cleaned)
        return cleaned

    def _check_seats(self, cleaned) -> None:
        """A committee has a site and at least a seat of either kind; the others draw all of theirs."""
        if "kind" not in self.fields or not cleaned.get("kind"):
            return
        cleaned["direct_seats"] = cleaned.get("direct_seats") or 0
        if cleaned["kind"] != PanelKind.COMMITTEE:
            if cleaned["direct_seats"]:
                self.add_error("direct_seats", _("A users’ committee alone has seats without a draw."))
            if cleaned.get("site"):
                self.add_error("site", _("A users’ committee alone is of a site."))
            if cleaned.get("seats") == 0:
                self.add_error("seats", _("Write 1 or more."))
            return
        if not cleaned.get("site") and "site" not in self.errors:
            self.add_error("site", _("Choose the site whose users it gathers."))
        if cleaned.get("seats") == 0 and not cleaned["direct_seats"]:
            self.add_error("direct_seats", _("Give it at least a seat, drawn or not."))

    def _check_slug(self, cleaned) -> None:
        slug = cleaned["slug"] = slugify(cleaned.get("slug") or cleaned.get("title", ""))[:64].strip("-")
        others = Panel.objects.exclude(pk=self.panel.pk if self.panel else None)
        if not slug and "title" not in self.errors:
            self.add_error("slug", _("Write an address: letters, figures and dashes."))
        elif others.filter(slug=slug).exists():
            self.add_error("slug", _("Another panel has this address: choose another one."))

    @property
    def written(self) -> dict:
        """What changed; everything, of a panel that begins."""
        names = self.fields if self.panel is None else self.changed_data
        found = {name: self.cleaned_data[name] for name in names}
        if self.panel is not None and found.get("slug") == self.panel.slug:
            del found["slug"]
        return found


def _kind_hints() -> tuple[str, ...]:
    return (
        _("It meets for one question, hands over its opinion, and is over."),
        _("It is asked several questions, and renewed in part by new draws."),
        _("Users of one place: drawn, volunteers, and people whom associations name."),
    )


class MemberForm(PlainForm):
    """Somebody named in a line, and their one role; which one, where several people have this name."""

    name = LineField(
        label=gettext_lazy("Who"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("First and last name, e-mail address or personnel number."),
        error_messages={"required": gettext_lazy("Name somebody.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a role."),
            "invalid_choice": gettext_lazy("Choose a role."),
        },
    )
    shown_name = _line(
        gettext_lazy("Name shown to everybody"), most=120, help_text=gettext_lazy("For a guarantor only.")
    )
    capacity = _line(
        gettext_lazy("In what capacity they watch"),
        most=140,
        help_text=gettext_lazy("For a guarantor only, for instance: former judge."),
    )

    def __init__(self, panel, data=None):
        super().__init__(data)
        self.panel, self.person = panel, None
        self.fields["role"].choices = [
            (role, ChoiceLabel(role.label, hint)) for role, hint in zip(TeamRole, _hints(), strict=True)
        ]
        self.found = self._named() if data is not None else []
        if 1 < len(self.found) <= people.MOST:
            self.fields["which"] = forms.ChoiceField(
                label=_("Which one?"),
                widget=forms.RadioSelect,
                choices=[(self._mark(one), people.words(one)) for one in self.found],
                error_messages={
                    "required": _("Several people have this name: choose which one."),
                    "invalid_choice": _("Several people have this name: choose which one."),
                },
            )
            self.order_fields(["name", "which"])

    def _named(self) -> list[User]:
        typed = str(self.data.get("name", "")).replace("\x00", "").strip()[:120]
        return people.named(typed) if typed else []

    def _mark(self, user) -> str:
        """What stands for somebody in the form: no number of an account is shown."""
        return salted_hmac("panels.team", f"{self.panel.slug}:{user.pk}").hexdigest()[:16]

    def clean(self):
        cleaned = super().clean()
        if "name" not in self.errors:
            if not self.found:
                self.add_error("name", _("Nobody of that name has an account: check how it is written."))
            elif len(self.found) > people.MOST:
                self.add_error("name", _("Too many people have this name: add the first name, or type a number."))
            else:
                chosen = cleaned.get("which", "")
                some = [one for one in self.found if len(self.found) == 1 or self._mark(one) == chosen]
                self.person = some[0] if some else None
        if cleaned.get("role") == TeamRole.GUARANTOR:
            for name, sentence in (
                ("shown_name", _("Write the name that everybody reads.")),
                ("capacity", _("Say in what capacity this person watches.")),
            ):
                if not cleaned.get(name):
                    self.add_error(name, sentence)
        elif cleaned.get("role"):
            cleaned["shown_name"] = cleaned["capacity"] = ""
        if self.person is not None:
            self._refuse_two_roles(cleaned)
        return cleaned

    @property
    def shown(self) -> dict:
        """The role, and how a guarantor is told."""
        return {name: self.cleaned_data[name] for name in ("role", "shown_name", "capacity")}

    def _refuse_two_roles(self, cleaned) -> None:
        held = self.panel.team.working().filter(person=self.person).first()
        if held is not None and held.role != cleaned.get("role"):
            words = {"role": held.get_role_display()}
            self.add_error("name", _("This person already has a role here (%(role)s): end it first.") % words)


def _hints() -> list:
    return [
        _("Writes lists and quotas, sends letters, decides who may take part, prepares the draw."),
        _("Types registrations that come by telephone or on paper, and calls people."),
        _("Watches, signs what is loosened, certifies the draw. Shown to everybody by name."),
        _("The only one, with guarantors, who may read what somebody answered, with a reason kept in the journal."),
    ]


class ListForm(PlainForm):
    """An origin of the people asked."""

    label = _line(
        gettext_lazy("Name of the list"),
        gettext_lazy("Name the list."),
        most=120,
        help_text=gettext_lazy("As everybody reads it, for instance: electoral roll."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Where these people come from"),
        widget=forms.RadioSelect,
        choices=ListKind.choices,
        error_messages={
            "required": gettext_lazy("Choose a kind of list."),
            "invalid_choice": gettext_lazy("Choose a kind of list."),
        },
    )
    seats = whole(
        gettext_lazy("Reserved seats"),
        least=1,
        most=MOST_SEATS,
        help_text=gettext_lazy("Exactly as many members come from this list. Empty: it shares the seats left."),
    )

    def __init__(self, panel, data=None):
        super().__init__(data)
        self.panel = panel

    def clean(self):
        cleaned = super().clean()
        label = cleaned.get("label", "")
        slug = cleaned["slug"] = slugify(label)[:40].strip("-")
        if label and not slug:
            self.add_error("label", _("Write a name with letters."))
        elif label and self.panel.source_lists.filter(slug=slug).exists():
            self.add_error("label", _("A list of this panel already has this name."))
        seats = cleaned.get("seats")
        if seats and seats > self.panel.seats:
            self.add_error("seats", _("The panel has %(seats)d seats.") % {"seats": self.panel.seats})
        return cleaned


class ReopenForm(PlainForm):
    """Until when people register again."""

    registration_ends_on = day(gettext_lazy("New last day to register"))

    def __init__(self, panel, data=None):
        super().__init__(data)
        self.panel = panel

    def clean_registration_ends_on(self):
        """A day to come, before the draw."""
        last = self.cleaned_data["registration_ends_on"]
        if last < clock.today():
            raise forms.ValidationError(_("This day is past: choose a later one."))
        if last > self.panel.draw_on:
            words = {"day": short_day(self.panel.draw_on)}
            raise forms.ValidationError(
                _("The draw is on %(day)s: change its day first, or choose an earlier one.") % words
            )
        return last

    @property
    def until(self):
        """The day chosen."""
        return self.cleaned_data["registration_ends_on"]


class StopForm(PlainForm):
    """Why a panel stops."""

    because = _text(
        gettext_lazy("Why does it stop?"),
        gettext_lazy("Write why: everybody reads it."),
        rows=4,
        most=1000,
        help_text=gettext_lazy("Everybody reads it, those who registered first."),
    )
