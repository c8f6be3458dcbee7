import { postgresMissing, startPostgres, type TemporaryPostgres } from '../../temporary-postgres';
import { judgeStorm, smallStorm } from './judge-storm';
import { runStorm } from './storm';

if (postgresMissing !== null) console.warn(`the storm on PostgreSQL is not tested: ${postgresMissing}`);
const onPostgres = postgresMissing === null ? test : test.skip;

let postgres: TemporaryPostgres;
beforeAll(async () => {
  if (postgresMissing === null) postgres = await startPostgres();
});
afterAll(async () => {
  if (postgresMissing === null) await postgres.stop();
});

onPostgres(
  'R-1305 R-703 R-704 a storm on three replicas that are killed in turn ends at what Jira says; one key is worked by one of them at a time',
  async () => {
    const result = await runStorm({ ...smallStorm, replicas: 3, store: { DATABASE_URL: postgres.url } });
    judgeStorm(result, smallStorm.projects);
    expect(result.kills).toBe(smallStorm.kills);
  },
  900_000,
);
