// The access token: in sessionStorage, so that it ends with the tab. The key's secret is never kept.

import { state } from './state.js';

const KEY = 'trackerd.session';

/** Takes up the session of this tab, if there is one. */
export function restore() {
  try {
    state.session = JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    state.session = null;
  }
}

/** Begins a session; the label says whose it is. */
export function begin(token, label) {
  state.session = { token, label };
  sessionStorage.setItem(KEY, JSON.stringify(state.session));
}

/** Forgets the token. */
export function end() {
  state.session = null;
  sessionStorage.removeItem(KEY);
}
