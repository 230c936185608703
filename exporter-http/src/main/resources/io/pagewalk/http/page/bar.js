// What stands above the list: where it begins, in which order, and what is looked for.

import {html, useEffect, useRef, useState} from './preact.js';
import {Name} from './name.js';
import {WHERE, filterName, filterWords} from './filters.js';
import {isSearch, startingAt} from './view.js';
import {inLine} from './visible.js';

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
      <button type="button" aria-pressed=${!atEdge} onClick=${onGoTo}>go to…</button>
    </span>
    <label>order <select value=${view.order} onChange=${event => set({order: event.target.value})}>
      <option value="time">by time</option>
      <option value="rounds">by offset</option>
    </select></label>
    <${Partitions} value=${view.partitions ?? ''} known=${partitions} onGiven=${text => set({partitions: text || null})} />
    <label>values <select value=${view.valueFormat ?? 'auto'} onChange=${event =>
      set({valueFormat: event.target.value === 'auto' ? null : event.target.value})}>
      ${['auto', 'string', 'json', 'bytes'].map(each => html`<option value=${each}>${each}</option>`)}
    </select></label>
    <button type="button" onClick=${onAnew}>${newer > 0 ? html`<b>${newer} newer</b>` : 'reload'}</button>
    <button type="button" onClick=${onDownload}>download</button>
    <button type="button" aria-label="help" onClick=${onHelp}>?</button>
  </div>`;
}

/** Why a text is no list of partitions, or null if it is one. */
function noPartitions(text, known) {
  if (text === '' || text === 'all' || /^\d+\/\d+$/.test(text)) return null;
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text)) return `“${inLine(text, 40)}” is no list of partitions, such as 0,3-5`;
  const highest = Math.max(...text.split(/[,-]/).map(Number));
  return known !== undefined && highest >= known ? `there is no partition ${highest}: they are 0 to ${known - 1}` : null;
}

/** Which partitions, taken by Enter or when the field is left. */
function Partitions({value, known, onGiven}) {
  const [typed, setTyped] = useState(value);
  const [wrong, setWrong] = useState(null);
  useEffect(() => {
    setTyped(value);
    setWrong(null);
  }, [value]);
  const take = () => {
    const text = typed.replaceAll(' ', '');
    const found = noPartitions(text, known);
    setWrong(found);
    if (found === null && text !== value) onGiven(text);
  };
  return html`<label>partitions <input value=${typed} placeholder="all" size="8" aria-invalid=${wrong !== null}
      onInput=${event => setTyped(event.target.value)} onBlur=${take}
      onKeyDown=${event => event.key === 'Enter' && take()} /></label>
    ${wrong !== null && html`<span role="alert" class="bad line"><b>Error:</b> ${wrong}</span>`}`;
}

/** What hinders a search that was typed; null if nothing does. */
function hindrance(where, name, text) {
  if (where === 'json' && name.trim() === '') return 'which field? Give its name, such as customer.id';
  if (where === 'header' && name.trim() === '') return 'which header? Give its name';
  return text === '' ? 'what to search for? Give a text' : null;
}

/** What is looked for. All of it has to match. */
export function SearchBar({view, go, control, onLeave}) {
  const [where, setWhere] = useState('contains');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(null);
  const field = useRef(null);
  control.current = () => field.current.focus();
  const named = where === 'json' || where === 'header';
  const changing = set => event => {
    set(event.target.value);
    setWrong(null);
  };
  const submit = event => {
    event.preventDefault();
    const found = hindrance(where, name, text);
    setWrong(found);
    if (found !== null) return;
    // The text stays, so that it can be mended.
    const filters = {...view.filters, [filterName(where, name.trim())]: text};
    go({...view, record: null, token: null, skip: null, filters});
    onLeave();
  };
  const without = filter => {
    const {[filter]: left, ...filters} = view.filters;
    go({...view, record: null, filters});
    onLeave();
  };
  return html`<form class="search" role="search" onSubmit=${submit}>
    <label>search <select aria-label="search in" value=${where} onChange=${changing(setWhere)}>
      ${WHERE.map(([value, label]) => html`<option value=${value}>${label}</option>`)}
    </select></label>
    ${named && html`<input aria-label=${where === 'json' ? 'name of the field' : 'name of the header'} class="name" value=${name}
      aria-invalid=${wrong !== null && name.trim() === ''} onInput=${changing(setName)}
      placeholder=${where === 'json' ? 'customer.id' : 'name'} />`}
    <input ref=${field} aria-label="search for" value=${text} placeholder="text" onInput=${changing(setText)}
      onKeyDown=${event => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        onLeave();
      }} />
    <button>search</button>
    ${isSearch(view) && Object.entries(view.filters).map(([filter, wanted]) => html`<button type="button" class="filter"
      aria-label=${`remove filter ${filterWords(filter, wanted)}`} onClick=${() => without(filter)}>${filterWords(filter, wanted)} ×</button>`)}
    ${wrong !== null && html`<span role="alert" class="bad line"><b>Error:</b> ${wrong}</span>`}
    ${where === 'json' && /^\s*[<>]/.test(text)
      && html`<span class="note line">Fields are compared for equality, as text: there is no less or greater.</span>`}
  </form>`;
}
