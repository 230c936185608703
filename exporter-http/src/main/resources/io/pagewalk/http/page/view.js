// What is looked at, as the address bar has it: no more is needed to see it again.

import {count} from './format.js';
import {timeAndZone} from './zone.js';

const FILTERS = ['key', 'key_prefix', 'contains'];

/** A view of the page's address. */
export function fromAddress(search = location.search) {
  const given = new URLSearchParams(search);
  const topic = given.get('topic');
  if (topic === null) return {topic: null};
  const filters = {};
  for (const [name, value] of given) {
    if (FILTERS.includes(name) || name.startsWith('header.') || name.startsWith('json.')) filters[name] = value;
  }
  return {
    topic,
    direction: given.get('direction') === 'asc' ? 'asc' : 'desc',
    at: given.get('at'),
    token: given.get('page_token'),
    skip: given.get('skip'),
    order: given.get('order') === 'rounds' ? 'rounds' : 'time',
    partitions: given.get('partitions'),
    keyFormat: given.get('key_format'),
    valueFormat: given.get('value_format'),
    filters,
    record: given.get('record'),
  };
}

/** The address of a view, relative to the page. */
export function toAddress(view) {
  if (view.topic === null) return '?';
  const parameters = {
    topic: view.topic,
    direction: view.direction === 'asc' ? 'asc' : undefined,
    at: view.token ? undefined : view.at,
    order: view.order === 'rounds' ? 'rounds' : undefined,
    partitions: view.partitions,
    key_format: view.keyFormat,
    value_format: view.valueFormat,
    ...view.filters,
    page_token: view.token,
    skip: view.skip,
    record: view.record,
  };
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') found.set(name, value);
  }
  return `?${found}`;
}

export function isSearch(view) {
  return Object.keys(view.filters).length > 0;
}

/** What a record is called in an address. */
export function idOf(record) {
  return `${record.partition}:${record.offset}`;
}

/** The same topic and formats, from another place on. */
export function startingAt(view, place) {
  return {...view, token: null, skip: null, at: null, record: null, ...place};
}

/** The place of a row as a view: what is shown again when the page is loaded anew. */
export function placeOf(view, listing, row) {
  const record = listing.get(row);
  if (isSearch(view) || record === undefined || (row <= 0 && listing.first === 0 && !view.at)) return view;
  if (view.order === 'time') return {...(placeAt(view, record) ?? view), record: view.record};
  const token = listing.firstToken;
  if (view.at && /^\d+$/.test(view.partitions ?? '')) {
    const offset = BigInt(record.offset) + (view.direction === 'desc' ? 1n : 0n);
    return {...view, token: null, skip: null, at: `offset:${offset}`};
  }
  if (view.at || token === null) return view;
  return {...view, token, skip: Math.floor(listing.place(row) * listing.total)};
}

/** The place that a view begins at, in words. */
export function placeWords(at, isLocal) {
  if (at.startsWith('offset:')) return `offset ${count(at.slice('offset:'.length))}`;
  const time = new Date(at).getTime();
  return Number.isNaN(time) ? at : timeAndZone(time, isLocal);
}

/** The view that begins with a record, and has what comes after it; null if no place is known. */
export function placeAt(view, record) {
  const time = new Date(Number(record.timestamp) + (view.direction === 'desc' ? 1 : 0));
  return view.order !== 'time' || Number.isNaN(time.getTime()) ? null : startingAt(view, {at: time.toISOString()});
}

/** The command that exports what the view shows. */
export function exportCommand(view) {
  const quoted = text => `'${String(text).replaceAll("'", "'\\''")}'`;
  const words = ['pagewalk export --bootstrap-server HOST:PORT', `--topic ${quoted(view.topic)}`];
  if (view.partitions) words.push(`--partitions ${quoted(view.partitions)}`);
  if (view.at && view.direction === 'asc') words.push(`--from ${quoted(view.at)}`);
  words.push('--output DIRECTORY');
  return words.join(' ');
}
