// The page: which of its two views is shown, and who is asked for the secret.

import {html, render, useEffect, useState} from './preact.js';
import {onSecretMissing, takeSecret} from './api.js';
import {SecretDialog} from './dialogs.js';
import {Topic} from './topic.js';
import {Topics} from './topics.js';
import {fromAddress, toAddress} from './view.js';

function App() {
  const [view, setView] = useState(fromAddress());
  const [asked, setAsked] = useState(null);
  useEffect(() => {
    onSecretMissing(isWrong => new Promise(resolve => setAsked({resolve, isWrong})));
    const back = () => {
      takeSecret();
      setView(fromAddress());
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = (next, isSamePlace) => {
    const address = toAddress({filters: {}, ...next});
    if (isSamePlace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setView(fromAddress(address));
  };
  return html`
    ${view.topic === null ? html`<${Topics} go=${go} />` : html`<${Topic} key=${view.topic} view=${view} go=${go} />`}
    ${asked && html`<${SecretDialog} isWrong=${asked.isWrong} onGiven=${secret => {
      asked.resolve(secret);
      setAsked(null);
    }} />`}`;
}

takeSecret();
const app = document.getElementById('app');
app.textContent = '';
render(html`<${App} />`, app);
