// The view, and its entries in the browser's history. A listing has an entry, and so has a record that is opened over it.

import {useEffect, useRef, useState} from './preact.js';
import {takeSecret} from './api.js';
import {fromAddress, toAddress} from './view.js';

/** Entries of one listing have the same one: they differ in the record only, so that going back from it moves nothing. */
const newWalk = () => `${Date.now()}-${Math.random()}`;

function here() {
  const walk = history.state?.walk ?? newWalk();
  if (history.state?.walk !== walk) history.replaceState({walk}, '');
  return {...fromAddress(), walk};
}

/** What is looked at, and the ways to look at something else. */
export function useView() {
  const [view, setView] = useState(here);
  const isGoingBack = useRef(false);
  // From when a record is closed until that is drawn: what is noted meanwhile is of before.
  const isClosing = useRef(false);
  isClosing.current = false;
  useEffect(() => {
    const back = () => {
      isGoingBack.current = false;
      takeSecret();
      const found = here();
      setView(before => (before.walk === found.walk ? {...before, record: found.record} : found));
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  const address = next => toAddress({filters: {}, ...next});
  const as = (next, walk) => ({...fromAddress(address(next)), walk});
  return {
    view,
    /**
     * Another listing, which closes the record.
     *
     * @param mark the record in it that is to be the current one
     */
    go(next, mark) {
      const walk = newWalk();
      history.pushState({walk}, '', address(next));
      setView({...as(next, walk), mark});
    },
    /** The same, elsewhere. */
    replace(next) {
      history.replaceState(history.state, '', address(next));
      setView(as(next, view.walk));
    },
    open(record) {
      const next = {...view, record, mark: undefined};
      if (view.record) history.replaceState(history.state, '', address(next));
      else history.pushState({walk: view.walk, isOpened: true}, '', address(next));
      setView(next);
    },
    close() {
      if (history.state?.isOpened) {
        // Once, however often it is asked for until the browser has done it.
        if (!isGoingBack.current) history.back();
        isGoingBack.current = true;
        return;
      }
      isClosing.current = true;
      history.replaceState(history.state, '', address({...view, record: null}));
      setView({...view, record: null});
    },
    /** Keeps in the address where one is by now. */
    note(next) {
      if (!isClosing.current) history.replaceState(history.state, '', address(next));
    },
  };
}
