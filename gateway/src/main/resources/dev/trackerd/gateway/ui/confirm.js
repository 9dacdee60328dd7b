// Asks before something is done. The browser's own dialog keeps the keyboard inside and takes Escape.

import { html, render } from './lib/lit-html.js';

/** Resolves to whether the person agreed. */
export function confirm({ title, text, action }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  dialog.setAttribute('aria-describedby', 'question-text');
  render(content(), dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      answer(dialog.returnValue === 'yes');
    });
  });

  function content() {
    return html`<article>
      <h2 id="question">${title}</h2>
      <p id="question-text">${text}</p>
      <footer>
        <button type="button" class="secondary" autofocus @click=${() => dialog.close('no')}>Cancel</button>
        <button type="button" class="danger" @click=${() => dialog.close('yes')}>${action}</button>
      </footer>
    </article>`;
  }
}
