// The phrases of a draft as rows that can be removed.

import { html, nothing } from '../lib/lit-html.js';
import { without } from '../phrases.js';
import { changed, drawn } from '../state.js';
import { count } from '../words.js';

const MORE = 400;

/** Draws the lines of a draft's text; `text` is what phrases.js reads in it. */
export function rows(draft, { lines, blanks, duplicates }) {
  const rest = lines.length - draft.shown;
  return html`<div class="rows">
    <p class="label" id="rows-label">${count(lines.length - blanks - duplicates, 'phrase')}</p>
    ${lines.length === 0 ? html`<p class="hint">Type or paste phrases; each line becomes one.</p>` : nothing}
    <ol aria-labelledby="rows-label">${lines.slice(0, draft.shown).map((line, index) => row(draft, line, index))}</ol>
    ${rest > 0 ? html`<button type="button" class="quiet" @click=${() => more(draft)}>Show ${count(rest, 'more line')}</button>` : nothing}
  </div>`;
}

function row(draft, { text, problem, first }, index) {
  const what = problem === 'blank' ? `blank line ${index + 1}` : `phrase “${text}”`;
  return html`<li class=${problem ?? nothing}>
    <span>${problem === 'blank' ? html`<em>blank line</em>` : html`<span class="phrase">${text}</span>`}
      ${problem === 'duplicate' ? html`<small class="badge">same as line ${first + 1}</small>` : nothing}</span>
    <button type="button" class="quiet" aria-label="Remove ${what}" @click=${(event) => remove(event, draft, index)}>✕</button>
  </li>`;
}

/** Removes a line; the keyboard stays at its place, so that the next one can be removed at once. */
async function remove(event, draft, index) {
  const list = event.target.closest('ol');
  Object.assign(draft, { text: without(draft.text, index), wrong: null, error: null });
  await drawn();
  const buttons = list.querySelectorAll('button');
  (buttons[Math.min(index, buttons.length - 1)] ?? document.querySelector('[name=phrases]')).focus();
}

function more(draft) {
  draft.shown += MORE;
  changed();
}
