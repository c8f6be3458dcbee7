import type { Logger } from 'pino';
import type { Config } from '../config/read-config';
import type { SecretAge } from '../secrets/secret-ages';
import { certificateDaysLeft, daysUntilCertificateEnds, daysUntilEndOf } from './days-left';

export interface ExpiriesContext {
  readonly config: Pick<Config, 'publicUrl' | 'dataverse' | 'jira' | 'expiries'>;
  readonly now: () => Date;
  readonly logger: Logger;
  /** Ages of the secrets; left out: nothing is known of them. */
  readonly ages?: () => readonly SecretAge[];
  readonly setAge?: (of: string, days: number) => void;
  readonly set: (kind: 'token' | 'certificate', of: string, days: number) => void;
}

/** Takes the days left of every credential somebody named and every certificate that can be seen (R-1106). */
export async function watchExpiries(context: ExpiriesContext): Promise<void> {
  const { config, now } = context;
  const { jiraToken, dataverseSecret } = config.expiries;
  if (jiraToken !== null) context.set('token', 'jira', daysUntilEndOf(jiraToken, now()));
  if (dataverseSecret !== null) context.set('token', 'dataverse', daysUntilEndOf(dataverseSecret, now()));
  // The 90 days of R-1218 end a secret as its own last day does, so that one alert tells of both.
  for (const { name, ageDays, daysLeft } of context.ages?.() ?? []) {
    if (ageDays !== null) context.setAge?.(name, ageDays);
    if (daysLeft !== null) context.set('token', name, daysLeft);
  }
  const { gateway } = config.jira;
  const seen = (address: string) => (): Promise<number | null> => certificateDaysLeft(address, now());
  const certificates: Record<string, () => number | null | Promise<number | null>> = {
    proxy: seen(config.publicUrl),
    dataverse: seen(config.dataverse.url),
    jira: seen(config.jira.url),
  };
  if (gateway !== null) certificates['gateway'] = seen(gateway.url);
  if (gateway?.client) {
    const { certificate } = gateway.client;
    certificates['gateway client'] = () => daysUntilCertificateEnds(certificate, now());
  }
  for (const [of, left] of Object.entries(certificates)) {
    try {
      const days = await left();
      if (days !== null) context.set('certificate', of, days);
    } catch (error) {
      context.logger.warn({ of, reason: error instanceof Error ? error.message : 'unknown' }, 'certificate not seen');
    }
  }
}
