// Places in a topic by share of it: by arithmetic on offsets, or, in the order of time, by time.

import {get, query, records as recordsOf} from './api.js';
import {count} from './format.js';
import {words} from './goto.js';
import {idOf, placeAt, startingAt} from './view.js';
import {timeAndZone} from './zone.js';

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
export function placeLabel(view, listing, extent, share, isLocal) {
  if (view.order === 'time') return extent === null ? `${Math.round(share * 100)} %` : timeAndZone(timeAt(view, extent, share), isLocal);
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

/** Whether a list of partitions as the server takes it has one of them. */
function isAmong(partition, list) {
  const among = each => {
    const [from, to = from] = each.split('-').map(Number);
    return partition >= from && partition <= to;
  };
  return !list || list === 'all' || list.split(',').some(among);
}

/** The record at an offset of a partition, or the next one; the newest of all if there is none. */
async function recordFrom(view, partition, offset) {
  const one = parameters => get(recordsOf(view.topic) + query({page_size: 1, partitions: partition, ...parameters}));
  const {records} = await one({direction: 'asc', from: `offset:${offset}`});
  if (records.length > 0) return {record: records[0], words: String(records[0].offset) === offset ? '' : 'that record is gone; this is the next one'};
  const newest = await one({direction: 'desc'});
  if (newest.records.length === 0) throw new Error(`partition ${partition} has no records`);
  return {record: newest.records[0], words: `no record at or after offset ${count(offset)} of partition ${partition}; this is its newest`};
}

/** The view of a place that was asked for, see goto.js, and what there is to say of it. */
export async function placeFor(view, found) {
  if (found.time !== undefined) return {view: startingAt(view, {direction: 'asc', at: new Date(found.time).toISOString()}), words: words(found)};
  if (found.partition === undefined) return {view: startingAt(view, {direction: 'asc', at: `offset:${found.offset}`}), words: words(found)};
  const {record, words: said} = await recordFrom(view, found.partition, found.offset);
  const isHidden = !isAmong(Number(found.partition), view.partitions);
  const all = {...view, direction: 'asc', filters: {}, partitions: isHidden ? null : view.partitions};
  const place = placeAt(all, record) ?? startingAt(all, {order: 'rounds', at: `offset:${record.offset}`});
  const notes = [
    said || words(found),
    Object.keys(view.filters).length > 0 ? 'the search was left' : '',
    isHidden ? 'all partitions are shown' : '',
  ];
  return {view: place, mark: idOf(record), words: notes.filter(Boolean).join('; ')};
}
