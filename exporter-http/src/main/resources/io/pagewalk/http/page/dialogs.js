// What is asked in between.

import {html, useEffect, useRef, useState} from './preact.js';
import {EXAMPLES, understood, words} from './goto.js';
import {secretIn} from './secret.js';
import {isElsewhere, zone} from './zone.js';

const KEYS = [
  ['↓ ↑, j k', 'next, previous record'],
  ['Page down, up', 'a screen further, back'],
  ['Home, End', 'first, last record that was read'],
  ['Enter', 'show the record; Esc closes it'],
  ['/', 'search'],
  ['g', 'go to a time, an offset, or partition:offset'],
  ['n, o', 'newest, oldest records first'],
  ['r', 'begin anew, with what has come since'],
  ['c', 'copy the value'],
  ['l', 'copy a link to the record; L to the page'],
  ['d', 'download'],
  ['u', 'all topics'],
  ['?', 'this help'],
];

/** @param stays whether it is not closed by Esc, which browsers let nobody prevent twice in a row */
function Dialog({title, onClose, stays, children}) {
  const element = useRef(null);
  useEffect(() => {
    const dialog = element.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return html`<dialog ref=${element} aria-label=${title} onCancel=${event => {
    event.preventDefault();
    onClose();
  }} onClose=${event => stays && event.target.isConnected && event.target.showModal()}
    onClick=${event => event.target === element.current && onClose()}>
    <h2>${title}</h2>
    ${children}
  </dialog>`;
}

export function Help({onClose}) {
  return html`<${Dialog} title="Keys" onClose=${onClose}>
    <table class="keys"><tbody>${KEYS.map(([keys, what]) => html`<tr><th scope="row">${keys}</th><td>${what}</td></tr>`)}</tbody></table>
    <p class="note">A listing ends where the topic ended when it began: what comes later moves nothing.</p>
    <form method="dialog" onSubmit=${onClose}><button>close</button></form>
  <//>`;
}

/** What was wrong, which nobody has to tell by its colour. */
function Wrong({children}) {
  return html`<p class="bad" role="alert"><b>Error:</b> ${children}</p>`;
}

/** @param isWrong whether the server has refused one */
export function SecretDialog({onGiven, isWrong}) {
  const field = useRef(null);
  return html`<${Dialog} title="Secret" stays=${true} onClose=${() => {}}>
    <p>Enter the secret: what stands behind #secret= in the address that pagewalk serve printed.</p>
    <form onSubmit=${event => {
      event.preventDefault();
      const typed = field.current.value.trim();
      if (typed !== '') onGiven(secretIn(typed) ?? typed);
    }}>
      <input hidden autocomplete="username" value="pagewalk" readonly />
      <input ref=${field} type="password" aria-label="Secret" autocomplete="current-password" />
      <button>Open</button>
    </form>
    ${isWrong && html`<${Wrong}>That is not this server's secret.<//>`}
  <//>`;
}

/**
 * @param partitions how many the topic has, if that is known
 * @param onGo promises what is wrong, or nothing
 */
export function GoTo({partitions, onGo, onClose}) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(null);
  const found = understood(text, partitions);
  return html`<${Dialog} title="Go to" onClose=${onClose}>
    <form onSubmit=${async event => {
      event.preventDefault();
      setWrong(found.wrong ?? await onGo(found));
    }}>
      <input aria-label="Time or offset" aria-describedby="understood" placeholder="yesterday 14:00" value=${text}
        onInput=${event => {
          setText(event.target.value);
          setWrong(null);
        }} />
      <button>go</button>
      <button type="button" onClick=${onClose}>cancel</button>
    </form>
    ${wrong ? html`<${Wrong}>${wrong}<//>`
      : html`<p id="understood" class="understood" aria-live="polite">${text.trim() === '' ? '' : words(found)}</p>`}
    <p class="note">${EXAMPLES[0].toUpperCase() + EXAMPLES.slice(1)}. Times are of this browser's zone${isElsewhere ? `, ${zone}` : ', UTC'}.</p>
  <//>`;
}

export function Download({command, onClose, onFormat, large}) {
  return html`<${Dialog} title="Download" onClose=${onClose}>
    ${large
      ? html`<p>That is more than a browser should hold. This writes it to files, and proves that they are complete:</p>
          <pre class="text" tabindex="0">${command}</pre>`
      : html`<p>All records of this listing, from its beginning to where it ends:</p>
          <div class="actions">
            <button type="button" onClick=${() => onFormat('jsonl')}>JSONL</button>
            <button type="button" onClick=${() => onFormat('csv')}>CSV</button>
          </div>`}
    <form method="dialog" onSubmit=${onClose}><button>close</button></form>
  <//>`;
}
