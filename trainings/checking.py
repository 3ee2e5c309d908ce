"""What keeps a track or a bank from being published: everything at once, in sentences an editor can act on."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .content import head_of, modules_of, questions_of
from .contents import graph
from .contents.skeleton import skeleton, texts
from .enums import MediaKind, ModuleKind, QuestionKind
from .models import Question, Track, TrackVersion

# What editors put beside a fact that nobody has checked yet.
UNCHECKED = "⚠"
MOST_HALF_DAYS, SHORTEST_HALF_DAY, LONGEST_HALF_DAY = 4, 60, 240


def faults_of_track(track: Track) -> list[str]:
    """Why this track can't be published; empty when it can."""
    head, modules = head_of(track), modules_of(track)
    found = _of_head(track, head, modules)
    for module in modules:
        where = _("Module “%(title)s”:") % {"title": module["title"]}
        found += [f"{where} {fault}" for fault in _of_module(module)]
    return found + _of_change(track, head, modules)


def faults_of_bank(bank) -> list[str]:
    """Why this bank can't be drawn from; empty when it can."""
    found = []
    for number, question in enumerate(questions_of(bank), start=1):
        where = _("Question %(number)d:") % {"number": number}
        found += [f"{where} {fault}" for fault in _of_question(question)]
    return found


def _of_head(track, head, modules) -> Iterable[str]:
    found = []
    if not head["objectives"]:
        found.append(_("Say at least one objective."))
    if not head["audience"]:
        found.append(_("Say for whom it is."))
    if not head["basis"]:
        found.append(_("Say who asks for this training: the employer’s decision, with its date."))
    if not any(module["required"] for module in modules):
        found.append(_("At least one module is needed to finish the track."))
    total = sum(module["minutes"] or 0 for module in modules if module["required"])
    if modules and total != head["minutes"]:
        found.append(
            _("The modules needed take %(total)d minutes, the track says %(said)d.")
            % {"total": total, "said": head["minutes"]}
        )
    if any(UNCHECKED in text for text in texts(head)):
        found.append(_unchecked())
    return found


def _unchecked() -> str:
    return _("A fact marked ⚠ isn’t checked: leave it out, or word it so that it holds without it.")


def _of_module(module) -> Iterable[str]:
    content = module["content"]
    found = []
    if not module["done_when"]:
        found.append(_("say when it is finished."))
    if any(UNCHECKED in text for text in texts([module["title"], module["done_when"], content])):
        found.append(_unchecked())
    blocks = content.get("blocks", []) + content.get("introduction", [])
    if module["kind"] in (ModuleKind.LESSON, ModuleKind.REFLECTION, ModuleKind.SESSION) and not blocks:
        found.append(_("it is empty."))
    if module["kind"] == ModuleKind.REFLECTION and not any(block["type"] == "reflection" for block in blocks):
        found.append(_("it asks nothing to think about."))
    for block in blocks:
        found += _BLOCKS.get(block["type"], lambda block: [])(block)
    if module["kind"] == ModuleKind.SCENARIO:
        found += [_fault_of_graph(fault) for fault in graph.faults(content["scenario"])]
    if module["kind"] == ModuleKind.QUIZ:
        found += _of_quiz(content["quiz"])
    if module["kind"] == ModuleKind.SESSION:
        found += _of_session(module)
    return found


def _of_image(block) -> Iterable[str]:
    if not block["image"]:
        return [_("a picture is missing.")]
    if not block["alt"] and not block["decorative"]:
        return [_("say what the picture shows, or that it is decorative.")]
    return []


def _of_video(block) -> Iterable[str]:
    found = []
    if not block["file"] or block["file"]["kind"] != MediaKind.VIDEO:
        found.append(_("the film “%(title)s” has no file.") % block)
    if not block["captions"] or block["captions"]["kind"] != MediaKind.CAPTIONS:
        found.append(_("the film “%(title)s” has no captions: people who don’t hear need them.") % block)
    if not block["transcript"]:
        found.append(_("the film “%(title)s” has no transcript: people who don’t see or hear need it.") % block)
    return found


def _of_audio(block) -> Iterable[str]:
    found = []
    if not block["file"] or block["file"]["kind"] != MediaKind.AUDIO:
        found.append(_("the sound “%(title)s” has no file.") % block)
    if not block["transcript"]:
        found.append(_("the sound “%(title)s” has no transcript: people who don’t hear need it.") % block)
    return found


def _of_check(block) -> Iterable[str]:
    found = []
    if not any(choice["right"] for choice in block["choices"]):
        found.append(_("the check “%(question)s” has no right answer.") % block)
    if not all(choice["feedback"] for choice in block["choices"]):
        found.append(_("the check “%(question)s” lacks the reason of an answer.") % block)
    if not block["source"]:
        found.append(_("the check “%(question)s” has no source.") % block)
    return found


