// A search looks through all of a topic, a piece at a time, from a frozen beginning to a frozen end. It goes on by itself until enough was
// found, or some time is over; then it waits to be told.

import {get, query, records as recordsOf} from './api.js';

const ENOUGH = 50;
const PATIENCE = 30_000;
const PIECE = 50_000;
const KEPT = 10_000;

export class Search {
  constructor(view, changed) {
    this.view = view;
    this.changed = changed;
    this.stopped = new AbortController();
    this.path = recordsOf(view.topic);
    this.isSearch = true;
    this.rows = [];
    this.scanned = 0;
    this.total = 0;
    this.next = query({
      scan_size: PIECE,
      max_results: ENOUGH,
      direction: view.direction,
      from: view.direction === 'asc' ? view.at : undefined,
      to: view.direction === 'desc' ? view.at : undefined,
      partitions: view.partitions,
      key_format: view.keyFormat,
      value_format: view.valueFormat,
      ...view.filters,
    });
    this.failure = null;
    this.busy = false;
    this.firstToken = null;
    this.first = 0;
    this.beginKnown = true;
    this.goOn();
  }

  get end() {
    return this.rows.length;
  }

  get ended() {
    return this.next === null;
  }

  get full() {
    return this.rows.length >= KEPT;
  }

  get(row) {
    return this.rows[row];
  }

  ensure() {}

  place(row) {
    return this.end === 0 ? 0 : row / this.end;
  }

  tokenOf() {
    return null;
  }

  async goOn() {
    if (this.busy || this.ended || this.full) return;
    this.busy = true;
    this.failure = null;
    const until = Date.now() + PATIENCE;
    const enough = Math.min(KEPT, this.rows.length + ENOUGH);
    try {
      while (!this.ended && this.rows.length < enough && Date.now() < until) {
        this.changed();
        const answer = await get(this.path + this.next, this.stopped.signal);
        this.firstToken ??= answer.meta.page_token;
        this.total = Number(answer.meta.total);
        this.scanned = this.total - Number(answer.meta.remaining);
        this.rows = this.rows.concat(answer.records);
        this.next = answer.meta.next_page;
      }
    } catch (e) {
      if (e.name === 'AbortError') return;
      this.failure = e;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  retry() {
    this.goOn();
  }

  close() {
    this.stopped.abort();
  }
}
