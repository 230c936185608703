// Rows of a fixed height, of which only those exist that can be seen. Rows have numbers; those before the anchor are negative.

import {html, useCallback, useEffect, useLayoutEffect, useRef, useState} from './preact.js';
import {Head, Row} from './row.js';

export const ROW = 28;
/** Browsers do not take elements of any height, so the scrolled one has no more rows than these on each side. */
const REACH = 100_000;
const NEAR = 1_000;
const MARGIN = 8;

/** What the element of the list covers, around a row. */
function reach(listing, around) {
  return {low: Math.max(listing.first, around - REACH), high: Math.min(listing.end, around + REACH)};
}

export function List({listing, current, onOpen, onPlace, control, isLocal, onZone}) {
  const grid = useRef(null);
  const element = useRef(null);
  const [scrolled, setScrolled] = useState(0);
  const [height, setHeight] = useState(600);
  const [around, setAround] = useState(0);
  const {low, high} = reach(listing, around);
  const lowBefore = useRef(low);
  // Rows keep the one that they were given.
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const open = useCallback(row => latest.current(row), []);

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
    /** Brings a row where its neighbours are seen too. */
    centre(row) {
      if (row >= low && row < high) element.current.scrollTop = (row - low - Math.floor(height / ROW / 3)) * ROW;
    },
    rows: Math.max(1, Math.floor(height / ROW) - 1),
    focus: () => grid.current.focus({preventScroll: true}),
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
      isLocal=${isLocal}
      onOpen=${open} />`);
  }
  return html`<div
    ref=${grid}
    class="grid"
    role="grid"
    tabindex="0"
    aria-label="Records"
    aria-rowcount=${listing.ended ? listing.end - listing.first + 1 : -1}
    aria-colcount="4"
    aria-busy=${listing.busy}
    aria-activedescendant=${current >= from && current < to ? `row${current}` : undefined}>
    <${Head} isLocal=${isLocal} onZone=${onZone} />
    <div
      ref=${element}
      class="list"
      role="rowgroup"
      tabindex="-1"
      onFocus=${() => grid.current.focus({preventScroll: true})}
      onScroll=${event => setScrolled(event.currentTarget.scrollTop)}>
      <div class="spacer" role="presentation" style=${{height: `${(high - low) * ROW}px`}}>${rows}</div>
    </div>
  </div>`;
}
