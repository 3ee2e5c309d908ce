"""What a page must hold, seen by a browser. Each function takes a Playwright page and gives its faults as sentences.

axe misses control borders, focus rings, links told by colour alone, lying errors, overflow and sticky bars over a
field: those are looked for here. `faults(page)` runs everything; an empty list is a pass.
"""

from axe_playwright_python.base import AXE_SCRIPT

AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What changes with the scheme of colours: the rest of axe would say the same twice.
AXE_COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
    "preload": False,
}

# Shared by the scripts below: contrast of two colours, the ground under an element, a short name for it.
LIBRARY = """
const parse = (text) => {
  const parts = (text.match(/[\\d.]+/g) || []).map(Number);
  return { r: parts[0] || 0, g: parts[1] || 0, b: parts[2] || 0, a: parts.length > 3 ? parts[3] : 1 };
};
const over = (top, under) => ({
  r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a),
  b: top.b * top.a + under.b * (1 - top.a), a: 1,
});
const light = ({ r, g, b }) => {
  const [x, y, z] = [r, g, b].map((c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};
const contrast = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const ground = (element) => {
  const layers = [];
  for (let node = element; node; node = node.parentElement) {
    const colour = parse(getComputedStyle(node).backgroundColor);
    layers.push(colour);
    if (colour.a === 1) break;
  }
  return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
};
const shown = (element) => {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.display !== 'none'
    && (element.checkVisibility ? element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true }) : true);
};
const named = (element) => {
  const words = (element.getAttribute('aria-label') || element.name || element.innerText || element.id || '').trim();
  return element.tagName.toLowerCase() + (element.className && element.className.split ? '.' + element.className.split(' ')[0] : '')
    + ' "' + words.slice(0, 40).replace(/\\s+/g, ' ') + '"';
};
"""


def _run(page, body, argument=None):
    return page.evaluate("(argument) => {" + LIBRARY + body + "}", argument)


def axe_colours(page) -> list[str]:
    """The rules of axe that look at colours: for a page already seen whole in its other scheme."""
    return axe(page, AXE_COLOURS)


def axe(page, options=AXE_OPTIONS) -> list[str]:
    """Violations of WCAG 2.2 A and AA and of good practice that axe finds."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    # A colour on its way to another is nobody's colour.
    page.evaluate(
        """() => Promise.all(document.getAnimations().filter((one) => one instanceof CSSTransition)
          .map((one) => one.finished.catch(() => {})))"""
    )
    # The violations alone cross over: the whole answer of axe takes longer to carry than to find.
    return page.evaluate(
        """(options) => axe.run(document, options).then(({ violations }) => violations.map(({ id, nodes }) =>
          'axe ' + id + ': ' + nodes.flatMap(({ target }) => target).join(', ')))""",
        options,
    )


def control_borders(page) -> list[str]:
    """1.4.11: a field or a filled button is told apart from its ground by 3:1, by its border or its fill."""
    return _run(
        page,
        """
        const faults = [];
        const fields = 'input:not([type=hidden],[type=radio],[type=checkbox],[type=file]),textarea,select,.choice';
        for (const element of document.querySelectorAll(fields + ',button,a.btn')) {
          if (!shown(element)) continue;
          const style = getComputedStyle(element);
          const outside = ground(element.parentElement);
          const borders = ['Top', 'Right', 'Bottom', 'Left'].map((side) => ({
            width: parseFloat(style['border' + side + 'Width']), colour: parse(style['border' + side + 'Color']) }));
          const visible = borders.filter(({ width, colour }) => width >= 1 && colour.a > 0.9);
          const byBorder = visible.length === 4 && visible.every(({ colour }) => contrast(colour, outside) >= 3);
          const byFill = contrast(ground(element), outside) >= 3;
          const isField = element.matches(fields);
          const drawn = visible.length > 0 || parse(style.backgroundColor).a > 0.1;
          if (!byBorder && !byFill && (isField || drawn)) faults.push('border under 3:1: ' + named(element));
        }
        return faults;
        """,
    )


def colour_only_links(page) -> list[str]:
    """1.4.1: a link inside a sentence is underlined, not only coloured."""
    return _run(
        page,
        """
        const faults = [];
        for (const link of document.querySelectorAll('main a[href], footer a[href]')) {
          if (!shown(link) || link.matches('.btn,.vote,.persona') || link.closest('nav.tabs')) continue;
          const block = link.closest('p,li,dd,td,th,blockquote,figcaption,summary,label');
          if (!block) continue;
          const style = getComputedStyle(link);
          const marked = style.textDecorationLine.includes('underline') || parseFloat(style.borderBottomWidth) > 0;
          if (!marked) faults.push('link told by colour alone: ' + named(link));
        }
        return faults;
        """,
    )


# Looks at what has just taken the focus, in the page itself: one journey to the browser a stop, not two.
_LOOK_AT_FOCUS = """
  const focus = window.walked = { faults: [], stops: 0, last: null, over: false };
  const look = () => {
    const element = document.activeElement;
    focus.last = element;
    if (!element || element === document.body || element.dataset.walked) { focus.over = true; return; }
    element.dataset.walked = '1';
    focus.stops += 1;
    const ring = [element, element.closest('label')].filter(Boolean).some((node) => {
      const style = getComputedStyle(node);
      const outside = ground(node.parentElement || node);
      const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && contrast(over(parse(style.outlineColor), outside), outside) >= 3;
      const halos = (style.boxShadow.match(/rgba?\\([^)]*\\)/g) || []).map(parse);
      return outline || (style.outlineStyle !== 'none' && halos.some((halo) => contrast(over(halo, outside), outside) >= 3));
    });
    if (!ring) focus.faults.push('no visible focus ring: ' + named(element));
    const box = element.getBoundingClientRect();
    const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
    const seen = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (element.contains(top) || top.contains(element) || top.closest('label')?.contains(element));
    });
    if (!seen) focus.faults.push('focused but hidden: ' + named(element));
  };
  // The key is released once the focus has moved and the page has scrolled to it.
  focus.look = () => { if (!focus.over) look(); };
  document.addEventListener('keyup', focus.look, true);
