import { Command, CommanderError, type Option } from 'commander';
import { version } from '../../package.json';
import { InvalidConfiguration } from '../platform/config/invalid-configuration';
import { readConfig } from '../platform/config/read-config';
import type { Environment } from '../platform/config/read-secret';
import { secretsOf } from '../platform/config/secrets-of';
import { classifyError } from '../platform/errors/classify-error';
import { createLiveRedactor } from '../platform/log/redact';
import { collectSecrets } from '../platform/secrets/collect-secrets';
import { connectVault } from '../platform/secrets/key-vault';
import { hintOf, hintTopic, symptomOf } from '../platform/errors/hints';
import type { AddCommand, RunWork } from './command';
import { addBackup, addRestore } from './backup';
import { addComplianceReport } from './compliance-report';
import { addConfirmEnvironment } from './confirm-environment';
import { addDeadLetters } from './dead-letters';
import { addDoctor } from './doctor';
import { addDrift } from './drift';
import { type ExitCode, exitCodes, exitCodesHelp } from './exit-codes';
import { addMaintenance } from './maintenance';
import { addPersonalData } from './personal-data';
import { addExplain } from './explain';
import { addLink } from './link';
import { addRegisterSteps } from './register-steps';
import { addRelease } from './release';
import { addReplay } from './replay';
import { addReport } from './report';
import { addRotateSecrets } from './rotate-secrets';
import { addRetention } from './retention';
import { addSetUp } from './set-up';
import { addSignOff } from './sign-off';
import { addStore } from './store';
import { addSync } from './sync';
import { addSyncJira } from './sync-jira';
import type { ReadyTerminal, Terminal } from './terminal';
import { withVariablesOf } from './with-variables-of';
import { saidOnce } from './words/said-once';

/** In the order in which an administrator meets them. */
const commands: readonly AddCommand[] = [
  addDoctor,
  addConfirmEnvironment,
  addSetUp,
  addRegisterSteps,
  addRotateSecrets,
  addLink,
  addRelease,
  addSync,
  addSyncJira,
  addDrift,
  addExplain,
  addReplay,
  addDeadLetters,
  addStore,
  addReport,
  addRetention,
  addMaintenance,
  addSignOff,
  addBackup,
  addRestore,
  addComplianceReport,
  addPersonalData,
];

/** The configured secrets, as far as they can be read, so that no line shows one. */
function knownSecrets(environment: Environment): readonly string[] {
  try {
    return secretsOf(readConfig(environment));
  } catch {
    // What cannot be read as a whole is not connected with either; its values stand in no message.
    return [];
  }
}

/** Anybody may name an opportunity: what would steer the terminal is shown as a character that says so. */
const printable = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll(/(?![\n\t])\p{Cc}/gu, '\ufffd');

/** Every line goes through the redactor, whatever printed it. */
function redacted(terminal: Terminal): {
  readonly terminal: Terminal;
  /** @param file of `--env-file` */
  readonly prepare: (file: string | undefined) => Promise<ReadyTerminal>;
} {
  let secrets = knownSecrets(terminal.environment);
  const redact = createLiveRedactor(() => secrets);
  const { status } = terminal;
  const quiet = {
    ...terminal,
    out: (line: string) => terminal.out(printable(redact(line))),
    err: (line: string) => terminal.err(printable(redact(line))),
    status: status === null ? null : (text: string) => status(redact(text)),
  };
  return {
    terminal: quiet,
    prepare: async (file) => {
      const given = file === undefined ? terminal.environment : withVariablesOf(file, terminal.environment);
      const { vault = connectVault({ clientId: given['AZURE_CLIENT_ID'] }) } = terminal;
      const { environment, facts } = await collectSecrets(given, vault);
      secrets = knownSecrets(environment);
      return { ...quiet, environment, vault, secretFacts: facts };
    },
  };
}

/** The command line as a description: what there is, without running any of it. */
export function describeProgram(run: RunWork): Command {
  const program = new Command('crmjira')
    .description('CRM-JIRA Integration. Configured by the same environment variables as the service.')
    .version(version, '--version', 'print the version')
    .option('--env-file <path>', 'environment variables from a file; those that are set already win')
    .option(
      '--connection <id or name>',
      'Jira connection that the command is about (default: the one of the variables)',
    )
    .addHelpText('after', `\n${exitCodesHelp}`)
    .helpCommand(false);
  for (const add of commands) add(program, run);
  return program;
}

/** Commander takes the last of two values and drops the first without a word. */
function refuseTwice(command: Command, option: Option): void {
  let given = 0;
  command.on(`option:${option.name()}`, () => {
    given += 1;
    if (given > 1) command.error(`error: option '${option.flags}' is given twice`, { code: 'crmjira.givenTwice' });
  });
}

interface Failure {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  /** Where to look first (R-1411). */
  readonly hint: string | null;
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof InvalidConfiguration)
    return { exitCode: exitCodes.usage, code: thrown.code, message: thrown.message, hint: null };
  const error = classifyError(thrown);
  const topic = hintTopic(error);
  const walk = topic === null ? null : `See "crmjira doctor --symptom ${symptomOf[topic]}".`;
  const hint = [hintOf(error), walk].filter((part) => part !== null).join(' ') || null;
  return { exitCode: exitCodes.failed, code: error.code, message: saidOnce(error.message), hint };
}

/**
 * Runs one command line.
 * @param args what follows the program's name
 * @returns the exit code; every error has been told by then
 */
export async function runCli(args: readonly string[], given: Terminal): Promise<ExitCode> {
  const { terminal, prepare: prepareSecrets } = redacted(given);
  let exitCode: ExitCode = exitCodes.done;
  const program = describeProgram((command, work) => {
    command.option('--json', 'print one JSON document instead of text', false).action(async () => {
      // Commander types options by name only; each command declares what it reads.
      const options = command.opts() as Parameters<typeof work>[1];
      try {
        const { envFile, connection } = program.opts<{ envFile?: string; connection?: string }>();
        const outcome = await work({ ...(await prepareSecrets(envFile)), connection }, options);
        exitCode = outcome.exitCode;
        if (options.json) terminal.out(JSON.stringify(outcome.json, null, 2));
        else outcome.lines.forEach(terminal.out);
      } catch (error) {
        if (error instanceof CommanderError) throw error;
        const failure = failureOf(error);
        exitCode = failure.exitCode;
        const { code, message, hint } = failure;
        if (options.json)
          terminal.out(JSON.stringify({ error: { code, message, ...(hint === null ? {} : { hint }) } }, null, 2));
        else [message, ...(hint === null ? [] : [hint])].forEach(terminal.err);
      }
    });
  });
  const asJson = args.includes('--json');
  const output = {
    writeOut: (text: string): void => terminal.out(text.trimEnd()),
    // As a document it is told below, with the others.
    writeErr: (text: string): void => (asJson ? undefined : terminal.err(text.trimEnd())),
  };
  const prepare = (command: Command): void => {
    command.exitOverride().configureOutput(output);
    for (const option of command.options) refuseTwice(command, option);
    command.commands.forEach(prepare);
  };
  prepare(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return exitCodes.done;
    const message = error.message.replace(/^error: /, '');
    if (asJson) terminal.out(JSON.stringify({ error: { code: 'usage', message } }, null, 2));
    return exitCodes.usage;
  }
}
