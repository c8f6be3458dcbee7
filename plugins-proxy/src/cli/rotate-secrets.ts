import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError, Option } from 'commander';
import { secretNames } from '../platform/config/config-schema';
import { classifyError } from '../platform/errors/classify-error';
import { rotationRow } from '../connections/credentials/credential-records';
import { withAgesOfService } from './doctor/ages-of-service';
import { ageLimits, type AgeLimits, agesOf, standardAgeLimits } from '../platform/secrets/secret-ages';
import type { AddCommand, Outcome } from './command';
import { type ExitCode, exitCodes } from './exit-codes';
import { planRotation, type RotationStep, type RotationWish } from './rotate-secrets/plan-rotation';
import { rotateShared } from './rotate-secrets/rotate-shared';
import { finishKeyRotation, rotateServiceKey } from './rotate-secrets/rotate-service-key';
import { guideFor, rotateToken, storedIn } from './rotate-secrets/rotate-token';
import { type Session, withSession } from './session';
import type { ReadyTerminal } from './terminal';
import { saidOnce } from './words/said-once';

interface Options extends RotationWish {
  readonly settle: number;
  readonly grace: number;
  readonly keepPrevious: boolean;
  readonly dryRun: boolean;
}

/** What became of one secret. */
interface Done {
  readonly name: string;
  readonly outcome: 'rotated' | 'failed' | 'person-needed' | 'kept' | 'would-rotate';
  readonly says: string;
  readonly steps?: readonly string[];
}

/** A little more than the minute in which every replica looks for other secrets. */
const settleSeconds = 75;
const graceSeconds = 60;

function seconds(value: string): number {
  const parsed = Number(value);
  if (Number.isInteger(parsed) && parsed >= 0 && parsed <= 3_600) return parsed;
  throw new InvalidArgumentError('Expected whole seconds between 0 and 3600.');
}

async function record(session: Session, done: Done, name: RotationStep['name'], durationMs: number): Promise<void> {
  const row = rotationRow(
    { name, succeeded: done.outcome === 'rotated', says: done.says },
    session.correlationId,
    durationMs,
  );
  await session.dataverse.changeSet([row]);
}

async function carryOut(
  terminal: ReadyTerminal,
  session: Session,
  step: RotationStep,
  options: Options,
  limits: AgeLimits,
): Promise<Done> {
  const { name } = step;
  if (step.kind === 'keep') return { name, outcome: 'kept', says: step.why };
  if (step.kind === 'guide')
    return { name, outcome: 'person-needed', says: step.why, steps: guideFor(name, step.facts) };
  // Nobody sends what it would be the secret of, and a synchronous step that reaches nobody stops every stage move.
  if (step.kind === 'exchange' && session.config.inbound === 'none')
    return { name, outcome: 'kept', says: 'not in use, as INBOUND is none' };
  if (options.dryRun) {
    if (step.kind === 'finish-key')
      return { name, outcome: 'would-rotate', says: 'stored secrets would be encrypted with the current key' };
    const facts = step.kind === 'try' ? step.facts : step.current;
    return { name, outcome: 'would-rotate', says: `would be exchanged in its ${storedIn(facts)}` };
  }
  const context = {
    config: session.config,
    connections: session,
    keys: session.config.secretsKeys,
    dataverse: session.dataverse,
    vault: terminal.vault,
    now: terminal.now,
    settleMs: options.settle * 1_000,
    graceMs: options.grace * 1_000,
    keepPrevious: options.keepPrevious,
    limitDays: limits.limit,
    sleep: terminal.sleep ?? sleep,
    tell: (text: string) => terminal.status?.(`${name}: ${text}`),
  };
  const work = (): Promise<string> => {
    if (step.kind === 'exchange') return rotateShared(context, step);
    if (step.kind === 'exchange-key') return rotateServiceKey(context, step.current, step.previous);
    if (step.kind === 'finish-key') return finishKeyRotation(context);
    return rotateToken(terminal, step.facts, step.name, step.newValueFile, limits.limit);
  };
  const began = performance.now();
  const done = await (async (): Promise<Done> => {
    try {
      const says = await work();
      return { name, outcome: 'rotated', says };
    } catch (error) {
      return { name, outcome: 'failed', says: saidOnce(classifyError(error).message) };
    }
  })();
  try {
    await record(session, done, name, performance.now() - began);
    return done;
  } catch (error) {
    // The secret is exchanged all the same: only its row is missing, and a person must know.
    return {
      ...done,
      outcome: 'failed',
      says: `${done.says}; not in the integration log: ${classifyError(error).message}`,
    };
  }
}

function exitCodeOf(all: readonly Done[]): ExitCode {
  if (all.some(({ outcome }) => outcome === 'failed')) return exitCodes.failed;
  return all.some(({ outcome }) => outcome === 'person-needed') ? exitCodes.personNeeded : exitCodes.done;
}

async function rotate(terminal: ReadyTerminal, options: Options): Promise<Outcome> {
  if (options.secret !== undefined && !terminal.secretFacts.some(({ name }) => name === options.secret)) {
    const says = `${options.secret} is not configured, so there is nothing to rotate.`;
    return { exitCode: exitCodes.usage, json: { error: { code: 'not-configured', message: says } }, lines: [says] };
  }
  return withSession(terminal, async (session) => {
    // A refused secret of Dataverse is rotated without its settings.
    const settings = await session.environmentSettings.settings().catch(() => null);
    const limits = settings === null ? standardAgeLimits : ageLimits(settings.thresholds);
    const now = terminal.now();
    const facts = await withAgesOfService(session, terminal.secretFacts, now);
    const ages = agesOf(facts, session.config.expiries, now, limits);
    const all: Done[] = [];
    for (const step of planRotation(terminal.secretFacts, ages, options))
      all.push(await carryOut(terminal, session, step, options, limits));
    terminal.status?.('');
    const lines = all.flatMap(({ name, outcome, says, steps = [] }) => [
      `${outcome.padEnd(13)}  ${name}: ${says}`,
      ...steps.map((text, index) => `               ${index + 1}. ${text}`),
    ]);
    return { exitCode: exitCodeOf(all), json: { secrets: all, ages }, lines };
  });
}

/** `crmjira rotate-secrets`: exchanges what can be exchanged without a moment of refusal, and leads a person through the rest (R-1218). */
export const addRotateSecrets: AddCommand = (program, run) => {
  const command = program
    .command('rotate-secrets')
    .summary('exchange secrets without downtime; those of others with a person')
    .description(
      'Exchange the webhook secret and the step key: the running service takes the new one beside the former, Jira or Dataverse gets it, a test call proves it, then the former ends. Exchange the key of stored secrets: each is encrypted with the new one while the service runs. Tokens that the other side issues are tried and stored, or the steps for a person are printed. The secrets must be files or references to a vault.',
    )
    .addOption(new Option('--secret <name>', 'only this one').choices([...secretNames]))
    .option(
      '--due',
      'those that are due by crmjira_TokenRotationDays (60) or crmjira_TokenAlertDays (7), and no others',
      false,
    )
    .option('--new-value-file <path>', 'file with the new value of --secret, for one that the other side issued')
    .addOption(new Option('--settle <seconds>', 'wait for every replica').argParser(seconds).default(settleSeconds))
    .addOption(new Option('--grace <seconds>', 'the former stays good').argParser(seconds).default(graceSeconds))
    .option('--keep-previous', 'let the former stay good until the next rotation', false)
    .option('--dry-run', 'say what would be done', false);
  run<Options>(command, rotate);
};
