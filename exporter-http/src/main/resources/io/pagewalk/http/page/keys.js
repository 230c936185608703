// Keys that mean something wherever one is, but where somebody types.

import {useEffect, useRef} from './preact.js';

const TYPED = new Set(['INPUT', 'SELECT', 'TEXTAREA']);
const PRESSED = new Set(['BUTTON', 'A']);

/** Does what a key stands for. */
function handle(event, keys, onLeft) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const {tagName} = event.target;
  if (event.target.closest('dialog')) return;
  if (TYPED.has(tagName)) {
    // What was typed stays: fields for searches would lose it.
    if (event.key === 'Escape') {
      event.preventDefault();
      event.target.blur();
      onLeft?.();
    }
    return;
  }
  if (PRESSED.has(tagName) && event.key === 'Enter') return;
  // A text that is scrolled keeps its keys.
  if (tagName === 'PRE' && /^(Arrow|Page|Home|End)/.test(event.key)) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

/** Keys, by their names, as long as this is shown; none while a dialog is open. onLeft is called when a field was left by Esc. */
export function useKeys(keys, isDialogOpen, onLeft) {
  const known = useRef(keys);
  const left = useRef(onLeft);
  left.current = onLeft;
  known.current = isDialogOpen ? {} : keys;
  useEffect(() => {
    const listen = event => handle(event, known.current, left.current);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
