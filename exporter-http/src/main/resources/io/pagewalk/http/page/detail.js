// One record beside the list.

import {html, useEffect, useState} from './preact.js';
import {octets, records as recordsOf, ticket} from './api.js';
import {bytes, count, hex, time} from './format.js';
import {Name} from './name.js';
import {payload, reason, schemaText, whole} from './payload.js';
import {parts} from './visible.js';

const MOST_HEX = 64 * 1024;
const MOST_SHOWN = 512 * 1024;

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

function Payload({record, part, say}) {
  const [asHex, setHex] = useState(false);
  const found = payload(record, part);
  const path = `${recordsOf(record.topic)}/${record.partition}/${record.offset}/${part}`;
  if (found.isNull) {
    return html`<p class="null">null${part === 'value' ? ': a tombstone' : ''}</p>`;
  }
  const copy = () => navigator.clipboard.writeText(found.text).then(() => say(`${part} copied`), () => say('not copied'));
  const text = whole(found);
  return html`<div class="actions">
      <span class="note">${found.isJsonNull ? 'JSON null, not a tombstone' : found.format}
        ${found.size !== undefined && `, ${bytes(found.size)}`}</span>
      <button type="button" aria-pressed=${asHex} onClick=${() => setHex(!asHex)}>hex</button>
      <button type="button" onClick=${copy}>copy</button>
      <button type="button" onClick=${() => download(path).catch(e => say(e.message))}>download</button>
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

export function Detail({record, link, onClose, say}) {
  if (record === undefined) return html`<aside class="detail" aria-label="Record"><p class="note">reading…</p></aside>`;
  const copyLink = () => navigator.clipboard.writeText(link).then(() => say('link copied'), () => say('not copied'));
  return html`<aside class="detail" aria-label="Record">
    <header>
      <h2><${Name} text=${`${record.topic}-${record.partition}`} /> <span class="offset">${count(record.offset)}</span></h2>
      <a class="button" href=${link} onClick=${event => {
        event.preventDefault();
        copyLink();
      }}>link</a>
      <button type="button" aria-label="Close" onClick=${onClose}>×</button>
    </header>
    <p class="note">${time(record.timestamp)} · ${record.timestampType}</p>
    <h3>Value</h3>
    <${Payload} record=${record} part="value" say=${say} />
    <h3>Key</h3>
    <${Payload} record=${record} part="key" say=${say} />
    <h3>Headers</h3>
    <${Headers} record=${record} />
  </aside>`;
}
