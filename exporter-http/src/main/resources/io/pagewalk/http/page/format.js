// Numbers, times and bytes for people.

/** With commas. Digits of any length. */
export function count(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function plural(number, noun) {
  return `${count(number)} ${noun}${String(number) === '1' ? '' : 's'}`;
}

export function bytes(size) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let left = Number(size);
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit++;
  }
  return unit === 0 ? `${left} B` : `${left.toFixed(left < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Milliseconds since 1970 as ISO-8601 in UTC; beyond the calendar the number itself. */
export function time(millis) {
  const date = new Date(Number(millis));
  return Number.isNaN(date.getTime()) ? String(millis) : date.toISOString();
}

/** The same for a column: without the T, and the milliseconds where they are 0. */
export function shortTime(millis) {
  return time(millis).replace('T', ' ').replace(/\.000Z$/, 'Z');
}

/** How long ago, roughly. */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Bytes in rows of sixteen, with their offsets and what of them is ASCII. */
export function hex(octets) {
  const lines = [];
  for (let at = 0; at < octets.length; at += 16) {
    const row = octets.subarray(at, at + 16);
    const digits = Array.from(row, each => each.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(row, each => (each >= 0x20 && each < 0x7f ? String.fromCharCode(each) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${digits.padEnd(47)}  ${text}`);
  }
  return lines.join('\n');
}
