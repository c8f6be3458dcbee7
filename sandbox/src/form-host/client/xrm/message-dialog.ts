import type { Language } from '../language';
import { word } from '../words';

export interface Message {
  readonly title: string;
  readonly text: string;
  /** of the button that confirms; absent: OK */
  readonly confirm?: string;
  /** of the button that does not; absent: there is only one button */
  readonly cancel?: string;
}

/**
 * A message or a question over the page; Escape is the answer no. Focus goes back to where it was, as the element does by itself.
 * @returns whether the person confirmed
 */
export function showMessage(language: Language, { title, text, confirm, cancel }: Message): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'card message-dialog';
  dialog.setAttribute('role', 'alertdialog');
  const part = (tag: string, className: string, words: string) => {
    const element = Object.assign(document.createElement(tag), { className, textContent: words });
    element.id = `message-${document.querySelectorAll('.message-dialog').length}-${className}`;
    return element;
  };
  const heading = part('h2', 'title', title);
  const body = part('p', 'text', text);
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.setAttribute('aria-describedby', body.id);
  const buttons = Object.assign(document.createElement('div'), { className: 'flyout-commands' });
  let isConfirmed = false;
  const button = (label: string, className: string, answer: boolean) => {
    const element = Object.assign(document.createElement('button'), { type: 'button', className, textContent: label });
    element.addEventListener('click', () => {
      isConfirmed = answer;
      dialog.close();
    });
    buttons.append(element);
  };
  button(confirm ?? word(language, 'ok'), 'button primary', true);
  if (cancel !== undefined) button(cancel, 'button', false);
  dialog.append(heading, body, buttons);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(isConfirmed);
    });
  });
}

/** Whether the person gives up what is not saved. */
export function givesUpEdits(language: Language): Promise<boolean> {
  return showMessage(language, {
    title: word(language, 'unsavedTitle'),
    text: word(language, 'discardQuestion'),
    confirm: word(language, 'discard'),
    cancel: word(language, 'cancel'),
  });
}
