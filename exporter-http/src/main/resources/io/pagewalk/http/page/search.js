// A search looks through all of a topic, a piece at a time, from a frozen beginning to a frozen end. It goes on by itself until enough was
// found, or some time is over; then it waits to be told.

import {get, query, records as recordsOf} from './api.js';
import {fieldOf, missingFields} from './filters.js';

const ENOUGH = 50;
const PATIENCE = 30_000;
const PIECE = 50_000;
const KEPT = 10_000;
const SAMPLE = 100;

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
    /** Why it does not go on by itself: enough, time, or asked; null while it does. */
    this.why = null;
    this.asked = null;
    /** Fields that are looked for and that none of so many records has. */
    this.missing = [];
    this.sampled = 0;
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

  rowOf(id) {
    const found = this.rows.findIndex(each => `${each.partition}:${each.offset}` === id);
    return found < 0 ? undefined : found;
  }

  get isBegun() {
    return this.total > 0 || this.ended;
  }

  /** As in listings; before a time nothing is newer. */
  get lastToken() {
    return this.view.at && this.view.direction === 'desc' ? null : this.firstToken;
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
    this.why = null;
    this.asked = new AbortController();
    const signal = AbortSignal.any([this.stopped.signal, this.asked.signal]);
    const until = Date.now() + PATIENCE;
    const enough = Math.min(KEPT, this.rows.length + ENOUGH);
    try {
      this.changed();
      while (!this.ended && this.rows.length < enough && Date.now() < until) {
        await this.piece(signal);
        this.changed();
      }
      this.why = this.rows.length >= enough ? 'enough' : 'time';
      if (this.ended && this.rows.length === 0) await this.lookForFields(signal);
    } catch (e) {
      if (this.stopped.signal.aborted) return;
      if (e.name === 'AbortError') this.why = 'asked';
      else this.failure = e;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  async piece(signal) {
    const answer = await get(this.path + this.next, signal);
    this.firstToken ??= answer.meta.page_token;
    this.total = Number(answer.meta.total);
    this.scanned = this.total - Number(answer.meta.remaining);
    this.rows = this.rows.concat(answer.records);
    this.next = answer.meta.next_page;
  }

  /** A field that is in no record is a misspelt one, perhaps. */
  async lookForFields(signal) {
    if (!Object.keys(this.view.filters).some(fieldOf)) return;
    const {records} = await get(this.path + query({page_size: SAMPLE, direction: 'desc', partitions: this.view.partitions}), signal);
    this.sampled = records.length;
    this.missing = records.length === 0 ? [] : missingFields(this.view.filters, records);
  }

  /** Ends what is going on; it can be gone on with. */
  stop() {
    this.asked?.abort();
  }

  /** As in listings. */
  gone(problem) {
    this.failure ??= problem;
    this.changed();
  }

  retry() {
    this.goOn();
  }

  close() {
    this.stopped.abort();
  }
}
