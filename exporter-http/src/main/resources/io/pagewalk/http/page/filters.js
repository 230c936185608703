// What is looked for: names of filters as addresses have them, and in words.

import {inLine} from './visible.js';

export const WHERE = [
  ['contains', 'value contains'],
  ['key', 'key is'],
  ['key_prefix', 'key begins with'],
  ['json', 'JSON field'],
  ['header', 'header'],
];

const step = name => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The pointer of a field as people write it: a.b, $.a.b, lines[0].sku, or a pointer. */
function pointer(name) {
  if (name.startsWith('/')) return name;
  const path = name.replace(/^\$\.?/, '').replace(/\[["']?([^\]"']*)["']?\]/g, '.$1').replace(/^\./, '');
  return path.split('.').map(each => `/${step(each)}`).join('');
}

/** A filter's name in addresses, of where it looks and the name that somebody gives it. */
export function filterName(where, name) {
  if (where === 'json') return `json.${pointer(name)}`;
  return where === 'header' ? `header.${name}` : where;
}

/** The field of a filter that looks at one, as its steps from the top; null for others. */
export function fieldOf(filter) {
  if (!filter.startsWith('json./')) return null;
  return filter.slice('json./'.length).split('/').map(each => each.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function fieldWords(filter) {
  const steps = fieldOf(filter);
  return steps === null || steps.some(each => each === '' || each.includes('.')) ? filter.slice('json.'.length) : steps.join('.');
}

/** A text that is looked for, in which spaces at its ends can be seen. */
export function quoted(text) {
  const shown = inLine(text, 80);
  return text === '' || text !== text.trim() || /\s\s/.test(text) ? `“${shown}”` : shown;
}

/** A filter as somebody would say it. */
export function filterWords(filter, text) {
  const wanted = quoted(text);
  if (filter === 'contains') return `value contains ${wanted}`;
  if (filter === 'key') return `key = ${wanted}`;
  if (filter === 'key_prefix') return `key begins with ${wanted}`;
  if (filter.startsWith('header.')) return `header ${inLine(filter.slice('header.'.length), 80)} = ${wanted}`;
  return `${inLine(fieldWords(filter), 80)} = ${wanted}`;
}

/** That there is nothing of the kind. */
export function noneWords(filters) {
  const [[filter, text], ...more] = Object.entries(filters);
  if (more.length > 0) return `No record has all of: ${Object.entries(filters).map(each => filterWords(...each)).join(', ')}`;
  if (filter === 'contains') return `No record's value contains ${quoted(text)}`;
  if (filter === 'key') return `No record has key ${quoted(text)}`;
  if (filter === 'key_prefix') return `No record has a key that begins with ${quoted(text)}`;
  return `No record has ${filterWords(filter, text)}`;
}

/** Fields that are looked for, of which records have none. */
export function missingFields(filters, records) {
  const values = records.map(each => {
    try {
      return JSON.parse(each.value);
    } catch {
      return undefined;
    }
  });
  const isIn = (value, steps) => {
    let at = value;
    for (const each of steps) {
      if (at === null || typeof at !== 'object' || !Object.hasOwn(at, each)) return false;
      at = at[each];
    }
    return true;
  };
  return Object.keys(filters)
    .filter(filter => fieldOf(filter) !== null && !values.some(value => isIn(value, fieldOf(filter))))
    .map(filter => inLine(fieldWords(filter), 80));
}
