"""Cleaning what people write: against vectors, against nh3, against chance."""

import re
from html.parser import HTMLParser

import nh3
import pytest
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from src.foundations import text
from src.foundations.text import LINK_REL, TAGS, clean_html, is_safe_link, plain_to_html
from tests.growth import calls_of

REL = f'rel="{LINK_REL}"'

VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<a href='https://evil.example\\.ville.example/'>x</a>",
    "<a href='/local'>x</a>",
    "<a href='#x'>x</a>",
    "<a href='http://evil.example'>x</a>",
    "<a href='https:evil.example'>x</a>",
    "<a href='https:/evil.example'>x</a>",
    "<a href='https:///evil.example'>x</a>",
    "<a href='https:\\\\evil.example'>x</a>",
    "<a href=' https://evil.example'>x</a>",
    "<a href='https://paris.fr@evil.example'>x</a>",
    "<a href='https://user:pass@evil.example'>x</a>",
    "<a href='https://evil.example\u202e'>x</a>",
    "<a href='mailto:a@b.fr?bcc=c@d.fr'>x</a>",
    "<a href='mailto:'>x</a>",
    "<a href='ftp://evil.example'>x</a>",
    "<a href='https://[::1'>x</a>",
    "<a href='https://evil.example:99999'>x</a>",
    "<a href='https://ok.example' onclick='alert(1)' style='x' target=_top id=a>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p onmouseover=alert(1)>x</p>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<form action='https://evil.example'><input name=q><button>go</button></form>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<table background='javascript:alert(1)'><tr><td>x</td></tr></table>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)>",
    "<a href=\"https://ok.example/'onmouseover='alert(1)\">x</a>",
    "<a href='https://ok.example/\"onmouseover=\"alert(1)'>x</a>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
    "<<script>alert(1)//<</script>",
    "<img/src=`x`onerror=alert(1)>",
    "<a\nhref\n=\n'javascript:alert(1)'>x</a>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt></p>",
    "<select><option><script>alert(1)</script></select>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p id=x><a id=y name=z class=w href=https://ok.example/a&b>x</a>",
]


