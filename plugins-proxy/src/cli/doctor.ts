import { Option } from 'commander';
import { InvalidConfiguration } from '../platform/config/invalid-configuration';
import { type Symptom, symptoms } from '../platform/errors/symptoms';
import type { AddCommand, Outcome } from './command';
import { type Check, type CheckResult, ok, runChecks, skipped, warning } from './doctor/check';
import { atlassianCheck } from './doctor/atlassian-check';
import { apiCheck } from './doctor/api-check';
import { clockCheck } from './doctor/clock-check';
import { connectionChecks } from './doctor/connection-checks';
import { dataChecks } from './doctor/data-checks';
import { dataverseChecks } from './doctor/dataverse-checks';
import { deploymentChecks } from './doctor/deployment-checks';
import { furtherConnections } from './doctor/further-connections';
import { gatewayCheck } from './doctor/gateway-check';
import { jiraChecks } from './doctor/jira-checks';
import { requestsCheck } from './doctor/requests-check';
import { issueMapsCheck } from './doctor/issue-maps-check';
import { isOfRow } from './doctor/of-connection';
import { operationsChecks } from './doctor/operations-checks';
import { settingsChecks } from './doctor/settings-checks';
import { storedSecretsCheck } from './doctor/stored-secrets-check';
import { storeCheck } from './doctor/store-check';
import { asWalk, stepsOf } from './doctor/walk';
import { type ExitCode, exitCodes } from './exit-codes';
import { type Session, withSession } from './session';
import type { ReadyTerminal } from './terminal';

/** All checks in the order in which they rest on each other. */
async function allChecks(session: Session, terminal: ReadyTerminal): Promise<readonly Check[]> {
  const { config, connection } = session;
  const { now } = terminal;
  // Of the others nothing is said where one is asked for by name.
  const others = terminal.connection === undefined ? await furtherConnections(session) : [];
  const configuration: Check = {
    id: 'configuration',
    title: 'Configuration',
    remedy: '',
    look: async () => {
      const unknown = config.doctorSkips.filter((id) => !checks.some((check) => check.id === id));
      return unknown.length === 0
        ? ok(`for ${config.dataverse.url} and ${connection.site.url}`)
        : warning(
            `DOCTOR_SKIPS names what is no check: ${unknown.join(', ')}`,
            'Take ids as "crmjira doctor --json" has them.',
          );
    },
  };
  const [reachable, credentials, ...restOfJira] = jiraChecks(session);
  const jiraFirst = [reachable, credentials].filter((check) => check !== undefined);
  const checks = [
    configuration,
    storeCheck(config, now),
    ...jiraFirst,
    ...dataverseChecks(session),
    ...deploymentChecks(session),
    ...settingsChecks(session),
    ...restOfJira,
    ...others,
    // Nobody confirms the address of a row but the client's own guard.
    clockCheck(config, now, isOfRow(session) ? null : config.jira.url),
    requestsCheck(session, now),
    apiCheck(session),
    gatewayCheck(config, now),
    ...operationsChecks(session, terminal.secretFacts, now),
    storedSecretsCheck(session),
    atlassianCheck(session),
    issueMapsCheck(session),
  ];
  return checks.map((check) =>
    config.doctorSkips.includes(check.id) ? { ...check, look: async () => skipped('left out by DOCTOR_SKIPS') } : check,
  );
}

const signs: Readonly<Record<CheckResult['status'], string>> = {
  ok: 'ok     ',
  warning: 'warning',
  failed: 'FAILED ',
  skipped: '-      ',
};

function resultLines(result: CheckResult): readonly string[] {
  const line = `${signs[result.status]}  ${result.title}: ${result.says}`;
  return 'remedy' in result ? [line, `         → ${result.remedy}`] : [line];
}

function outcomeOf(results: readonly CheckResult[], exitCode: ExitCode): Outcome {
  const count = (status: CheckResult['status']): number => results.filter((one) => one.status === status).length;
  const [failures, warnings] = [count('failed'), count('warning')];
  const summary = { ok: count('ok'), warnings, failed: failures, skipped: count('skipped') };
  return {
    exitCode,
    json: { summary, checks: results },
    lines: [...results.flatMap(resultLines), `${summary.ok} ok, ${warnings} warnings, ${failures} failed`],
  };
}

function wrongConfiguration(error: InvalidConfiguration): Outcome {
  const results = error.problems.map((problem): CheckResult => ({
    id: 'configuration',
    title: `Configuration: ${problem.variable}`,
    status: 'failed',
    says: `expected ${problem.expected}, got ${problem.received}`,
    remedy: `Set ${problem.variable} for the service and for this command alike.`,
  }));
  return outcomeOf(results, exitCodes.usage);
}

async function examine(terminal: ReadyTerminal, symptom: Symptom | null): Promise<Outcome> {
  return withSession(terminal, async (session) => {
    const whole = await allChecks(session, terminal);
    const checks =
      symptom === null
        ? whole
        : stepsOf(symptom, [
            ...whole,
            ...connectionChecks(session, terminal.secretFacts, terminal.now),
            ...dataChecks(session, terminal.now),
          ]);
    const results = await runChecks(checks, ({ title }) => terminal.status?.(title));
    terminal.status?.('');
    const broken = results.some(({ status }) => status === 'failed');
    const outcome = outcomeOf(results, broken ? exitCodes.failed : exitCodes.done);
    return symptom === null ? outcome : asWalk(symptom, results, outcome);
  });
}

/** `crmjira doctor`: everything the service rests on, each with its cause and what to do. Writes one cursor into the store only. */
export const addDoctor: AddCommand = (program, run) => {
  const command = program
    .command('doctor')
    .summary('check configuration, store, Dataverse and Jira; says what to do')
    .description(
      'Check everything the service rests on: configuration, store, sign-in, roles, solutions, column security, connection, environment variables, queue, steps, Jira account, permissions, fields, webhook, clock, region, hosts, age of secrets. Each failure comes with what to do. Nothing is written to Dynamics or Jira.',
    );
  command.addOption(
    new Option('--symptom <name>', 'only what would explain this, in the order in which to look').choices(
      symptoms.map(({ id }) => id),
    ),
  );
  run<{ readonly symptom?: string }>(command, (terminal, { symptom }) =>
    examine(terminal, symptoms.find(({ id }) => id === symptom) ?? null).catch((error: unknown) => {
      if (error instanceof InvalidConfiguration) return wrongConfiguration(error);
      throw error;
    }),
  );
};
