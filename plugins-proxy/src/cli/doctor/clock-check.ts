import { request } from 'undici';
import type { Config } from '../../platform/config/read-config';
import { type Check, failed, type Finding, ok, skipped, warning } from './check';

/** Tokens and signatures tolerate five minutes; a tenth of that already shows that nobody keeps the clock. Milliseconds. */
const limitMs = 5 * 60_000;
const noticeMs = 30_000;
const remedy = 'Let this machine keep its time by NTP.';

/**
 * How far the clock here is behind (positive) or ahead (negative) of a `Date` header, in milliseconds; the call is taken to have
 * been answered in its middle, and the header is exact to the second.
 */
export function clockSkew(header: string | undefined, sentAt: number, receivedAt: number): number | null {
  const theirs = Date.parse(header ?? '');
  return Number.isNaN(theirs) ? null : theirs + 500 - (sentAt + receivedAt) / 2;
}

/** Pure: what a skew means. */
export function judgeSkew(skews: Readonly<Record<string, number | null>>): Finding {
  const known = Object.entries(skews).flatMap(([side, skew]) => (skew === null ? [] : [{ side, skew }]));
  if (known.length === 0) return skipped('neither side tells its time');
  const seconds = (skew: number): string => `${(Math.abs(skew) / 1000).toFixed(1)} s`;
  const words = known
    .map(({ side, skew }) => `${seconds(skew)} ${skew < 0 ? 'ahead of' : 'behind'} ${side}`)
    .join(', ');
  const worst = Math.max(...known.map(({ skew }) => Math.abs(skew)));
  if (worst > limitMs) return failed(words, remedy);
  return worst > noticeMs ? warning(words, remedy) : ok(words);
}

async function skewOf(url: string, timeoutMs: number, now: () => Date): Promise<number | null> {
  const sentAt = now().getTime();
  // A side that does not answer has a check of its own; a clock that is wrong may be why the other does not let us in.
  const response = await request(url, { headersTimeout: timeoutMs, bodyTimeout: timeoutMs }).catch(() => null);
  if (response === null) return null;
  const receivedAt = now().getTime();
  await response.body.dump();
  const { date } = response.headers;
  return clockSkew(typeof date === 'string' ? date : undefined, sentAt, receivedAt);
}

/**
 * Compares the clock here with the `Date` of both sides; asked without credentials, any status will do.
 * @param jiraUrl null: Jira is not asked
 */
export function clockCheck(config: Config, now: () => Date, jiraUrl: string | null): Check {
  return {
    id: 'clock',
    title: 'Clock',
    remedy: 'Check that both sides are reachable.',
    look: async () => {
      const [dataverse, jira] = await Promise.all([
        skewOf(`${config.dataverse.url}/api/data/v9.2/`, config.requestTimeoutMs, now),
        jiraUrl === null ? null : skewOf(`${jiraUrl}/status`, config.requestTimeoutMs, now),
      ]);
      return judgeSkew({ Dataverse: dataverse, Jira: jira });
    },
  };
}
