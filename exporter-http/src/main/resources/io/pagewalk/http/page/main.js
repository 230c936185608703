// The page: which of its two views is shown, and who is asked for the secret.

import {html, render, useEffect, useState} from './preact.js';
import {onSecretMissing, takeSecret} from './api.js';
import {SecretDialog} from './dialogs.js';
import {useView} from './entries.js';
import {Topic} from './topic.js';
import {Topics} from './topics.js';

function App() {
  const entries = useView();
  const {view} = entries;
  const [asked, setAsked] = useState(null);
  useEffect(() => onSecretMissing(isWrong => new Promise(resolve => setAsked({resolve, isWrong}))), []);
  return html`
    ${view.topic === null ? html`<${Topics} go=${entries.go} />` : html`<${Topic} key=${view.topic} entries=${entries} />`}
    ${asked && html`<${SecretDialog} isWrong=${asked.isWrong} onGiven=${secret => {
      asked.resolve(secret);
      setAsked(null);
    }} />`}`;
}

takeSecret();
const app = document.getElementById('app');
app.textContent = '';
render(html`<${App} />`, app);
