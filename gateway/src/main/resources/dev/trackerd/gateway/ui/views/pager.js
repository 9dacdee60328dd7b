// Pages of a long list. A page is drawn in no time, however long the list is.

import { html, nothing } from '../lib/lit-html.js';
import { changed, drawn } from '../state.js';

const ROWS = 50;

/** Returns the rows of the page that `shown.page` names, or of the last one. */
export function slice(rows, shown) {
  shown.page = Math.max(0, Math.min(shown.page, Math.ceil(rows.length / ROWS) - 1));
  return rows.slice(shown.page * ROWS, (shown.page + 1) * ROWS);
}

/** Draws what leads to the other pages, if there are any. */
export function pager(length, shown) {
  const pages = Math.ceil(length / ROWS);
  if (pages < 2) {
    return nothing;
  }
  return html`<nav class="pager" aria-label="Pages">
    <button type="button" class="outline" ?disabled=${shown.page === 0} @click=${() => turn(shown, -1)}>Previous</button>
    <span role="status">Page ${shown.page + 1} of ${pages.toLocaleString('en')}</span>
    <button type="button" class="outline" ?disabled=${shown.page === pages - 1} @click=${() => turn(shown, 1)}>Next</button>
  </nav>`;
}

async function turn(shown, by) {
  shown.page += by;
  changed();
  await drawn();
  document.querySelector('h1').scrollIntoView();
}
