"""The page of an edition in a real browser: what a listener sees, hears about and can do."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import editions
import pytest
from playwright.sync_api import Browser, Page
from publishing import published

from narrate.model import NARRATOR, Block, Edition, Line, Script, Section, Speaker

SPOKEN = "() => [...(CSS.highlights.get('spoken') || [])].map(String).join('')"
NOW = "() => document.getElementById('sound').currentTime"
PAUSED = "() => document.getElementById('sound').paused"
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const player = document.querySelector('.player'), bar = player.getBoundingClientRect();
  const covered = getComputedStyle(player).position === 'fixed' && !player.contains(at) && box.bottom > bar.top;
  return { tag: at.tagName, id: at.id, width: box.width, height: box.height,
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && !covered,
    name: at.ariaLabel || (at.labels && at.labels[0] ? at.labels[0].textContent : at.textContent).trim() };
}"""


def wait_for_sound(tab: Page) -> None:
    tab.wait_for_function("() => document.getElementById('sound').readyState >= 1")


def wait_for_word(tab: Page, word: str) -> None:
    tab.wait_for_function(f"word => ({SPOKEN})() === word", arg=word, timeout=3000)


def due(edition: Edition, seconds: float) -> set[str]:
    """Return the words that may be marked at a time: the one heard, and its neighbours within a tenth of a second."""
    marked = set()
    lines = edition.script.lines
    for cue in edition.cues:
        for word, following in zip(cue.words, (*cue.words[1:], None), strict=True):
            ends = following.begins if following else cue.end
            if word.begins / edition.rate - 0.1 <= seconds <= ends / edition.rate + 0.1:
                marked.add(lines[cue.line].text[word.start : word.end])
    return marked


def begins(edition: Edition, printed: str) -> float:
    """Return the second at which a word is first heard."""
    lines = edition.script.lines
    words = ((lines[cue.line].text[word.start : word.end], word) for cue in edition.cues for word in cue.words)
    return next(word.begins for text, word in words if text == printed) / edition.rate


def point(tab: Page, word: str) -> tuple[float, float]:
    """Return the middle of the first place of a word in the transcript."""
    return tuple(
        tab.evaluate(
            """word => {
              const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
              for (let node; (node = walker.nextNode());) {
                const at = node.data.indexOf(word);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at); range.setEnd(node, at + word.length);
                node.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
              }
            }""",
            word,
        )
    )


def test_the_highlight_follows_the_voice(tab: Page, on_disk: str, edition: Edition) -> None:
    """While it plays, the marked word is the one that is heard, and it moves on."""
    tab.goto(on_disk)
    tab.click("#play")
    seen = []
    for _ in range(25):
        tab.wait_for_timeout(120)
        # Within one frame, behind the page's own turn: a busy machine must not come between the two.
        both = f"new Promise(told => requestAnimationFrame(() => told([({SPOKEN})(), ({NOW})()])))"
        word, at = tab.evaluate(f"() => {both}")
        assert word in due(edition, at)
        seen.append(word)
    assert len(dict.fromkeys(seen)) >= 4
    tab.click("#play")
    tab.wait_for_function(f"() => document.getElementById('at').textContent === '0:0' + Math.floor(({NOW})())")


@pytest.mark.parametrize("place", ["on_disk", "site"])
def test_a_click_on_a_word_goes_there(tab: Page, place: str, edition: Edition, request: pytest.FixtureRequest) -> None:
    """A click on a word plays from that word, whether the page lies on the disk or on the server."""
    root = request.getfixturevalue(place)
    tab.goto(root if place == "on_disk" else f"{root}bridge/")
    wait_for_sound(tab)
    tab.evaluate("() => sound.addEventListener('seeking', () => { window.sought = sound.currentTime; })")
    tab.mouse.click(*point(tab, "harbour"))
    tab.wait_for_function("() => window.sought > 0")
    assert not tab.evaluate(PAUSED)
    assert tab.evaluate("() => sought") == pytest.approx(begins(edition, "harbour"), abs=0.02)


def test_selecting_words_plays_nothing(tab: Page, on_disk: str) -> None:
    """Who drags over words selects them."""
    tab.goto(on_disk)
    x, y = point(tab, "council")
    tab.mouse.move(x - 20, y)
    tab.mouse.down()
    tab.mouse.move(x + 90, y, steps=4)
    tab.mouse.up()
    assert "ouncil dis" in tab.evaluate("() => String(getSelection())")
    assert tab.evaluate(PAUSED)


