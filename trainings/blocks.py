"""What a track is written with: modules, and inside them lessons, scenarios, quizzes and questions; plain text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from .enums import FeedbackTime

LINE, PARAGRAPH, TRANSCRIPT = 300, 3000, 30_000


def line(label, *, required=True, **kwargs):
    """One line of text."""
    return blocks.CharBlock(label=label, required=required, max_length=LINE, **kwargs)


def words(label, *, required=True, most=PARAGRAPH, **kwargs):
    """A few lines of text."""
    return blocks.TextBlock(label=label, required=required, max_length=most, **kwargs)


def several(child, label, *, least=0, most=30):
    """A list; it begins empty where it may stay so, without a first line left blank."""
    begins = {} if least else {"default": []}
    return blocks.ListBlock(child, label=label, min_num=least, max_num=most, **begins)


class TextBlock(blocks.StructBlock):
    heading = line(_("Heading"), required=False)
    paragraphs = several(words(_("Paragraph")), _("Paragraphs"), least=1)
    list = several(line(_("Line")), _("List"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = line(_("What it shows, in words"), required=False)
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("Tick when the page says the same without the picture.")
    )
    caption = line(_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")


class VideoBlock(blocks.StructBlock):
    title = line(_("Title"))
    file = SnippetChooserBlock("trainings.LessonFile", label=_("Film"))
    poster = ImageChooserBlock(label=_("Picture shown before it begins"), required=False)
    captions = SnippetChooserBlock("trainings.LessonFile", label=_("Captions (VTT)"), required=False)
    transcript = words(_("Transcript"), required=False, most=TRANSCRIPT)

    class Meta:
        icon = "media"
        label = _("Film")


class AudioBlock(blocks.StructBlock):
    title = line(_("Title"))
    file = SnippetChooserBlock("trainings.LessonFile", label=_("Sound"))
    transcript = words(_("Transcript"), required=False, most=TRANSCRIPT)

    class Meta:
        icon = "media"
        label = _("Sound")


class LegalBlock(blocks.StructBlock):
    title = line(_("Title"))
    reference = line(_("Reference"))
    text = words(_("What it says, in plain words"))
    source = line(_("Source"))

    class Meta:
        icon = "form"
        label = _("What the law says")


class WhatIfBlock(blocks.StructBlock):
    title = line(_("Title"), help_text=_("“What to do if…”"))
    steps = several(line(_("Step")), _("Steps"), least=1, most=8)
    say = several(line(_("Sentence")), _("Sentences one may say"), most=6)
    call = line(_("Whom to call"), required=False)

    class Meta:
        icon = "warning"
        label = _("Reflex card")


class ReferentBlock(blocks.StructBlock):
    title = line(_("Title"))
    who = words(_("Who"))
    how = words(_("How to reach them"))

    class Meta:
        icon = "user"
        label = _("Who can help")


class CheckChoiceBlock(blocks.StructBlock):
    text = line(_("Answer"))
    right = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = words(_("What is said to who chooses it"), required=False)

    class Meta:
        label = _("Answer")


class CheckBlock(blocks.StructBlock):
    question = words(_("Question"))
    choices = several(CheckChoiceBlock(), _("Answers"), least=2, most=6)
    source = line(_("Source"))

    class Meta:
        icon = "help"
        label = _("Check, without a mark")


class ReflectionBlock(blocks.StructBlock):
    prompt = words(_("Question to oneself"))
    hint = words(_("Help"), required=False)

    class Meta:
        icon = "edit"
        label = _("Reflection, which stays with its author")


class IdeaBlock(blocks.StructBlock):
    prompt = words(_("Question"))
    criterion = blocks.CharBlock(
        label=_("Criterion"), max_length=40, required=False, help_text=_("Ideas that answer may carry it as a tag.")
    )

    class Meta:
        icon = "pick"
        label = _("From here to an idea")


def lesson_palette() -> list[tuple[str, blocks.Block]]:
    """Blocks of a lesson, in the order of the menu."""
    return [
        ("text", TextBlock()),
        ("image", PictureBlock()),
        ("video", VideoBlock()),
        ("audio", AudioBlock()),
        ("legal", LegalBlock()),
        ("what_if", WhatIfBlock()),
        ("referent", ReferentBlock()),
        ("check", CheckBlock()),
        ("reflection", ReflectionBlock()),
        ("idea", IdeaBlock()),
    ]


class ScenarioChoiceBlock(blocks.StructBlock):
    text = words(_("What one does"))
    to = blocks.CharBlock(label=_("Leads to"), max_length=40)
    feedback = words(_("What happens then"), required=False)
    criteria = several(blocks.CharBlock(label=_("Criterion"), max_length=80), _("Criteria"), most=6)

    class Meta:
        label = _("Choice")


class ScenarioNodeBlock(blocks.StructBlock):
    key = blocks.CharBlock(label=_("Key"), max_length=40)
    title = line(_("Title"))
    text = words(_("What happens"))
    end = blocks.BooleanBlock(label=_("The story ends here"), required=False)
    choices = several(ScenarioChoiceBlock(), _("Choices"), most=5)

    class Meta:
        label = _("Scene")


class ScenarioBlock(blocks.StructBlock):
    start = blocks.CharBlock(label=_("First scene"), max_length=40)
    nodes = several(ScenarioNodeBlock(), _("Scenes"), least=1, most=60)

    class Meta:
        label = _("Scenario")


class DrawBlock(blocks.StructBlock):
    category = blocks.CharBlock(label=_("Category"), max_length=80)
    number = blocks.IntegerBlock(label=_("How many questions"), min_value=1, max_value=50)

    class Meta:
        label = _("Draw")


class QuizRuleBlock(blocks.StructBlock):
    draw = several(DrawBlock(), _("Questions drawn"), least=1)
    pass_mark = blocks.IntegerBlock(label=_("Right answers asked, in %"), min_value=1, max_value=100, default=80)
    max_attempts = blocks.IntegerBlock(label=_("Attempts"), min_value=1, max_value=10, default=3)
    cool_down_hours = blocks.IntegerBlock(
        label=_("Hours between two attempts"), min_value=0, max_value=168, default=12
    )
    shuffle = blocks.BooleanBlock(label=_("In a different order each time"), required=False, default=True)
    feedback = blocks.ChoiceBlock(
        label=_("When reasons are told"), choices=FeedbackTime.choices, default=FeedbackTime.AT_END
    )

    class Meta:
        label = _("Rule")


class QuizBlock(blocks.StructBlock):
    bank = blocks.CharBlock(label=_("Identifier of the bank"), max_length=80)
    rule = QuizRuleBlock()

    class Meta:
        label = _("Quiz")


class ModuleBlock(blocks.StructBlock):
    """What every module says of itself. Its stable key is the identifier that the stream gives it."""

    title = blocks.CharBlock(label=_("Title"), max_length=140)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    required = blocks.BooleanBlock(label=_("Needed to finish the track"), required=False, default=True)
    done_when = line(_("It is finished when…"), help_text=_("A whole sentence, which agents read."))


class LessonModule(ModuleBlock):
    blocks = blocks.StreamBlock(lesson_palette(), label=_("Content"))

    class Meta:
        icon = "doc-full"
        label = _("Lesson")


class ScenarioModule(ModuleBlock):
    introduction = blocks.StreamBlock(lesson_palette(), label=_("Before it begins"), required=False)
    scenario = ScenarioBlock()

    class Meta:
        icon = "tasks"
        label = _("Scenario")


class QuizModule(ModuleBlock):
    introduction = blocks.StreamBlock(lesson_palette(), label=_("Before it begins"), required=False)
    quiz = QuizBlock()

    class Meta:
        icon = "help"
        label = _("Quiz")


class ReflectionModule(ModuleBlock):
    blocks = blocks.StreamBlock(lesson_palette(), label=_("Content"))

    class Meta:
        icon = "edit"
        label = _("Reflection")


class SessionModule(ModuleBlock):
    half_days = blocks.IntegerBlock(
        label=_("Half-days"), min_value=1, max_value=4, default=1, help_text=_("Presence is counted by half-day.")
    )
    blocks = blocks.StreamBlock(
        [(name, block) for name, block in lesson_palette() if name not in ("check", "reflection", "idea")],
        label=_("What happens there"),
    )

    class Meta:
        icon = "group"
        label = _("Session with a trainer")


def modules_palette() -> list[tuple[str, blocks.Block]]:
    """Kinds of modules one may write."""
    return [
        ("lesson", LessonModule()),
        ("scenario", ScenarioModule()),
        ("quiz", QuizModule()),
        ("session", SessionModule()),
        ("reflection", ReflectionModule()),
    ]


class QuestionBlock(blocks.StructBlock):
    """What every question says. Its stable key is the identifier that the stream gives it."""

    category = blocks.CharBlock(label=_("Category"), max_length=80)
    text = words(_("Question"))
    reason = words(_("Reason of the answer"))
    source = line(_("Source"))


class ChoiceQuestion(QuestionBlock):
    choices = several(CheckChoiceBlock(), _("Answers"), least=2, most=8)


class TrueFalseQuestion(QuestionBlock):
    choices = several(CheckChoiceBlock(), _("Answers"), least=2, most=2)


class PairBlock(blocks.StructBlock):
    left = line(_("On the left"))
    right = line(_("Goes with"))

    class Meta:
        label = _("Pair")


class MatchingQuestion(QuestionBlock):
    pairs = several(PairBlock(), _("Pairs"), least=2, most=8)


class OrderingQuestion(QuestionBlock):
    order = several(line(_("Step")), _("In the right order"), least=2, most=8)


class ShortQuestion(QuestionBlock):
    accepted = several(line(_("Answer accepted")), _("Answers accepted"), least=1, most=20)


def questions_palette() -> list[tuple[str, blocks.Block]]:
    """Kinds of questions one may write."""
    return [
        ("single", ChoiceQuestion(label=_("One right answer"))),
        ("multiple", ChoiceQuestion(label=_("Several right answers"))),
        ("true_false", TrueFalseQuestion(label=_("True or false"))),
        ("matching", MatchingQuestion(label=_("Match two lists"))),
        ("ordering", OrderingQuestion(label=_("Put in order"))),
        ("short", ShortQuestion(label=_("Short text"))),
    ]
