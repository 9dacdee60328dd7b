// Phrases as text, one per line, and back. Nothing is trimmed: the server keeps phrases as sent.

const BREAK = /\r\n|\r|\n/g;

/** What stands in a line for a line break inside a phrase. */
export const MARK = '↵';

/** Returns phrases as text. */
export function toText(phrases) {
  return phrases.map(toLine).join('\n');
}

/** Returns whether some phrase has a line break, so that the text holds marks. */
export function hasMarks(phrases) {
  return phrases.some((phrase) => /[\r\n]/.test(phrase));
}

/**
 * Reads text: `lines` are [{text, problem, first}], where problem is 'blank', 'duplicate' (of the
 * line at index `first`) or undefined; the end of the last line begins no further one.
 */
export function read(text) {
  const seen = new Map();
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n').map(check);
  const count = (problem) => lines.filter((line) => line.problem === problem).length;
  return { lines, blanks: count('blank'), duplicates: count('duplicate') };

  function check(line, index) {
    if (line.trim() === '') {
      return { text: line, problem: 'blank' };
    }
    if (seen.has(line)) {
      return { text: line, problem: 'duplicate', first: seen.get(line) };
    }
    seen.set(line, index);
    return { text: line };
  }
}

/** Returns the text without blank lines and repetitions. */
export function clean(text) {
  return read(text).lines.filter((line) => !line.problem).map((line) => line.text).join('\n');
}

/** Returns the text without the line at an index. */
export function without(text, index) {
  return read(text).lines.filter((_, i) => i !== index).map((line) => line.text).join('\n');
}

/** Returns the phrases of a text; those of `before` that were not touched, exactly as they were. */
export function toPhrases(text, before) {
  const kept = new Map(before.map((phrase) => [toLine(phrase), phrase]));
  const marked = hasMarks(before);
  return read(text)
    .lines.filter((line) => line.problem !== 'blank')
    .map(({ text: line }) => kept.get(line) ?? (marked ? line.replaceAll(MARK, '\n') : line));
}

function toLine(phrase) {
  return phrase.replace(BREAK, MARK);
}
