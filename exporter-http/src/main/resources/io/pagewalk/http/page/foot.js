// What stands below the list: how far it goes, what is going on, and what went wrong.

import {html, useEffect} from './preact.js';
import {plural} from './format.js';
import {Searched} from './searched.js';

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

function Walked({listing}) {
  const read = listing.end - listing.first;
  const state = listing.busy ? 'reading…' : listing.after.ended && listing.beginKnown ? 'that is all' : '';
  return html`<span>${plural(read, 'record')} read of ${plural(listing.total, 'offset')}</span>
    <span class="note">${state}</span>
    ${!listing.after.ended && !listing.busy
      && html`<button type="button" onClick=${() => listing.ensure(0, listing.end)}>load more</button>`}`;
}

/** @param said {text, isQuiet}: what has been done, and whether that is seen anyhow */
export function Foot({listing, said, all, isLocal, go}) {
  return html`<div class="foot">
    ${listing.failure ? html`<${Failure} listing=${listing} />`
      : listing.isSearch ? html`<${Searched} search=${listing} all=${all} isLocal=${isLocal} go=${go} />`
      : html`<${Walked} listing=${listing} />`}
    <span class=${`said ${said.isQuiet ? 'unseen' : ''}`} role="status" aria-live="polite">${said.text}</span>
  </div>`;
}
