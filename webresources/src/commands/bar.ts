import { isForbidden } from '@crmjira/form-data';
import { words } from './words';

/** What a command bar is on: a form, or a list. */
export type Bar = Xrm.FormContext | Xrm.Controls.GridControl;

export const isForm = (bar: Bar): bar is Xrm.FormContext => 'data' in bar && 'ui' in bar;

/** Whatever goes wrong is said in words; nothing is lost. */
export async function inWords(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    console.error('A command failed.', error);
    await say(words(isForbidden(error) ? 'notAllowed' : 'failed'));
  }
}

export async function say(text: string): Promise<void> {
  await Xrm.Navigation.openAlertDialog({ text });
}

/** What was done is shown: never over what a person is editing. */
export async function showAgain(bar: Bar): Promise<void> {
  if (!isForm(bar)) return bar.refresh();
  if (!bar.data.entity.getIsDirty()) await bar.data.refresh(false);
  bar.ui.refreshRibbon();
}

/** What a rule promises; false where it cannot be read. */
export function answered(rule: Promise<boolean>): Promise<boolean> {
  return rule.catch((error: unknown) => {
    console.error('Whether a command is to be offered could not be read.', error);
    return false;
  });
}
