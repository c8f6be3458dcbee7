import type { Logger } from 'pino';
import type { Config } from '../../platform/config/read-config';
import type { SecretAge } from '../../platform/secrets/secret-ages';
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

/** Ends that are this close, in days, are one end read at two moments. */
const sameEnd = 1 / 24;

/** Takes the days left of every credential somebody named and every certificate that can be seen (R-1106). */
export async function watchExpiries(context: ExpiriesContext): Promise<void> {
  const { config, now } = context;
  const { jiraToken, dataverseSecret } = config.expiries;
  const stated = Object.entries({ jira: jiraToken, dataverse: dataverseSecret }).flatMap(([of, day]) =>
    day === null ? [] : [[of, daysUntilEndOf(day, now())] as const],
  );
  for (const [of, days] of stated) context.set('token', of, days);
  // A secret whose end is the one that was stated is told already.
  const isTold = ({ daysLeft }: SecretAge): boolean =>
    stated.some(([, days]) => daysLeft !== null && Math.abs(days - daysLeft) < sameEnd);
  // The 90 days of R-1218 end a secret as its own last day does, so that one alert tells of both.
  for (const age of context.ages?.() ?? []) {
    const { name, ageDays, daysLeft } = age;
    if (ageDays !== null) context.setAge?.(name, ageDays);
    if (daysLeft !== null && !isTold(age)) context.set('token', name, daysLeft);
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
