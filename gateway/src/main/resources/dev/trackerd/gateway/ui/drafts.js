// What was typed into the editor and not saved, per tracker. Outlives a lost connection, an expired
// token and looking elsewhere; ends with the tab.

import { hasMarks, toText } from './phrases.js';

/** The draft of a tracker that does not exist yet has this key. */
export const NEW = 'new';

const drafts = new Map();

/** Returns the draft of a tracker, begun from it if there is none. */
export function of(tracker) {
  const key = tracker?.id ?? NEW;
  if (!drafts.has(key)) {
    drafts.set(key, begin(key, tracker ?? { name: '', vocabulary: [] }));
  }
  return drafts.get(key);
}

/** Forgets a draft. */
export function drop(key) {
  drafts.delete(key);
}

/** Forgets all drafts. */
export function clear() {
  drafts.clear();
}

/** Returns the draft of a key, or undefined. */
export function find(key) {
  return drafts.get(key);
}

/** Returns whether a draft differs from what it began from. */
export function isDirty(draft) {
  return draft.name !== draft.before.name || draft.text !== toText(draft.before.vocabulary);
}

/** Returns whether something typed is not saved. */
export function anyDirty() {
  return [...drafts.values()].some(isDirty);
}

function begin(key, before) {
  const { name, vocabulary } = before;
  const text = toText(vocabulary);
  return { key, before, name, text, marked: hasMarks(vocabulary), shown: 100, error: null };
}
