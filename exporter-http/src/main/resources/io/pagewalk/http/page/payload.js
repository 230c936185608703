// What a payload of a record is, and how it is shown. A payload is a JSON text as the server sent it, beside the name of its format.

import {pretty} from './json.js';

const LARGEST = 1 << 20;

/** What is known of the key or the value of a record. */
export function payload(record, part) {
  const raw = record[part];
  const format = record[`${part}Format`];
  const schema = record[`${part}Schema`];
  const error = record[`${part}Error`];
  const about = {
    format,
    schema,
    error,
    isCut: record[`${part}IsCut`] === true,
    size: record[`${part}Size`],
    isNull: raw === 'null' && format === undefined,
    isJsonNull: record[`${part}IsJsonNull`] === true,
  };
  if (about.isNull) return {...about, text: ''};
  const isText = raw.startsWith('"') && (format === 'string' || format === 'bytes' || about.isCut || error);
  return {...about, text: isText ? JSON.parse(raw) : raw, isJson: !isText};
}

/** In one line of the list. */
export function summary(record, part) {
  const found = payload(record, part);
  if (found.isNull) return {kind: 'nothing', text: part === 'value' ? 'tombstone' : 'null'};
  if (found.isJsonNull) return {kind: 'nothing', text: 'JSON null'};
  if (found.error) return {kind: 'undecoded', text: reason(found.error)};
  if (found.text === '') return {kind: 'nothing', text: 'empty'};
  if (found.format === 'bytes') return {kind: 'octets', text: found.text};
  return {kind: '', text: found.text};
}

/** Why a payload could not be decoded. */
export function reason(error) {
  if (typeof error === 'string') return error;
  return error.path ? `${error.reason} (at ${error.path})` : error.reason;
}

/** In full, over lines where it is JSON. */
export function whole(found) {
  return found.isJson && found.text.length <= LARGEST ? pretty(found.text) : found.text;
}

/** The schema in a few words. */
export function schemaText(schema) {
  return [schema.type, schema.name, schema.id === undefined ? '' : `id ${schema.id}`].filter(Boolean).join(', ');
}