def test_the_text_is_exactly_the_articles(tab: Page, on_disk: str, edition: Edition) -> None:
    """Block by block the transcript is the article, although speakers are named in it."""
    tab.goto(on_disk)
    blocks = tab.eval_on_selector_all("[data-block]", "found => found.map(block => block.textContent)")
    assert blocks == [block.text for block in edition.script.article.blocks]
    name = tab.evaluate("() => getComputedStyle(document.querySelector('.line[data-name]'), '::before').content")
    assert name.replace('" "', "") == '"probably Ann Lee: "'


def test_nothing_is_fetched_but_the_recording(tab: Page, on_disk: str, site: str) -> None:
    """The page asks for itself and its MP3, and nobody else learns that it was read."""
    for address in (on_disk, f"{site}bridge/"):
        asked: list[str] = []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.goto(address)
        tab.click("#play")
        tab.wait_for_timeout(300)
        tab.click("#play")
        asked = [url for url in asked if not url.startswith("data:")]
        folder = address.rpartition("/")[0]
        assert {url for url in asked if url.startswith(folder)} == set(asked)
        assert {url.rpartition("/")[2] for url in asked} <= {"", "index.html", "bridge.mp3"}


def test_a_page_remembers(tab: Page, on_disk: str) -> None:
    """Position, speed and appearance are there again after a reload."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.evaluate("() => seek(7.5)")
    tab.select_option("#speed", "1.5")
    tab.select_option("#appearance", "dark")
    tab.reload()
    wait_for_sound(tab)
    assert tab.evaluate(NOW) == pytest.approx(7.5, abs=0.1)
    assert tab.inner_text("#at") == "0:07"
    assert tab.evaluate("() => [sound.playbackRate, sound.preservesPitch]") == [1.5, True]
    assert tab.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(20, 21, 23)"


def test_buttons_slider_and_chapters_move_the_sound(tab: Page, on_disk: str, edition: Edition) -> None:
    """15 seconds, the slider and a chapter each go where they say."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.evaluate("() => seek(0.5)")
    tab.click("#forward")
    assert tab.evaluate(NOW) == pytest.approx(15.5, abs=0.1)
    tab.click("#back")
    assert tab.evaluate(NOW) == pytest.approx(0.5, abs=0.1)
    tab.fill("#seek", "6")
    assert tab.evaluate(NOW) == pytest.approx(6, abs=0.1)
    assert tab.get_attribute("#seek", "aria-valuetext") == "6 seconds of 16 seconds, The bridge"
    tab.click("text=The ferry >> nth=0")
    assert tab.evaluate(NOW) == pytest.approx(edition.chapters[1].start / edition.rate, abs=0.5)
    assert tab.inner_text("#now") == "The ferry"
    assert tab.get_attribute(".chapters li:nth-child(2) a", "aria-current") == "true"


def test_speed_keeps_the_pitch(tab: Page, site: str, edition: Edition) -> None:
    """At twice the speed the voice is as high as before; without the browser's care it would be an octave higher."""
    tab.goto(f"{site}bridge/")
    wait_for_sound(tab)
    tab.evaluate("""() => {
      const context = new AudioContext(), analyser = context.createAnalyser();
      analyser.fftSize = 8192;
      context.createMediaElementSource(sound).connect(analyser).connect(context.destination);
      // The median of a dozen looks at the loudest pitch: one look may fall between two words.
      window.pitch = async () => {
        const bins = new Float32Array(analyser.frequencyBinCount), found = [];
        for (let look = 0; look < 60 && found.length < 12; look++) {
          await new Promise(later => setTimeout(later, 80));
          analyser.getFloatFrequencyData(bins);
          const loudest = Math.max(...bins);
          if (loudest > -60) found.push(bins.indexOf(loudest) * context.sampleRate / analyser.fftSize);
        }
        return found.sort((one, two) => one - two)[found.length >> 1];
      };
    }""")
    heard = {}
    for pace, kept in (("1", True), ("2", True), ("2", False)):
        tab.select_option("#speed", pace)
        tab.evaluate(
            "([kept, at]) => { sound.preservesPitch = kept; seek(at); play(); }", [kept, begins(edition, "council")]
        )
        tab.wait_for_timeout(400)
        heard[pace, kept] = tab.evaluate("() => pitch()")
    assert heard["1", True] == pytest.approx(180, rel=0.1)
    assert heard["2", True] == pytest.approx(180, rel=0.1)
    assert heard["2", False] == pytest.approx(360, rel=0.1)


