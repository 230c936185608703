// What the server is asked. All addresses are relative, so that the page works behind a proxy's path.

import {parse} from './json.js';
import {fromOtherTabs, passOn, secretIn} from './secret.js';

const SECRET = 'pagewalk.secret';
const PAYLOADS = new Set(['key', 'value']);
const PATIENCE = 4;

/** What the server says is wrong, in its words. */
export class Problem extends Error {
  constructor(status, detail, body = {}) {
    super(detail);
    this.status = status;
    this.body = body;
  }

  /** Whether the same request may be answered later. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status === 503 || this.status === 504;
  }
}

let askForSecret = () => Promise.reject(new Problem(401, 'the secret is missing'));
let asking = null;

/** Who is asked for the secret where the server wants one: a function that promises it. It is told whether one was refused. */
export function onSecretMissing(ask) {
  askForSecret = ask;
}

/** Takes the secret out of the address bar. */
export function takeSecret() {
  const given = secretIn(location.hash);
  if (given) {
    sessionStorage.setItem(SECRET, given);
  }
  if (location.hash) {
    history.replaceState(history.state, '', location.pathname + location.search);
  }
}

async function newSecret(refused) {
  asking ??= (async () => (await fromOtherTabs(refused)) ?? askForSecret(Boolean(refused)))().finally(() => {
    asking = null;
  });
  sessionStorage.setItem(SECRET, await asking);
}

const wait = (millis, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, millis);
  signal?.addEventListener('abort', () => {
    clearTimeout(timer);
    reject(signal.reason);
  });
});

async function ask(address, options, tries = 0) {
  const secret = sessionStorage.getItem(SECRET);
  let response;
  try {
    response = await fetch(address, {...options, headers: secret ? {Authorization: `Bearer ${secret}`} : {}});
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem(0, 'the server cannot be reached');
  }
  if (response.status === 401) {
    await response.text();
    // Another request may have been given a better one meanwhile.
    if (sessionStorage.getItem(SECRET) === secret) await newSecret(secret);
    return ask(address, options, tries);
  }
  if (secret) passOn(secret);
  if (response.status === 429 && tries < PATIENCE) {
    // What is not read keeps its connection, of which browsers have six.
    await response.text();
    await wait(1000 * Number(response.headers.get('Retry-After') ?? 1), options.signal);
    return ask(address, options, tries + 1);
  }
  if (!response.ok) {
    const text = await response.text();
    let body = {};
    try {
      body = parse(text);
    } catch {
      // Not the server's own words: a proxy's, perhaps.
    }
    throw new Problem(response.status, body.detail ?? `the answer is ${response.status}`, body);
  }
  return response;
}

/** A query of what is not empty. */
export function query(parameters) {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') found.set(name, value);
  }
  return `?${found}`;
}

/** A document. Payloads in it are JSON texts, as they were sent. */
export async function get(path, signal) {
  const response = await ask(path, {signal});
  return parse(await response.text(), PAYLOADS);
}

/** The bytes of a payload; null if that is null. */
export async function octets(path, signal) {
  const response = await ask(path, {signal});
  return response.status === 204 ? null : new Uint8Array(await response.arrayBuffer());
}

/** An address that can be followed without the secret, for a minute. */
export async function ticket(path) {
  const body = new URLSearchParams({link: `/${path}`});
  const response = await ask('api/v1/tickets', {method: 'POST', body});
  return (await response.json()).link.slice(1);
}

export function records(topic) {
  return `api/v1/topics/${encodeURIComponent(topic)}/records`;
}
