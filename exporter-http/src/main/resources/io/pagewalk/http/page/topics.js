// All topics, and what is exported of each.

import {html, useEffect, useRef, useState} from './preact.js';
import {get} from './api.js';
import {age, count, shortTime} from './format.js';
import {Help} from './dialogs.js';
import {useKeys} from './keys.js';
import {Name} from './name.js';
import {whileSeen} from './seen.js';
import {toAddress} from './view.js';

const AGAIN = 10_000;
/** Of the time for which a topic keeps records. */
const LITTLE_ROOM = 0.25;

function useDocument(path) {
  const [found, setFound] = useState(null);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = () => get(path, stop.signal).then(document => {
      setFound(document);
      setFailure(null);
    }, e => e.name !== 'AbortError' && setFailure(e));
    const leave = whileSeen(read, AGAIN);
    return () => {
      stop.abort();
      leave();
    };
  }, [path]);
  return [found, failure];
}

function Export({found}) {
  if (found.problem) return html`<div class="bad">${found.output}: ${found.problem}</div>`;
  const share = Number(found.committedShare);
  const words = [
    found.state,
    found.state === 'complete' ? null : `${(share * 100).toFixed(1)} %`,
    `${count(found.records)} records`,
    found.lost > 0 ? `${count(found.lost)} lost` : null,
    found.setAside > 0 ? `${count(found.setAside)} set aside` : null,
    found.lastCommit === null ? null : `last commit ${age(Date.now() - Date.parse(found.lastCommit))} ago`,
  ].filter(word => word !== null);
  const room = found.headRoom === null || found.headRoom === undefined ? null : Number(found.headRoom);
  const kind = found.lost > 0 || found.setAside > 0 ? 'lossy' : found.state === 'complete' ? 'complete' : 'running';
  return html`<div>
    <meter min="0" max="1" value=${share} aria-label=${`Committed of ${found.export}`}></meter>${' '}
    <span class=${`state-${kind}`}>${words.join(', ')}</span>
    ${room !== null && html`<span class=${room < LITTLE_ROOM ? 'state-late' : 'note'}>, head room
      ${(room * 100).toFixed(0)} %</span>`}
    <div class="note">${found.output}</div>
  </div>`;
}

export function Topics({go}) {
  const [topics, failure] = useDocument('api/v1/topics');
  const [exports, exportsFailure] = useDocument('api/v1/exports');
  const [text, setText] = useState('');
  const [help, setHelp] = useState(false);
  const field = useRef(null);
  const table = useRef(null);
  useEffect(() => {
    document.title = 'Pagewalk';
  }, []);
  const move = step => {
    const links = [...table.current.querySelectorAll('a')];
    links[Math.min(links.length - 1, Math.max(0, links.indexOf(document.activeElement) + step))]?.focus();
  };
  const keys = {
    '/': () => field.current.focus(),
    '?': () => setHelp(true),
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
  };
  useKeys(keys, help);
  const shown = (topics?.topics ?? []).filter(each => each.topic.includes(text) && (text !== '' || !each.internal));
  const exported = exports?.exports ?? [];
  return html`<div class="page">
    <div class="toolbar">
      <h1>Topics</h1>
      <input ref=${field} type="search" aria-label="Topics with" placeholder="topics with…" value=${text}
        onInput=${event => setText(event.target.value)} onKeyDown=${event => {
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          move(1);
        }} />
      <button type="button" aria-label="help" onClick=${keys['?']}>?</button>
    </div>
    <div class="topics">
      ${failure && html`<p role="alert" class="bad">${failure.message}</p>`}
      ${exportsFailure && html`<p role="alert" class="bad">exports: ${exportsFailure.message}</p>`}
      ${topics === null && !failure && html`<p class="note">reading…</p>`}
      ${topics !== null && html`<table ref=${table}>
        <thead><tr>
          <th scope="col">topic</th><th scope="col" class="number wide">partitions</th><th scope="col" class="number">offsets</th>
          <th scope="col" class="wide">newest</th><th scope="col">exported</th>
        </tr></thead>
        <tbody>${shown.map(each => html`<tr key=${each.topic}>
          <td><a href=${toAddress({topic: each.topic, filters: {}})} onClick=${event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            go({topic: each.topic});
          }}><${Name} text=${each.topic} /></a></td>
          <td class="number wide">${each.partitions}</td>
          <td class="number">${each.offsets === null ? '' : count(each.offsets)}</td>
          <td class="wide">${each.newest === null || each.newest === undefined ? '' : shortTime(each.newest)}</td>
          <td>${exported.filter(one => one.topic === each.topic).map(one => html`<${Export} found=${one} />`)}</td>
        </tr>`)}</tbody>
      </table>
      ${shown.length === 0 && html`<p class="note">no topics${text === '' ? '' : ' with that name'}</p>`}
      ${exported.filter(one => one.problem && !one.topic).map(one => html`<${Export} found=${one} />`)}`}
    </div>
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}
  </div>`;
}
