"""What one asks of the list and of the queues; anything unknown is simply not asked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import IdeaKind
from .fields import TermsForm, plain_text

# Value in the address → word of the glossary, and what the core is asked: a public step or an outcome.
STEPS = {
    "recue": (_("Received"), {"step": "received"}),
    "precision": (_("Question to the author"), {"step": "needs_info"}),
    "etude": (_("Under study"), {"step": "study"}),
    "decidee": (_("Decided"), {"step": "decided"}),
    "oui": (_("Decided: yes"), {"outcome": "accepted"}),
    "essai": (_("Decided: trial"), {"outcome": "pilot"}),
    "plus-tard": (_("Decided: later"), {"outcome": "deferred"}),
    "non": (_("Decided: no"), {"outcome": "declined"}),
    "deja": (_("Decided: already in place"), {"outcome": "already_done"}),
    "en-cours": (_("In progress"), {"step": "in_progress"}),
    "confirmee": (_("Confirmed"), {"step": "confirmed"}),
    "retiree": (_("Withdrawn"), {"step": "withdrawn"}),
    "en-sommeil": (_("Dormant"), {"step": "dormant"}),
}

SORTS = {
    "recentes": (_("Most recent first"), "newest"),
    "soutenues": (_("Most supported first"), "supported"),
    "attendues": (_("Answer promised soonest"), "due"),
}

KINDS = {
    "idee": (_("Ideas"), IdeaKind.IDEA.value),
    "irritant": (_("Pain points"), IdeaKind.PAIN_POINT.value),
}


def _word(data, name: str, limit: int = 80) -> str:
    return plain_text(str(data.get(name, ""))).strip()[:limit]


@dataclass(frozen=True)
class ListFilters:
    """The list's question, read from the address. A value nobody offers counts as not asked."""

    q: str = ""
    step: str = ""
    direction: str = ""
    space: str = ""
    tag: str = ""
    kind: str = ""
    sort: str = "recentes"

    @classmethod
    def read(cls, data) -> "ListFilters":
        step, kind, sort = _word(data, "etape"), _word(data, "genre"), _word(data, "tri")
        return cls(
            q=_word(data, "q", 200),
            step=step if step in STEPS else "",
            direction=_word(data, "direction", 32),
            # Pages of the site link to a box by its other name.
            space=_word(data, "boite", 64) or _word(data, "espace", 64),
            tag=_word(data, "mot"),
            kind=kind if kind in KINDS else "",
            sort=sort if sort in SORTS else "recentes",
        )

    @property
    def asked_of_core(self) -> dict[str, str]:
        """The same question in the words of the selectors."""
        words = {
            "q": self.q,
            "direction": self.direction,
            "space": self.space,
            "tag": slugify(self.tag, allow_unicode=True),
        }
        if self.step:
            words |= STEPS[self.step][1]
        if self.kind:
            words["kind"] = KINDS[self.kind][1]
        return {**words, "sort": SORTS[self.sort][1]}

    @property
    def asked(self) -> dict[str, str]:
        """What was really asked, under the names of the address."""
        pairs = {
            "q": self.q,
            "etape": self.step,
            "direction": self.direction,
            "boite": self.space,
            "mot": self.tag,
            "genre": self.kind,
        }
        return {name: value for name, value in pairs.items() if value}

    def query(self, **more: str) -> str:
        """The address' question with ``more``; the default order isn't repeated."""
        sort = {} if self.sort == "recentes" else {"tri": self.sort}
        return urlencode({**self.asked, **sort, **{key: value for key, value in more.items() if value}})


AGES = {"7": _("More than a week"), "15": _("More than fifteen days"), "30": _("More than a month")}


@dataclass(frozen=True)
class QueueFilters:
    """Which part of a queue somebody works on: one direction, one age."""

    direction: str = ""
    age: str = ""

    @classmethod
    def read(cls, data) -> "QueueFilters":
        age = _word(data, "age")
        return cls(direction=_word(data, "direction", 32), age=age if age in AGES else "")

    @property
    def days(self) -> int | None:
        return int(self.age) if self.age else None

    def query(self, **more: str) -> str:
        pairs = {"direction": self.direction, "age": self.age, **more}
        return urlencode({name: value for name, value in pairs.items() if value})


def _choices(first, pairs) -> list:
    return [("", first), *pairs]


class FilterForm(TermsForm):
    """The list's question as a form: it only draws what ``ListFilters`` has read, and never refuses."""

    q = forms.CharField(label=_("Search in ideas"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    etape = forms.ChoiceField(label=_("Step"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), required=False)
    boite = forms.ChoiceField(label=_("Box"), required=False)
    genre = forms.ChoiceField(label=pgettext_lazy("of an idea", "Kind"), required=False)
    mot = forms.CharField(label=_("Word"), required=False)
    tri = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, filters: ListFilters, *, directions, spaces):
        super().__init__(initial={**filters.asked, "tri": filters.sort})
        self.fields["etape"].choices = _choices(
            _("All steps"), ((key, label) for key, (label, _asked) in STEPS.items())
        )
        self.fields["direction"].choices = _choices(_("All directions"), directions)
        self.fields["boite"].choices = _choices(_("All boxes"), spaces)
        self.fields["genre"].choices = _choices(
            _("Ideas and pain points"), ((key, label) for key, (label, _asked) in KINDS.items())
        )
        self.fields["tri"].choices = [(key, label) for key, (label, _asked) in SORTS.items()]


class QueueFilterForm(TermsForm):
    """The same for a queue."""

    direction = forms.ChoiceField(label=_("Direction"), required=False)
    age = forms.ChoiceField(label=_("Waiting for"), required=False)

    def __init__(self, filters: QueueFilters, *, directions):
        super().__init__(initial={"direction": filters.direction, "age": filters.age})
        self.fields["direction"].choices = _choices(_("All directions"), directions)
        self.fields["age"].choices = _choices(_("Any time"), AGES.items())
