// The list of trackers.

import { html, nothing } from '../lib/lit-html.js';
import { repeat } from '../lib/directives/repeat.js';
import * as actions from '../actions.js';
import { find, match, ORDERS } from '../search.js';
import { changed } from '../state.js';
import { load, loadOnce, trackers } from '../trackers.js';
import { count, explain } from '../words.js';
import { pager, slice } from './pager.js';

const PREVIEW = 160;
const shown = { words: '', order: 'newest', page: 0 };

/** The view's name in the window's title. */
export function title() {
  return 'Trackers';
}

/** Prepares the view. */
export function enter() {
  loadOnce();
}

/** Draws the view. */
export function view() {
  return html`
    <div class="head">
      <h1 tabindex="-1">Trackers</h1>
      <a class="button" href="#/trackers/new">New tracker</a>
    </div>
    ${trackers.status === 'failed' ? failure() : nothing}
    ${trackers.items.length > 0 ? table() : trackers.status === 'ready' ? empty() : loading()}`;
}

function failure() {
  return html`<p class="error" role="alert">The list could not be loaded. ${explain(trackers.error)}
    <button type="button" class="quiet" @click=${load}>Try again</button></p>`;
}

function loading() {
  return trackers.status === 'loading' ? html`<p aria-busy="true">Loading trackers…</p>` : nothing;
}

function empty() {
  return html`<article class="empty">
    <h2>No trackers yet</h2>
    <p>A <strong>tracker</strong> is a named list of phrases to be spotted in conversations. One called
      “Promotion Mention” might hold “we have a special promotion” and “flash sale is available right now”:
      whenever somebody says one of them, or something like it, the conversation is marked.</p>
    <p><a class="button" href="#/trackers/new">Create your first tracker</a>
      <a class="button outline" href="#/transfer">Import from a file</a></p>
  </article>`;
}

function table() {
  const found = find(trackers.items, shown.words, shown.order);
  const rows = slice(found, shown);
  return html`${tools(found)}
    ${found.length === 0
      ? html`<p>No tracker has “${shown.words.trim()}” in its name or phrases.</p>`
      : html`<table class="trackers">
          <thead><tr><th scope="col">Name</th><th scope="col" class="number">Phrases</th>
            <th scope="col" class="number"><span class="hidden">Actions</span></th></tr></thead>
          <tbody>${repeat(rows, (tracker) => tracker.id, row)}</tbody>
        </table>`}
    ${pager(found.length, shown)}`;
}

function tools(found) {
  const total = count(trackers.items.length, 'tracker');
  const status = shown.words.trim() ? `${count(found.length, 'match', 'matches')} in ${total}` : total;
  return html`<form class="tools" role="search" @submit=${(event) => event.preventDefault()}>
      <div><label for="words">Search</label>
        <input type="search" id="words" name="words" placeholder="Name or phrase" autocomplete="off"
          .value=${shown.words} @input=${(event) => set('words', event.target.value)}></div>
      <div><label for="order">Sort by</label>
        <select id="order" name="order" @change=${(event) => set('order', event.target.value)}>
          ${Object.entries(ORDERS).map(([key, { label }]) => html`
            <option value=${key} ?selected=${key === shown.order}>${label}</option>`)}
        </select></div>
    </form>
    <p class="count" role="status">${status}${trackers.status === 'loading' ? ', loading more…' : ''}</p>`;
}

function set(key, value) {
  Object.assign(shown, { [key]: value, page: 0 });
  changed();
}

function row(tracker) {
  const preview = match(tracker, shown.words) ?? tracker.vocabulary.slice(0, 8).join(' · ');
  return html`<tr>
    <th scope="row"><a href="#/trackers/${tracker.id}">${tracker.name}</a>
      <small class="preview">${preview.slice(0, PREVIEW)}</small></th>
    <td class="number">${tracker.vocabulary.length.toLocaleString('en')}</td>
    <td class="number"><button type="button" class="quiet danger" aria-label="Delete ${tracker.name}"
      @click=${() => actions.remove(tracker)}>Delete</button></td>
  </tr>`;
}
