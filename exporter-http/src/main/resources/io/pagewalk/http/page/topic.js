// The records of a topic: the list, what is asked of it, and the record that is looked at.

import {html, useEffect, useReducer, useRef, useState} from './preact.js';
import {get, query, records as recordsOf} from './api.js';
import {SearchBar, Toolbar} from './bar.js';
import {Detail, download} from './detail.js';
import {Download, GoTo, Help} from './dialogs.js';
import {Foot} from './foot.js';
import {useKeys} from './keys.js';
import {Extent, List} from './list.js';
import {Listing} from './listing.js';
import {payload} from './payload.js';
import {Search} from './search.js';
import {whileSeen} from './seen.js';
import {jump, placeLabel, times} from './jump.js';
import {exportCommand, goingTo, isSearch, placeOf, startingAt, toAddress} from './view.js';

const MOST_DOWNLOADED = 1_000_000;
const NEWS = 10_000;
const SETTLED = 400;

/** The listing of a view; a new one when another one is asked for. */
function useListing(view, version) {
  const [, changed] = useReducer(number => number + 1, 0);
  const [listing, setListing] = useState(null);
  const {record, ...rest} = view;
  const key = JSON.stringify([rest, version]);
  useEffect(() => {
    const opened = isSearch(view) ? new Search(view, changed) : new Listing(view, changed);
    setListing(opened);
    return () => opened.close();
  }, [key]);
  return listing;
}

/** How many records the topic has by now that the listing does not. */
function useNewer(view, listing) {
  const [newer, setNewer] = useState(0);
  const token = listing?.firstToken;
  useEffect(() => {
    setNewer(0);
    if (!token) return undefined;
    const look = () => get(`api/v1/topics/${encodeURIComponent(view.topic)}/newer${query({page_token: token})}`)
      .then(found => setNewer(Number(found.offsets)), () => {});
    return whileSeen(look, NEWS);
  }, [token]);
  return newer;
}

