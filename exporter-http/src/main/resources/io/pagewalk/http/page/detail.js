// One record beside the list.

import {html, useEffect, useRef, useState} from './preact.js';
import {octets, records as recordsOf, ticket} from './api.js';
import {bytes, count, hex} from './format.js';
import {payload, reason, schemaText, whole} from './payload.js';
import {parts} from './visible.js';
import {exactTime} from './zone.js';

const MOST_HEX = 64 * 1024;
const MOST_SHOWN = 512 * 1024;
const COPIED = 2_000;

/** A text in which nothing is hidden. */
export function Text({text}) {
  const shown = text.length > MOST_SHOWN ? text.slice(0, MOST_SHOWN) : text;
  return html`<pre tabindex="0" class="text">${parts(shown).map(part =>
    part.sign ? html`<span class="sign">${part.text}</span>` : part.text)}${shown.length < text.length
    && html`<span class="note">\n… ${count(text.length - shown.length)} characters more: download it</span>`}</pre>`;
}

function Hex({address}) {
  const [found, setFound] = useState(null);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    setFound(null);
    octets(address, stop.signal).then(setFound, e => e.name !== 'AbortError' && setFailure(e));
    return () => stop.abort();
  }, [address]);
  if (failure) return html`<p class="bad">${failure.message}</p>`;
  if (found === null) return html`<p class="note">reading…</p>`;
  const more = found.length - MOST_HEX;
  return html`<pre tabindex="0" class="text hex">${hex(found.subarray(0, MOST_HEX))}</pre>
    ${more > 0 && html`<p class="note">${count(more)} bytes more: download it</p>`}`;
}

function Schema({found}) {
  if (found.error) return html`<p class="bad">not decoded: ${reason(found.error)}</p>`;
  return found.schema && html`<p class="note">${schemaText(found.schema)}</p>`;
}

/** Follows a link that carries a ticket instead of the secret. */
export async function download(path) {
  const link = document.createElement('a');
  link.href = await ticket(path);
  link.download = '';
  link.click();
}

/** A button that copies, and says so beside it. */
function Copy({label, what, text, say}) {
  const [done, setDone] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setDone(''), COPIED);
    return () => clearTimeout(timer);
  }, [done]);
  const tell = word => {
    setDone(word);
    say(`${what} ${word}`);
  };
  return html`${done && html`<span class="copied">${done}</span>`}
    <button type="button" aria-label=${label} onClick=${() =>
      navigator.clipboard.writeText(text).then(() => tell('copied'), () => tell('not copied'))}>${label.replace(/ (value|key)$/, '')}</button>`;
}

function Payload({record, part, say}) {
  const [asHex, setHex] = useState(false);
  const found = payload(record, part);
  const path = `${recordsOf(record.topic)}/${record.partition}/${record.offset}/${part}`;
  if (found.isNull) {
    return html`<p class="null">null${part === 'value' ? ': a tombstone' : ''}</p>`;
  }
  const text = whole(found);
  return html`<div class="actions">
      <span class="note">${found.isJsonNull ? 'JSON null, not a tombstone' : found.format}
        ${found.size !== undefined && `, ${bytes(found.size)}`}</span>
      <button type="button" aria-label=${`hex of ${part}`} aria-pressed=${asHex} onClick=${() => setHex(!asHex)}>hex</button>
      <${Copy} label=${`copy ${part}`} what=${part} text=${found.text} say=${say} />
      <button type="button" aria-label=${`download ${part}`} onClick=${() => download(path).catch(e => say(e.message))}>download</button>
    </div>
    <${Schema} found=${found} />
    ${found.isCut && html`<p class="note">only the first bytes are here: download all of it</p>`}
    ${asHex ? html`<${Hex} address=${path} />` : text === '' ? html`<p class="null">empty</p>` : html`<${Text} text=${text} />`}`;
}

function Headers({record}) {
  if (record.headers.length === 0) return html`<p class="null">none</p>`;
  return html`<table class="headers"><tbody>${record.headers.map(header => {
    const found = payload({...header, key: undefined}, 'value');
    return html`<tr>
      <th scope="row">${parts(headerName(header)).map(part => part.text)}</th>
      <td>${found.isNull ? html`<span class="null">null</span>` : html`<${Text} text=${found.text} />`}</td>
    </tr>`;
  })}</tbody></table>`;
}

/** Keys of headers came as JSON texts, like all that is called key. */
function headerName(header) {
  return JSON.parse(header.key);
}

/** What is open is where the focus goes, so that it is read out and scrolled. */
function Heading({children}) {
  const element = useRef(null);
  useEffect(() => element.current.focus({preventScroll: true}), []);
  return html`<h2 ref=${element} tabindex="-1">${children}</h2>`;
}

export function Detail({record, failure, link, isLocal, onClose, say}) {
  return html`<aside class="detail" aria-label="Record">
    <header>
      <${Heading}>${record && `partition ${record.partition}, offset ${count(record.offset)}`}<//>
      ${record && html`<${Copy} label="copy link" what="link" text=${link} say=${say} />`}
      <button type="button" aria-label="Close" onClick=${onClose}>×</button>
    </header>
    ${failure ? html`<p class="bad">${failure.message}</p>`
      : record === undefined ? html`<p class="note">reading…</p>`
      : html`<p class="note">${exactTime(record.timestamp, isLocal)} · ${record.timestampType}</p>
    <h3>Value</h3>
    <${Payload} record=${record} part="value" say=${say} />
    <h3>Key</h3>
    <${Payload} record=${record} part="key" say=${say} />
    <h3>Headers</h3>
    <${Headers} record=${record} />`}
  </aside>`;
}
