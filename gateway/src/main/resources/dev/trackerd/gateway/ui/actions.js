// What people do from more than one view.

import { signIn, probe } from './api.js';
import { confirm } from './confirm.js';
import * as drafts from './drafts.js';
import * as events from './events.js';
import * as notices from './notices.js';
import * as session from './session.js';
import { changed, state } from './state.js';
import * as trackers from './trackers.js';
import { explain } from './words.js';

/** Signs in with a key's id and secret; rejects with ApiError. */
export async function enterKey(id, secret) {
  enter(await signIn(id, secret), id);
}

/** Signs in with a token; rejects with ApiError. */
export async function enterToken(token) {
  await probe(token);
  enter(token, 'pasted token');
}

/** Takes up the session of this tab. */
export function resume() {
  session.restore();
  if (state.session) {
    events.discover();
  }
}

function enter(token, label) {
  session.begin(token, label);
  trackers.clear();
  events.clear();
  notices.clear();
  events.discover();
  changed();
}

/** Signs out, after a question if something typed is not saved. */
export async function leave() {
  const question = {
    title: 'Sign out?',
    text: 'Some of what you typed is not saved. Signing out discards it.',
    action: 'Sign out',
  };
  if (!drafts.anyDirty() || (await confirm(question))) {
    session.end();
    drafts.clear();
    trackers.clear();
    events.clear();
    notices.clear();
    location.hash = '#/';
    changed();
  }
}

/** Leads back to sign-in because the token is no longer good. Drafts stay. */
export function expire() {
  session.end();
  notices.clear();
  notices.complain('Your session has expired. Sign in again to go on where you were; nothing you typed is lost.');
}

/** Deletes a tracker after a question, then offers to bring it back. Resolves to whether it is gone. */
export async function remove(tracker) {
  const agreed = await confirm({
    title: 'Delete this tracker?',
    text: `“${tracker.name}” and its phrases will be deleted. You can undo this for a few seconds.`,
    action: 'Delete',
  });
  if (!agreed) {
    return false;
  }
  try {
    await trackers.remove(tracker.id);
  } catch (error) {
    if (error.status !== 404) {
      notices.complain(`“${tracker.name}” was not deleted. ${explain(error)}`);
      return false;
    }
    trackers.drop(tracker.id);
  }
  drafts.drop(tracker.id);
  notices.offer(`Deleted “${tracker.name}”.`, 'Undo', () => restore(tracker));
  return true;
}

async function restore(tracker) {
  try {
    const { id } = await trackers.create(tracker);
    notices.tell(`“${tracker.name}” is back, made anew: its id is now ${id}.`);
  } catch (error) {
    notices.offer(`“${tracker.name}” is not back. ${explain(error, tracker.name)}`, 'Try again', () => restore(tracker));
  }
}
