// How far a search has come, in words and with what can be done about it.

import {html} from './preact.js';
import {noneWords} from './filters.js';
import {count, plural} from './format.js';
import {placeWords, startingAt} from './view.js';

/** What a search looks through, where that is not all of the topic. */
function extent(view, isLocal) {
  const time = view.at ? ` ${view.direction === 'asc' ? 'from' : 'before'} ${placeWords(view.at, isLocal)}${view.direction === 'asc' ? ' on' : ''}` : '';
  return time + (view.partitions ? ` in partitions ${view.partitions}` : '');
}

function looked(search, all) {
  const isWhole = !search.view.at && !search.view.partitions;
  if (isWhole) return `all of ${plural(search.total, 'offset')} looked through`;
  return `${count(search.total)}${all === null ? '' : ` of ${count(all)}`} offsets looked through`;
}

const WHY = {enough: 'stopped at 50 matches', time: 'stopped after 30 s', asked: 'stopped'};

/** @param all how many offsets the topic has, or null */
export function searchWords(search, all, isLocal) {
  const where = extent(search.view, isLocal);
  if (search.ended && search.end === 0) {
    const missing = search.missing.length === 0 ? ''
      : `. None of the newest ${count(search.sampled)} records has a field ${search.missing.join(', ')}`;
    return `${noneWords(search.view.filters)}${where}: ${looked(search, all)}${missing}`;
  }
  if (search.ended) return `${count(search.end)} found${where}: ${looked(search, all)}`;
  if (search.total === 0) return search.busy ? `searching${where}…` : `nothing looked through${where}; stopped`;
  const far = `${count(search.end)} found${where}, looked through ${count(search.scanned)} of ${plural(search.total, 'offset')}`;
  if (search.busy) return `${far}…`;
  return search.full ? `${far}: more than a browser should hold; narrow the search` : `${far}; ${WHY[search.why]}`;
}

export function Searched({search, all, isLocal, go}) {
  const {view} = search;
  const isPart = view.at || view.partitions;
  return html`${!search.ended && html`<progress aria-label="Looked through"
      ...${search.total === 0 ? {} : {value: search.scanned / search.total}}></progress>`}
    <span>${searchWords(search, all, isLocal)}</span>
    ${search.busy && !search.ended && html`<button type="button" onClick=${() => search.stop()}>stop</button>`}
    ${!search.busy && !search.ended && !search.full && html`<button type="button" onClick=${() => search.goOn()}>go on</button>`}
    ${!search.busy && isPart && html`<button type="button"
      onClick=${() => go(startingAt(view, {partitions: null}))}>search the whole topic</button>`}`;
}
