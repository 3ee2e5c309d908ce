"""Messages for tests: two registered notices and items of the inbox."""

import datetime
import uuid

import factory

from src.foundations import clock
from src.notices.enums import Category
from src.notices.models import InboxItem
from src.notices.registry import Notice


class IdeaMoved(Notice):
    """A message one may mute."""

    code = "tests.idea_moved"
    category = Category.FOLLOWED
    template = "notices_tests/idea_moved"
    why = "Vous soutenez cette idée."

    def subject(self, context):
        return f"Du nouveau : {context['title']}"

    def text(self, context):
        return f"L’idée « {context['title']} » avance."

    def html(self, context):
        from src.foundations.text import plain_to_html

        return plain_to_html(self.text(context))

    def url(self, context):
        return f"/idees/{context['reference']}/"


class DutyCalls(IdeaMoved):
    """A legal duty, in a category that otherwise may be muted."""

    code = "tests.duty_calls"
    legal = True


class InboxItemFactory(factory.django.DjangoModelFactory):
    """One message; give ``user`` or ``handle``."""

    class Meta:
        model = InboxItem

    code = IdeaMoved.code
    category = Category.FOLLOWED
    key = factory.LazyFunction(lambda: uuid.uuid4().hex)
    context = factory.Sequence(lambda n: {"title": f"Idée {n}", "reference": f"REF{n:03d}"})
    created_at = factory.LazyFunction(lambda: clock.now() - datetime.timedelta(hours=1))
