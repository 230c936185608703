// What stands below the list: how far it goes, what is going on, and what went wrong.

import {html, useEffect} from './preact.js';
import {count, plural} from './format.js';

const PAUSE = 5_000;

function advice({status}) {
  switch (status) {
    case 410: return 'Begin anew: what this listing was of is gone, or was made anew.';
    case 429: return 'The server is busy with other pages.';
    default: return '';
  }
}

function Failure({listing}) {
  const {failure} = listing;
  useEffect(() => {
    if (!failure.passes) return undefined;
    const timer = setTimeout(() => listing.retry(), PAUSE);
    return () => clearTimeout(timer);
  }, [failure]);
  return html`<span role="alert" class="bad">${failure.message}. ${advice(failure)}
      ${failure.passes ? ' Trying again.' : ''}</span>
    <button type="button" onClick=${() => listing.retry()}>try again</button>`;
}

function Searched({search}) {
  const share = search.total === 0 ? 0 : search.scanned / search.total;
  const found = `${count(search.end)} found in ${count(search.scanned)} of ${plural(search.total, 'offset')}`;
  if (search.ended) return html`<span>${count(search.end)} found: all of ${plural(search.total, 'offset')} looked through</span>`;
  return html`<progress value=${share} aria-label="Looked through"></progress>
    <span>${found}${search.busy ? '…' : ''}</span>
    ${!search.busy && (search.full
      ? html`<span class="note">more than a browser should hold: narrow the search</span>`
      : html`<button type="button" onClick=${() => search.goOn()}>search on</button>`)}`;
}

function Walked({listing}) {
  const read = listing.end - listing.first;
  const state = listing.busy ? 'reading…' : listing.after.ended && listing.beginKnown ? 'that is all' : '';
  return html`<span>${plural(read, 'record')} read of ${plural(listing.total, 'offset')}</span>
    <span class="note">${state}</span>
    ${!listing.after.ended && !listing.busy
      && html`<button type="button" onClick=${() => listing.ensure(0, listing.end)}>load more</button>`}`;
}

export function Foot({listing, said}) {
  return html`<div class="foot">
    ${listing.failure ? html`<${Failure} listing=${listing} />`
      : listing.isSearch ? html`<${Searched} search=${listing} />` : html`<${Walked} listing=${listing} />`}
    <span class="said" role="status" aria-live="polite">${said}</span>
  </div>`;
}
