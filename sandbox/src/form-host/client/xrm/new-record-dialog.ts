import type { Language } from '../language';
import { createRow } from '../web-api/web-api';
import { entitySetOf } from '../web-api/tables';
import { word } from '../words';

/** What the product asks of `Xrm.Navigation.navigateTo`: the form of a new row in a dialog, with values given. */
export interface NewRecordPage {
  readonly pageType: string;
  readonly entityName: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface LookupValue {
  readonly id: string;
  readonly entityType: string;
}

/**
 * The form of a new command in a dialog, cut down to the one column that a person fills in. The host reads no FormXml but the
 * Opportunity's; that a dialog resolves once it is closed, saved or not, is as the client API documents `navigateTo`.
 */
export function newRecordDialog(page: NewRecordPage, language: Language): Promise<void> {
  const dialog = document.createElement('dialog');
  dialog.className = 'card section record-dialog';
  const form = document.createElement('form');
  form.method = 'dialog';
  const label = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { name: 'argument', required: true, maxLength: 100 });
  label.append(word(language, 'projectKey'), input);
  const problem = Object.assign(document.createElement('p'), { role: 'alert' });
  const button = (text: string, type: 'submit' | 'button') =>
    Object.assign(document.createElement('button'), { type, className: 'button', textContent: text });
  const save = button(word(language, 'save'), 'submit');
  const close = button(word(language, 'close'), 'button');
  form.append(label, problem, save, close);
  dialog.append(form);
  dialog.setAttribute('aria-label', word(language, 'linkProject'));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    close.addEventListener('click', () => dialog.close());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      createRow(entitySetOf(page.entityName), { ...columnsOf(page), crmjira_argument: input.value }).then(
        () => dialog.close(),
        (error: unknown) => (problem.textContent = error instanceof Error ? error.message : String(error)),
      );
    });
  });
}

/** Values given to a form are lookups (a list of references) or plain. */
function columnsOf({ data = {} }: NewRecordPage): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([column, value]) =>
      Array.isArray(value)
        ? // a lookup's value is a list of one, as in the client API
          [`${column}@odata.bind`, bindingOf(value[0] as LookupValue)]
        : [column, value],
    ),
  );
}

const bindingOf = ({ id, entityType }: LookupValue): string =>
  `/${entitySetOf(entityType)}(${id.replace(/[{}]/g, '').toLowerCase()})`;
