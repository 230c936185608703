// JSON as it was written: numbers are never turned into what JavaScript has for numbers, unless nothing is lost.

const SPACE = /[ \t\r\n]/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Parses a document. Numbers that JavaScript would change are texts of their digits.
 *
 * @param raw names of members whose values are kept as the JSON text that they are
 */
export function parse(text, raw = new Set()) {
  let at = 0;
  const fail = () => {
    throw new SyntaxError(`not JSON at ${at}`);
  };
  const skip = () => {
    while (SPACE.test(text[at] ?? '')) at++;
  };
  const string = () => {
    const start = at++;
    for (;;) {
      const end = text.indexOf('"', at);
      if (end < 0) fail();
      let slashes = 0;
      while (text[end - 1 - slashes] === '\\') slashes++;
      at = end + 1;
      if (slashes % 2 === 0) return JSON.parse(text.slice(start, at));
    }
  };
  const number = () => {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text);
    if (!found) fail();
    at = NUMBER.lastIndex;
    const value = Number(found[0]);
    return String(value) === found[0] && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : found[0];
  };
  const literal = (word, value) => {
    if (!text.startsWith(word, at)) fail();
    at += word.length;
    return value;
  };
  const value = () => {
    skip();
    switch (text[at]) {
      case '{': return object();
      case '[': return array();
      case '"': return string();
      case 't': return literal('true', true);
      case 'f': return literal('false', false);
      case 'n': return literal('null', null);
      default: return number();
    }
  };
  const object = () => {
    const found = {};
    at++;
    for (skip(); text[at] !== '}'; skip()) {
      if (text[at] === ',') at++;
      skip();
      const name = string();
      skip();
      if (text[at++] !== ':') fail();
      skip();
      const start = at;
      const member = value();
      found[name] = raw.has(name) ? text.slice(start, at) : member;
    }
    at++;
    return found;
  };
  const array = () => {
    const found = [];
    at++;
    for (skip(); text[at] !== ']'; skip()) {
      if (text[at] === ',') at++;
      found.push(value());
    }
    at++;
    return found;
  };
  const found = value();
  skip();
  if (at < text.length) fail();
  return found;
}

/** A JSON text over several lines. Its tokens are copied, so numbers and escapes stay as they are. */
export function pretty(text) {
  const lines = [];
  let line = '';
  let depth = 0;
  const feed = () => {
    lines.push(line);
    line = '  '.repeat(depth);
  };
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  const tokens = text.match(token) ?? [];
  tokens.forEach((each, index) => {
    const next = tokens[index + 1];
    if (each === '{' || each === '[') {
      line += each;
      if (next !== '}' && next !== ']') {
        depth++;
        feed();
      }
    } else if (each === '}' || each === ']') {
      const before = tokens[index - 1];
      if (before !== '{' && before !== '[') {
        depth--;
        feed();
      }
      line += each;
    } else if (each === ',') {
      line += each;
      feed();
    } else {
      line += each === ':' ? ': ' : each;
    }
  });
  lines.push(line);
  return lines.join('\n');
}
