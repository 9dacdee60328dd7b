// Signing in, with an API key or a token.

import { html, nothing } from '../lib/lit-html.js';
import * as actions from '../actions.js';
import { changed } from '../state.js';
import { explain } from '../words.js';

const form = { way: 'key', error: null, sending: false };

/** The view's name in the window's title. */
export function title() {
  return 'Sign in';
}

/** Draws the view. */
export function view() {
  return html`<section class="narrow">
    <h1 tabindex="-1">Sign in</h1>
    <fieldset>
      <legend>Sign in with</legend>
      ${way('key', 'an API key')} ${way('token', 'an access token')}
    </fieldset>
    <form @submit=${submit} novalidate>
      ${form.way === 'key' ? keyFields() : tokenField()}
      <p class="error" role="alert">${form.error ?? nothing}</p>
      <button aria-busy=${form.sending ? 'true' : 'false'}>Sign in</button>
    </form>
    <p><small>The server prints a first key when it starts for the first time.
      <code>trackerd key create --account 123456789012</code> makes more.
      The access token stays in this tab and is forgotten when you close it; the secret is not kept.</small></p>
  </section>`;
}

function way(value, label) {
  const choose = () => {
    Object.assign(form, { way: value, error: null });
    changed();
  };
  return html`<label><input type="radio" name="way" .checked=${form.way === value} @change=${choose}> ${label}</label>`;
}

function keyFields() {
  return html`
    <label>Key id <input name="id" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
    <label>Secret <input name="secret" type="password" autocomplete="current-password" required></label>`;
}

function tokenField() {
  return html`<label>Access token
    <textarea name="token" rows="4" autocomplete="off" autocapitalize="none" spellcheck="false" required></textarea></label>`;
}

async function submit(event) {
  event.preventDefault();
  const { id, secret, token } = Object.fromEntries(new FormData(event.target));
  if (form.sending) {
    return;
  }
  if (form.way === 'key' ? !id || !secret : !token?.trim()) {
    form.error = form.way === 'key' ? 'Enter the id and the secret of a key.' : 'Paste a token.';
    changed();
    return;
  }
  Object.assign(form, { error: null, sending: true });
  changed();
  try {
    await (form.way === 'key' ? actions.enterKey(id.trim(), secret) : actions.enterToken(token.trim()));
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } catch (error) {
    form.error = error.status === 401 ? refusal() : explain(error);
  }
  form.sending = false;
  changed();
}

function refusal() {
  return form.way === 'key'
    ? 'The server does not know this id with this secret. Check both; the key may have been revoked.'
    : 'The server does not accept this token. It may have expired: tokens last 24 hours.';
}
