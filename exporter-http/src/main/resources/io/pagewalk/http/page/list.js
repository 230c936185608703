// Rows of a fixed height, of which only those exist that can be seen. Rows have numbers; those before the anchor are negative.

import {html, useEffect, useLayoutEffect, useRef, useState} from './preact.js';
import {count, shortTime} from './format.js';
import {inLine} from './visible.js';
import {summary} from './payload.js';

export const ROW = 28;
/** Browsers do not take elements of any height, so the scrolled one has no more rows than these on each side. */
const REACH = 100_000;
const NEAR = 1_000;
const MARGIN = 8;

function Cell({column, index, part, record}) {
  const {kind, text} = summary(record, part);
  return html`<span role="gridcell" aria-colindex=${index} class=${`cell ${column} ${kind}`}>${inLine(text)}</span>`;
}

function Row({record, row, top, first, isCurrent, onOpen}) {
  return html`<div
    role="row"
    id=${`row${row}`}
    class=${`row ${isCurrent ? 'current' : ''} ${row % 2 === 0 ? '' : 'odd'}`}
    aria-rowindex=${row - first + 2}
    aria-selected=${isCurrent}
    style=${{transform: `translateY(${top}px)`}}
    onClick=${onOpen}>
    ${record === undefined
      ? html`<span role="gridcell" class="cell wait">…</span>`
      : html`<span role="gridcell" aria-colindex="1" class="cell place">${record.partition}:${count(record.offset)}</span>
          <span role="gridcell" aria-colindex="2" class="cell time">${shortTime(record.timestamp)}</span>
          <${Cell} column="key" index="3" part="key" record=${record} />
          <${Cell} column="value" index="4" part="value" record=${record} />`}
  </div>`;
}

/** What the element of the list covers, around a row. */
function reach(listing, around) {
  return {low: Math.max(listing.first, around - REACH), high: Math.min(listing.end, around + REACH)};
}

export function List({listing, current, onCurrent, onOpen, onPlace, control}) {
  const element = useRef(null);
  const [scrolled, setScrolled] = useState(0);
  const [height, setHeight] = useState(600);
  const [around, setAround] = useState(0);
  const {low, high} = reach(listing, around);
  const lowBefore = useRef(low);

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setHeight(entry.contentRect.height));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);

  // Another listing is looked at from its beginning.
  useLayoutEffect(() => {
    lowBefore.current = low;
    element.current.scrollTop = 0;
    setScrolled(0);
    setAround(0);
  }, [listing]);

  // What comes before pushes nothing away that is looked at.
  useLayoutEffect(() => {
    const pushed = (lowBefore.current - low) * ROW;
    lowBefore.current = low;
    if (pushed !== 0) {
      element.current.scrollTop += pushed;
      setScrolled(element.current.scrollTop);
    }
  }, [low]);

  const top = low + Math.floor(scrolled / ROW);
  const bottom = low + Math.ceil((scrolled + height) / ROW);
  const from = Math.max(low, top - MARGIN);
  const to = Math.min(high, bottom + MARGIN);

  useEffect(() => {
    listing.ensure(Math.min(top - MARGIN, top), bottom + MARGIN);
    onPlace(top);
    const wantsLower = top - low < NEAR && low > listing.first;
    const wantsHigher = high - bottom < NEAR && high < listing.end;
    if (wantsLower || wantsHigher) setAround(top);
  });

  control.current = {
    /** Brings a row into sight. */
    show(row) {
      if (row < low || row >= high) {
        setAround(row);
        return;
      }
      const place = (row - low) * ROW;
      const pane = element.current;
      if (place < pane.scrollTop) pane.scrollTop = place;
      if (place + ROW > pane.scrollTop + height) pane.scrollTop = place + ROW - height;
    },
    rows: Math.max(1, Math.floor(height / ROW) - 1),
    focus: () => element.current.focus(),
  };

  const rows = [];
  for (let row = from; row < to; row++) {
    rows.push(html`<${Row}
      key=${row}
      row=${row}
      first=${listing.first}
      top=${(row - low) * ROW}
      record=${listing.get(row)}
      isCurrent=${row === current}
      onOpen=${() => {
        onCurrent(row);
        onOpen(row);
      }} />`);
  }
  const known = listing.ended ?? (listing.beginKnown && listing.after.ended);
  return html`<div
    ref=${element}
    class="list"
    role="grid"
    tabindex="0"
    aria-label="Records"
    aria-rowcount=${known ? listing.end - listing.first + 1 : -1}
    aria-colcount="4"
    aria-busy=${listing.busy}
    aria-activedescendant=${current >= from && current < to ? `row${current}` : undefined}
    onScroll=${event => setScrolled(event.currentTarget.scrollTop)}>
    <div class="spacer" role="presentation" style=${{height: `${(high - low) * ROW}px`}}>${rows}</div>
  </div>`;
}

/** All of the topic as a bar: where one is in it, and where one could go. */
export function Extent({place, onJump, label}) {
  const track = useRef(null);
  const at = event => {
    const box = track.current.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
  };
  const [wanted, setWanted] = useState(null);
  const share = wanted ?? place;
  return html`<div
    ref=${track}
    class="extent"
    role="slider"
    tabindex="0"
    aria-orientation="vertical"
    aria-label="Place in the topic"
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round(share * 100)}
    aria-valuetext=${label(share)}
    title=${label(share)}
    onPointerDown=${event => {
      track.current.setPointerCapture(event.pointerId);
      setWanted(at(event));
    }}
    onPointerMove=${event => wanted !== null && setWanted(at(event))}
    onPointerUp=${event => {
      if (wanted === null) return;
      setWanted(null);
      onJump(at(event));
    }}
    onKeyDown=${event => {
      const step = {ArrowUp: -0.05, ArrowDown: 0.05, PageUp: -0.2, PageDown: 0.2}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      onJump(Math.min(1, Math.max(0, place + step)));
    }}>
    <div class="thumb" style=${{top: `${share * 100}%`}}></div>
    ${wanted !== null && html`<div class="bubble" style=${{top: `${share * 100}%`}}>${label(share)}</div>`}
  </div>`;
}
