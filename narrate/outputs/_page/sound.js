"use strict";
// The player: sound, chapters, speed, what is remembered, and the keys of the device.

document.documentElement.classList.add("scripted");

const byId = (id) => document.getElementById(id);
const edition = JSON.parse(byId("edition").textContent);
const sound = byId("sound");
const STEP = 15; // seconds back and forward: the stride of podcast players
const REMEMBER_EVERY = 5; // seconds between two notes of the position
const RESTART_WITHIN = 3; // seconds into a chapter after which "back" means its own beginning

const memory = {
  // Storage may be forbidden, as in a private window: then nothing is remembered and all else works.
  get(key) { try { return localStorage.getItem(`narrate ${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`narrate ${key}`, value); } catch { /* as above */ } },
};

/** Index of the last of `count` items whose `key(index)` is not beyond `at`; -1 if all are. */
function lastUpTo(count, at, key) {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(middle) <= at) low = middle + 1; else high = middle;
  }
  return low - 1;
}

function duration() {
  return Number.isFinite(sound.duration) ? sound.duration : Number(byId("seek").max);
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds)), pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

function spoken(seconds) {
  const whole = Math.max(0, Math.floor(seconds)), hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  const said = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;
  return [hours && said(hours, "hour"), minutes && said(minutes, "minute"), said(whole % 60, "second")].filter(Boolean).join(" ");
}

function say(text) {
  byId("status").textContent = text;
}

function seek(seconds) {
  sound.currentTime = Math.min(Math.max(0, seconds), Math.max(0, duration() - 0.05));
  show();
}

function play() {
  sound.play().catch(() => { /* the error event tells what is wrong */ });
}

function toggle() {
  if (sound.paused) play(); else sound.pause();
}

function chapterAt(seconds) {
  return lastUpTo(edition.chapters.length, Math.round(seconds * 1000), (index) => edition.chapters[index][1]);
}

function toChapter(index) {
  const chapter = edition.chapters[Math.min(Math.max(index, 0), edition.chapters.length - 1)];
  if (chapter) seek(chapter[1] / 1000);
}

function chapterBack() {
  const now = chapterAt(sound.currentTime), start = now < 0 ? 0 : edition.chapters[now][1] / 1000;
  toChapter(sound.currentTime - start > RESTART_WITHIN ? now : now - 1);
}

function setPace(pace) {
  const speed = byId("speed"), known = [...speed.options].some((option) => option.value === String(pace));
  if (known) speed.value = String(pace);
  sound.preservesPitch = true;
  sound.defaultPlaybackRate = sound.playbackRate = Number(speed.value);
  memory.set("speed", speed.value);
}

function changePace(by) {
  const speed = byId("speed"), index = Math.min(Math.max(speed.selectedIndex + by, 0), speed.options.length - 1);
  setPace(speed.options[index].value);
  say(`Speed ${speed.value}`);
}

const slider = byId("seek");
const chapterLinks = [...document.querySelectorAll("[data-chapter]")];
let chapterShown = -2, noted = 0;

/** Draw where the sound is. The slider's words change only on its user's own doing: a reader would speak each second. */
function show() {
  const at = sound.currentTime, chapter = chapterAt(at);
  byId("at").textContent = clock(at);
  if (document.activeElement !== slider || sound.paused) slider.value = at;
  slider.parentElement.style.setProperty("--part", at / duration());
  if (chapter !== chapterShown) showChapter(chapter);
  if (Math.abs(at - noted) >= REMEMBER_EVERY) remember();
}

function showChapter(index) {
  const known = chapterShown >= -1, title = index < 0 ? "" : edition.chapters[index][0];
  chapterShown = index;
  byId("now").textContent = edition.chapters.length > 1 ? title : "";
  for (const link of chapterLinks) {
    if (Number(link.dataset.chapter) === index) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  if (known && title && edition.chapters.length > 1) say(`Chapter: ${title}`);
  tellDevice();
}

function describeSlider() {
  const chapter = chapterAt(slider.value), title = chapter < 0 ? "" : `, ${edition.chapters[chapter][0]}`;
  slider.setAttribute("aria-valuetext", `${spoken(slider.value)} of ${spoken(duration())}${title}`);
}

function remember() {
  noted = sound.currentTime;
  const ended = sound.ended || noted > duration() - 1;
  memory.set(edition.key, ended ? "0" : noted.toFixed(2));
}

function showState() {
  document.documentElement.classList.toggle("playing", !sound.paused);
  byId("play").setAttribute("aria-label", sound.paused ? "Play" : "Pause");
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = sound.paused ? "paused" : "playing";
}

function tellDevice() {
  if (!("mediaSession" in navigator)) return;
  const chapter = chapterShown < 0 ? "" : edition.chapters[chapterShown][0];
  navigator.mediaSession.metadata = new MediaMetadata({ title: edition.title, artist: edition.byline, album: chapter });
  tellPosition();
}

function tellPosition() {
  if (!("mediaSession" in navigator) || !Number.isFinite(sound.duration)) return;
  const position = Math.min(sound.currentTime, sound.duration);
  navigator.mediaSession.setPositionState({ duration: sound.duration, playbackRate: sound.playbackRate, position });
}

function obeyDevice() {
  if (!("mediaSession" in navigator)) return;
  const actions = {
    play, pause: () => sound.pause(),
    seekbackward: (asked) => seek(sound.currentTime - (asked.seekOffset || STEP)),
    seekforward: (asked) => seek(sound.currentTime + (asked.seekOffset || STEP)),
    seekto: (asked) => seek(asked.seekTime),
    previoustrack: chapterBack, nexttrack: () => toChapter(chapterAt(sound.currentTime) + 1),
  };
  for (const [name, action] of Object.entries(actions)) {
    try { navigator.mediaSession.setActionHandler(name, action); } catch { /* a key that this browser does not know */ }
  }
}

function drawTicks() {
  for (const [, start] of edition.chapters.slice(1)) {
    const tick = document.createElement("span");
    tick.style.left = `${(start / 10) / Number(slider.max)}%`;
    byId("ticks").append(tick);
  }
}

function explainTrouble() {
  const name = decodeURIComponent(sound.getAttribute("src").slice(2));
  byId("trouble").hidden = false;
  byId("trouble").textContent = `The recording cannot be played: ${name} should lie in the same folder as this page.`;
}

function setAppearance(name) {
  if (name) document.documentElement.dataset.appearance = name;
  else delete document.documentElement.dataset.appearance;
  byId("appearance").value = name;
  memory.set("appearance", name);
}

byId("play").addEventListener("click", toggle);
byId("back").addEventListener("click", () => seek(sound.currentTime - STEP));
byId("forward").addEventListener("click", () => seek(sound.currentTime + STEP));
byId("speed").addEventListener("change", (event) => setPace(event.target.value));
byId("appearance").addEventListener("change", (event) => setAppearance(event.target.value));
slider.addEventListener("input", () => { seek(Number(slider.value)); describeSlider(); });
slider.addEventListener("focus", () => { slider.value = sound.currentTime; describeSlider(); });
for (const link of chapterLinks) {
  link.addEventListener("click", () => { toChapter(Number(link.dataset.chapter)); play(); });
}
for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, () => { showState(); remember(); });
for (const name of ["timeupdate", "seeked", "loadedmetadata"]) sound.addEventListener(name, show);
for (const name of ["seeked", "ratechange", "loadedmetadata"]) sound.addEventListener(name, tellPosition);
sound.addEventListener("error", explainTrouble);
window.addEventListener("pagehide", remember);

setAppearance(memory.get("appearance") || "");
setPace(memory.get("speed") || "1");
const left = Number(memory.get(edition.key));
if (left > 0 && left < duration()) seek(left);
drawTicks();
obeyDevice();
show();
if (sound.error) explainTrouble();
