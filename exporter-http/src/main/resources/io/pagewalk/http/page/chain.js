// Pages of one listing, one after the other. Where each begins is known for as long as the chain lives; records are kept of few of them.

const KEPT = 20;

/** One way to go through a listing: an address for its first page, and for each page the address of the next. */
export class Chain {
  /**
   * @param first where its first page is
   * @param load promises the page of an address: {records, next, meta}
   */
  constructor(first, load) {
    this.first = first;
    this.load = load;
    this.pages = [];
    this.rows = 0;
    this.failure = null;
    this.loading = null;
    this.uses = 0;
  }

  get ended() {
    return this.pages.length > 0 && this.pages[this.pages.length - 1].next === null;
  }

  /** How many offsets the listing has. */
  get total() {
    return this.pages.length === 0 ? 0 : Number(this.pages[0].meta.total);
  }

  /** How many offsets have been passed at the end of a page. */
  passed(page) {
    return this.total - Number(page.meta.remaining);
  }

  /** The page that has a row, and the row's number in it. */
  find(row) {
    let low = 0;
    let high = this.pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pages[middle].start <= row) low = middle;
      else high = middle - 1;
    }
    const page = this.pages[low];
    return page && row >= page.start && row < page.start + page.count ? {page, index: low, at: row - page.start} : null;
  }

  /** The record of a row, or undefined if it has to be read first. */
  get(row) {
    const found = this.find(row);
    if (found) found.page.used = ++this.uses;
    return found?.page.records?.[found.at];
  }

  /**
   * The row of a record among those that are kept, by its partition and offset; undefined if it is none of them.
   *
   * @param isReversed whether pages have their records the other way round
   */
  rowOf(id, isReversed = false) {
    for (const page of this.pages) {
      const at = page.records?.findIndex(each => `${each.partition}:${each.offset}` === id) ?? -1;
      if (at >= 0) return page.start + (isReversed ? page.count - 1 - at : at);
    }
    return undefined;
  }

  /** Reads something of what is missing of some rows, up to one; true if there was something. One at a time. */
  async ensure(from, to) {
    const work = this.loading ? null : this.missing(from, to);
    if (work === null) return false;
    this.loading = work();
    try {
      await this.loading;
      return true;
    } finally {
      this.loading = null;
    }
  }

  /** What reads some of it, or null if nothing is missing. */
  missing(from, to) {
    for (let row = from; row <= to && row < this.rows; row++) {
      const found = this.find(row);
      if (found && !found.page.records) return () => this.again(found);
    }
    return to >= this.rows && !this.ended ? () => this.further() : null;
  }

  async further() {
    const last = this.pages[this.pages.length - 1];
    const address = last ? last.next : this.first;
    this.append(address, await this.load(address));
  }

  append(address, {records, next, meta}) {
    const page = {address, records, next, meta, start: this.rows, count: records.length, used: ++this.uses};
    this.pages.push(page);
    this.rows += page.count;
    this.forget();
  }

  /** Reads a page again. Where it ends elsewhere now, what followed is of another cut, and is read anew. */
  async again({page, index}) {
    const {records, next, meta} = await this.load(page.address);
    if (next !== page.next || records.length !== page.count) {
      this.pages.length = index;
      this.rows = page.start;
      this.append(page.address, {records, next, meta});
    } else {
      page.records = records;
      page.used = ++this.uses;
      this.forget();
    }
  }

  forget() {
    const kept = this.pages.filter(page => page.records && page.count > 0);
    if (kept.length > KEPT) {
      kept.sort((a, b) => a.used - b.used)[0].records = null;
    }
  }
}
