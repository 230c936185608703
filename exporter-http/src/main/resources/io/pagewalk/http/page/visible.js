// Texts of records, in which nothing is hidden: control characters and those that turn the direction of texts are shown by signs.

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\t\n]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

function sign(character) {
  const code = character.codePointAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return 'U+' + code.toString(16).toUpperCase().padStart(4, '0');
}

/** The text in one line, as far as it goes into so many characters. */
export function inLine(text, most = 400) {
  const cut = text.length > most ? text.slice(0, most) + '\u2026' : text;
  return cut.replace(HIDDEN, sign);
}

/** The text in parts: those that are signs say so. Line feeds and tabs stay. */
export function parts(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match[0] === '\n' || match[0] === '\t') continue;
    if (match.index > from) found.push({text: text.slice(from, match.index)});
    found.push({text: sign(match[0]), sign: true});
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({text: text.slice(from)});
  return found;
}
