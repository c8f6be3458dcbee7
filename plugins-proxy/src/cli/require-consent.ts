import { Option } from 'commander';
import { IntegrationError } from '../platform/errors/integration-error';
import type { Terminal } from './terminal';

/** Of every command that takes something away or writes over it. */
export const yesOption = (): Option => new Option('--yes', 'do not ask').default(false);

/** The person at the terminal did not agree; nothing has been changed. */
export class NotAgreed extends IntegrationError {
  constructor() {
    super('Not agreed: nothing was changed.', { code: 'not-agreed', errorClass: 'permanent' });
  }
}

/**
 * Shows what is about to be done and asks for "yes", where a person sits at the terminal. A schedule, which nobody can answer for, and `--yes`
 * go on without.
 * @param preview asked for only when somebody is there to read it
 * @throws NotAgreed
 */
export async function requireConsent(
  { ask = null, err }: Terminal,
  { yes }: { readonly yes: boolean },
  preview: () => Promise<readonly string[]>,
): Promise<void> {
  if (ask === null || yes) return;
  for (const line of await preview()) err(line);
  const answer = await ask('Do this now? Type "yes": ');
  if (answer.trim().toLowerCase() !== 'yes') throw new NotAgreed();
}
