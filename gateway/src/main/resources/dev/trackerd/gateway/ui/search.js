// Finds and sorts trackers in memory.

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The orders that the list offers. */
export const ORDERS = {
  newest: { label: 'Newest first', compare: (a, b) => compareIds(b, a) },
  oldest: { label: 'Oldest first', compare: compareIds },
  name: { label: 'Name, A to Z', compare: (a, b) => collator.compare(a.name, b.name) },
  most: { label: 'Most phrases', compare: (a, b) => b.vocabulary.length - a.vocabulary.length },
  fewest: { label: 'Fewest phrases', compare: (a, b) => a.vocabulary.length - b.vocabulary.length },
};

// Text in lower case, made when it is first searched. Goes with its tracker.
const folded = new WeakMap();
let last = {};

/** Returns the trackers whose name or phrases contain the words, in order. */
export function find(items, words, order) {
  if (last.items !== items || last.words !== words || last.order !== order) {
    const wanted = words.trim().toLowerCase();
    const found = wanted ? items.filter((tracker) => fold(tracker).includes(wanted)) : [...items];
    last = { items, words, order, found: found.sort(ORDERS[order].compare) };
  }
  return last.found;
}

/** Returns the phrase that makes a tracker match, or undefined if it is the name or nothing. */
export function match(tracker, words) {
  const wanted = words.trim().toLowerCase();
  return wanted && !tracker.name.toLowerCase().includes(wanted)
    ? tracker.vocabulary.find((phrase) => phrase.toLowerCase().includes(wanted))
    : undefined;
}

function fold(tracker) {
  let text = folded.get(tracker);
  if (text === undefined) {
    text = [tracker.name, ...tracker.vocabulary].join('\u0000').toLowerCase();
    folded.set(tracker, text);
  }
  return text;
}

/** Ids are in the order of creation, and of equal length. */
function compareIds(a, b) {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
