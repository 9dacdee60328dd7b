// Import and export of trackers as JSON.

import { html, nothing } from '../lib/lit-html.js';
import { chunks, read, send } from '../bulk.js';
import { changed } from '../state.js';
import { createAll, load, trackers } from '../trackers.js';
import { count, explain } from '../words.js';
import { offer } from './download.js';

const SHOWN = 100;
/** `ready` is what is to be sent, `failed` what can't be or was refused, `done` how many are stored. */
const job = { name: null, error: null, ready: [], failed: [], done: 0, running: false, stop: false, note: null };
const out = { busy: false, error: null };

/** The view's name in the window's title. */
export function title() {
  return 'Import & export';
}

/** Returns whether trackers are being sent. */
export function isRunning() {
  return job.running;
}

/** Prepares the view: names that exist must be known. */
export function enter() {
  if (!job.running && trackers.status !== 'loading') {
    load();
  }
}

/** Draws the view. */
export function view() {
  return html`
    <h1 tabindex="-1">Import &amp; export</h1>
    <section aria-labelledby="import"><h2 id="import">Import</h2>${importer()}</section>
    <section aria-labelledby="export"><h2 id="export">Export</h2>${exporter()}</section>`;
}

function importer() {
  const ready = trackers.status === 'ready';
  return html`
    <label>A JSON file: a list of trackers, as an export makes it
      <input type="file" name="file" accept=".json,application/json" ?disabled=${job.running || !ready} @change=${choose}
        aria-describedby="example"></label>
    <p class="hint" id="example"><code>[{"name": "Promotion Mention", "vocabulary": ["flash sale", "special promotion"]}]</code></p>
    <p class="error" role="alert">${job.error ?? nothing}</p>
    ${job.name === null ? nothing : plan()}`;
}

function plan() {
  const total = job.ready.length + job.done;
  return html`
    <p role="status">${job.name}: ${job.done > 0 || job.running
      ? `${count(job.done, 'tracker')} imported, ${job.ready.length.toLocaleString('en')} to go`
      : `${count(job.ready.length, 'tracker')} can be imported`}${job.failed.length > 0 ? `, ${job.failed.length.toLocaleString('en')} can’t be` : ''}.
      ${job.note ?? nothing}</p>
    ${job.running ? html`<label>Progress <progress value=${job.done} max=${total}></progress></label>` : nothing}
    <div class="buttons">
      ${job.running ? html`<button type="button" class="secondary" @click=${stop}>Stop</button>`
        : job.ready.length > 0 ? html`<button type="button" @click=${run}>${job.done > 0 ? 'Go on with' : 'Import'} ${count(job.ready.length, 'tracker')}</button>` : nothing}
    </div>
    ${job.failed.length > 0 ? report() : nothing}`;
}

function report() {
  return html`<h3>Not imported</h3>
    <table><thead><tr><th scope="col">Tracker</th><th scope="col">Why</th></tr></thead>
      <tbody>${job.failed.slice(0, SHOWN).map(({ name, reason }) => html`<tr><th scope="row">${name}</th><td>${reason}</td></tr>`)}</tbody></table>
    ${job.failed.length > SHOWN ? html`<p>… and ${count(job.failed.length - SHOWN, 'more')}.</p>` : nothing}
    <p><button type="button" class="outline" @click=${() => offer(job.failed.map((one) => one.tracker), 'trackers-not-imported.json')}>
      Download these to correct them</button></p>`;
}

function exporter() {
  return html`
    <p>All trackers of this account in one JSON file, in the form that import takes. An import makes them
      anew: the new trackers have ids of their own.</p>
    <button type="button" aria-busy=${out.busy ? 'true' : 'false'} @click=${exportAll}>Export all trackers</button>
    <p class="error" role="alert">${out.error ?? nothing}</p>`;
}

async function exportAll() {
  if (out.busy) {
    return;
  }
  Object.assign(out, { busy: true, error: null });
  changed();
  if (await load()) {
    offer(trackers.items, `trackers-${new Date().toISOString().slice(0, 10)}.json`);
  } else if (trackers.error) {
    out.error = explain(trackers.error);
  }
  out.busy = false;
  changed();
}

async function choose(event) {
  const [file] = event.target.files;
  if (!file) {
    return;
  }
  Object.assign(job, { name: null, error: null, ready: [], failed: [], done: 0, note: null });
  try {
    Object.assign(job, read(await file.text(), trackers.items), { name: file.name });
  } catch (error) {
    job.error = error.message;
  }
  event.target.value = '';
  changed();
}

async function run() {
  Object.assign(job, { running: true, stop: false, error: null, note: null });
  let left = chunks(job.ready);
  try {
    while (left.length > 0 && !job.stop) {
      await send(left[0], createAll, { stored, refused });
      left = left.slice(1);
    }
    job.note = job.stop ? 'Stopped.' : 'Done.';
  } catch (error) {
    left[0] = error.left;
    job.error = `The import stopped. ${explain(error)}${error.unsure ? ' The last trackers that were sent may have been stored; those will be reported as existing.' : ''}`;
  }
  job.ready = left.flat();
  job.running = false;
  changed();
}

function stored(number) {
  job.done += number;
  job.ready = job.ready.slice(number);
  changed();
}

function refused(tracker, error) {
  const reason = error.status === 409 ? 'A tracker of this name exists already.' : explain(error).replace(/(^|; )\[\d+\]\./g, '$1');
  job.failed = [...job.failed, { tracker, name: tracker.name, reason }];
  job.ready = job.ready.slice(1);
  changed();
}

function stop() {
  job.stop = true;
  job.note = 'Stopping…';
  changed();
}
