// The account's trackers: all of them, so that search and sort are immediate.

import { call } from './api.js';
import { changed } from './state.js';

const PAGE = 1000;

/** `status` is 'none', 'loading', 'ready' or 'failed'; `items` grows while it loads. */
export const trackers = { status: 'none', items: [], error: null };

let run = 0;

/** Forgets all. */
export function clear() {
  run++;
  Object.assign(trackers, { status: 'none', items: [], error: null });
}

/** Loads all trackers, a page at a time. Resolves to whether that worked. */
export async function load() {
  const mine = ++run;
  const items = [];
  const first = trackers.items.length === 0;
  Object.assign(trackers, { status: 'loading', error: null });
  try {
    for (let token = ''; token !== null; ) {
      const query = `pageSize=${PAGE}${token && `&pageToken=${encodeURIComponent(token)}`}`;
      const page = await call('GET', `v1/manage/trackers?${query}`);
      if (mine !== run) {
        return false;
      }
      items.push(...page.trackers);
      token = page.nextPageToken || null;
      if (first) {
        trackers.items = [...items];
        changed();
      }
    }
    Object.assign(trackers, { status: 'ready', items });
    return true;
  } catch (error) {
    if (mine === run) {
      Object.assign(trackers, { status: 'failed', error });
    }
    return false;
  } finally {
    changed();
  }
}

/** Loads all trackers unless that was done or is being done. */
export function loadOnce() {
  if (trackers.status === 'none') {
    load();
  }
}

/** Returns one tracker as it is now. */
export async function get(id) {
  return put((await call('GET', path(id))).tracker);
}

/** Makes a tracker; its id, if it has one, is not used. */
export async function create(tracker) {
  return put((await call('POST', 'v1/manage/tracker', tracker)).tracker);
}

/** Changes what `change` holds; its phrases replace those that are there. */
export async function replace(id, change) {
  return put((await call('PUT', `${path(id)}?vocabularyUpdate=REPLACE`, change)).tracker);
}

/** Deletes a tracker. */
export async function remove(id) {
  await call('DELETE', path(id));
  drop(id);
}

/** Makes many trackers, all or none. */
export async function createAll(many) {
  const made = (await call('POST', 'v1/manage/trackers', many)).trackers;
  trackers.items = trackers.items.concat(made);
  changed();
}

/** Takes a tracker that is gone off the list. */
export function drop(id) {
  trackers.items = trackers.items.filter((tracker) => tracker.id !== id);
  changed();
}

function put(tracker) {
  const at = trackers.items.findIndex((other) => other.id === tracker.id);
  trackers.items = at < 0 ? [...trackers.items, tracker] : trackers.items.with(at, tracker);
  changed();
  return tracker;
}

function path(id) {
  return `v1/manage/tracker/${encodeURIComponent(id)}`;
}
