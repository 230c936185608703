// One row of the list, and the one that heads them.

import {Component, html} from './preact.js';
import {count} from './format.js';
import {summary} from './payload.js';
import {inLine} from './visible.js';
import {isElsewhere, partsOf, timeIn, zone} from './zone.js';

const SPOKEN = 60;
const SHOWN = ['record', 'row', 'top', 'first', 'isCurrent', 'isLocal'];

function Cell({column, index, part, record}) {
  const {kind, text} = summary(record, part);
  return html`<span role="gridcell" aria-colindex=${index} class=${`cell ${column} ${kind}`}>${inLine(text)}</span>`;
}

/** A time whose parts are left out one by one where there is little room. */
function Time({millis, isLocal}) {
  const found = partsOf(millis, isLocal);
  return html`<span role="gridcell" aria-colindex="2" class="cell time">${found === null ? String(millis)
    : html`<span class="month">${found.month}</span>${found.day} ${found.clock}<span class="millis">${found.millis}</span>`}</span>`;
}

/** What is read out of a row: enough to tell it from others. */
function spoken(record, isLocal) {
  const text = part => inLine(summary(record, part).text, SPOKEN);
  return `partition ${record.partition}, offset ${count(record.offset)}, ${timeIn(record.timestamp, isLocal)}, key ${text('key')}, value ${text('value')}`;
}

/** One is drawn anew only where something of it is another: while a list is scrolled, most of its rows stay as they are. */
export class Row extends Component {
  shouldComponentUpdate(next) {
    return SHOWN.some(name => next[name] !== this.props[name]);
  }

  render({record, row, top, first, isCurrent, isLocal, onOpen}) {
    return html`<div
      role="row"
      id=${`row${row}`}
      class=${`row ${isCurrent ? 'current' : ''} ${row % 2 === 0 ? '' : 'odd'}`}
      aria-rowindex=${row - first + 2}
      aria-selected=${isCurrent}
      aria-label=${record && spoken(record, isLocal)}
      style=${{transform: `translateY(${top}px)`}}
      onClick=${() => onOpen(row)}>
      ${record === undefined
        ? html`<span role="gridcell" class="cell wait">…</span>`
        : html`<span role="gridcell" aria-colindex="1" class="cell place">${record.partition}:${count(record.offset)}</span>
            <${Time} millis=${record.timestamp} isLocal=${isLocal} />
            <${Cell} column="key" index="3" part="key" record=${record} />
            <${Cell} column="value" index="4" part="value" record=${record} />`}
    </div>`;
  }
}

/** What the columns are. The zone of the times is chosen here. */
export function Head({isLocal, onZone}) {
  const name = isLocal ? zone : 'UTC';
  return html`<div role="row" class="head" aria-rowindex="1">
    <span role="columnheader" aria-colindex="1" class="cell place">partition:offset</span>
    <span role="columnheader" aria-colindex="2" class="cell time">${isElsewhere
      ? html`<button type="button" title=${`show times in ${isLocal ? 'UTC' : zone}`} onClick=${onZone}>time (${name})</button>`
      : `time (${name})`}</span>
    <span role="columnheader" aria-colindex="3" class="cell">key</span>
    <span role="columnheader" aria-colindex="4" class="cell">value</span>
  </div>`;
}
