// The transcript: the word that is heard, following it down the page, and going to a word.

const text = byId("text");
const cues = edition.cues; // each [line, speaker, start in ms, [word's start, end, begin in ms, …]]
const WORD = 3; // numbers to a word
const cueOfLine = new Map(cues.map((cue, index) => [cue[0], index]));
const paints = "highlights" in CSS; // else the line alone is marked
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const COMFORT = [0.12, 0.3]; // parts of the window, above and below, that the spoken word is kept out of
const REST = 0.35; // part of the window at which a word is put that has left its bounds
let marked = null, markedWord = "", following = true;

function cueAt(seconds) {
  return lastUpTo(cues.length, Math.round(seconds * 1000), (index) => cues[index][2]);
}

function wordAt(cue, seconds) {
  const words = cue[3];
  return lastUpTo(words.length / WORD, Math.round(seconds * 1000), (index) => words[index * WORD + 2]);
}

function rangeOf(line, start, end) {
  const range = document.createRange(), node = line.firstChild;
  range.setStart(node, Math.min(start, node.length));
  range.setEnd(node, Math.min(end, node.length));
  return range;
}

function paint(name, ranges, priority) {
  if (!paints) return;
  const highlight = new Highlight(...ranges);
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
}

/** Mark what is heard now; cheap when nothing has changed. */
function mark() {
  const at = sound.currentTime, index = cueAt(at), cue = cues[index];
  const word = cue ? wordAt(cue, at) : -1, key = `${index} ${word}`;
  if (key === markedWord) return;
  markedWord = key;
  markLine(cue);
  if (!marked || !marked.firstChild) return paint("spoken", [], 2);
  const range = word < 0 ? rangeOf(marked, 0, 0) : rangeOf(marked, cue[3][word * WORD], cue[3][word * WORD + 1]);
  paint("spoken", [range], 2);
  // Not before anything was heard: a page opens at its top.
  if (following && word >= 0 && at > 0) bringIntoView(range);
}

function markLine(cue) {
  const line = cue ? byId(`line-${cue[0]}`) : null;
  if (line === marked) return;
  if (marked) { marked.classList.remove("current"); marked.removeAttribute("aria-current"); }
  marked = line;
  if (line) { line.classList.add("current"); line.setAttribute("aria-current", "true"); }
  const speaking = byId("speaking");
  speaking.textContent = cue ? edition.names[cue[1]] || "" : "";
  speaking.className = `now-speaker ${line ? [...line.classList].find((name) => name.startsWith("voice-")) || "" : ""}`;
}

function bringIntoView(range, always) {
  const box = range.getBoundingClientRect(), height = innerHeight;
  const comfortable = box.top > height * COMFORT[0] && box.bottom < height * (1 - COMFORT[1]);
  if (comfortable && !always) return;
  scrollBy({ top: box.top - height * REST, behavior: calm.matches ? "instant" : "smooth" });
}

function follow(yes) {
  following = yes;
  byId("follow").setAttribute("aria-pressed", String(yes));
  if (yes && marked && marked.firstChild) {
    const cue = cues[cueAt(sound.currentTime)], word = Math.max(0, wordAt(cue, sound.currentTime));
    bringIntoView(rangeOf(marked, cue[3][word * WORD] || 0, cue[3][word * WORD + 1] || 1));
  }
}

function goToSpoken() {
  follow(true);
  if (!marked) return;
  marked.tabIndex = -1;
  marked.focus({ preventScroll: true });
  bringIntoView(rangeOf(marked, 0, 1), true);
}

/** Sound at an offset into a line, ms: at the word there, or before. */
function momentOf(line, offset) {
  const cue = cues[cueOfLine.get(Number(line.id.slice(5)))];
  if (!cue) return null;
  const word = lastUpTo(cue[3].length / WORD, offset, (index) => cue[3][index * WORD]);
  return word < 0 ? cue[2] : cue[3][word * WORD + 2];
}

function listenAt(line, offset) {
  const moment = momentOf(line, offset);
  if (moment === null) return;
  follow(true);
  seek(moment / 1000);
  play();
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place ? [place.offsetNode, place.offset] : [null, 0];
  }
  const range = document.caretRangeFromPoint(x, y);
  return range ? [range.startContainer, range.startOffset] : [null, 0];
}

text.addEventListener("click", (event) => {
  const line = event.target.closest(".line");
  // Who drags over words wants to select them, not to hear them.
  if (!line || !getSelection().isCollapsed) return;
  const [node, offset] = event.detail ? caretAt(event.clientX, event.clientY) : [null, 0];
  listenAt(line, node === line.firstChild ? offset : 0);
});

function stepSentence(by) {
  const index = cueAt(sound.currentTime) + by;
  if (cues.length) seek(cues[Math.min(Math.max(index, 0), cues.length - 1)][2] / 1000);
}

function stepWord(by) {
  let index = Math.max(0, cueAt(sound.currentTime)), word = wordAt(cues[index], sound.currentTime) + by;
  while (word < 0 && index > 0) { index -= 1; word += cues[index][3].length / WORD; }
  while (word >= cues[index][3].length / WORD && index < cues.length - 1) { word -= cues[index][3].length / WORD; index += 1; }
  const begin = cues[index][3][word * WORD + 2];
  if (begin !== undefined) seek(begin / 1000);
}

function letGo() {
  if (!sound.paused && following) follow(false);
}

const SCROLLING = ["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"];
addEventListener("wheel", letGo, { passive: true });
addEventListener("touchmove", letGo, { passive: true });
addEventListener("keydown", (event) => {
  if (SCROLLING.includes(event.key) && !event.target.closest("input, select")) letGo();
});
byId("follow").addEventListener("click", () => follow(!following));

function beat() {
  mark();
  if (!sound.paused) requestAnimationFrame(beat);
}
sound.addEventListener("play", beat);
for (const name of ["timeupdate", "seeking", "seeked"]) sound.addEventListener(name, mark);
mark();
