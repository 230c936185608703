// How a secret comes to this tab: by an address, or from another tab that has it. It is kept by nobody but tabs, as long as they are open.

const PATIENCE = 200;

/** Other tabs of the same server, behind a proxy: of the same path. */
const channel = new BroadcastChannel(`pagewalk ${new URL('.', location.href).pathname}`);

let known = null;

channel.addEventListener('message', ({data}) => {
  if (data?.wanted === true && known !== null && known !== data.refused) channel.postMessage({secret: known});
});

/** The secret of this tab has been taken by the server: other tabs may have it. */
export function passOn(secret) {
  known = secret;
}

/**
 * What another tab has, if there is one.
 *
 * @param refused what the server did not take
 */
export function fromOtherTabs(refused) {
  if (known === refused) known = null;
  return new Promise(resolve => {
    const end = found => {
      clearTimeout(timer);
      channel.removeEventListener('message', listen);
      resolve(found);
    };
    const listen = ({data}) => typeof data?.secret === 'string' && data.secret !== refused && end(data.secret);
    const timer = setTimeout(() => end(null), PATIENCE);
    channel.addEventListener('message', listen);
    channel.postMessage({wanted: true, refused});
  });
}

/** The secret in a text: what stands behind #secret=, with all its characters; null if nothing does. */
export function secretIn(text) {
  const found = /#(?:.*&)?secret=([^&\s]+)/.exec(text);
  if (found === null) return null;
  try {
    return decodeURIComponent(found[1]);
  } catch {
    return found[1];
  }
}
