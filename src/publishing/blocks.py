"""The small palette editors write with: text, picture, quotes, notice, dates, button, live objects, figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from src.directory.viewer import as_viewer

from . import cards

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "italic", "link"]


def viewer_of(parent_context):
    """The viewer of the request a block is drawn for; a visitor when there is none (a preview, a test)."""
    request = parent_context.get("request") if parent_context else None
    return getattr(request, "viewer", None) or as_viewer(getattr(request, "user", None))


def _quote_choices():
    from . import quotes  # it reads the models, which are made with these blocks

    return quotes.choices()


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; its alternative text comes with the picture."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("Tick when the page says the same without the picture.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "publishing/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them."""

    text = blocks.TextBlock(label=_("Words"), max_length=600)
    author = blocks.CharBlock(label=_("Who says it"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "publishing/blocks/quote.html"


class NoticeBlock(blocks.StructBlock):
    """What must not be missed, in one sentence or two."""

    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("info", _("To know")), ("ok", _("Good news")), ("warn", _("Attention"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=600)

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "publishing/blocks/notice.html"


class DateBlock(blocks.StructBlock):
    """A day and what happens."""

    day = blocks.DateBlock(label=_("Day"))
    text = blocks.CharBlock(label=_("What happens"), max_length=200)

    class Meta:
        icon = "date"
        label = _("Date")


class CalendarBlock(blocks.StructBlock):
    """The dates of a subject, in order."""

    dates = blocks.ListBlock(DateBlock(), label=_("Dates"), min_num=1, max_num=20)

    class Meta:
        icon = "calendar-alt"
        label = _("Calendar")
        template = "publishing/blocks/calendar.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["dates"] = sorted(value["dates"], key=lambda date: date["day"])
        return context


class ButtonBlock(blocks.StructBlock):
    """One verb that leads to a page of Terrain."""

    label = blocks.CharBlock(label=_("Words of the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.RegexBlock(
        label=_("Or an address of Terrain"),
        regex=r"^/[\w\-./?=&%]*$",
        required=False,
        max_length=200,
        help_text=_("It begins with “/”, for instance /idees/deposer/."),
        error_messages={"invalid": _("Write an address of Terrain: it begins with “/”.")},
    )

    class Meta:
        icon = "link"
        label = _("Button")
        template = "publishing/blocks/button.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = value["page"]
        context["url"] = (page.url if page and page.live else "") or value["address"]
        return context


class IdeaBlock(blocks.StructBlock):
    """An idea as it stands today: each reader sees what they may see of it, or nothing at all."""

    reference = blocks.RegexBlock(
        label=_("Reference of the idea"),
        regex=r"^[0-9A-Za-z]{6}$",
        error_messages={"invalid": _("A reference has six letters and figures, for instance 7K3F9Q.")},
    )

    class Meta:
        icon = "pick"
        label = _("Live idea")
        template = "publishing/blocks/idea.html"

    def clean(self, value):
        cleaned = super().clean(value)
        cleaned["reference"] = cleaned["reference"].upper()
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["card"] = cards.load("idea", value["reference"], viewer_of(parent_context))
        return context


class MeasureBlock(blocks.StructBlock):
    """A measure as it stands today: its state, its last news, its address; nothing for who may not see it."""

    reference = blocks.RegexBlock(
        label=_("Reference of the measure"),
        regex=r"^[0-9A-Za-z]{6}$",
        error_messages={"invalid": _("A reference has six letters and figures, for instance 7K3F9Q.")},
    )

    class Meta:
        icon = "tasks"
        label = _("Live measure")
        template = "publishing/blocks/measure.html"

    def clean(self, value):
        cleaned = super().clean(value)
        cleaned["reference"] = cleaned["reference"].upper()
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["card"] = cards.load("measure", value["reference"], viewer_of(parent_context))
        return context


class AgreedQuoteBlock(blocks.StructBlock):
    """Words of a contribution, shown while their author agrees: the page holds a reference, never the words."""

    quote = blocks.ChoiceBlock(
        label=_("Quote asked for"),
        choices=_quote_choices,
        help_text=_("Ask for it first in “Quotes”, in the menu. It is shown once its author has said yes."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote of a contribution")
        template = "publishing/blocks/agreed_quote.html"

    def get_context(self, value, parent_context=None):
        from . import quotes  # it reads the models, which are made with these blocks

        context = super().get_context(value, parent_context)
        context["shown"] = quotes.shown(value["quote"])
        request = parent_context.get("request") if parent_context else None
        if context["shown"] is None and getattr(request, "is_preview", False):
            context["awaited"] = quotes.awaited_words(value["quote"])
        return context


class FiguresBlock(blocks.StructBlock):
    """Figures computed when the page is read, never copied."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    figures = blocks.ChoiceBlock(label=_("Figures"), choices=cards.figures_choices)

    class Meta:
        icon = "order"
        label = _("Figures")
        template = "publishing/blocks/figures.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["rows"] = cards.figures(value["figures"], viewer_of(parent_context))
        return context


def palette() -> list[tuple[str, blocks.Block]]:
    """Every block, in the order of the menu."""
    return [
        (
            "text",
            blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, template="publishing/blocks/text.html"),
        ),
        ("picture", PictureBlock()),
        ("quote", QuoteBlock()),
        ("notice", NoticeBlock()),
        ("calendar", CalendarBlock()),
        ("button", ButtonBlock()),
        ("idea", IdeaBlock()),
        ("measure", MeasureBlock()),
        ("agreed_quote", AgreedQuoteBlock()),
        ("figures", FiguresBlock()),
    ]
