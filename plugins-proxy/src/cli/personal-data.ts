import { Option } from 'commander';
import { erase } from '../operations/maintenance/personal-data/erase';
import {
  findPersonalData,
  findPerson,
  type PersonalItem,
} from '../operations/maintenance/personal-data/find-personal-data';
import { administratorClient } from '../operations/registration/administrator-client';
import { readRetentionPolicy } from '../operations/retention/read-retention-policy';
import type { AddCommand } from './command';
import { exitCodes } from './exit-codes';
import { requireConsent, yesOption } from './require-consent';
import { withSession } from './session';
import { withArchive } from './with-archive';

const personOption = (): Option =>
  new Option('--person <id-or-address>', 'GUID of the user in Dynamics, or e-mail address').makeOptionMandatory();

function itemLine({ where, id, column, value, erasable, because, keptUntil }: PersonalItem): string {
  const fate = erasable
    ? `may be erased: ${because}`
    : `kept${keptUntil === null ? '' : ` until ${keptUntil}`}: ${because}`;
  return `${where}(${id}) ${column} = ${value}; ${fate}`;
}

/** `crmjira personal-data`: what is kept of a person, and its erasure where retention allows (R-1226). */
export const addPersonalData: AddCommand = (program, run) => {
  const group = program
    .command('personal-data')
    .summary('export what is kept of a person, or erase what may be erased')
    .description(
      'Rows of this solution and of the archive that name a user. Users themselves, e-mails and tasks are Dynamics’ own.',
    );

  const list = group
    .command('export')
    .description('list every place, and what retention says of it')
    .addOption(personOption());
  run<{ readonly person: string }>(list, (terminal, options) =>
    withSession(terminal, ({ config, dataverse }) =>
      withArchive(config.archive, async (archive) => {
        const client = administratorClient(config, dataverse);
        const person = await findPerson(client, options.person);
        const policy = await readRetentionPolicy(dataverse);
        const { userId: serviceId } = await dataverse.whoAmI();
        const context = { dataverse: client, archive, now: terminal.now, serviceId };
        const items = await findPersonalData(context, person, policy);
        return {
          exitCode: exitCodes.done,
          json: { person, items },
          lines: [
            ...items.map(itemLine),
            `${items.length} places, ${items.filter(({ erasable }) => erasable).length} may be erased`,
          ],
        };
      }),
    ),
  );

  const work = group
    .command('erase')
    .description('erase what may be erased; the rest is told with the day until which it is kept')
    .addOption(personOption())
    .option('--dry-run', 'only say what would be erased', false)
    .addOption(yesOption());
  run<{ readonly person: string; readonly dryRun: boolean; readonly yes: boolean }>(work, (terminal, options) =>
    withSession(terminal, ({ config, dataverse }) =>
      withArchive(config.archive, async (archive) => {
        const client = administratorClient(config, dataverse);
        const person = await findPerson(client, options.person);
        const policy = await readRetentionPolicy(dataverse);
        const { userId: serviceId } = await dataverse.whoAmI();
        const context = { dataverse: client, archive, now: terminal.now, serviceId };
        const items = await findPersonalData(context, person, policy);
        const due = items.filter(({ erasable }) => erasable);
        const kept = items.filter(({ erasable }) => !erasable);
        if (!options.dryRun) {
          await requireConsent(terminal, options, async () => [...due.map(itemLine), `${due.length} to be erased`]);
          await erase(context, person, items);
        }
        const what = options.dryRun ? 'to be erased' : 'erased';
        return {
          exitCode: exitCodes.done,
          json: { dryRun: options.dryRun, erased: due, kept },
          lines: [...kept.map(itemLine), `${due.length} ${what}, ${kept.length} kept`],
        };
      }),
    ),
  );
};
