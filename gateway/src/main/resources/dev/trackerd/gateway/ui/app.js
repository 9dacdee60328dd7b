// Starts the page: takes up the session, follows the address, draws the view.

import { html, nothing, render } from './lib/lit-html.js';
import * as actions from './actions.js';
import { listen } from './api.js';
import { anyDirty } from './drafts.js';
import * as notices from './notices.js';
import { changed, drawWith, drawn, state } from './state.js';
import * as editor from './views/editor.js';
import * as eventList from './views/eventlist.js';
import * as list from './views/list.js';
import * as signIn from './views/signin.js';
import * as transfer from './views/transfer.js';

const VIEWS = { list, editor, transfer, events: eventList };
const LINKS = [
  ['list', '#/', 'Trackers'],
  ['transfer', '#/transfer', 'Import & export'],
  ['events', '#/events', 'Event trackers'],
];

function route() {
  const [, first, second] = location.hash.split('/');
  if (first === 'trackers' && second) {
    return { view: 'editor', id: second };
  }
  return { view: first === 'transfer' || first === 'events' ? first : 'list' };
}

async function go() {
  const from = state.route;
  state.route = route();
  if (state.session) {
    VIEWS[state.route.view].enter(state.route);
  }
  await drawn();
  if (from !== state.route && document.querySelector('h1')) {
    window.scrollTo(0, 0);
    document.querySelector('h1').focus();
  }
}

function page() {
  const view = state.session ? VIEWS[state.route.view] : signIn;
  document.title = `${view.title(state.route)} · Trackerd`;
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to content</a>
    <header>${header()}</header>
    <main id="main">${notices.view()} ${view.view(state.route)}</main>
  `;
}

function header() {
  if (!state.session) {
    return html`<nav aria-label="Main"><ul><li><strong class="brand">Trackerd</strong></li></ul></nav>`;
  }
  const links = LINKS.filter(([view]) => view !== 'events' || state.hasEvents);
  return html`<nav aria-label="Main">
    <ul>
      <li><strong class="brand">Trackerd</strong></li>
      ${links.map(link)}
    </ul>
    <ul>
      <li><small class="who" title="Signed in with">${state.session.label}</small></li>
      <li><button type="button" class="quiet" @click=${actions.leave}>Sign out</button></li>
    </ul>
  </nav>`;
}

function link([view, href, label]) {
  const here = state.route.view === view || (view === 'list' && state.route.view === 'editor');
  return html`<li><a href=${href} aria-current=${here ? 'page' : nothing}>${label}</a></li>`;
}

/** The address belongs to the views, so this link can't be an ordinary one. */
function skip(event) {
  event.preventDefault();
  document.querySelector('h1')?.focus();
}

drawWith(() => render(page(), document.body));
listen(actions.expire, notices.waiting);
window.addEventListener('hashchange', go);
window.addEventListener('online', changed);
window.addEventListener('offline', changed);
window.addEventListener('beforeunload', (event) => {
  if (anyDirty() || transfer.isRunning()) {
    event.preventDefault();
  }
});
actions.resume();
go();
