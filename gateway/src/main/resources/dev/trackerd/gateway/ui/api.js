// Calls of the server's HTTP/JSON interface, and what may go wrong with them.

import { state } from './state.js';

const TRIES = 5;
const LIMIT_MS = 60_000;

/** The longest body that the server takes, in bytes. */
export const MAX_BODY = 1_048_576;

/** A call that failed. `status` is the HTTP status, or 0 if no answer came. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /** Whether the server may have done what it was asked although it did not say so. */
  get unsure() {
    return [0, 500, 502, 504].includes(this.status);
  }
}

let onExpired = () => {};
let onBusy = () => {};

/** Says what to do when the token is refused, and when a call waits for another one to end. */
export function listen(expired, busy) {
  onExpired = expired;
  onBusy = busy;
}

/**
 * Calls with the session's token. A 429 is tried again after the wait that the server asks for.
 * Resolves to the answer's JSON, rejects with ApiError.
 */
export async function call(method, path, body) {
  const session = state.session;
  for (let tries = 1; ; tries++) {
    const response = await send(method, path, body, session?.token);
    if (response.ok) {
      return response.json().catch(() => ({}));
    }
    if (response.status === 429 && tries < TRIES) {
      onBusy(true);
      await wait(Number(response.headers.get('Retry-After')) || 1);
      onBusy(false);
      continue;
    }
    // A session that began meanwhile is not ended by an answer to the one before.
    if (response.status === 401 && session && session === state.session) {
      onExpired();
    }
    throw await failure(response);
  }
}

/** Turns an API key into a token; rejects with ApiError. */
export async function signIn(appId, appSecret) {
  const body = { type: 'application', appId, appSecret };
  const response = await send('POST', 'oauth2/token:generate', body, null);
  if (!response.ok) {
    throw await failure(response);
  }
  return (await response.json()).accessToken;
}

/** Resolves if a token is good; rejects with ApiError. */
export async function probe(token) {
  const response = await send('GET', 'v1/manage/trackers?pageSize=1', undefined, token);
  if (!response.ok) {
    throw await failure(response);
  }
}

async function send(method, path, body, token) {
  const headers = { Accept: 'application/json' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    // The page is at …/ui/, the interface next to it: also behind a proxy with a path of its own.
    return await fetch(`../${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch {
    throw new ApiError(0, '');
  }
}

async function failure(response) {
  // A proxy in between may answer with something else than JSON.
  const body = await response.json().catch(() => ({}));
  return new ApiError(response.status, typeof body.message === 'string' ? body.message : '');
}

function wait(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
