// Single keys. They can be turned off, because they get in the way of speech input.

const shortcuts = byId("shortcuts");
const KEYS = {
  " ": toggle, k: toggle,
  j: () => seek(sound.currentTime - STEP), l: () => seek(sound.currentTime + STEP),
  ArrowLeft: () => seek(sound.currentTime - STEP), ArrowRight: () => seek(sound.currentTime + STEP),
  a: () => stepSentence(-1), s: () => stepSentence(1),
  ",": () => stepWord(-1), ".": () => stepWord(1),
  p: chapterBack, n: () => toChapter(chapterAt(sound.currentTime) + 1),
  "-": () => changePace(-1), "+": () => changePace(1), "=": () => changePace(1),
  f: goToSpoken, "/": () => byId("sought").focus(),
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !shortcuts.checked) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === " " && event.target.closest("button, a, summary")) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

shortcuts.checked = memory.get("shortcuts") !== "off";
shortcuts.addEventListener("change", () => memory.set("shortcuts", shortcuts.checked ? "on" : "off"));

// Contents stand open where there is room beside the text.
const roomy = matchMedia("(min-width: 64rem)");
function unfold() {
  for (const fold of document.querySelectorAll(".folds details")) fold.open = roomy.matches && fold.id !== "keys";
}
roomy.addEventListener("change", unfold);
unfold();
