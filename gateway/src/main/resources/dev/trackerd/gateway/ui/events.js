// The account's event trackers, on a server that has them.

import { call } from './api.js';
import { changed, state } from './state.js';

const PATH = 'v1/event-trackers';

/** As `trackers` in trackers.js. */
export const events = { status: 'none', items: [], error: null };

let run = 0;

/** Forgets all. */
export function clear() {
  run++;
  Object.assign(events, { status: 'none', items: [], error: null });
}

/** Finds out whether the server has event trackers: one that has not knows no such path. */
export async function discover() {
  try {
    await call('GET', `${PATH}?maxResults=1`);
    state.hasEvents = true;
  } catch (error) {
    state.hasEvents = state.hasEvents && error.status !== 404;
  }
  changed();
}

/** Loads all event trackers. */
export async function load() {
  const mine = ++run;
  const items = [];
  Object.assign(events, { status: 'loading', error: null });
  changed();
  try {
    for (let token = ''; token !== null; ) {
      const query = token && `&nextToken=${encodeURIComponent(token)}`;
      const page = await call('GET', `${PATH}?maxResults=100${query}`);
      items.push(...page.eventTrackers);
      token = page.nextToken || null;
    }
    if (mine === run) {
      Object.assign(events, { status: 'ready', items });
    }
  } catch (error) {
    if (mine === run) {
      Object.assign(events, { status: 'failed', error });
    }
  }
  changed();
}

/** Deletes an event tracker. Its state may pass through DELETE PENDING before it is gone. */
export async function remove(arn) {
  // The route takes several segments: the slashes of an ARN stay.
  await call('DELETE', `${PATH}/${arn.split('/').map(encodeURIComponent).join('/')}`);
  await load();
}
