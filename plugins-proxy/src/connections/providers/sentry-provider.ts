import { z } from 'zod';
import { sentryName } from '../../clients/sentry/sentry-http';
import type { SentryOrganization } from '../../clients/sentry/sentry-organization';
import { type Provider, testInSteps } from './provider';

/** What a test of Sentry finds. */
export interface SentryFound {
  readonly organization: { readonly slug: string; readonly name: string };
  /** How many projects the token sees. */
  readonly projects: number;
}

const secret = z.string().min(1).meta({ writeOnly: true });
const settings = z.object({
  url: z.url().meta({ title: 'Address of Sentry' }),
  organization: z.string().min(1).meta({ title: 'Organization (slug)' }),
  token: secret.meta({ title: 'Token of the internal integration' }),
  clientSecret: secret
    .optional()
    .meta({ title: 'Client secret of the internal integration, which signs its webhooks' }),
});

/** An organization of Sentry as something that can be connected. */
export const createSentryProvider = (organization: SentryOrganization): Provider<SentryFound> => ({
  name: sentryName,
  test: () =>
    testInSteps<SentryFound>(sentryName.name, {
      organization: () => organization.describe(),
      projects: async () => (await organization.projects()).length,
    }),
  describe: () => z.toJSONSchema(settings),
});
