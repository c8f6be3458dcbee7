import type { Language } from '../language';
import { problemText } from '../web-api/problem-text';
import { callOperation, updateRow } from '../web-api/web-api';
import { type Word, word } from '../words';
import { showMessage } from '../xrm/message-dialog';

/** `statuscode` of a resolved case; the platform's own two. */
const RESOLUTIONS: readonly (readonly [status: number, label: Word])[] = [
  [5, 'problemSolved'],
  [1000, 'informationProvided'],
];

/** The platform's Resolve Case, which asks how. @returns whether the case is resolved */
export async function resolveCase(id: string, language: Language): Promise<boolean> {
  const answer = await askResolution(language);
  if (answer === null) return false;
  const IncidentResolution = { subject: answer.subject, 'incidentid@odata.bind': `/incidents(${id})` };
  return done(language, () => callOperation('POST', 'CloseIncident', { IncidentResolution, Status: answer.status }));
}

/** The platform's Reactivate Case. @returns whether it is active again */
export const reactivateCase = (id: string, language: Language): Promise<boolean> =>
  done(language, () => updateRow('incidents', id, { statecode: 0, statuscode: 1 }));

async function done(language: Language, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    await showMessage(language, { title: word(language, 'errorTitle'), text: problemText(error, language) });
    return false;
  }
}

interface Resolution {
  readonly status: number;
  readonly subject: string;
}

function askResolution(language: Language): Promise<Resolution | null> {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'card message-dialog' });
  const heading = Object.assign(document.createElement('h2'), {
    id: 'resolve-case',
    textContent: word(language, 'resolveCase'),
  });
  dialog.setAttribute('aria-labelledby', heading.id);
  const form = Object.assign(document.createElement('form'), { method: 'dialog', className: 'resolve-case' });
  const status = Object.assign(document.createElement('select'), { className: 'input' });
  for (const [value, label] of RESOLUTIONS) status.append(new Option(word(language, label), String(value)));
  const subject = Object.assign(document.createElement('input'), {
    className: 'input',
    required: true,
    maxLength: 200,
  });
  const labelled = (label: Word, field: HTMLElement) => {
    const element = Object.assign(document.createElement('label'), { textContent: word(language, label) });
    element.append(field);
    return element;
  };
  const buttons = Object.assign(document.createElement('div'), { className: 'flyout-commands' });
  const button = (label: Word, className: string, type: 'submit' | 'button') =>
    Object.assign(document.createElement('button'), { type, className, textContent: word(language, label) });
  const cancel = button('cancel', 'button', 'button');
  cancel.addEventListener('click', () => dialog.close());
  buttons.append(button('resolve', 'button primary', 'submit'), cancel);
  form.append(labelled('resolutionType', status), labelled('resolutionText', subject), buttons);
  let isConfirmed = false;
  form.addEventListener('submit', () => (isConfirmed = true));
  dialog.append(heading, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(isConfirmed ? { status: Number(status.value), subject: subject.value } : null);
    });
  });
}
