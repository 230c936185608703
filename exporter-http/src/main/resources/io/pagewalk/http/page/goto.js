// Where somebody wants to go, from what they typed: a time of this browser's zone, an offset, or a partition and an offset.

import {count} from './format.js';
import {isElsewhere, timeAndZone, timeIn} from './zone.js';

export const EXAMPLES = 'a time (2026-01-31 14:00, yesterday 14:00, 14:00, now-1h), an offset (1200), or a partition and an offset (3:1200)';

const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/;
const TWO_DIGITS = /^\d\d:\d\d(:\d\d)?$/;
const UNITS = {s: 1, m: 60, h: 3600, d: 86_400};

function dayOf(now, daysBefore) {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore);
  const two = number => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Milliseconds since 1970 of a day and a time of it; without a zone it is the browser's. */
function moment(day, clock = '00:00', zone = '') {
  const [year, month, date] = day.split('-').map(Number);
  if (month < 1 || month > 12 || date < 1 || date > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  if (!CLOCK.test(clock)) return null;
  const hours = clock.indexOf(':') === 1 ? `0${clock}` : clock;
  const millis = new Date(`${day}T${hours}${/^(z|utc)$/i.test(zone) ? 'Z' : zone}`).getTime();
  return Number.isNaN(millis) ? null : millis;
}

function timeFrom(text, now) {
  const before = /^now(?:-(\d{1,6})([smhd]))?$/.exec(text);
  if (before) return (Math.floor(now.getTime() / 1000) - (before[1] ? Number(before[1]) * UNITS[before[2]] : 0)) * 1000;
  if (TWO_DIGITS.test(text) && CLOCK.test(text)) return moment(dayOf(now, 0), text);
  const word = /^(today|yesterday)(?:[ T]+(\S+))?$/i.exec(text);
  if (word) return moment(dayOf(now, word[1].toLowerCase() === 'today' ? 0 : 1), word[2]);
  const date = /^(\d{4}-\d\d-\d\d)(?:[ T]+([\d:.]+)\s*(z|utc|[+-]\d\d:\d\d)?)?$/i.exec(text);
  return date ? moment(date[1], date[2], date[3]) : null;
}

const digits = text => BigInt(text.replaceAll(',', '')).toString();

/**
 * What a text stands for: {time} in milliseconds, {offset}, or {partition, offset}; {wrong} says why it is none of these.
 *
 * @param partitions how many the topic has, or undefined if that is not known
 */
export function understood(text, partitions, now = new Date()) {
  const typed = text.trim();
  const time = timeFrom(typed, now);
  if (time !== null) return {time};
  const place = /^(\d[\d,]*)[:/](\d[\d,]*)$/.exec(typed);
  if (place) {
    const found = {partition: digits(place[1]), offset: digits(place[2])};
    if (partitions === undefined || BigInt(found.partition) < BigInt(partitions)) return found;
    return {wrong: `there is no partition ${found.partition}: ${partitions === 1 ? 'the only one is 0' : `they are 0 to ${partitions - 1}`}`};
  }
  if (/^\d[\d,]*$/.test(typed)) return {offset: digits(typed)};
  return {wrong: `not understood: ${EXAMPLES}`};
}

/** How a text was understood, in words. */
export function words(found) {
  if (found.wrong) return found.wrong;
  if (found.time !== undefined) {
    const utc = timeAndZone(found.time, false);
    if (!isElsewhere) return utc;
    const local = timeAndZone(found.time, true);
    const day = timeIn(found.time, true).slice(0, 11);
    return `${local}, ${utc.startsWith(day) ? utc.slice(11) : utc}`;
  }
  const offset = `offset ${count(found.offset)}`;
  return found.partition === undefined ? `${offset} of every partition` : `partition ${found.partition}, ${offset}`;
}
