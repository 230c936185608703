// What stands above the list: where it begins, in which order, and what is looked for.

import {html, useEffect, useRef, useState} from './preact.js';
import {Name} from './name.js';
import {isSearch, startingAt} from './view.js';

export function Toolbar({view, go, partitions, newer, onGoTo, onDownload, onHelp, onAnew}) {
  const set = change => go({...startingAt(view, {at: view.at}), ...change});
  const atEdge = !view.token && !view.at;
  return html`<div class="toolbar" role="toolbar" aria-label="Listing">
    <a class="button" href="?" onClick=${event => {
      event.preventDefault();
      go({topic: null});
    }}>topics</a>
    <h1><${Name} text=${view.topic} /></h1>
    <span class="group">
      <button type="button" aria-pressed=${atEdge && view.direction === 'desc'}
        onClick=${() => go(startingAt(view, {direction: 'desc'}))}>newest</button>
      <button type="button" aria-pressed=${atEdge && view.direction === 'asc'}
        onClick=${() => go(startingAt(view, {direction: 'asc'}))}>oldest</button>
      <button type="button" aria-pressed=${Boolean(view.at)} onClick=${onGoTo}>go to…</button>
    </span>
    <label>order <select value=${view.order} onChange=${event => set({order: event.target.value})}>
      <option value="time">by time</option>
      <option value="rounds">by offset</option>
    </select></label>
    <label>partitions <${Field} value=${view.partitions ?? ''} placeholder=${partitions} size="8"
      onGiven=${text => set({partitions: text || null})} /></label>
    <label>values <select value=${view.valueFormat ?? 'auto'} onChange=${event =>
      set({valueFormat: event.target.value === 'auto' ? null : event.target.value})}>
      ${['auto', 'string', 'json', 'bytes'].map(each => html`<option value=${each}>${each}</option>`)}
    </select></label>
    <button type="button" onClick=${onAnew}>${newer > 0 ? html`<b>${newer} newer</b>` : 'reload'}</button>
    <button type="button" onClick=${onDownload}>download</button>
    <button type="button" aria-label="Keys" onClick=${onHelp}>?</button>
  </div>`;
}

/** A text field that is taken by Enter, or when it is left. */
function Field({value, onGiven, ...more}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => typed !== value && onGiven(typed.trim());
  return html`<input ...${more} value=${typed} onInput=${event => setTyped(event.target.value)} onBlur=${take}
    onKeyDown=${event => event.key === 'Enter' && take()} />`;
}

const WHERE = [
  ['contains', 'value contains'],
  ['key', 'key is'],
  ['key_prefix', 'key begins with'],
  ['json', 'JSON field'],
  ['header', 'header'],
];

/** A filter's name in addresses, and the name that somebody gives it. */
function nameOf(where, name) {
  if (where === 'json') {
    return `json.${name.startsWith('/') ? name : '/' + name.replaceAll('.', '/')}`;
  }
  return where === 'header' ? `header.${name}` : where;
}

/** What is looked for. All of it has to match. */
export function SearchBar({view, go, control}) {
  const [where, setWhere] = useState('contains');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const field = useRef(null);
  control.current = () => field.current.focus();
  const named = where === 'json' || where === 'header';
  const submit = event => {
    event.preventDefault();
    if (named && name.trim() === '') return;
    go({...view, record: null, token: null, skip: null, filters: {...view.filters, [nameOf(where, name.trim())]: text}});
    setText('');
  };
  const without = filter => {
    const {[filter]: left, ...filters} = view.filters;
    go({...view, record: null, filters});
  };
  return html`<form class="search" role="search" onSubmit=${submit}>
    <label>search <select aria-label="Where" value=${where} onChange=${event => setWhere(event.target.value)}>
      ${WHERE.map(([value, label]) => html`<option value=${value}>${label}</option>`)}
    </select></label>
    ${named && html`<input aria-label="Name" class="name" value=${name} onInput=${event => setName(event.target.value)}
      placeholder=${where === 'json' ? 'customer.id' : 'name'} />`}
    <input ref=${field} aria-label="Text" value=${text} placeholder="text" onInput=${event => setText(event.target.value)} />
    <button>search</button>
    ${isSearch(view) && Object.entries(view.filters).map(([filter, wanted]) => html`<button type="button" class="filter"
      aria-label=${`Without ${filter} ${wanted}`} onClick=${() => without(filter)}>${filter} = ${wanted} ×</button>`)}
  </form>`;
}