"""


def focus_walk(page, most=400, at_once=20) -> list[str]:
    """2.4.7, 2.4.11: Tab through the page; every stop shows a ring of 3:1 and isn't hidden under something."""
    page.evaluate("() => { document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0); }")
    _run(
        page,
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');"
        + _LOOK_AT_FOCUS,
    )
    for _turn in range(most // at_once):
        for _stop in range(at_once):
            page.keyboard.press("Tab")
        if page.evaluate("() => window.walked.over"):
            break
    walked = page.evaluate(
        """() => {
          document.removeEventListener('keyup', window.walked.look, true);
          document.querySelectorAll('[data-walked]').forEach((node) => delete node.dataset.walked);
          const { faults, stops } = window.walked;
          delete window.walked;
          return { faults, stops };
        }"""
    )
    return walked["faults"] if walked["stops"] else ["nothing on this page takes the focus"]


def overflow(page) -> list[str]:
    """1.4.10: the page never scrolls sideways; a table may, inside its own region."""
    return _run(
        page,
        """
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const wide = [...document.querySelectorAll('body *')].filter((element) => {
          const box = element.getBoundingClientRect();
          return shown(element) && box.right > width + 1 && !element.closest('.scroll') && !element.closest('svg');
        });
        return ['page wider than ' + width + ' px by ' + (document.documentElement.scrollWidth - width) + ': '
          + wide.slice(-3).map(named).join(', ')];
        """,
    )


def reflow(page) -> list[str]:
    """No sideways scroll at 320 px (400 % zoom), then with the text spacing of 1.4.12; the page is put back after."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    faults = [f"at 320 px: {fault}" for fault in overflow(page)]
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}'
            + 'p{margin-block-end:2em!important}');
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    faults += [f"at 320 px with text spacing: {fault}" for fault in overflow(page)]
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    page.set_viewport_size(before)
    return faults


def sticky_over_fields(page) -> list[str]:
    """Nothing sticky or fixed stands over a field, wherever one has scrolled to."""
    return _run(
        page,
        """
        const stuck = [...document.querySelectorAll('body *')].filter((element) =>
          ['sticky', 'fixed'].includes(getComputedStyle(element).position) && shown(element));
        const faults = [];
        if (!stuck.length) return faults;
        for (const field of document.querySelectorAll('main :is(input:not([type=hidden]),textarea,select)')) {
          if (!shown(field)) continue;
          for (const block of ['end', 'start']) {
            field.scrollIntoView({ block, behavior: 'instant' });
            const box = field.getBoundingClientRect();
            for (const bar of stuck) {
              const other = bar.getBoundingClientRect();
              const covers = box.top < other.bottom - 1 && other.top < box.bottom - 1 && box.left < other.right && other.left < box.right;
              if (covers && !bar.contains(field)) faults.push(named(bar) + ' over ' + named(field));
            }
          }
        }
        window.scrollTo(0, 0);
        return [...new Set(faults)];
        """,
    )


def errors_told(page) -> list[str]:
    """Errors are true: aria-invalid leads to words, words come with aria-invalid, the summary's links lead somewhere."""
    return _run(
        page,
        """
        const faults = [];
        for (const control of document.querySelectorAll('[aria-invalid=true]')) {
          const group = control.closest('fieldset[aria-describedby]');
          const ids = ((control.getAttribute('aria-describedby') || '') + ' ' + (group?.getAttribute('aria-describedby') || '')).split(/\\s+/);
          const told = ids.some((id) => id.endsWith('_error') && document.getElementById(id)?.innerText.trim());
          if (!told) faults.push('invalid without words: ' + named(control));
        }
        for (const error of document.querySelectorAll('.err')) {
          const field = error.closest('.field');
          const group = field?.querySelector('fieldset[aria-describedby]')?.getAttribute('aria-describedby').split(' ');
          if (!field?.querySelector('[aria-invalid=true]') && !group?.includes(error.id)) faults.push('error without aria-invalid: ' + error.innerText);
        }
        for (const link of document.querySelectorAll('.errsum a[href^="#"]')) {
          if (!document.getElementById(link.hash.slice(1))) faults.push('summary leads nowhere: ' + link.innerText);
        }
        return faults;
        """,
    )


def document_basics(page) -> list[str]:
    """Language, one h1, one main, a title, a skip link that leads to main, no id twice, no dead anchor, no icon missing."""
    return _run(
        page,
        """
        const faults = [];
        const count = (selector) => document.querySelectorAll(selector).length;
        if (!document.documentElement.lang) faults.push('no language');
        if (count('h1') !== 1) faults.push(count('h1') + ' h1');
        if (count('main') !== 1) faults.push(count('main') + ' main');
        if (!document.title.replace('– Terrain', '').trim()) faults.push('no title');
        const first = document.querySelector('a[href], button, input');
        if (first && first.classList.contains('skip') && !document.getElementById(first.hash.slice(1))) faults.push('skip link leads nowhere');
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
        for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push('id twice: ' + id);
        for (const link of document.querySelectorAll('a[href^="#"]')) {
          const target = decodeURIComponent(link.hash.slice(1));
          if (target && !document.getElementById(target) && !link.closest('[data-specimen]')) faults.push('dead anchor: ' + link.hash);
        }
        const styled = document.querySelector('[style]:not([style=""], svg *)');
        if (styled) faults.push('style attribute: ' + named(styled));
        if (document.body.innerText.match(/\\{\\{|\\{%|%\\}|\\}\\}/)) faults.push('template leaked into the page');
        return faults;
        """,
    )


CHECKS = (
    axe,
    control_borders,
    colour_only_links,
    overflow,
    sticky_over_fields,
    errors_told,
    document_basics,
    focus_walk,
    reflow,
)


def faults(page, *, skip=()) -> list[str]:
    """Every fault of the page as it stands, each with the name of its check."""
    return [f"{check.__name__}: {fault}" for check in CHECKS if check not in skip for fault in check(page)]


def watch(page) -> list[str]:
    """A list that fills with what the browser refuses or reports: CSP, script errors, files not found."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "response",
        lambda response: heard.append(f"{response.status} {response.url}") if response.status >= 400 else None,
    )
    return heard
