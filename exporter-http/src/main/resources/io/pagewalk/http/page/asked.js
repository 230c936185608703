// What the server is asked while a topic is looked at.

import {useEffect, useReducer, useState} from './preact.js';
import {get, query} from './api.js';
import {Listing} from './listing.js';
import {Search} from './search.js';
import {whileSeen} from './seen.js';
import {isSearch} from './view.js';

const NEWS = 10_000;

/** The listing of a view; a new one when another one is asked for. */
export function useListing(view, version) {
  const [, changed] = useReducer(number => number + 1, 0);
  const [listing, setListing] = useState(null);
  const {record, mark, ...rest} = view;
  const key = JSON.stringify([rest, version]);
  useEffect(() => {
    const opened = isSearch(view) ? new Search(view, changed) : new Listing(view, changed);
    setListing(opened);
    return () => opened.close();
  }, [key]);
  return listing;
}

/** The topic itself, as soon as that is known. */
export function useAbout(topic) {
  const [about, setAbout] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    get(`api/v1/topics/${encodeURIComponent(topic)}`, stop.signal).then(setAbout, () => {});
    return () => stop.abort();
  }, [topic]);
  return about;
}

/** How many records the topic has by now that the listing does not. */
export function useNewer(view, listing) {
  const [newer, setNewer] = useState(0);
  const token = listing?.lastToken;
  useEffect(() => {
    setNewer(0);
    if (!token) return undefined;
    const look = () => get(`api/v1/topics/${encodeURIComponent(view.topic)}/newer${query({page_token: token})}`)
      .then(found => setNewer(Number(found.offsets)), e => {
        // What is not known yet may be known the next time; what is gone is not there any more.
        if (e.status === 410) listing.gone(e);
      });
    return whileSeen(look, NEWS);
  }, [token, listing]);
  return newer;
}
