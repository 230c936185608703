// What is looked at, as the address bar has it: no more is needed to see it again.

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

/** The same topic and formats, from another place on. */
export function startingAt(view, place) {
  return {...view, token: null, skip: null, at: null, record: null, ...place};
}

/** The place of a row as a view: what is shown again when the page is loaded anew. */
export function placeOf(view, listing, row) {
  const record = listing.get(row);
  if (isSearch(view) || record === undefined || (row <= 0 && listing.first === 0 && !view.at)) return view;
  if (view.order === 'time') {
    const time = new Date(Number(record.timestamp) + (view.direction === 'desc' ? 1 : 0));
    return Number.isNaN(time.getTime()) ? view : {...view, token: null, skip: null, at: time.toISOString()};
  }
  const token = listing.firstToken;
  if (view.at && /^\d+$/.test(view.partitions ?? '')) {
    const offset = BigInt(record.offset) + (view.direction === 'desc' ? 1n : 0n);
    return {...view, token: null, skip: null, at: `offset:${offset}`};
  }
  if (view.at || token === null) return view;
  return {...view, token, skip: Math.floor(listing.place(row) * listing.total)};
}

/**
 * What somebody typed who wants to go somewhere: a time, an offset, or a partition and an offset.
 *
 * @return the view, or null if it is none of these
 */
export function goingTo(view, text) {
  const typed = text.trim();
  const place = /^(\d+)[:/](\d+)$/.exec(typed);
  if (place) return startingAt(view, {direction: 'asc', at: `offset:${place[2]}`, partitions: place[1]});
  if (/^\d+$/.test(typed)) return startingAt(view, {direction: 'asc', at: `offset:${typed}`});
  if (/^(now-\S+|today|yesterday)$/.test(typed)) return startingAt(view, {direction: 'asc', at: typed});
  const words = /^(today|yesterday)[ T]+(\d{1,2}:\d{2}(?::\d{2})?)$/.exec(typed);
  const day = words ? localDay(words[1]) + 'T' + words[2].padStart(5, '0') : typed.replace(' ', 'T');
  const time = new Date(day);
  return Number.isNaN(time.getTime()) ? null : startingAt(view, {direction: 'asc', at: time.toISOString()});
}

function localDay(word) {
  const day = new Date();
  if (word === 'yesterday') day.setDate(day.getDate() - 1);
  const two = number => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
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
