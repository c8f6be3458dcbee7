import { registerAll } from '../operations/registration/register-all';
import type { AddCommand } from './command';
import { exitCodes } from './exit-codes';
import { withSession } from './session';

/** `crmjira register-steps`: both directions of events, under fixed ids; safe to repeat. */
export const addRegisterSteps: AddCommand = (program, run) => {
  const command = program
    .command('register-steps')
    .summary('register the webhook steps in Dataverse and the webhook in Jira')
    .description(
      'Create or update the service endpoints and steps in Dataverse and the webhook in Jira. Safe to repeat; also writes a rotated key or secret.',
    );
  run<object>(command, (terminal) =>
    withSession(terminal, async ({ config, ...connections }) => {
      const registered = await registerAll(config, connections);
      return {
        exitCode: exitCodes.done,
        json: registered,
        lines: [
          ...registered.steps.map((step) => `step     ${step}`),
          ...registered.webhooks.map((webhook) => `webhook  ${webhook} in Jira`),
        ],
      };
    }),
  );
};
