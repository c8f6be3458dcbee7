import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { IntegrationError } from '../platform/errors/integration-error';
import { applyRestore } from '../operations/maintenance/backup/apply-restore';
import { type Backup, backupDocument } from '../operations/maintenance/backup/backup';
import { planRestore, type RestorePlan } from '../operations/maintenance/backup/plan-restore';
import { readBackup } from '../operations/maintenance/backup/read-backup';
import { administratorClient } from '../operations/registration/administrator-client';
import type { AddCommand } from './command';
import { exitCodes } from './exit-codes';
import { requireConsent, yesOption } from './require-consent';
import { withSession } from './session';
import { withArchive } from './with-archive';

const fileOption = (description: string): Option => new Option('--file <path>', description).makeOptionMandatory();

function countsOf(backup: Backup) {
  const tables = Object.fromEntries(Object.entries(backup.tables).map(([name, rows]) => [name, rows.length]));
  return { ...tables, environmentVariables: Object.keys(backup.environmentVariables).length };
}

/**
 * Beside it and renamed: a backup that was cut off never stands in the place of a whole one.
 * @throws IntegrationError `unwritable-backup`
 */
async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.part`, text, { mode: 0o600 });
    await rename(`${file}.part`, file);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new IntegrationError(
      `${file} cannot be written${why}: its folder must be there, and this account must be allowed to write to it.`,
      { code: 'unwritable-backup', errorClass: 'permanent', cause },
    );
  }
}

/** `crmjira backup`: the configuration into a file, without secrets (R-1507). */
export const addBackup: AddCommand = (program, run) => {
  const command = program
    .command('backup')
    .summary('write connections, mappings and environment variables into a file')
    .description('Write connections without secrets, mappings, categories and environment variables into a JSON file.')
    .addOption(fileOption('where to write it'));
  run<{ readonly file: string }>(command, (terminal, { file }) =>
    withSession(terminal, async ({ config, dataverse }) => {
      const backup = await readBackup(administratorClient(config, dataverse), terminal.now());
      const text = `${JSON.stringify(backup, null, 2)}\n`;
      await writeWhole(file, text);
      const sha256 = createHash('sha256').update(text).digest('hex');
      const at = terminal.now().getTime();
      const content = { counts: countsOf(backup), sha256 };
      await withArchive(config.archive, (archive) =>
        archive.record({ kind: 'backup', id: new Date(at).toISOString(), at, content }),
      );
      return {
        exitCode: exitCodes.done,
        json: { file, ...content },
        lines: [
          ...Object.entries(content.counts).map(([name, n]) => `${name.padEnd(26)} ${n}`),
          `written to ${file}, SHA-256 ${sha256}`,
        ],
      };
    }),
  );
};

/** @throws IntegrationError `unusable-backup` */
async function readFileOf(file: string): Promise<Backup> {
  const refuse = (why: string, cause: unknown): never => {
    throw new IntegrationError(`${file} cannot be restored: ${why}`, {
      code: 'unusable-backup',
      errorClass: 'permanent',
      cause,
    });
  };
  const text = await readFile(file, 'utf8').catch((error: unknown) => refuse('it cannot be read.', error));
  try {
    return backupDocument.parse(JSON.parse(text));
  } catch (error) {
    return refuse('it is not a whole backup written by "crmjira backup".', error);
  }
}

function planLines({ rows, variables }: RestorePlan): readonly string[] {
  const text = (value: unknown): string => (value === null ? '(empty)' : String(value));
  return [
    ...rows.flatMap(({ op, entitySet, id, columns }) => [
      `${op} ${entitySet} ${id}`,
      ...Object.entries(columns).map(([name, { from, to }]) => `  ${name}: ${text(from)} → ${text(to)}`),
    ]),
    ...variables.map(({ name, from, to }) => `${name}: ${text(from)} → ${to}`),
  ];
}

/** `crmjira restore`: what has been lost or changed since a backup, back as it was (R-1507). */
export const addRestore: AddCommand = (program, run) => {
  const command = program
    .command('restore')
    .summary('bring the configuration back to a backup')
    .description(
      'Write back what was changed or lost since a backup, all of it or nothing. What came since is left. With --dry-run the differences are only told.',
    )
    .addOption(fileOption('a file that "crmjira backup" wrote'))
    .option('--dry-run', 'only say what would be written', false)
    .addOption(yesOption());
  run<{ readonly file: string; readonly dryRun: boolean; readonly yes: boolean }>(
    command,
    (terminal, { file, dryRun, yes }) =>
      withSession(terminal, async ({ config, dataverse }) => {
        const backup = await readFileOf(file);
        const client = administratorClient(config, dataverse);
        const current = await readBackup(client, terminal.now());
        if (backup.organizationId !== current.organizationId)
          throw new IntegrationError(
            `The backup is of organization ${backup.organizationId}, this is ${current.organizationId}. Its ids mean nothing here.`,
            { code: 'foreign-backup', errorClass: 'permanent' },
          );
        const plan = planRestore(backup, current);
        const changes = plan.rows.length + plan.variables.length;
        if (!dryRun) {
          if (changes > 0) await requireConsent(terminal, { yes }, async () => planLines(plan));
          await applyRestore(client, plan);
        }
        const what = dryRun ? 'to be restored' : 'restored';
        return {
          exitCode: dryRun && changes > 0 ? exitCodes.differences : exitCodes.done,
          json: { dryRun, takenOn: backup.takenOn, ...plan },
          lines: [...planLines(plan), `${changes} ${what}, as of ${backup.takenOn}`],
        };
      }),
  );
};
