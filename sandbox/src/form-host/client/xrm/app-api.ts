import type { Language } from '../language';
import { word } from '../words';
import { refused } from './not-there';

/** Success, error, warning, information: the numbers of `level`. Source: client API reference, addGlobalNotification. */
const looks: Readonly<Record<number, string>> = { 1: 'success', 2: 'error', 3: 'warning', 4: 'info' };

/** "Currently, only a value of 2 is supported, which displays a message bar at the top of the app." */
const MESSAGE_BAR = 2;

interface GlobalNotification {
  readonly type: number;
  readonly level: number;
  readonly message: string;
  readonly showCloseButton?: boolean;
  readonly action?: { readonly actionLabel?: string; readonly eventHandler?: () => void };
}

const REGION = 'global-notifications';

/** `Xrm.App`: messages at the top of the page, whatever is shown below. */
export function appApi(language: Language) {
  return refused('Xrm.App', {
    /** @returns id of the notification @throws Error for a type or level that the platform does not have */
    addGlobalNotification: async ({ type, level, message, showCloseButton, action }: GlobalNotification) => {
      const look = looks[level];
      if (type !== MESSAGE_BAR || look === undefined)
        throw new Error(`There is no global notification of type ${type} and level ${level}.`);
      const id = crypto.randomUUID();
      const bar = document.createElement('div');
      bar.id = `notification-${id}`;
      bar.className = `message ${look}`;
      bar.append(Object.assign(document.createElement('p'), { textContent: message }));
      const { actionLabel, eventHandler } = action ?? {};
      if (actionLabel !== undefined) bar.append(button(actionLabel, actionLabel, () => eventHandler?.()));
      if (showCloseButton === true) bar.append(button('×', word(language, 'close'), () => bar.remove()));
      region(language).append(bar);
      return id;
    },
    clearGlobalNotification: async (id: string) => {
      document.getElementById(`notification-${id}`)?.remove();
      return id;
    },
  });
}

/** Where global notifications stand: before the page's content, so that a screen reader meets them first. */
function region(language: Language): HTMLElement {
  const known = document.getElementById(REGION);
  if (known) return known;
  const made = document.createElement('div');
  made.id = REGION;
  made.className = 'notifications';
  made.setAttribute('role', 'region');
  made.setAttribute('aria-live', 'polite');
  made.setAttribute('aria-label', word(language, 'appNotifications'));
  document.body.prepend(made);
  return made;
}

function button(text: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'button small-button',
    textContent: text,
  });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', onClick);
  return made;
}