def test_the_device_is_told(tab: Page, on_disk: str) -> None:
    """The keys and the lock screen of the device get title, author, chapter and state."""
    tab.goto(on_disk)
    tab.click("#play")
    tab.wait_for_timeout(200)
    told = tab.evaluate(
        "() => { const at = navigator.mediaSession; return [at.playbackState, at.metadata.title, at.metadata.artist,"
        " at.metadata.album]; }"
    )
    assert told == ["playing", "A bridge for Port Ellen", "Mary Stone", "The bridge"]


def test_the_live_region_speaks_of_chapters_only(tab: Page, on_disk: str, edition: Edition) -> None:
    """Through two sentences and a new chapter, one thing is announced: the chapter."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.evaluate("""() => { window.said = [];
      const live = [...document.querySelectorAll('[role=status], [role=alert], [aria-live], output')];
      for (const region of live) new MutationObserver(() => said.push(region.textContent))
        .observe(region, { childList: true, characterData: true, subtree: true }); }""")
    tab.evaluate("start => seek(start)", edition.chapters[1].start / edition.rate - 1.5)
    tab.click("#play")
    tab.wait_for_function("() => document.getElementById('sound').ended", timeout=8000)
    assert tab.evaluate("() => window.said") == ["Chapter: The ferry"]


def test_search_finds_marks_and_plays(tab: Page, on_disk: str, edition: Edition) -> None:
    """Search ignores case and the form of quotes, goes across lines, counts, and listening starts at a match."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.fill("#sought", "ferry")
    tab.press("#sought", "Enter")
    assert tab.inner_text("#found") == "1 of 2"
    tab.fill("#sought", "THE BRIDGE")
    tab.wait_for_function("() => document.getElementById('found').textContent === '2 matches'")
    tab.press("#sought", "Enter")
    assert tab.inner_text("#found") == "1 of 2"
    tab.press("#sought", "Enter")
    tab.press("#sought", "Enter")
    assert tab.inner_text("#found") == "1 of 2"
    tab.press("#sought", "Shift+Enter")
    assert tab.inner_text("#found") == "2 of 2"
    tab.fill("#sought", 'may," said Ann')
    tab.press("#sought", "Enter")
    assert tab.inner_text("#found") == "1 of 1"
    assert tab.evaluate("() => [...CSS.highlights.get('match')].map(String)") == ["May,” said Ann"]
    tab.evaluate("() => sound.addEventListener('seeking', () => { window.sought = sound.currentTime; })")
    tab.click("#listen")
    tab.wait_for_function("() => window.sought > 0")
    assert not tab.evaluate(PAUSED)
    assert tab.evaluate("() => sought") == pytest.approx(begins(edition, "May,”"), abs=0.02)
    tab.fill("#sought", "zebra")
    tab.press("#sought", "Enter")
    assert tab.inner_text("#found") == "No match"


def walk(tab: Page) -> list[dict[str, Any]]:
    """Go through the page by Tab; returns what was focused, in order."""
    controls = tab.eval_on_selector_all(
        "a[href], button:enabled, input, select, summary",
        "found => found.filter(each => each.checkVisibility() && each.tabIndex >= 0).length",
    )
    met = []
    for _ in range(controls):
        tab.keyboard.press("Tab")
        met.append(tab.evaluate(FOCUSED))
    return met


@pytest.mark.parametrize("width, height", [(1280, 900), (390, 844), (320, 256)])
def test_tab_meets_every_control(tab: Page, on_disk: str, width: int, height: int) -> None:
    """In any window Tab meets each control once, named, visibly focused and not covered, and is caught nowhere."""
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    met = walk(tab)
    assert len({(each["tag"], each["id"], each["name"]) for each in met}) == len(met) > 12
    assert [each for each in met if not (each["name"] and each["outline"] and each["seen"])] == []
    assert [each for each in met if each["tag"] != "INPUT" and min(each["width"], each["height"]) < 24] == []
    tab.keyboard.press("Tab")
    assert tab.evaluate("() => document.activeElement === document.body || document.activeElement.className === 'skip'")


