import { DirectoryError } from '../../../clients/directory/directory-error';
import { openDirectory, type DirectorySession } from '../../../clients/directory/directory-session';
import {
  type DirectorySecrets,
  directorySecrets,
  type DirectorySettings,
  directorySettings,
} from '../../../clients/directory/directory-settings';
import { classifyError } from '../../../platform/errors/classify-error';
import type { SiteGuard } from '../../../platform/http-client/site-guard';
import type { IntegrationProvider, OpenIntegration } from '../integration-provider';
import { directoryFaultOf } from './fault-of';
import { testDirectory } from './test-directory';

/** A directory that is open for a test or a run. */
export interface OpenDirectory extends OpenIntegration {
  /** Signs in, once a run; whoever has signed in closes the session. @throws DirectoryError */
  signIn(): Promise<DirectorySession>;
}

/** What directories are reached through. */
export interface DirectoryWays {
  /** Which addresses may be called (`EgressGuard.of`). */
  guardOf(url: string, setting: string): SiteGuard;
  /** PEM of the authorities that are trusted; left out: those of the machine. */
  readonly authorities?: string;
}

/** Active Directory and other directories of LDAP, as a provider and as runs open them. */
export interface DirectoryProvider extends IntegrationProvider<DirectorySettings, DirectorySecrets> {
  faultOf(thrown: unknown, settings: DirectorySettings): ReturnType<typeof directoryFaultOf>;
  open(id: string, settings: DirectorySettings, secrets: DirectorySecrets): Promise<OpenDirectory>;
}

/** Address of a directory, as lists show it. */
const urlOf = ({ host, port, protection }: Pick<DirectorySettings, 'host' | 'port' | 'protection'>): string =>
  `${protection === 'ldaps' ? 'ldaps' : 'ldap'}://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Active Directory and other directories of LDAP (R-1604, R-2022). */
export const createDirectoryProvider = (ways: DirectoryWays): DirectoryProvider => ({
  code: 'ad',
  supportsWebhooks: false,
  settings: directorySettings,
  secrets: directorySecrets,
  columns: (settings) => ({
    crmjira_base_url: settings.host === '' ? null : urlOf(settings),
    crmjira_brake_percent: settings.brakePercent,
  }),
  faultOf: (thrown, settings) => directoryFaultOf(thrown, settings),
  open: (_id, settings, secrets) => {
    const { host, port, protection } = settings;
    const { bindDn, password } = secrets;
    const guard = ways.guardOf(host === '' ? 'ldaps://localhost' : urlOf(settings), 'the directory');
    const access = {
      settings: { host, port, protection, bindDn },
      guard,
      ...(ways.authorities === undefined ? {} : { authorities: ways.authorities }),
    };
    /** @throws DirectoryError where the lists of hosts leave it out */
    const mayBeCalled = async (): Promise<void> => {
      if (host === '') return;
      await guard.require().catch((thrown: unknown) => {
        const error = classifyError(thrown);
        throw error.errorClass === 'configuration'
          ? new DirectoryError('address-refused', error.message, error)
          : error;
      });
    };
    return Promise.resolve({
      test: () => testDirectory({ ...access, mayBeCalled }, settings, secrets),
      signIn: async () => {
        for (const [what, value] of Object.entries({ Server: host, 'Bind DN': bindDn, Password: password }))
          if (value === '') throw new DirectoryError('settings-incomplete', what);
        await mayBeCalled();
        return openDirectory({ ...access, password });
      },
      // Tests and runs each close what they have opened.
      close: () => Promise.resolve(),
    });
  },
});
