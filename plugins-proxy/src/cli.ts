import { Command } from 'commander';
import { InvalidConfiguration } from './config/invalid-configuration';
import { readConfig } from './config/read-config';
import { secretsOf } from './config/secrets-of';
import { connect } from './connect';
import { classifyError } from './errors/classify-error';
import { createLogger } from './log/create-logger';
import { createRedactor } from './log/redact';
import { describeAction, reconcileOpportunity } from './reconcile/reconcile-opportunity';
import { registerAll } from './register/register-all';
import { randomUUID } from 'node:crypto';

const program = new Command('crmjira').description(
  'CRM-JIRA Integration. Configured by the same environment variables as the service.',
);

program
  .command('register-steps')
  .description('create or update the webhook steps in Dataverse and the webhook in Jira; safe to repeat')
  .action(async () => {
    const config = readConfig(process.env);
    const connections = connect(config, () => new Date());
    try {
      const { steps, webhook } = await registerAll(config, connections);
      for (const step of steps) console.log(`step     ${step}`);
      console.log(`webhook  ${webhook} in Jira`);
    } finally {
      await connections.close();
    }
  });

program
  .command('sync')
  .description('bring one opportunity and its Jira project into agreement')
  .requiredOption('--opportunity <id>', 'GUID of the opportunity')
  .option('--dry-run', 'only say what would be done', false)
  .action(async (options: { opportunity: string; dryRun: boolean }) => {
    const config = readConfig(process.env);
    const connections = connect(config, () => new Date());
    try {
      const { actions } = await reconcileOpportunity(connections.reconciler, {
        opportunityId: options.opportunity.toLowerCase(),
        correlationId: randomUUID(),
        logger: createLogger('silent', secretsOf(config)),
        dryRun: options.dryRun,
      });
      for (const action of actions) console.log(`${options.dryRun ? 'would do' : 'done'}  ${describeAction(action)}`);
      if (actions.length === 0) console.log('in sync: nothing to do');
    } finally {
      await connections.close();
    }
  });

/** The configured secrets, as far as they can be read, so that no error text shows one. */
function knownSecrets(): readonly string[] {
  try {
    return secretsOf(readConfig(process.env));
  } catch {
    return [];
  }
}

program.parseAsync().catch((error: unknown) => {
  const message = error instanceof InvalidConfiguration ? error.message : classifyError(error).message;
  console.error(createRedactor(knownSecrets())(message));
  process.exitCode = 1;
});