def test_everything_is_done_by_keyboard(tab: Page, on_disk: str) -> None:
    """The skip link skips; Enter, Space and the arrows on what Tab has met do all that the mouse does."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    met = walk(tab)
    tab.reload()
    wait_for_sound(tab)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("() => document.activeElement.id") == "transcript"
    place = {each["id"]: number for number, each in enumerate(met, 1) if each["id"]}
    tab.reload()
    wait_for_sound(tab)
    at = 0
    for id, keys in (
        ("play", "Space"),
        ("play", "Enter"),
        ("forward", "Enter"),
        ("back", "Space"),
        ("seek", "ArrowUp"),
    ):
        for _ in range(abs(place[id] - at)):
            tab.keyboard.press("Tab" if place[id] > at else "Shift+Tab")
        at = place[id]
        tab.keyboard.press(keys)
        tab.wait_for_timeout(60)
    assert tab.evaluate(PAUSED)
    assert 0.9 < tab.evaluate(NOW) < 2


def test_single_keys_work_and_can_be_turned_off(tab: Page, on_disk: str, edition: Edition) -> None:
    """Keys move by word, sentence and chapter; a field keeps its letters; the switch silences them for good."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    lines = edition.script.lines
    tab.keyboard.press(".")
    wait_for_word(tab, "bridge")
    tab.keyboard.press("s")
    wait_for_word(tab, lines[1].text.split()[0])
    tab.keyboard.press(",")
    wait_for_word(tab, "Ellen")
    tab.keyboard.press("n")
    assert tab.inner_text("#now") == "The ferry"
    tab.keyboard.press("p")
    assert tab.inner_text("#now") == "The bridge"
    wait_for_word(tab, lines[0].text.split()[0])
    tab.keyboard.press("+")
    assert tab.evaluate("() => sound.playbackRate") == 1.1
    tab.keyboard.press("f")
    assert tab.evaluate("() => document.activeElement.className") == "line current"
    tab.keyboard.press("/")
    tab.keyboard.type("ks n")
    assert tab.input_value("#sought") == "ks n" and tab.evaluate(PAUSED)
    tab.keyboard.press("Tab")
    tab.evaluate("() => document.activeElement.blur()")
    tab.click("#keys summary")
    tab.uncheck("#shortcuts")
    tab.evaluate("() => document.activeElement.blur()")
    tab.keyboard.press("k")
    assert tab.evaluate(PAUSED)
    tab.reload()
    tab.keyboard.press("k")
    assert tab.evaluate(PAUSED)