class _Seen(HTMLParser):
    """Everything a reader's browser would make an element or an attribute of."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.text = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_comment(self, data):
        self.elements.add("!--")

    def handle_data(self, data):
        self.text.append(data)


def seen(html: str) -> _Seen:
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser


def assert_harmless(html: str) -> None:
    """No element or attribute outside the list, whoever parses: ours, and nh3 as the oracle."""
    found = seen(html)
    assert found.elements <= TAGS
    assert {(tag, name) for tag, name, _ in found.attributes} <= {("a", "href"), ("a", "rel")}
    assert all(is_safe_link(value) for _, name, value in found.attributes if name == "href")
    assert all(value == LINK_REL for _, name, value in found.attributes if name == "rel")
    again = nh3.clean(
        html, tags=set(TAGS), attributes={"a": {"href", "rel"}}, link_rel=None, url_schemes={"https", "mailto"}
    )
    assert seen(again).elements == found.elements
    assert sorted(seen(again).attributes) == sorted(found.attributes)


@pytest.mark.parametrize("vector", VECTORS)
def test_vector_leaves_nothing_that_runs_or_leads_away(vector):
    for html in (vector, f"<p>before {vector} after</p>", f"{vector}<p>after</p>", f"<ul><li>{vector}"):
        cleaned = clean_html(html)

        assert_harmless(cleaned)
        assert "evil.example" not in "".join(str(value) for _, _, value in seen(cleaned).attributes)


FRAGMENTS = st.sampled_from(
    [
        *VECTORS,
        "<p>", "</p>", "<a href='", "'>", "</a>", "<!--", "-->", "<", ">", "&", "&#", '"', "'", "<svg>", "</svg>",
        "<style>", "</style>", "<script>", "</script>", "<ul><li>", "<table>", "<tr>", "javascript:", "https://", "//",
        "<math>", "<mtext>", "<title>", "\x00", "é", " ", "\n", "<em>", "</em>", "<blockquote>", "<form>", "<b>",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=12).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_mixture_of_fragments_comes_out_harmless_and_stable(html):
    cleaned = clean_html(html)

    assert_harmless(cleaned)
    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Un <strong>banc</strong> <em>à l'abri</em></p>", "<p>Un <strong>banc</strong> <em>à l'abri</em></p>"),
        ("<h1>Titre</h1><h3>Sous-titre</h3>", "Titre<h3>Sous-titre</h3>"),
        ("<script>alert(1)</script>reste", "reste"),
        ("a<style>p{}</style>b<script>c</script>d", "abd"),
        ("<a href='//evil'>lien</a>", "lien"),
        ("<a href='javascript:x'><em>lien</em></a> suite", "<em>lien</em> suite"),
        (
            "<a href='https://ville.example/a?b=1&amp;c=2' target=_blank>lien</a>",
            f'<a href="https://ville.example/a?b=1&amp;c=2" {REL}>lien</a>',
        ),
        ("<a href='mailto:a.b@ville.example'>écrire</a>", f'<a href="mailto:a.b@ville.example" {REL}>écrire</a>'),
        ("<ul><li>un<li>deux</ul>", "<ul><li>un</li><li>deux</li></ul>"),
        ("2 < 3 & 4 > 1", "2 &lt; 3 &amp; 4 &gt; 1"),
        ("", ""),
    ],
)
def test_clean_html_keeps_exactly_this(html, expected):
    cleaned = clean_html(html)

    assert cleaned == expected
    assert isinstance(cleaned, SafeString)


@pytest.mark.parametrize("clean", [clean_html, plain_to_html])
def test_a_text_over_twenty_kilobytes_is_refused_before_cleaning(clean, monkeypatch):
    for name in ("_CONTROLS", "_without_code", "_linked"):
        monkeypatch.setattr(text, name, None)  # whoever looked at the text would fail
    with pytest.raises(ValidationError) as refusal:
        clean("<p>" * 200_000)

    assert refusal.value.code == "too_long"
    assert refusal.value.messages == [
        "Ce texte est trop long. Restez sous 20\u202f000 signes, ou joignez un document."
    ]


def test_the_deepest_text_allowed_costs_a_bounded_number_of_calls():
    assert calls_of(clean_html, "<blockquote>" * (text.MAX_BYTES // 12)) < 1_000_000


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Un\ndeux\n\n\ntrois", "<p>Un<br>deux</p><p>trois</p>"),
        ("Un\r\ndeux\r\n \r\ntrois", "<p>Un<br>deux</p><p>trois</p>"),
        ("<b>gras</b> & \"'", "<p>&lt;b&gt;gras&lt;/b&gt; &amp; &quot;&#x27;</p>"),
        (
            "Voir https://ville.example/a?b=1&c=2.",
            f'<p>Voir <a href="https://ville.example/a?b=1&amp;c=2" {REL}>'
            "https://ville.example/a?b=1&amp;c=2</a>.</p>",
        ),
        (
            "Voir https://paris.fr@evil.example et http://x.fr",
            "<p>Voir https://paris.fr@evil.example et http://x.fr</p>",
        ),
        ("  \n \n", ""),
        ("a\x00b\x07c", "<p>abc</p>"),
    ],
)
def test_plain_to_html_is_exactly_this(plain, expected):
    assert plain_to_html(plain) == expected


@given(st.text(max_size=200))
@settings(deadline=None)
def test_plain_to_html_shows_every_word_and_no_element_of_the_authors(plain):
    html = plain_to_html(plain)

    found = seen(html)
    assert found.elements <= {"p", "br", "a"}
    visible = re.sub(r"\s+", "", "".join(found.text))
    expected = re.sub(r"\s+", "", text._CONTROLS.sub("", plain))
    assert visible == expected
