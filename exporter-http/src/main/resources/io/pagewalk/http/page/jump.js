// Places in a topic by share of it: by arithmetic on offsets, or, in the order of time, by time.

import {get, query, records as recordsOf} from './api.js';
import {count, shortTime} from './format.js';
import {startingAt} from './view.js';

/** When the first and the last record are dated; null if there is none. */
export async function times(view) {
  const path = recordsOf(view.topic);
  const at = async direction => {
    const asked = {page_size: 1, order: 'time', direction, partitions: view.partitions};
    const {records} = await get(path + query(asked));
    return records.length === 0 ? null : Number(records[0].timestamp);
  };
  const [first, last] = await Promise.all([at('asc'), at('desc')]);
  return first === null || last === null ? null : {first, last};
}

function timeAt(view, extent, share) {
  const fromOldest = view.direction === 'desc' ? 1 - share : share;
  return Math.round(extent.first + (extent.last - extent.first) * fromOldest);
}

/** What a share of a topic is, in words. */
export function placeLabel(view, listing, extent, share) {
  if (view.order === 'time') return extent === null ? `${Math.round(share * 100)} %` : shortTime(timeAt(view, extent, share));
  return `${count(Math.round(listing.total * share))} of ${count(listing.total)} offsets`;
}

/** The view that begins at a share of the topic. */
export async function jump(view, listing, extent, share) {
  if (view.order === 'time') {
    if (extent === null) return null;
    return startingAt(view, {direction: view.direction, at: new Date(timeAt(view, extent, share)).toISOString()});
  }
  let token = listing.firstToken;
  let total = listing.total;
  if (view.at && !view.token) {
    const asked = {page_size: 1, direction: view.direction, partitions: view.partitions};
    const {meta} = await get(recordsOf(view.topic) + query(asked));
    token = meta.page_token;
    total = Number(meta.total);
  }
  return token === null ? null : startingAt(view, {direction: view.direction, token, skip: Math.min(total - 1, Math.round(total * share))});
}
