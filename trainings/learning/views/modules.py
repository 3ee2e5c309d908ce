"""A module: the lesson with its checks, the story scene by scene, the quiz's door, the reflection."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from src.foundations.gates import see_other
from trainings import reading
from trainings.contents import grading

from .. import registry, selectors, services, telling
from ..services.holding import MovedOn
from ..services.lessons import checks_of
from ..walking import last_choice, scene
from .gate import address, calm, in_module, page_of
from .tracks import NAV


@require_safe
@in_module
def module(request, track, standing, step):
    """The page of a module."""
    return _page(request, track, standing, step)


def _page(request, track, standing, step, *, error="", wrong_place=None, status=200):
    context = {
        "nav_key": NAV,
        "track": track,
        "standing": standing,
        "step": step,
        "module": step.module,
        "after": standing.after(step.module.position),
        "error": error,
        "face": registry.face_of(request.viewer, track, step.module) if step.module.is_session else None,
        **_PAGES[step.module.kind](step, wrong_place),
    }
    return render(request, f"trainings_learning/{step.module.kind}.html", context, status=status)


def _blocks(step, wrong_place=None) -> dict:
    """The blocks of a module, with what their follower answered."""
    content = step.module.content
    answers = step.progress.checks if step.progress is not None else {}
    shown = reading.ready(content.get("blocks") or content.get("introduction") or [], str(step.module.stable_key))
    for block in shown:
        if block["type"] == "check":
            chosen = answers.get(str(block["place"]))
            block["url"] = page_of(step.track, step, "check", place=block["place"])
            block["chosen"] = chosen
            block["said"] = block["choices"][chosen] if chosen is not None else None
            block["is_missing"] = block["place"] == wrong_place
        elif block["type"] == "reflection":
            # Two people who share a browser and forget to sign out read their own.
            block["slot"] = f"{block['slot']}-{_mark(step)}"
    return {"blocks": shown}


def _mark(step) -> str:
    follower = step.enrolment.agent_id if step.enrolment is not None else ""
    return salted_hmac("trainings.reflection", str(follower)).hexdigest()[:12]


def _scenario(step, wrong_place=None) -> dict:
    path = step.progress.path if step.progress is not None else []
    here = scene(step.module, path)
    return {
        **_blocks(step),
        "scene": here,
        "number": len(path) + 1,
        "led": last_choice(step.module, path),
        "first": not path,
    }


def _quiz(step, wrong_place=None) -> dict:
    quiz = selectors.quiz_standing(step, step.module)
    asked = sum(line["number"] for line in quiz.rule["draw"])
    sent = quiz.last_sent
    told = []
    if sent is not None and _tells(quiz, sent):
        told = telling.told(sent, selectors.revisions_of(sent))
    return {
        **_blocks(step),
        "quiz": quiz,
        "asked": asked,
        "needed": grading.needed(asked, quiz.rule["pass_mark"]),
        "sent": sent,
        "told": told,
    }


def _tells(quiz, sent) -> bool:
    """Whether reasons are read now: the rule may keep them until the quiz is passed, or can't be tried again."""
    return quiz.rule["feedback"] != "after_pass" or sent.passed or quiz.is_together or quiz.is_done


def _session(step, wrong_place=None) -> dict:
    """What happens at the session, and how long it lasts."""
    return {**_blocks(step), "half_days": step.module.content["half_days"]}


_PAGES = {"lesson": _blocks, "session": _session, "reflection": _blocks, "scenario": _scenario, "quiz": _quiz}


@require_POST
@in_module
def check(request, track, standing, step, place):
    """Answer a check of a lesson: its reason is read where one was."""
    calm(request, "check", 120)
    sent = request.POST.get("reponse", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 2:
        return _page(request, track, standing, step, error=_("Choose an answer."), wrong_place=place, status=422)
    services.answer_check(
        actor=request.viewer, enrolment=standing.enrolment, module=step.module, place=place, choice=int(sent)
    )
    return see_other(page_of(track, step) + f"#question-{place}")


@require_POST
@in_module
def finish(request, track, standing, step):
    """« J’ai terminé »: on to the next module, or back to the training when it was the last."""
    calm(request, "finish", 60)
    try:
        services.finish(actor=request.viewer, enrolment=standing.enrolment, module=step.module)
    except MovedOn:
        raise
    except ValidationError as refusal:
        unanswered = [one for one in checks_of(step.module) if _unanswered(step, one)]
        return _page(
            request, track, standing, step,
            error=" ".join(refusal.messages), wrong_place=unanswered[0] if unanswered else None, status=422,
        )  # fmt: skip
    return on(request, track, standing, step)


def _unanswered(step, place) -> bool:
    return step.progress is None or str(place) not in step.progress.checks


def on(request, track, standing, step):
    """Where one goes from a module that is finished: the next one; of who catches up, the next that is left."""
    messages.success(request, _("“%(title)s” is finished.") % {"title": step.module.title})
    after = standing.after(step.module.position)
    if standing.enrolment.carries_id is not None:
        left = (one for one in standing.steps if one.module.position > step.module.position and not one.is_done)
        after = next(left, None)
    return see_other(page_of(track, after) if after is not None else address(track))


@require_POST
@in_module
def choose(request, track, standing, step):
    """Take a choice of the scene."""
    calm(request, "choose", 120)
    sent = request.POST.get("choix", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 2:
        return _page(request, track, standing, step, error=_("Choose what you do."), status=422)
    services.choose(
        actor=request.viewer,
        enrolment=standing.enrolment,
        module=step.module,
        node=request.POST.get("scene", "")[:40],
        choice=int(sent),
    )
    return see_other(page_of(track, step) + "#scene")


@require_POST
@in_module
def start_again(request, track, standing, step):
    """Back to the first scene."""
    calm(request, "choose", 120)
    services.start_again(actor=request.viewer, enrolment=standing.enrolment, module=step.module)
    return see_other(page_of(track, step) + "#scene")
