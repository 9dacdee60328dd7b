// Failures in words, and numbers as people read them.

const numbers = new Intl.NumberFormat('en');
const KEPT = 'Nothing you typed is lost.';

/** Says what went wrong and what to do. `name` is the tracker's, if there is one. */
export function explain(error, name) {
  switch (error.status) {
    case 0:
      return navigator.onLine
        ? `The server can’t be reached. Check that it is running, then try again. ${KEPT}`
        : `You are offline. Connect, then try again. ${KEPT}`;
    case 401:
      return 'The session has ended. Sign in again.';
    case 404:
      return 'This tracker no longer exists: somebody else deleted it.';
    case 409:
      return name
        ? `Another tracker already has the name “${name}”. Choose another name; capitals count.`
        : 'Another tracker already has this name.';
    case 413:
      return 'This is too large: the server takes at most 1 MiB at a time. Split the tracker in two.';
    case 429:
      return `Another change to this account is still under way. Wait a moment, then try again. ${KEPT}`;
    case 502:
    case 503:
      return `The service behind this page can’t be reached at the moment. Try again soon. ${KEPT}`;
    case 504:
      return `The service took too long to answer. Look at the list before you try again: it may have done it. ${KEPT}`;
    default:
      return error.message || `Something went wrong (${error.status ?? error}). ${KEPT}`;
  }
}

/** “1 phrase”, “2,000 phrases”. */
export function count(number, one, many = `${one}s`) {
  return `${numbers.format(number)} ${number === 1 ? one : many}`;
}