@pytest.mark.parametrize("width, height", [(1280, 900), (390, 844), (320, 256)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["on_disk", "site"])
def test_axe_finds_nothing(
    browser: Browser, axe_script: str, place: str, scheme: str, width: int, height: int, request: pytest.FixtureRequest
) -> None:
    """The page, folded out, and the server's index break no rule of WCAG 2.2 AA that a machine can check."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        bypass_csp=True,  # type: ignore[arg-type]
    )
    tab = context.new_page()
    tab.goto(request.getfixturevalue(place))
    if place == "on_disk":
        tab.evaluate("() => { seek(3); for (const fold of document.querySelectorAll('details')) fold.open = true; }")
        tab.fill("#sought", "bridge")
        tab.press("#sought", "Enter")
    tab.wait_for_timeout(300)
    tab.evaluate(axe_script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = tab.evaluate("tags => axe.run({ runOnly: tags })", tags)
    context.close()
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in result["violations"]] == []
    # It may leave to us what lies under the player just now, and single letters; all colours have a test of their own.
    unsure = [(rule["id"], node) for rule in result["incomplete"] for node in rule["nodes"]]
    reasons = [(id, check["data"]["messageKey"]) for id, node in unsure for check in node["any"]]
    assert {id for id, _ in reasons} <= {"color-contrast"}
    assert {key for _, key in reasons} <= {"bgOverlap", "elmPartiallyObscuring", "shortTextContent"}
    assert len(result["passes"]) > 20


def in_order(nodes: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    """Yield role and name of what is in an accessibility tree, as it is read."""
    node = nodes[at]
    if not node["ignored"]:
        yield node["role"]["value"], node.get("name", {}).get("value", "")
    for child in node["childIds"]:
        yield from in_order(nodes, child)


def test_a_screen_reader_is_told_all(tab: Page, on_disk: str) -> None:
    """Landmarks, headings, the names of speakers and the state of what is chosen are in the accessibility tree."""
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.evaluate("() => seek(3)")
    client = tab.context.new_cdp_session(tab)
    nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
    told = list(in_order(nodes, next(iter(nodes))))
    landmarks = [
        each for each in told if each[0] in ("banner", "region", "search", "navigation", "main", "contentinfo")
    ]
    assert landmarks == [
        ("banner", ""), ("region", "Player"), ("search", ""), ("navigation", "Chapters"), ("main", ""),
        ("region", "The bridge"), ("region", "The ferry"), ("contentinfo", ""),
    ]  # fmt: skip
    assert [name for role, name in told if role == "heading"] == [
        "Chapters", "Voices", "Keyboard", "A bridge for Port Ellen", "The bridge", "The ferry",
    ]  # fmt: skip
    texts = [name for role, name in told if role == "StaticText"]
    at = next(number for number, text in enumerate(texts) if text.startswith("“The bridge"))
    assert texts[at - 1].strip() == "probably Ann Lee:"
    assert ("slider", "Position") in told and ("button", "Play") in told and ("combobox", "Speed") in told


def test_wider_spacing_loses_nothing(tab: Page, on_disk: str) -> None:
    """With the letter, word and line spacing that some need to read, nothing is cut off or pushed out."""
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(on_disk)
    tab.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`p { margin-bottom: 2em !important }
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }`);
      document.adoptedStyleSheets = [sheet];
    }""")
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= 390
    cut = tab.evaluate("""() => [...document.querySelectorAll('button, summary, a, h1, h2, label')]
      .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
        && getComputedStyle(each).display !== 'inline').map(each => each.outerHTML)""")
    assert cut == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_legible(tab: Page, on_disk: str, scheme: str) -> None:
    """All ten speakers' colours and all marks have a contrast of 4.5 on paper, on the marked line and in the player."""
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(on_disk)
    pairs = tab.evaluate("""() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const light = (colour) => {
        canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => v / 255)
          .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (one, two) => (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
      const probe = document.createElement('span'); document.getElementById('text').append(probe);
      const colour = (value) => { probe.style.color = value; return light(getComputedStyle(probe).color); };
      const grounds = ['var(--paper)', 'var(--tint)', 'var(--raised)'].map(colour);
      probe.style.color = '';
      const found = {};
      for (let hue = 0; hue < 10; hue++) {
        probe.className = `line voice-${hue}`;
        const own = light(getComputedStyle(probe).color);
        found[`voice-${hue}`] = Math.min(...grounds.map(ground => contrast(own, ground)));
      }
      probe.className = '';
      for (const name of ['ink', 'quiet', 'accent'])
        found[name] = Math.min(...['var(--paper)', 'var(--tint)', 'var(--raised)'].map(ground =>
          contrast(colour(`var(--${name})`), colour(ground))));
      for (const name of ['spoken', 'match', 'found']) {
        const style = getComputedStyle(probe, `::highlight(${name})`);
        found[name] = contrast(light(style.color), light(style.backgroundColor));
      }
      return found;
    }""")
    assert len(pairs) == 16
    assert {name: value for name, value in pairs.items() if value < 4.5} == {}


@pytest.mark.parametrize("width, height", [(320, 256), (320, 640), (390, 844), (768, 1024), (1280, 900), (2560, 1300)])
def test_it_fits_every_window(tab: Page, on_disk: str, site: str, width: int, height: int) -> None:
    """No width needs scrolling sideways, 400 % zoom included, and a low window is not filled by the player."""
    tab.set_viewport_size({"width": width, "height": height})
    for address in (site, on_disk):
        tab.goto(address)
        assert tab.evaluate("() => document.documentElement.scrollWidth") <= width
    bar = tab.evaluate("() => document.querySelector('.player').getBoundingClientRect().height")
    fixed = tab.evaluate("() => getComputedStyle(document.querySelector('.player')).position") == "fixed"
    assert fixed == (height >= 480)
    assert not fixed or bar < height / 4


