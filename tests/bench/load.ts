/** `npm run load -- --profile opportunities|updates [--full] [--json]`: a load profile (T3) against the sandbox. */
import { parseArgs } from 'node:util';
import { playLoad } from './load-profile';
import { exitCodeOf, judge } from './load-report';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { profile: { type: 'string' }, full: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const { profile } = values;
  if (profile !== 'opportunities' && profile !== 'updates')
    throw new Error(`--profile ${profile ?? ''}: expected opportunities or updates`);
  const report = await playLoad(profile, values.full === true ? 'full' : 'short');
  const verdicts = judge(report);
  if (values.json === true) console.log(JSON.stringify({ report, verdicts }, null, 2));
  else {
    const { pool, responses, endToEnd, jira } = report;
    console.log(`${profile}, ${report.length}: ${report.actions} actions in ${report.seconds} s, ${report.runs} runs`);
    console.table({ 'responses of the proxy, ms': responses, 'end to end, ms': endToEnd, 'answers of Jira, ms': jira });
    console.log(`connections to Jira: ${pool.mostInUse} of ${pool.size} in use at most`);
    console.table(Object.fromEntries(verdicts.map(({ what, ...verdict }) => [what, verdict])));
  }
  process.exitCode = exitCodeOf(verdicts);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
