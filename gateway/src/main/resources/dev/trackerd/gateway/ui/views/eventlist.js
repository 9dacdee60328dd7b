// The list of event trackers.

import { html, nothing } from '../lib/lit-html.js';
import { confirm } from '../confirm.js';
import { events, load, remove } from '../events.js';
import * as notices from '../notices.js';
import { count, explain } from '../words.js';
import { pager, slice } from './pager.js';

const shown = { page: 0 };
const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The view's name in the window's title. */
export function title() {
  return 'Event trackers';
}

/** Prepares the view. */
export function enter() {
  load();
}

/** Draws the view. */
export function view() {
  return html`
    <div class="head">
      <h1 tabindex="-1">Event trackers</h1>
      <button type="button" class="outline" @click=${load}>Refresh</button>
    </div>
    ${events.status === 'failed'
      ? html`<p class="error" role="alert">The list could not be loaded. ${explain(events.error)}</p>` : nothing}
    ${events.items.length > 0 ? table() : events.status === 'ready' ? empty()
      : events.status === 'loading' ? html`<p aria-busy="true">Loading event trackers…</p>` : nothing}`;
}

function empty() {
  return html`<article class="empty"><h2>No event trackers yet</h2>
    <p>An event tracker takes the events of one dataset group. Programs make them with
      <code>CreateEventTracker</code>; here you can see their state and delete them.</p></article>`;
}

function table() {
  return html`<p class="count" role="status">${count(events.items.length, 'event tracker')}</p>
    <table class="events">
      <thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Created</th>
        <th scope="col"><span class="hidden">Actions</span></th></tr></thead>
      <tbody>${slice(events.items, shown).map(row)}</tbody>
    </table>
    ${pager(events.items.length, shown)}`;
}

function row(event) {
  return html`<tr>
    <th scope="row">${event.name}<small class="preview">${event.eventTrackerArn}</small></th>
    <td><span class="state ${event.status === 'ACTIVE' ? 'good' : ''}">${event.status}</span></td>
    <td>${times.format(event.creationDateTime * 1000)}</td>
    <td class="number"><button type="button" class="quiet danger" aria-label="Delete ${event.name}"
      @click=${() => ask(event)}>Delete</button></td>
  </tr>`;
}

async function ask({ name, eventTrackerArn }) {
  const agreed = await confirm({
    title: 'Delete this event tracker?',
    text: `“${name}” takes no events afterwards. This can’t be undone. The event-interactions dataset of its dataset group stays.`,
    action: 'Delete',
  });
  if (!agreed) {
    return;
  }
  try {
    await remove(eventTrackerArn);
    notices.tell(`Deletion of “${name}” has begun.`);
    document.querySelector('h1')?.focus();
  } catch (error) {
    notices.complain(`“${name}” was not deleted. ${error.status === 404 ? 'It no longer exists.' : explain(error)}`);
  }
}
