"""The sentences of questionnaires: why an answer can't be taken, what a cell is, how far one is."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from theme.templatetags.theme import hour, short_day

from . import asking, figures, rules
from .enums import AxisCode

_PLAIN = {
    "required": gettext_lazy("Answer this question to go on."),
    "not_offered": gettext_lazy("Choose one of the answers offered."),
    "ranked_twice": gettext_lazy("Two lines have the same place: give each its own."),
    "not_all_ranked": gettext_lazy("Give a place to each line."),
    "rows_missing": gettext_lazy("Some lines have no answer: choose one on each line."),
    "not_a_number": gettext_lazy("Write a number, for instance 12 or 12.5."),
    "not_a_day": gettext_lazy("Write a whole date: day, month and year."),
    "unknown_kind": gettext_lazy("Choose how this question is answered."),
    "key_twice": gettext_lazy("This question is there twice."),
    "two_choices": gettext_lazy("Write at least two different choices, one a line."),
    "one_row": gettext_lazy("Write at least one line to answer about."),
    "scale_bounds": gettext_lazy("A scale goes from one whole number to a greater one, ten steps at most."),
    "number_bounds": gettext_lazy("Give the smallest and the greatest number one may write."),
    "reads_forward": gettext_lazy("It depends on a question that comes after it, or that is gone."),
    "unreadable": gettext_lazy("It depends on a question without choices: choose another one."),
    "value_gone": gettext_lazy("It depends on an answer that the earlier question no longer offers."),
    "nothing_asked": gettext_lazy("There is no question yet."),
}


def problem_sentence(problem: asking.Problem) -> str:
    """Why something can't be taken, and what to do."""
    params = problem.params
    if problem.code in _PLAIN:
        return str(_PLAIN[problem.code])
    return _COUNTED[problem.code](params)


_COUNTED = {
    "too_few": lambda p: ngettext("Tick at least %(n)d.", "Tick at least %(n)d.", p["least"]) % {"n": p["least"]},
    "too_many": lambda p: (
        ngettext("Keep %(n)d at most: you ticked %(ticked)d.", "Keep %(n)d at most: you ticked %(ticked)d.", p["most"])
        % {"n": p["most"], "ticked": p["ticked"]}
    ),
    "too_low": lambda p: _("Write a number from %(n)d up.") % {"n": p["least"]},
    "too_high": lambda p: _("Write a number up to %(n)d.") % {"n": p["most"]},
    "too_precise": lambda p: _("Keep %(n)d digits after the comma at most.") % {"n": p["decimals"]},
    "too_long": lambda p: (
        _("Your text has %(length)d characters: keep %(n)d at most.") % {"n": p["most"], "length": p["length"]}
    ),
    "ticks_bounds": lambda p: (
        _("How many may be ticked goes from 1 to %(n)d, the number of choices.") % {"n": p["choices"]}
    ),
    "text_bounds": lambda p: _("A text may have from 1 to %(n)d characters.") % {"n": p["most"]},
}


def declined() -> str:
    return _("I do not wish to answer")


def no_opinion() -> str:
    return _("No opinion")


def secret() -> str:
    """What secret answers are, in one sentence."""
    return _(
        "Secret answers: we know that you answered, never what. They are sealed when you send them, without your name "
        "or the hour, and opened at closing only, all together and shuffled."
    )


def open_link() -> str:
    """What is kept of whoever answers by the open link."""
    return _(
        "Without an account: neither your name nor the address of your device is kept. Once sent, your answers can't "
        "be changed."
    )


def voluntary() -> str:
    """What stands on everything told of an open link."""
    return _("Voluntary answers: they do not stand for the whole city.")


def unusual_words(days: int) -> str:
    """That some days brought far more answers than the others."""
    return ngettext(
        "%(n)d day brought far more answers than the others. It is told, and nothing was set aside.",
        "%(n)d days brought far more answers than the others. It is told, and nothing was set aside.",
        days,
    ) % {"n": days}


