// Times in UTC, or in the zone that the browser is in.

const KEPT = 'pagewalk.zone';

/** The name of the browser's zone. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether that differs from UTC, so that there is something to choose. */
export const isElsewhere = !['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'].includes(zone);

export function isLocalChosen() {
  return isElsewhere && localStorage.getItem(KEPT) === 'local';
}

export function chooseLocal(isLocal) {
  localStorage.setItem(KEPT, isLocal ? 'local' : 'utc');
}

function isoOf(millis, isLocal) {
  const date = new Date(Number(millis));
  const moved = isLocal ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000) : date;
  return Number.isNaN(moved.getTime()) ? null : moved.toISOString();
}

/** The parts of a time: the year and the month, the day, the clock, and the milliseconds if there are any; null beyond the calendar. */
export function partsOf(millis, isLocal) {
  const iso = isoOf(millis, isLocal);
  if (iso === null) return null;
  const [date, clock] = iso.slice(0, -1).split('T');
  return {
    month: date.slice(0, -2),
    day: date.slice(-2),
    clock: clock.slice(0, 8),
    millis: clock.endsWith('.000') ? '' : clock.slice(8),
  };
}

/** A time in one line, without its zone, and as short as it can be said; beyond the calendar the number. */
export function timeIn(millis, isLocal) {
  const parts = partsOf(millis, isLocal);
  if (parts === null) return String(millis);
  const clock = parts.millis === '' && parts.clock.endsWith(':00') ? parts.clock.slice(0, -3) : parts.clock + parts.millis;
  return `${parts.month}${parts.day} ${clock}`;
}

/** The same with the name of the zone. */
export function timeAndZone(millis, isLocal) {
  return `${timeIn(millis, isLocal)} ${isLocal ? zone : 'UTC'}`;
}

/** In ISO-8601, to the millisecond, with the offset of the zone. */
export function exactTime(millis, isLocal) {
  const iso = isoOf(millis, isLocal);
  if (iso === null) return String(millis);
  if (!isLocal) return iso;
  const minutes = -new Date(Number(millis)).getTimezoneOffset();
  const two = number => String(Math.floor(number)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${iso.slice(0, -1)}${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)} ${zone}`;
}
