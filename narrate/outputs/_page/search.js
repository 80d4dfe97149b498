// Search: all matches marked, the present one marked more, without touching the text.

const MIN_SOUGHT = 2; // letters: a single one is everywhere
const PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", " ": " ", "\n": " " };
let matches = [], match = -1, typing = 0;

/** A letter as searched for: no case, no accent, plain quotes; always one UTF-16 unit, so that offsets hold. */
function folded(letter) {
  const bare = (PLAIN[letter] || letter.normalize("NFD")[0] || letter).toLowerCase();
  return bare.length === 1 ? bare : letter;
}

const fold = (string) => Array.from({ length: string.length }, (_, index) => folded(string[index])).join("");

const blocks = [...text.querySelectorAll("[data-block]")].map((block) => {
  const nodes = [...block.querySelectorAll(".line")].map((line) => line.firstChild).filter(Boolean);
  return { nodes, plain: fold(nodes.map((node) => node.data).join("")) };
});

function placeIn(nodes, offset, atEnd) {
  let left = offset;
  for (const node of nodes) {
    if (left < node.length || (atEnd && left === node.length)) return [node, left];
    left -= node.length;
  }
  return [nodes.at(-1), nodes.at(-1).length];
}

function matchesOf(sought) {
  const found = [];
  for (const { nodes, plain } of blocks) {
    for (let at = plain.indexOf(sought); at >= 0; at = plain.indexOf(sought, at + sought.length)) {
      const range = document.createRange();
      range.setStart(...placeIn(nodes, at, false));
      range.setEnd(...placeIn(nodes, at + sought.length, true));
      found.push(range);
    }
  }
  return found;
}

function search() {
  clearTimeout(typing);
  typing = 0;
  const sought = fold(byId("sought").value.trim().replace(/\s+/g, " "));
  matches = sought.length < MIN_SOUGHT ? [] : matchesOf(sought);
  match = -1;
  paint("found", matches, 0);
  paint("match", [], 1);
  for (const id of ["next", "previous"]) byId(id).disabled = !matches.length;
  byId("listen").hidden = true;
  const plural = matches.length === 1 ? "match" : "matches";
  byId("found").textContent = sought.length < MIN_SOUGHT ? "" : matches.length ? `${matches.length} ${plural}` : "No match";
}

function goToMatch(by) {
  if (!matches.length) return;
  match = match < 0 && by < 0 ? matches.length - 1 : (match + by + matches.length) % matches.length;
  paint("match", [matches[match]], 1);
  if (!paints) getSelection().setBaseAndExtent(...edges(matches[match]));
  follow(false);
  bringIntoView(matches[match], true);
  byId("found").textContent = `${match + 1} of ${matches.length}`;
  byId("listen").hidden = false;
}

function edges(range) {
  return [range.startContainer, range.startOffset, range.endContainer, range.endOffset];
}

byId("sought").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(search, 200); });
// Enter is taken from the field itself: a form whose button is disabled, as before the first match, submits nothing.
byId("sought").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  if (typing) search();
  goToMatch(event.shiftKey ? -1 : 1);
});
byId("search").addEventListener("submit", (event) => event.preventDefault());
byId("next").addEventListener("click", () => goToMatch(1));
byId("previous").addEventListener("click", () => goToMatch(-1));
byId("listen").addEventListener("click", () => {
  const range = matches[match];
  if (range) listenAt(range.startContainer.parentElement, range.startOffset);
});