def secret_facts() -> list[str]:
    """What is known and what isn't, of secret answers."""
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    return [
        _("Known: that you answered. It keeps one person from answering twice, and is erased three months after."),
        _(
            "Not known: which answers are yours. Neither your managers, nor those who ask, nor whoever runs the "
            "database can tell. Until the closing, it would take the database and the server's keys, kept apart, "
            "together; the key is then destroyed."
        ),
        _("Fewer than %(k)d answers are never opened: they are destroyed.") % {"k": k},
        _(
            "Meanwhile, what you type is kept encrypted, for you alone, and erased when you send it. The server reads "
            "your answers while it seals them and keeps no trace of it."
        ),
        _(
            "It doesn't protect you from somebody who looks at your screen, nor from your own words: write nothing "
            "that would tell who you are."
        ),
    ]


def cell_words(key: str, label: str) -> str:
    """The words of a cell of results."""
    if label:
        return label
    return {
        figures.GIVEN: pgettext("results", "Answered"),
        figures.IS_DECLINED: pgettext("results", "Did not wish to answer"),
        figures.BLANK: pgettext("results", "No answer"),
        asking.NO_OPINION: no_opinion(),
    }.get(key, key)


def withheld_words(code: str, k: int) -> str:
    """Why the results of a question aren't shown."""
    return {
        figures.SMALL: _("Not shown: a count is told from %(k)d answers up, so that nobody can be recognised."),
        figures.LINKED: _("Not shown: beside the results of another question, it would give back counts under %(k)d."),
        figures.EVERYBODY: _(
            "Not shown: fewer than %(k)d of the people asked didn't answer, and two editions read together would tell "
            "what a few said."
        ),
        figures.SAME: _("Not shown: everybody gave the same answer, so it would be each person's own (k = %(k)d)."),
    }[code] % {"k": k}


def minutes_words(minutes: int) -> str:
    return ngettext("About %(n)d minute", "About %(n)d minutes", minutes) % {"n": minutes}


def until_words(ends) -> str:
    """« 6 décembre, minuit » or « 7 décembre, 14 h 30 »; empty without an end."""
    if ends is None:
        return ""
    day = short_day(rules.last_day(ends))
    if timezone.localdate(ends) != rules.last_day(ends):
        return _("%(day)s, midnight") % {"day": day}
    return _("%(day)s, %(hour)s") % {"day": day, "hour": hour(ends)}


def progress_words(step: int, total: int, minutes: int) -> str:
    """« Question 2 sur 5, encore 3 minutes environ »."""
    left = max(1, round(minutes * (total - step + 1) / total))
    return ngettext(
        "Question %(step)d of %(total)d, about %(n)d minute left",
        "Question %(step)d of %(total)d, about %(n)d minutes left",
        left,
    ) % {"step": step, "total": total, "n": left}


def answer_words(question, value) -> list[str]:
    """An answer as its author reads it again, one line or several."""
    spec = question.spec
    if asking.is_blank(value):
        return [pgettext("results", "No answer")]
    if asking.is_declined(value):
        return [declined()]
    if spec.kind == asking.SINGLE:
        return [question.label_of(value)]
    if spec.kind == asking.MULTIPLE:
        return [question.label_of(one) for one in value]
    if spec.kind == asking.RANKING:
        return [f"{place}. {question.label_of(one)}" for place, one in enumerate(value, start=1)]
    if spec.kind in asking.WITH_ROWS:
        return [
            _("%(row)s: %(answer)s") % {"row": row["label"], "answer": question.label_of(value[row["key"]])}
            for row in question.rows
            if row["key"] in value
        ]
    if spec.kind == asking.SCALE:
        return [no_opinion() if value == asking.NO_OPINION else figures.scale_words(question, str(value))]
    if spec.kind == asking.DATE:
        return ["/".join(reversed(value.split("-")))]
    return [str(value)]


def kept_beside(questionnaire) -> str:
    """What of somebody's post stays beside their answers, told before they answer; empty when nothing does."""
    names = [str(AxisCode(code).label).lower() for code in questionnaire.axes]
    if not names:
        return ""
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    return _(
        "Kept beside your answers, without your name, to tell results by category: %(facts)s. Never a category of "
        "fewer than %(k)d people."
    ) % {"facts": ", ".join(names), "k": k}


def axes_words(questionnaire) -> str:
    """« Résultats par direction, et dans chacune par contact avec le public »; empty without axes."""
    names = [str(AxisCode(code).label) for code in questionnaire.axes]
    if not names:
        return ""
    if len(names) == 1:
        return _("Results told by: %(axis)s") % {"axis": names[0]}
    return _("Results told by: %(first)s, and inside each, %(second)s") % {"first": names[0], "second": names[1]}
