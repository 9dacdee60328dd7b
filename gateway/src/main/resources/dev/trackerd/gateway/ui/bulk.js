// Trackers as JSON: what a file holds, what of it can be sent, and sending it piece by piece.

import { MAX_BODY } from './api.js';

// More would make progress jump, and one bad tracker costly to find.
const MOST = 200;
const KNOWN = new Set(
  'id name vocabulary description categories languages excludeVocabulary createdOn updatedOn'.split(' '),
);
const encoder = new TextEncoder();

/** Returns the size of a value as JSON, in bytes. */
export function size(value) {
  return encoder.encode(JSON.stringify(value)).length;
}

/**
 * Reads a file's text: an array of trackers, or an answer {"trackers": […]}. Returns
 * {ready: [tracker], failed: [{tracker, name, reason}]}; throws an Error that says what is wrong.
 */
export function read(text, existing) {
  const taken = new Set(existing.map((tracker) => tracker.name));
  const result = { ready: [], failed: [] };
  for (const [index, tracker] of list(text).entries()) {
    const reason = problem(tracker) ?? (taken.has(tracker.name) ? 'A tracker of this name exists already.' : null);
    if (reason) {
      result.failed.push({ tracker, name: nameOf(tracker, index), reason });
    } else {
      taken.add(tracker.name);
      result.ready.push(tracker);
    }
  }
  return result;
}

function list(text) {
  let root;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`This file is not JSON: ${error.message}`);
  }
  const found = Array.isArray(root) ? root : root?.trackers;
  if (!Array.isArray(found)) {
    throw new Error('Expected a list of trackers: [{"name": "…", "vocabulary": ["…"]}].');
  }
  return found;
}

function nameOf(tracker, index) {
  return typeof tracker?.name === 'string' ? tracker.name : `number ${index + 1} of the file`;
}

/** Says what keeps a tracker from being sent, or returns null. The server has the last word. */
function problem(tracker) {
  if (tracker === null || typeof tracker !== 'object' || Array.isArray(tracker)) {
    return 'Not an object with name and vocabulary.';
  }
  const { name, vocabulary } = tracker;
  const unknown = Object.keys(tracker).find((key) => !KNOWN.has(key));
  if (unknown !== undefined) {
    return `Has a member “${unknown}”, which trackers don’t have.`;
  }
  if (typeof name !== 'string' || name.trim() === '') {
    return 'Has no name.';
  }
  if (!Array.isArray(vocabulary) || vocabulary.length === 0) {
    return 'Has no list of phrases (vocabulary).';
  }
  if (!vocabulary.every((phrase) => typeof phrase === 'string' && phrase.trim() !== '')) {
    return 'Has a phrase that is blank or not text.';
  }
  const twice = repeated(vocabulary);
  if (twice !== undefined) {
    return `Has the phrase “${twice}” twice.`;
  }
  return size([tracker]) > MAX_BODY ? 'Is larger than 1 MiB.' : null;
}

function repeated(phrases) {
  const seen = new Set();
  return phrases.find((phrase) => seen.size === seen.add(phrase).size);
}

/** Splits trackers into lists that the server takes in one call each. */
export function chunks(all) {
  const result = [];
  let bytes = Infinity;
  for (const tracker of all) {
    const more = size(tracker) + 1;
    if (bytes + more > MAX_BODY || result.at(-1).length === MOST) {
      result.push([]);
      bytes = 1;
    }
    result.at(-1).push(tracker);
    bytes += more;
  }
  return result;
}

/**
 * Sends a list, all or nothing; if the server refuses it, in halves, until each tracker is either
 * stored or known as the one that is refused. `refused(tracker, error)` tells of those, `stored(n)`
 * of the others. Rejects when it makes no sense to go on; `left` of the error then holds the rest.
 */
export async function send(list, post, { stored, refused }) {
  try {
    await post(list);
    stored(list.length);
  } catch (error) {
    if (![400, 409, 413].includes(error.status)) {
      error.left = list;
      throw error;
    }
    if (list.length === 1) {
      refused(list[0], error);
      return;
    }
    const half = list.length >> 1;
    const rest = list.slice(half);
    try {
      await send(list.slice(0, half), post, { stored, refused });
    } catch (inner) {
      inner.left = inner.left.concat(rest);
      throw inner;
    }
    await send(rest, post, { stored, refused });
  }
}
