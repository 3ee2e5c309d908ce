"""What referrals give back to somebody of what they hold of them."""

from .models import AgentPlace, Disagreement, MemberPlace, Referral, TaskAnswer, TestSheet, Word


def asked(user):
    for one in Referral.objects.filter(asked_by=user).select_related("panel", "unit"):
        yield {
            "panel": one.panel.title,
            "unit": one.unit.name,
            "title": one.title,
            "question": one.question,
            "state": one.get_state_display(),
            "since": one.asked_at,
        }


def words(user):
    for one in Word.objects.filter(membership__candidate__account=user).select_related("referral__panel"):
        yield {
            "panel": one.referral.panel.title,
            "title": one.referral.title,
            "text": one.text,
            "given": one.is_given,
            "since": one.written_on,
        }


def disagreements(user):
    for one in Disagreement.objects.filter(membership__candidate__account=user).select_related("referral__panel"):
        yield {"panel": one.referral.panel.title, "title": one.referral.title, "text": one.text}


def sheets(user):
    found = TestSheet.objects.filter(membership__candidate__account=user).select_related("test__referral__panel")
    for one in found:
        yield {
            "panel": one.test.referral.panel.title,
            "title": one.test.referral.title,
            "on_paper": one.on_paper,
        }


def tasks(user):
    found = TaskAnswer.objects.filter(sheet__membership__candidate__account=user)
    for one in found.select_related("task", "sheet__test__referral"):
        yield {
            "title": one.sheet.test.referral.title,
            "task": one.task.text,
            "result": one.get_result_display(),
            "stuck": one.stuck,
            "minutes": one.minutes,
        }


def member_places(user):
    found = MemberPlace.objects.filter(membership__candidate__account=user)
    for one in found.select_related("workshop__referral"):
        yield {
            "title": one.workshop.referral.title,
            "starts_at": one.workshop.starts_at,
            "place": one.workshop.place,
            "comes": one.number is not None,
        }


def agent_places(user):
    for one in AgentPlace.objects.filter(person=user).select_related("workshop__referral"):
        yield {
            "title": one.workshop.referral.title,
            "starts_at": one.workshop.starts_at,
            "place": one.workshop.place,
        }
