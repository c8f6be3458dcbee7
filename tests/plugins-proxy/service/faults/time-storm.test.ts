import { postgresMissing, startPostgres, type TemporaryPostgres } from '../../temporary-postgres';
import { runTimeStorm } from './time-storm';

if (postgresMissing !== null) console.warn(`the storm of time is not tested: ${postgresMissing}`);
const onPostgres = postgresMissing === null ? test : test.skip;

let postgres: TemporaryPostgres;
beforeAll(async () => {
  if (postgresMissing === null) postgres = await startPostgres();
});
afterAll(async () => {
  if (postgresMissing === null) await postgres.stop();
});

onPostgres(
  'R-1826 R-1829 R-1837 R-1839 a storm of time on both sides, with closed issues and bulk moves: sums agree, nothing is lost or doubled',
  async () => {
    const result = await runTimeStorm({
      // Without a kill: a write that it has cut off is awaited for a minute and a half. `npm run storm -- --time` kills.
      ...{ records: 40, issues: 8, steps: 60, waves: 1, replicas: 2, kills: 0, perSecond: 25 },
      ...{ waitsForFeeds: false, settleWithinMs: 200_000, report: () => undefined },
      store: { DATABASE_URL: postgres.url },
      chaos: { lost: 0.15, doubled: 0.15, heldMs: 1_000 },
    });
    expect(result).toMatchObject({ lost: [], doubled: [], differs: [], dead: 0 });
    // The oracle has had something to say.
    for (const happened of [result.seconds.jira, result.counts['moved'], result.found, result.webhooks.lost])
      expect(happened).toBeGreaterThan(0);
  },
  300_000,
);
