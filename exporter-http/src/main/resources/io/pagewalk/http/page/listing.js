// What a view of a topic shows: rows from an anchor on, and those before it. Each side is a chain of frozen pages.

import {get, query, records as recordsOf} from './api.js';
import {Chain} from './chain.js';

const PAGE = 100;

/** The other side of an anchor, for who scrolls up. */
function reversed(answer) {
  return {...answer, records: answer.records.slice().reverse()};
}

function negative(row) {
  return row === undefined ? undefined : -row - 1;
}

export class Listing {
  /**
   * @param view what is asked for, see view.js
   * @param changed called whenever there is something new to show
   */
  constructor(view, changed) {
    this.view = view;
    this.changed = changed;
    this.stopped = new AbortController();
    this.path = recordsOf(view.topic);
    this.isSearch = false;
    this.after = null;
    this.before = null;
    this.newer = null;
    this.open();
  }

  open() {
    const {view} = this;
    const all = {
      page_size: PAGE,
      order: view.order === 'time' ? 'time' : undefined,
      partitions: view.partitions,
      key_format: view.keyFormat,
      value_format: view.valueFormat,
    };
    const chain = (parameters, way = each => each) =>
      new Chain(query({...all, ...parameters}), async address => way(await this.page(address)));
    if (view.token) {
      const formats = {page_size: PAGE, key_format: view.keyFormat, value_format: view.valueFormat};
      const load = address => this.page(address);
      this.after = new Chain(query({...formats, page_token: view.token, skip: view.skip || undefined}), load);
      this.before = view.skip ? this.skipped(formats, view.token, Number(view.skip)) : null;
    } else if (view.at && view.direction === 'asc') {
      this.after = chain({from: view.at, direction: 'asc'});
      this.before = chain({to: view.at, direction: 'desc'}, reversed);
    } else if (view.at) {
      this.after = chain({to: view.at, direction: 'desc'});
      this.before = chain({from: view.at, direction: 'asc'}, reversed);
    } else {
      this.after = chain({direction: view.direction});
    }
  }

  /** What comes before a place that was skipped to: pages of as many offsets, read from their beginnings. */
  skipped(formats, token, place) {
    const address = end => {
      const skip = Math.max(0, end - PAGE);
      return query({...formats, page_token: token, skip: skip || undefined, max_offsets: end - skip}) + `#${end}`;
    };
    const load = async asked => {
      const [search, end] = asked.split('#');
      const answer = await this.page(search);
      const begin = Math.max(0, Number(end) - PAGE);
      const total = Number(answer.meta.total);
      let records = answer.records;
      // A page of many bytes ends before it has all of them.
      for (let next = answer; next.next !== null && total - Number(next.meta.remaining) < Number(end);) {
        const left = Number(end) - (total - Number(next.meta.remaining));
        next = await this.page(query({...formats, page_token: next.meta.next_page_token, max_offsets: left}));
        records = records.concat(next.records);
      }
      return {records, next: begin > 0 ? address(begin) : null, meta: {total, remaining: total - (place - begin)}};
    };
    return new Chain(address(place), load);
  }

  async page(search) {
    const answer = await get(this.path + search, this.stopped.signal);
    return {records: answer.records, next: answer.meta.next_page, meta: answer.meta};
  }

  /** Rows are numbered from the anchor: those before it are negative. */
  get first() {
    return this.before ? -this.before.rows : 0;
  }

  get end() {
    return this.after.rows;
  }

  get beginKnown() {
    return !this.before || this.before.ended;
  }

  get failure() {
    return this.after.failure ?? this.before?.failure ?? null;
  }

  get busy() {
    return Boolean(this.after.loading || this.before?.loading);
  }

  get(row) {
    if (row >= 0) return this.after.get(row);
    const page = this.before?.find(-row - 1)?.page;
    // Pages before the anchor are kept in the order in which they are shown.
    const at = page ? page.start + page.count - 1 - (-row - 1) : 0;
    this.before?.get(-row - 1);
    return page?.records?.[at];
  }

  /** The row of a record, if it is one of those that are kept. */
  rowOf(id) {
    return this.after.rowOf(id) ?? negative(this.before?.rowOf(id, true));
  }

  /** Whether both sides have begun, so that what is around the anchor is there. */
  get isBegun() {
    return this.after.pages.length > 0 && (!this.before || this.before.pages.length > 0);
  }

  get ended() {
    return this.beginKnown && this.after.ended;
  }

  /** Reads what is missing of some rows, and one page beyond. */
  ensure(from, to) {
    this.side(this.after, Math.max(0, from), Math.max(0, to));
    // What is before the anchor comes second: it has something to be above of then.
    if (this.after.pages.length === 0) return;
    if (this.before && (from < 0 || this.before.pages.length === 0)) {
      this.side(this.before, Math.max(0, -to - 1), -from - 1 < 0 ? 0 : -from - 1);
    }
  }

  async side(chain, from, to) {
    if (chain.failure || chain.loading) return;
    try {
      const reading = chain.ensure(from, to);
      if (chain.loading) this.changed();
      if (await reading) {
        this.changed();
        this.side(chain, from, Math.min(to, chain.rows + PAGE));
      }
    } catch (e) {
      if (e.name === 'AbortError') return;
      chain.failure = e;
      this.changed();
    }
  }

  /** What this is of is not there any more, as somebody else was told. */
  gone(problem) {
    this.after.failure ??= problem;
    this.changed();
  }

  retry() {
    this.after.failure = null;
    if (this.before) this.before.failure = null;
    this.changed();
  }

  /** How many offsets there are, on both sides. */
  get total() {
    return this.after.total + (this.view.token ? 0 : this.before?.total ?? 0);
  }

  /** Where a row is in all of them, from 0 to 1. */
  place(row) {
    if (this.total === 0) return 0;
    const begin = this.view.token ? Number(this.view.skip || 0) : this.before?.total ?? 0;
    const side = row >= 0 ? this.after : this.before;
    const found = side?.find(row >= 0 ? row : -row - 1);
    if (!found) return begin / this.total;
    const start = found.index === 0 ? (row >= 0 && this.view.token ? begin : 0) : side.passed(side.pages[found.index - 1]);
    const end = side.passed(found.page);
    const share = start + ((end - start) * (found.at + 0.5)) / Math.max(1, found.page.count);
    if (row < 0) return Math.max(0, begin - share) / this.total;
    return (this.view.token ? share : begin + share) / this.total;
  }

  /** The token of the listing as a whole. */
  get firstToken() {
    return this.view.token ?? this.after.pages[0]?.meta.page_token ?? null;
  }

  /** The token of what ends where the topic ended, by which newer records are told. */
  get lastToken() {
    if (this.view.token || !this.view.at || this.view.direction === 'asc') return this.firstToken;
    return this.before.pages[0]?.meta.page_token ?? null;
  }

  /** The token of the page that has a row. */
  tokenOf(row) {
    const chain = row >= 0 ? this.after : this.before;
    return chain?.find(row >= 0 ? row : -row - 1)?.page.meta.page_token ?? null;
  }

  close() {
    this.stopped.abort();
  }
}
