// Names of topics, which may be long: lines break behind their dots, dashes and underscores, and within words only where nothing else helps.

import {html} from './preact.js';

export function Name({text}) {
  return text.split(/(?<=[._-])(?=[^._-])/).map((part, index) => (index === 0 ? part : html`<wbr />${part}`));
}
