// Short messages above the page, some with something to do about them.

import { html, nothing } from './lib/lit-html.js';
import { repeat } from './lib/directives/repeat.js';
import { changed, drawn } from './state.js';

const TICK_MS = 250;
const LONG_S = 10;

let notices = [];
let busy = false;

/** Says that something was done. */
export function tell(text) {
  add({ text, kind: 'done', seconds: LONG_S });
}

/** Says that something failed; stays until it is dismissed. */
export function complain(text) {
  add({ text, kind: 'failed' });
}

/** Offers to do something, for ten seconds, and takes the keyboard there. */
export async function offer(text, label, run) {
  const notice = add({ text, kind: 'done', seconds: LONG_S, label, run });
  await drawn();
  document.querySelector(`#notice-${notice.id} [data-offer]`)?.focus();
}

/** Says that a change waits for another one. */
export function waiting(value) {
  busy = value;
  changed();
}

/** Takes all messages away. */
export function clear() {
  notices = [];
  changed();
}

/** The messages as HTML. They are read aloud as they come. */
export function view() {
  return html`<div class="notices" role="status" aria-live="polite">
    ${busy ? html`<p class="notice">Another change to this account is under way. Trying again shortly…</p>` : nothing}
    ${repeat(notices, (notice) => notice.id, line)}
  </div>`;
}

function line(notice) {
  const act = () => {
    dismiss(notice);
    notice.run();
  };
  return html`<div class="notice ${notice.kind}" id="notice-${notice.id}">
    <span>${notice.text}</span>
    ${notice.label ? html`<button type="button" data-offer @click=${act}>${notice.label}</button>` : nothing}
    <button type="button" class="quiet" aria-label="Dismiss message" @click=${() => dismiss(notice)}>✕</button>
  </div>`;
}

let ids = 0;

function add(notice) {
  notice.id = ++ids;
  // News replaces news; what failed or can be undone stays.
  notices = [...notices.filter(({ run, kind }) => run || kind === 'failed').slice(-2), notice];
  changed();
  if (notice.seconds) {
    count(notice, notice.seconds * 1000);
  }
  return notice;
}

/** The time stands still while the pointer or the keyboard is on the message. */
function count(notice, left) {
  if (!notices.includes(notice)) {
    return;
  }
  if (left <= 0) {
    dismiss(notice);
    return;
  }
  const held = document.querySelector(`#notice-${notice.id}:is(:hover, :has(:focus-visible))`);
  setTimeout(() => count(notice, held ? left : left - TICK_MS), TICK_MS);
}

function dismiss(notice) {
  const focused = document.getElementById(`notice-${notice.id}`)?.contains(document.activeElement);
  notices = notices.filter((other) => other !== notice);
  changed();
  if (focused) {
    document.querySelector('h1')?.focus();
  }
}