export function Topic({view, go}) {
  const [version, setVersion] = useState(0);
  const [current, setCurrent] = useState(0);
  const [top, setTop] = useState(0);
  const [open, setOpen] = useState(Boolean(view.record));
  const [linked, setLinked] = useState(null);
  const [dialog, setDialog] = useState(null);
  const [said, say] = useState('');
  const [extentTimes, setExtentTimes] = useState(null);
  const list = useRef({});
  const search = useRef(null);
  const listing = useListing(view, version);
  const newer = useNewer(view, listing);

  useEffect(() => {
    setCurrent(0);
    document.title = `${view.topic} · Pagewalk`;
  }, [listing]);
  useEffect(() => {
    setExtentTimes(null);
    if (view.order === 'time' && !isSearch(view)) times(view).then(setExtentTimes, () => {});
  }, [view.topic, view.order, view.partitions, version]);
  useEffect(() => {
    if (!view.record) return;
    const [partition, offset] = view.record.split(':');
    const formats = query({key_format: view.keyFormat, value_format: view.valueFormat});
    get(`${recordsOf(view.topic)}/${encodeURIComponent(partition)}/${encodeURIComponent(offset)}${formats}`).then(setLinked, e => say(e.message));
  }, [view.record]);

  // The address has the place, so that loading the page anew, or coming back to it, loses nothing.
  useEffect(() => {
    if (listing === null || view.record) return undefined;
    const timer = setTimeout(() => history.replaceState(null, '', toAddress(placeOf(view, listing, top))), SETTLED);
    return () => clearTimeout(timer);
  }, [listing, top, view]);

  const record = linked ?? listing?.get(current);
  const addressOf = each => toAddress({...startingAt(view, {at: view.at}), filters: {}, record: `${each.partition}:${each.offset}`});
  const anew = () => {
    setVersion(version + 1);
    if (view.token) go(startingAt(view, {}));
  };
  const move = row => {
    const to = Math.min(listing.end - 1, Math.max(listing.first, row));
    if (listing.end > listing.first) {
      setLinked(null);
      setCurrent(to);
      list.current.show(to);
    }
  };
  const close = () => {
    setOpen(false);
    setLinked(null);
    if (view.record) go({...view, record: null}, true);
    list.current.focus();
  };
  const copy = (text, what) => navigator.clipboard.writeText(text).then(() => say(`${what} copied`), () => say('not copied'));
  const linkToPage = () => {
    const token = listing.tokenOf(current);
    if (token) copy(new URL(toAddress({...view, record: null, token, skip: null}), location).href, 'link to the page');
  };
  const keys = {
    ArrowDown: () => move(current + 1),
    j: () => move(current + 1),
    ArrowUp: () => move(current - 1),
    k: () => move(current - 1),
    PageDown: () => move(current + list.current.rows),
    PageUp: () => move(current - list.current.rows),
    Home: () => move(listing.first),
    End: () => move(listing.end - 1),
    Enter: () => setOpen(true),
    Escape: () => open && close(),
    '/': () => search.current(),
    g: () => setDialog({name: 'goto'}),
    n: () => go(startingAt(view, {direction: 'desc'})),
    o: () => go(startingAt(view, {direction: 'asc'})),
    r: anew,
    c: () => record && copy(payload(record, 'value').text, 'value'),
    l: () => record && copy(new URL(addressOf(record), location).href, 'link'),
    L: linkToPage,
    d: () => setDialog({name: 'download'}),
    u: () => go({topic: null}),
    '?': () => setDialog({name: 'help'}),
  };
  useKeys(listing === null ? {} : keys, dialog !== null);
  if (listing === null) return null;
  const goTo = text => {
    const found = goingTo(view, text);
    setDialog(found === null ? {name: 'goto', wrong: true} : null);
    if (found !== null) go(found);
  };
  const onDownload = format => {
    const path = recordsOf(view.topic) + query({
      all: true, format, page_token: listing.firstToken ?? undefined, key_format: view.keyFormat, value_format: view.valueFormat,
    });
    download(path).then(() => setDialog(null), e => say(e.message));
  };
  const label = share => placeLabel(view, listing, extentTimes, share);
  return html`<div class="page">
    <${Toolbar} view=${view} go=${go} newer=${newer} partitions="all"
      onGoTo=${keys.g} onDownload=${keys.d} onHelp=${keys['?']} onAnew=${anew} />
    <${SearchBar} view=${view} go=${go} control=${search} />
    <div class="main">
      <div class="listing">
        <${List} listing=${listing} current=${linked ? undefined : current} control=${list} onPlace=${setTop}
          onCurrent=${row => {
            setLinked(null);
            setCurrent(row);
          }} onOpen=${() => setOpen(true)} />
        ${listing.end === listing.first && !listing.busy && !listing.failure
          && html`<p class="empty">${listing.isSearch ? 'nothing found so far' : 'no records here'}</p>`}
        ${!listing.isSearch && html`<${Extent} place=${listing.place(top)} label=${label}
          onJump=${share => jump(view, listing, extentTimes, share).then(found => found && go(found), e => say(e.message))} />`}
      </div>
      ${open && html`<${Detail} record=${record} link=${record && new URL(addressOf(record), location).href} onClose=${close} say=${say} />`}
    </div>
    <${Foot} listing=${listing} said=${said} />
    ${dialog?.name === 'help' && html`<${Help} onClose=${() => setDialog(null)} />`}
    ${dialog?.name === 'goto' && html`<${GoTo} onGo=${goTo} wrong=${dialog.wrong} onClose=${() => setDialog(null)} />`}
    ${dialog?.name === 'download' && html`<${Download} onFormat=${onDownload} onClose=${() => setDialog(null)}
      large=${listing.total > MOST_DOWNLOADED || listing.isSearch} command=${exportCommand(view)} />`}
  </div>`;
}
