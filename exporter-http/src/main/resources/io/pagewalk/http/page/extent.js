// The bar beside the list.

import {html, useRef, useState} from './preact.js';

/** All of the topic as a bar: where one is in it, and where one could go. */
export function Extent({place, onJump, label}) {
  const track = useRef(null);
  const at = event => {
    const box = track.current.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
  };
  const [pointed, setPointed] = useState(null);
  const [isHeld, setHeld] = useState(false);
  const share = isHeld ? pointed : place;
  return html`<div
    ref=${track}
    class="extent"
    role="slider"
    tabindex="0"
    aria-orientation="vertical"
    aria-label="Place in the topic: go to another one"
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round(share * 100)}
    aria-valuetext=${label(share)}
    onPointerDown=${event => {
      track.current.setPointerCapture(event.pointerId);
      setPointed(at(event));
      setHeld(true);
    }}
    onPointerMove=${event => setPointed(at(event))}
    onPointerLeave=${() => !isHeld && setPointed(null)}
    onPointerUp=${event => {
      if (!isHeld) return;
      setHeld(false);
      setPointed(null);
      onJump(at(event));
    }}
    onPointerCancel=${() => {
      setHeld(false);
      setPointed(null);
    }}
    onKeyDown=${event => {
      const step = {ArrowUp: -0.05, ArrowDown: 0.05, PageUp: -0.2, PageDown: 0.2}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      onJump(Math.min(1, Math.max(0, place + step)));
    }}>
    <div class="thumb" style=${{top: `${share * 100}%`}}></div>
    ${pointed !== null && html`<div class="bubble" role="tooltip" style=${{top: `${pointed * 100}%`}}>go to ${label(pointed)}</div>`}
  </div>`;
}
