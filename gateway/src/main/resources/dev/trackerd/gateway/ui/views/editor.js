// Making a tracker, and changing one.

import { html, nothing } from '../lib/lit-html.js';
import { live } from '../lib/directives/live.js';
import * as actions from '../actions.js';
import { MAX_BODY } from '../api.js';
import { size } from '../bulk.js';
import * as drafts from '../drafts.js';
import * as notices from '../notices.js';
import { MARK, clean, read, toPhrases } from '../phrases.js';
import { changed, drawn, state } from '../state.js';
import { create, drop, get, replace } from '../trackers.js';
import { count, explain } from '../words.js';
import { rows } from './rows.js';

let opened = { id: null };
let saving = false;

/** The view's name in the window's title. */
export function title({ id }) {
  return id === drafts.NEW ? 'New tracker' : (drafts.find(id)?.before.name ?? 'Tracker');
}

/** Prepares the view: a tracker is shown as it is now. */
export async function enter({ id }) {
  opened = { id };
  if (id === drafts.NEW) {
    drafts.of();
    return;
  }
  const mine = opened;
  try {
    const tracker = await get(id);
    const draft = drafts.find(id);
    if (draft && !drafts.isDirty(draft)) {
      drafts.drop(id);
    }
    mine.other = JSON.stringify(drafts.of(tracker).before) !== JSON.stringify(tracker);
  } catch (error) {
    mine.error = error;
    if (error.status === 404) {
      drop(id);
    }
  }
  changed();
}

/** Draws the view. */
export function view({ id }) {
  const draft = drafts.find(id);
  return html`
    <p class="back"><a href="#/">← All trackers</a></p>
    <h1 tabindex="-1">${id === drafts.NEW ? 'New tracker' : (draft?.before.name ?? 'Tracker')}</h1>
    ${opened.error ? html`<p class="error" role="alert">${explain(opened.error)}</p>` : nothing}
    ${draft ? form(draft) : opened.error ? nothing : html`<p aria-busy="true">Loading the tracker…</p>`}`;
}

function form(draft) {
  const isNew = draft.key === drafts.NEW;
  const text = read(draft.text);
  const dirty = drafts.isDirty(draft);
  return html`<form class="editor" @submit=${(event) => submit(event, draft)} novalidate>
    ${opened.other ? html`<p class="hint">This tracker was changed elsewhere since you began. What you see is
      what you typed; saving replaces the other change.</p>` : nothing}
    <label>Name <input name="name" autocomplete="off" .value=${live(draft.name)} @input=${type(draft, 'name')}
      aria-invalid=${draft.wrong === 'name' ? 'true' : nothing} aria-describedby="failure"></label>
    <div class="columns">
      <label>Phrases, one per line
        <textarea name="phrases" rows="14" spellcheck="true" .value=${live(draft.text)} @input=${type(draft, 'text')}
          aria-invalid=${draft.wrong === 'phrases' ? 'true' : nothing} aria-describedby="problems failure"></textarea></label>
      ${rows(draft, text)}
    </div>
    <div id="problems" role="status">${problems(draft, text)}</div>
    ${isNew ? nothing : html`<p class="hint">Saving <strong>replaces</strong> the tracker’s phrases with exactly
      this list: phrases that you removed here are removed from the tracker.</p>`}
    <p class="error" role="alert" id="failure">${draft.error ?? nothing}</p>
    <div class="buttons">
      <button name="save" aria-busy=${saving ? 'true' : 'false'}>${isNew ? 'Create tracker' : 'Save changes'}</button>
      ${dirty ? html`<button type="button" class="secondary outline" @click=${() => discard(draft)}>Discard changes</button>` : nothing}
      ${isNew ? nothing : html`<button type="button" class="danger outline" @click=${() => remove(draft)}>Delete tracker</button>`}
    </div>
    ${isNew ? nothing : details(draft.before)}
  </form>`;
}

function problems(draft, { lines, duplicates, blanks }) {
  const bytes = size({ name: draft.name, vocabulary: lines.map((line) => line.text) });
  const found = [
    duplicates && `${count(duplicates, 'line')} repeated`,
    blanks && `${count(blanks, 'blank line')}`,
  ].filter(Boolean);
  const fix = () => edit(draft, clean(draft.text));
  return html`
    ${draft.marked ? html`<p class="hint">${MARK} stands for a line break inside a phrase.</p>` : nothing}
    ${bytes > MAX_BODY ? html`<p class="error">This is ${(bytes / 1048576).toFixed(1)} MiB; the server takes at most 1 MiB at a time.</p>` : nothing}
    ${found.length > 0 ? html`<p class="warning">${found.join(' and ')}. A phrase can be in a tracker only once.
      <button type="button" class="quiet" @click=${fix}>Remove them</button></p>` : nothing}`;
}

function details({ id, description, categories, languages, excludeVocabulary }) {
  const more = { Description: description, Categories: categories, Languages: languages, 'Not to be spotted': excludeVocabulary };
  return html`<details><summary>More about this tracker</summary><dl>
    <dt>Id</dt><dd><code>${id}</code></dd>
    ${Object.entries(more).filter(([, value]) => value?.length).map(([term, value]) => html`
      <dt>${term}</dt><dd>${[value].flat().join(' · ')}</dd>`)}
  </dl></details>`;
}

function type(draft, key) {
  return (event) => {
    Object.assign(draft, { [key]: event.target.value, wrong: null });
    changed();
  };
}

function edit(draft, text) {
  Object.assign(draft, { text, wrong: null, error: null });
  changed();
  document.querySelector('[name=phrases]')?.focus();
}

async function submit(event, draft) {
  event.preventDefault();
  if (saving) {
    return;
  }
  const change = check(draft);
  if (change) {
    saving = true;
    changed();
    await save(draft, change);
    saving = false;
    changed();
  }
}

/** Returns what to send, or says what is wrong and returns null. */
function check(draft) {
  const { duplicates } = read(draft.text);
  const vocabulary = toPhrases(draft.text, draft.before.vocabulary);
  if (draft.name.trim() === '') {
    return refuse(draft, 'name', 'Give the tracker a name.');
  }
  if (vocabulary.length === 0) {
    return refuse(draft, 'phrases', 'Add at least one phrase.');
  }
  if (duplicates > 0) {
    return refuse(draft, 'phrases', `Remove ${duplicates === 1 ? 'the repeated line' : 'the repeated lines'} first.`);
  }
  // An input can't show line breaks: a name that was not touched is not sent.
  const name = draft.name === draft.before.name ? {} : { name: draft.name };
  return { ...name, vocabulary };
}

async function save(draft, change) {
  const isNew = draft.key === drafts.NEW;
  draft.error = null;
  try {
    const { name } = isNew ? await create(change) : await replace(draft.key, change);
    drafts.drop(draft.key);
    notices.tell(isNew ? `Created “${name}”.` : `Saved “${name}”; its phrases were replaced.`);
    if (state.route.id === draft.key) {
      location.hash = '#/';
    }
  } catch (error) {
    const note = error.status === 0 || error.status === 502 ? ' It may have been saved all the same: look at the list if unsure.' : '';
    refuse(draft, error.status === 409 ? 'name' : null, explain(error, draft.name) + note);
  }
}

function refuse(draft, wrong, error) {
  Object.assign(draft, { wrong, error });
  drawn().then(() => document.querySelector(`[name=${wrong ?? 'save'}]`)?.focus());
  return null;
}

function discard(draft) {
  drafts.drop(draft.key);
  location.hash = '#/';
}

async function remove(draft) {
  if (await actions.remove(draft.before)) {
    location.hash = '#/';
  }
}