def test_forced_colours_keep_what_is_spoken(tab: Page, on_disk: str) -> None:
    """Where the system chooses the colours, the spoken line has an outline and the word the system's own mark."""
    tab.emulate_media(forced_colors="active")
    tab.goto(on_disk)
    wait_for_sound(tab)
    tab.evaluate("() => seek(3)")
    assert tab.evaluate("() => getComputedStyle(document.querySelector('.line.current')).outlineStyle") == "solid"
    mark = tab.evaluate(
        "() => getComputedStyle(document.querySelector('.line'), '::highlight(spoken)').textDecorationLine"
    )
    assert mark == "underline"


def test_print_has_the_text_alone(tab: Page, on_disk: str) -> None:
    """On paper there are the text and the speakers' names, and no control."""
    tab.emulate_media(media="print")
    tab.goto(on_disk)
    assert not any(tab.is_visible(part) for part in (".player", ".side", ".masthead"))
    assert tab.is_visible("h1") and tab.is_visible(".line[data-name]")


def test_without_a_script_it_is_still_a_page(browser: Browser, on_disk: str) -> None:
    """Where scripts are off there is the text, and the browser's own player."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(on_disk)
    assert tab.is_visible("audio[controls]") and tab.is_visible("h1")
    assert not tab.is_visible("#play") and not tab.is_visible("#sought")
    context.close()


def test_a_missing_recording_is_said(browser: Browser, on_disk: str, tmp_path: Path, edition: Edition) -> None:
    """A page without its MP3 says which file it misses."""
    copy = tmp_path / "index.html"
    copy.write_bytes((edition.sound.parent / "index.html").read_bytes())
    tab = browser.new_page()
    tab.goto(copy.as_uri())
    tab.wait_for_selector("#trouble:not([hidden])")
    assert "bridge.mp3 should lie in the same folder" in tab.inner_text("#trouble")
    tab.context.close()


def hostile() -> Script:
    """Make a script in which everything that others wrote tries to break out."""
    made = editions.article(editions.HOSTILE, editions.HOSTILE, "javascript:alert(1)//" + editions.HOSTILE)
    blocks = (*made.blocks, Block("paragraph", "🏴‍☠️ said " + editions.HOSTILE, made.blocks[-1].end + 2))
    article = replace(made, blocks=blocks, published=editions.HOSTILE, language='en" onload="alert(1)')
    evil = Speaker("eve", editions.HOSTILE, None, editions.HOSTILE)
    lines = tuple(
        Line(index, block.start, block.text, "eve" if index % 2 else NARRATOR) for index, block in enumerate(blocks)
    )
    return Script(article, (Speaker(NARRATOR, "Narrator"), evil), (Section(editions.HOSTILE, lines),) * 1)


def test_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    """A title, byline, speaker, chapter, source or sentence full of markup is shown as it is and runs nothing."""
    folder = tmp_path / "</script><img src=x onerror=alert(1)>"[2:8].strip("<>/")
    folder.mkdir()
    made = editions.edition(folder, hostile())
    address = published(replace(made, cast={**made.cast, "eve": made.cast["ann-lee"]}), folder).as_uri()
    tab = browser.new_page()
    alarms: list[str] = []
    tab.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    tab.on("pageerror", lambda error: alarms.append(str(error)))
    tab.on("console", lambda message: alarms.append(message.text) if message.type == "error" else None)
    tab.goto(address)
    wait_for_sound(tab)
    tab.click("#play")
    tab.wait_for_timeout(400)
    tab.evaluate("() => document.querySelector('.line:last-child') && seek(10)")
    assert alarms == []
    assert tab.evaluate("() => document.querySelectorAll('img, [onerror], [onload], a[href^=javascript]').length") == 0
    assert tab.evaluate("() => document.querySelectorAll('script').length") == 2
    shown = editions.HOSTILE.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert tab.text_content("h1") == shown
    assert shown in (tab.text_content("[data-block]:last-child") or "")
    assert tab.inner_text(".voices .name >> nth=1").startswith("</script>")
    tab.context.close()


def test_any_text_arrives_as_it_is(tab: Page, tmp_path: Path) -> None:
    """Paragraphs of arbitrary characters, blanks and markup are in the browser what they are in the article."""
    rng = random.Random(7)
    odd = "\u00a0 \u200d \u202e \u2028 \x07 \x85 é e\u0301 🏴 \ufeff \ufffe 中 "
    odd += "&amp; &#60; <!-- --> ]]> </span> </script> <b"
    alphabet = [*"<>&\"'`/=-!?;#xab \t\n", *odd.split(" ")]
    texts = ["".join(rng.choices(alphabet, k=rng.randint(1, 60))) for _ in range(400)]
    made, at = [], 0
    for text in texts:
        made.append(Block("paragraph", text, at))
        at += len(text) + 2
    article = replace(editions.article(), blocks=tuple(made), omissions=())
    lines = tuple(Line(index, block.start, block.text) for index, block in enumerate(made))
    folder = tmp_path / "any"
    folder.mkdir()
    plain = editions.edition(folder)
    script = Script(article, (Speaker(NARRATOR, "Narrator"),), (Section("All", lines),))
    tab.goto(published(replace(plain, script=script, cues=(), chapters=()), folder).as_uri())
    shown = tab.eval_on_selector_all("[data-block]", "found => found.map(block => block.textContent)")
    assert shown == texts


def long_script(paragraphs: int = 40) -> Script:
    """Make a script that is many windows high."""
    text = "A sentence that is said only to fill the page from the left to the right, and then once more."
    made = editions.article()
    blocks, at = list(made.blocks), made.blocks[-1].end + 2
    for _ in range(paragraphs):
        blocks.append(Block("paragraph", text, at))
        at += len(text) + 2
    article = replace(made, blocks=tuple(blocks), omissions=())
    lines = tuple(Line(index, block.start, block.text) for index, block in enumerate(blocks))
    return Script(article, (Speaker(NARRATOR, "Narrator"),), (Section("All", lines),))


@pytest.fixture(scope="module")
def tall(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tall") / "tall"
    folder.mkdir()
    return published(editions.edition(folder, long_script()), folder).as_uri()


def test_the_page_follows_until_the_reader_takes_over(tab: Page, tall: str) -> None:
    """It scrolls with the voice; once somebody scrolls, it stays; Follow brings it back."""
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(tall)
    wait_for_sound(tab)
    tab.evaluate("() => seek(100)")
    tab.click("#play")
    tab.wait_for_function("() => scrollY > 500")
    tab.mouse.move(700, 300)
    tab.mouse.wheel(0, -5000)
    tab.wait_for_function("() => scrollY === 0")
    tab.wait_for_timeout(1200)
    assert tab.evaluate("() => scrollY") == 0
    assert tab.get_attribute("#follow", "aria-pressed") == "false"
    tab.click("#follow")
    tab.wait_for_function("() => scrollY > 500")
    assert tab.get_attribute("#follow", "aria-pressed") == "true"


def test_the_spoken_word_is_in_view(tab: Page, tall: str) -> None:
    """A page opens at its top; wherever one goes then, and after a reload, the marked word is in view."""
    tab.emulate_media(reduced_motion="reduce")
    tab.set_viewport_size({"width": 320, "height": 256})
    tab.goto(tall)
    wait_for_sound(tab)
    tab.wait_for_timeout(300)
    assert tab.evaluate("() => scrollY") == 0
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.evaluate("() => seek(90)")
    seen = """() => {
      const [word] = CSS.highlights.get('spoken') || [], box = word && word.getBoundingClientRect();
      const bar = document.querySelector('.player').getBoundingClientRect();
      return word && scrollY > 500 && box.top > 0 && box.bottom < bar.top;
    }"""
    tab.wait_for_function(seen)
    for _ in range(30):
        tab.keyboard.press("s")
    tab.wait_for_function(seen)
    tab.reload()
    tab.wait_for_function(seen)


def test_calm_motion_is_honoured(tab: Page, tall: str) -> None:
    """Who asked for less motion gets jumps in place of glides, and nothing fades."""
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(tall)
    wait_for_sound(tab)
    tab.evaluate("""() => { window.moves = []; const real = window.scrollBy;
      window.scrollBy = (how) => { moves.push(how.behavior); real.call(window, how); }; seek(60); }""")
    tab.wait_for_function("() => document.querySelector('.line.current').id !== 'line-0'")
    tab.evaluate("() => follow(true)")
    assert tab.evaluate("() => moves") == ["instant"]
    assert re.fullmatch(
        r"0s(, 0s)*", tab.evaluate("() => getComputedStyle(document.querySelector('.line')).transitionDuration")
    )
