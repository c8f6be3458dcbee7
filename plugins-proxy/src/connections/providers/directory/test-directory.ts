import type { DirectoryFound, TestAnswer } from '@crmjira/domain';
import { DirectoryError } from '../../../clients/directory/directory-error';
import {
  type DirectoryAccess,
  type DirectorySession,
  openDirectory,
} from '../../../clients/directory/directory-session';
import type { DirectorySecrets, DirectorySettings } from '../../../clients/directory/directory-settings';
import { terms } from '../../../clients/directory/entries';
import { countPeople, listGroups, requireEntry } from '../../../clients/directory/look-at-directory';
import { readFlavour } from '../../../clients/directory/read-directory';
import type { TestReport } from '../integration-provider';
import { directoryFaultOf } from './fault-of';

type Step = 'server' | 'sign-in' | 'base' | 'users' | 'groups';

/** @throws DirectoryError where a draft lacks what the next step needs */
function require(entered: Readonly<Record<string, string>>): void {
  const lacking = Object.entries(entered).find(([, value]) => value === '');
  if (lacking !== undefined) throw new DirectoryError('settings-incomplete', lacking[0]);
}

/**
 * Takes the steps of an administrator's test one after the other, as far as they succeed and what they need is entered (R-1604, R-1609).
 * Only reads.
 */
export async function testDirectory(
  access: Omit<DirectoryAccess, 'password'> & { mayBeCalled(): Promise<void> },
  settings: DirectorySettings,
  secrets: DirectorySecrets,
): Promise<TestReport> {
  const { baseDn, userSearch, groupSearch } = settings;
  const { bindDn, password } = secrets;
  const steps: TestAnswer['steps'][number][] = [];
  const found: { -readonly [Name in keyof DirectoryFound]?: DirectoryFound[Name] } = {};
  let step: Step = 'server';
  let since = Date.now();
  const end = (ok: boolean, next: Step): void => {
    steps.push({ name: step, ok, ms: Date.now() - since });
    step = next;
    since = Date.now();
  };
  let session: DirectorySession | null = null;
  try {
    require({ Server: settings.host });
    await access.mayBeCalled();
    session = await openDirectory({
      ...access,
      password: bindDn === '' || password === '' ? null : password,
      onProtected: (certificate) => {
        Object.assign(found, certificate);
        end(true, 'sign-in');
      },
    });
    require({ 'Bind DN': bindDn, Password: password });
    end(true, 'base');
    require({ 'Base DN': baseDn });
    found.flavour = await readFlavour(session);
    const of = terms[found.flavour];
    await requireEntry(session, baseDn);
    end(true, 'users');
    require({ 'User search': userSearch });
    Object.assign(found, await countPeople(session, of, settings));
    end(true, 'groups');
    require({ 'Group search': groupSearch });
    Object.assign(found, await listGroups(session, of, groupSearch));
    end(true, 'groups');
    return { ok: true, steps, found, fault: null };
  } catch (thrown) {
    const bases: Readonly<Record<Step, string>> = {
      server: settings.host,
      'sign-in': 'Bind DN',
      base: baseDn,
      users: userSearch,
      groups: groupSearch,
    };
    const fault = directoryFaultOf(thrown, settings, { secrets, base: bases[step] });
    end(false, step);
    return { ok: false, steps, found, fault };
  } finally {
    await session?.close();
  }
}