_BLOCKS = {"image": _of_image, "video": _of_video, "audio": _of_audio, "check": _of_check}


def _fault_of_graph(fault: graph.Fault) -> str:
    said = {
        graph.NO_START: _("the first scene, “%(node)s”, doesn’t exist."),
        graph.TWICE: _("two scenes have the key “%(node)s”."),
        graph.NOWHERE: _("a choice of the scene “%(node)s” leads to “%(target)s”, which doesn’t exist."),
        graph.ORPHAN: _("no choice leads to the scene “%(node)s”."),
        graph.ENDLESS: _("from the scene “%(node)s” no path comes to an end."),
        graph.END_GOES_ON: _("the story ends at the scene “%(node)s”: it can’t have choices."),
        graph.STUCK: _("the scene “%(node)s” has no choice and isn’t an end."),
    }
    return said[fault.kind] % {"node": fault.node, "target": fault.target}


def _of_quiz(quiz) -> Iterable[str]:
    found = []
    ready = Counter(Question.objects.to_draw(quiz["bank"]).values_list("category", flat=True))
    if not ready:
        found.append(_("the bank “%(bank)s” has no question.") % quiz)
        return found
    drawn = [line["category"] for line in quiz["rule"]["draw"]]
    if len(drawn) != len(set(drawn)):
        found.append(_("a category is drawn from twice."))
    for line in quiz["rule"]["draw"]:
        if ready[line["category"]] < line["number"]:
            found.append(
                ngettext(
                    "the category “%(category)s” has %(n)d question, the rule asks for %(number)d.",
                    "the category “%(category)s” has %(n)d questions, the rule asks for %(number)d.",
                    ready[line["category"]],
                )
                % {"n": ready[line["category"]], **line}
            )
    return found


def _of_session(module) -> Iterable[str]:
    halves, minutes = module["content"]["half_days"] or 0, module["minutes"] or 0
    if not 1 <= halves <= MOST_HALF_DAYS:
        return [_("a session lasts from one to four half-days.")]
    if not halves * SHORTEST_HALF_DAY <= minutes <= halves * LONGEST_HALF_DAY:
        return [
            ngettext(
                "%(minutes)d minutes don’t fit %(n)d half-day of 60 to 240 minutes.",
                "%(minutes)d minutes don’t fit %(n)d half-days of 60 to 240 minutes each.",
                halves,
            )
            % {"minutes": minutes, "n": halves}
        ]
    return []


def _of_question(question) -> Iterable[str]:
    content, kind = question["content"], question["kind"]
    found = []
    if not content["text"]:
        found.append(_("the question is empty."))
    if not content["reason"]:
        found.append(_("say why the answer is right: people read it."))
    if not content["source"]:
        found.append(_("say where the answer comes from."))
    if any(UNCHECKED in text for text in texts(content)):
        found.append(_unchecked())
    return found + list(_of_answers(kind, content))


def _of_answers(kind, content) -> Iterable[str]:
    choices = content.get("choices", [])
    right = sum(choice["right"] for choice in choices)
    if kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE) and right != 1:
        yield _("exactly one answer is right; here, %(n)d are.") % {"n": right}
    if kind == QuestionKind.MULTIPLE and not right:
        yield _("at least one answer is right.")
    if kind == QuestionKind.TRUE_FALSE and len(choices) != 2:
        yield _("true or false: two answers.")
    shown = [choice["text"] for choice in choices] or content.get("order", [])
    shown = shown or [pair["left"] for pair in content.get("pairs", [])]
    if len(shown) != len(set(shown)):
        yield _("two lines say the same.")
    if kind == QuestionKind.SHORT and not content["accepted"]:
        yield _("say which answers are accepted.")


def _of_change(track, head, modules) -> Iterable[str]:
    """Whether what is published may call itself what it does."""
    last = TrackVersion.objects.filter(track=track).order_by("-number").first() if track.pk else None
    if last is None:
        return []
    found = []
    if not track.change_note.strip():
        found.append(_("Say in one sentence what changed: people who followed the version before read it."))
    if track.is_correction and not corrects(last, head, modules):
        found.append(
            _(
                "This changes more than words: modules, minutes, choices or right answers move. "
                "Publish it as a new version."
            )
        )
    return found


def corrects(version: TrackVersion, head: dict, modules: list[dict]) -> bool:
    """Whether these modules are those of the version but for their words."""
    then = [
        (str(one.stable_key), one.kind, one.required, one.minutes, skeleton(one.content))
        for one in version.modules.with_content()
    ]
    now = [(one["key"], one["kind"], one["required"], one["minutes"], skeleton(one["content"])) for one in modules]
    same_head = {name: told for name, told in head.items() if name in ("minutes", "nature", "language", "slug")}
    return then == now and all(version.structure[name] == told for name, told in same_head.items())
