// The record that is looked at, and the row of the list that it is in.

import {useEffect, useRef, useState} from './preact.js';
import {get, query, records as recordsOf} from './api.js';
import {idOf, isSearch, placeAt} from './view.js';

/** How many records are looked through for one that should be near. */
const NEAR = 2_000;

/** A record that a link names. */
function useLinked(view, isWanted, say) {
  const [linked, setLinked] = useState(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    const stop = new AbortController();
    const place = view.record.split(':').map(encodeURIComponent).join('/');
    const formats = query({key_format: view.keyFormat, value_format: view.valueFormat});
    get(`${recordsOf(view.topic)}/${place}${formats}`, stop.signal)
      .then(setLinked, e => e.name !== 'AbortError' && setLinked({id: view.record, failure: e}));
    return () => stop.abort();
  }, [view.record, isWanted]);
  useEffect(() => {
    if (linked?.failure) say(linked.failure.message);
  }, [linked]);
  return linked === null || (linked.id ?? idOf(linked)) !== view.record ? null : linked;
}

/**
 * Finds the row of what the address names, and goes where it is.
 *
 * @return record: the one that is open, failure: why there is none; isInRow: whether it is that of the current row
 */
export function useOpened({view, replace, listing, current, setCurrent, list, say}) {
  const [sought, setSought] = useState(null);
  const [isInRow, setInRow] = useState(true);
  const centred = useRef(null);
  const named = view.record ?? view.mark ?? null;
  const row = listing?.get(current);
  const isOpen = Boolean(view.record);

  useEffect(() => {
    if (named === null || listing === null) {
      setSought(null);
      setInRow(true);
    } else if (!row || idOf(row) !== named) {
      setSought(named);
      setInRow(false);
    } else {
      setInRow(true);
    }
  }, [named, listing]);

  const linked = useLinked(view, isOpen && !isInRow && listing !== null, say);

  useEffect(() => {
    if (sought === null || listing === null) return;
    const found = listing.rowOf(sought);
    if (found !== undefined) {
      setSought(null);
      setInRow(true);
      setCurrent(found);
      list.current.show(found);
      centred.current = found;
    } else if (isOpen && !isSearch(view) && !view.at && !view.token) {
      // Where it is in the topic is known once it has been read.
      if (!linked) return;
      const place = linked.failure ? null : placeAt(view, linked);
      if (place === null) giveUp();
      else replace({...place, record: view.record});
    } else if (!listing.busy && !listing.failure && listing.isBegun) {
      if (listing.isSearch || listing.ended || listing.after.rows > NEAR) giveUp();
      else listing.ensure(listing.end, listing.end);
    }
  });
  const giveUp = () => {
    setSought(null);
    if (!isOpen) setInRow(true);
  };

  // With what is above it in sight too.
  useEffect(() => {
    if (centred.current === null || !listing?.isBegun) return;
    list.current.centre(centred.current);
    centred.current = null;
  });

  return {
    isOpen,
    isInRow,
    record: isInRow ? row : linked?.failure ? undefined : linked ?? undefined,
    failure: isInRow ? undefined : linked?.failure,
    /** Another row is looked at. */
    moved() {
      setSought(null);
      setInRow(true);
    },
  };
}
