// The records of a topic: the list, what is asked of it, and the record that is looked at.

import {html, useEffect, useRef, useState} from './preact.js';
import {query, records as recordsOf} from './api.js';
import {useAbout, useListing, useNewer} from './asked.js';
import {SearchBar, Toolbar} from './bar.js';
import {Detail, download} from './detail.js';
import {Download, GoTo, Help} from './dialogs.js';
import {Extent} from './extent.js';
import {noneWords} from './filters.js';
import {Foot} from './foot.js';
import {useKeys} from './keys.js';
import {List} from './list.js';
import {useOpened} from './opened.js';
import {payload} from './payload.js';
import {searchWords} from './searched.js';
import {jump, placeFor, placeLabel, times} from './jump.js';
import {exportCommand, idOf, isSearch, placeOf, placeWords, startingAt, toAddress} from './view.js';
import {chooseLocal, isLocalChosen} from './zone.js';

const MOST_DOWNLOADED = 1_000_000;
const SETTLED = 400;

export function Topic({entries}) {
  const {view, go} = entries;
  const [version, setVersion] = useState(0);
  const [current, setCurrent] = useState(0);
  const [top, setTop] = useState(0);
  const [dialog, setDialog] = useState(null);
  const [said, setSaid] = useState({text: '', isQuiet: false});
  const say = (text, isQuiet = false) => setSaid({text, isQuiet});
  const [extentTimes, setExtentTimes] = useState(null);
  const [isLocal, setLocal] = useState(isLocalChosen());
  const about = useAbout(view.topic);
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

  const opened = useOpened({view, replace: entries.replace, listing, current, setCurrent, list, say});
  const {record, isOpen} = opened;
  const isFound = opened.isInRow && record !== undefined;

  // Beyond the end there is nothing to begin with: what comes before it is shown, from its end.
  const isBeyond = listing !== null && !listing.isSearch && view.at && view.direction === 'asc'
    && listing.isBegun && listing.after.ended && listing.after.rows === 0 && listing.before.rows > 0;
  useEffect(() => {
    if (!isBeyond || isOpen) return;
    say(`no record at or after ${placeWords(view.at, isLocal)}; this is the newest`);
    setCurrent(-1);
    list.current.show(-1);
  }, [listing, isBeyond]);

  // The address has the place, so that loading the page anew, or coming back to it, loses nothing.
  useEffect(() => {
    if (listing === null || (isOpen && !isFound)) return undefined;
    const place = () => (isOpen ? placeOf({...view, record: idOf(record)}, listing, current) : placeOf(view, listing, top));
    const timer = setTimeout(() => entries.note(place()), SETTLED);
    return () => clearTimeout(timer);
  }, [listing, top, view, isOpen, isFound, isOpen ? current : 0]);

  // Who closes a record or a dialog is in the list again.
  useEffect(() => {
    if (!isOpen && dialog === null) list.current.focus?.();
  }, [isOpen, dialog]);

  const addressOf = each => toAddress({...startingAt(view, {order: 'time', direction: 'desc', partitions: null}), filters: {}, record: idOf(each)});
  const anew = () => {
    setVersion(version + 1);
    if (view.token) go(startingAt(view, {}));
    else if (isOpen) entries.close();
  };
  const move = row => {
    const to = Math.min(listing.end - 1, Math.max(listing.first, row));
    if (listing.end > listing.first) {
      opened.moved();
      setCurrent(to);
      list.current.show(to);
      // A button that has been clicked would take the next Enter.
      if (!isOpen) list.current.focus();
    }
  };
  const open = row => {
    const found = listing.get(row);
    if (!found) return;
    opened.moved();
    setCurrent(row);
    entries.open(idOf(found));
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
    Enter: () => open(current),
    Escape: () => isOpen && entries.close(),
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
  const all = about?.partitions.reduce((sum, each) => sum + Number(each.highWatermark) - Number(each.logStartOffset), 0) ?? null;
  // Who does not see it is told when a search begins, pauses and ends.
  useEffect(() => {
    if (listing?.isSearch) say(searchWords(listing, all, isLocal), true);
  }, [listing, listing?.isSearch && listing.busy]);
  useKeys(listing === null ? {} : keys, dialog !== null, () => list.current.focus());
  if (listing === null) return null;
  const goTo = async found => {
    try {
      const place = await placeFor(view, found);
      setDialog(null);
      go(place.view, place.mark);
      say(place.words);
      return undefined;
    } catch (e) {
      return e.message;
    }
  };
  const onDownload = format => {
    const path = recordsOf(view.topic) + query({
      all: true, format, page_token: listing.firstToken ?? undefined, key_format: view.keyFormat, value_format: view.valueFormat,
    });
    download(path).then(() => setDialog(null), e => say(e.message));
  };
  const label = share => placeLabel(view, listing, extentTimes, share, isLocal);
  return html`<div class="page">
    <${Toolbar} view=${view} go=${go} newer=${newer} partitions=${about?.partitions.length}
      onGoTo=${keys.g} onDownload=${keys.d} onHelp=${keys['?']} onAnew=${anew} />
    <${SearchBar} view=${view} go=${go} control=${search} onLeave=${() => list.current.focus()} />
    <div class="main">
      <div class="listing">
        <${List} listing=${listing} current=${opened.isInRow ? current : undefined} control=${list} onPlace=${setTop}
          onOpen=${open} isLocal=${isLocal} onZone=${() => {
            chooseLocal(!isLocal);
            setLocal(!isLocal);
          }} />
        ${listing.end === listing.first && !listing.busy && !listing.failure && (!listing.isSearch || listing.ended)
          && html`<p class="empty">${listing.isSearch ? noneWords(view.filters) : 'no records here'}</p>`}
        ${!listing.isSearch && html`<${Extent} place=${listing.place(top)} label=${label}
          onJump=${share => jump(view, listing, extentTimes, share).then(found => found && go(found), e => say(e.message))} />`}
      </div>
      ${isOpen && html`<${Detail} record=${record} failure=${opened.failure} onClose=${entries.close} say=${say} isLocal=${isLocal}
        link=${record && new URL(addressOf(record), location).href} />`}
    </div>
    <${Foot} listing=${listing} said=${said} all=${all} isLocal=${isLocal} go=${go} />
    ${dialog?.name === 'help' && html`<${Help} onClose=${() => setDialog(null)} />`}
    ${dialog?.name === 'goto' && html`<${GoTo} partitions=${about?.partitions.length} onGo=${goTo} onClose=${() => setDialog(null)} />`}
    ${dialog?.name === 'download' && html`<${Download} onFormat=${onDownload} onClose=${() => setDialog(null)}
      large=${listing.total > MOST_DOWNLOADED || listing.isSearch} command=${exportCommand(view)} />`}
  </div>`;
}
