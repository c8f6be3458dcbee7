import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOLUTIONS } from '../../solution/tools/stage-solution';
import { problemsOfWorkflow, workflow, workflowText } from './read-workflow';

const root = join(__dirname, '..', '..');
const names = readdirSync(join(root, '.github', 'workflows'));

describe('pipeline (R-2203, R-2204)', () => {
  test.each(names)("%s is a workflow by GitHub's own parser", async (name) => {
    expect(await problemsOfWorkflow(name, workflowText(name))).toEqual([]);
  });

  test("GitHub's parser would have found a word it does not know and an expression that names nothing", async () => {
    const wrong = workflowText('deploy.yml')
      .replace('concurrency:', 'concurency:')
      .replace('needs.build', 'neds.build');
    const problems = (await problemsOfWorkflow('deploy.yml', wrong)).join('\n');
    expect(problems).toContain("Unexpected value 'concurency'");
    expect(problems).toContain("Unrecognized named-value: 'neds'");
  });

  test.each(names)('%s runs only npm scripts that there are, and puts no expression of others into a shell', (name) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const runs = Object.values(workflow(name).jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    const called = runs.flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]!));
    expect(called.filter((script) => !(script in scripts))).toEqual([]);
    // What an author of a branch or tag chooses would be code in the shell; it is handed over as a variable.
    const expressions = runs.flatMap((run) => [...run.matchAll(/\$\{\{\s*([\w.]+)/g)].map((match) => match[1]!));
    expect(expressions).toEqual([]);
  });

  test('the build allows no skip, lints, looks for known weaknesses and checks the packages (R-2204)', () => {
    const text = workflowText('build.yml');
    for (const part of ['.ci/run', 'npm run lint', 'npm run typecheck', 'npm audit', 'npm run pack -- --check'])
      expect(text).toContain(part);
    expect(readFileSync(join(root, '.ci', 'run'), 'utf8')).toContain('NO_SKIPS=1');
  });

  test('a deployment goes to test, then to production, each behind the gate of its environment (R-2203)', () => {
    const { jobs } = workflow('deploy.yml');
    const to = './.github/workflows/deploy-to.yml';
    expect(jobs['test']).toMatchObject({ needs: 'build', uses: to, with: { environment: 'test', settings: 'test' } });
    expect(jobs['production']).toMatchObject({
      needs: ['build', 'test'],
      uses: to,
      with: { environment: 'production', settings: 'prod' },
    });
    expect(workflow('deploy-to.yml').jobs['deploy']?.environment).toBe('${{ inputs.environment }}');
  });

  test('what is imported is what the packer names, in its order, with the settings of that solution', () => {
    const text = workflowText('deploy-to.yml');
    const unique = SOLUTIONS.map(
      ({ source }) => /<UniqueName>(\w+)</.exec(readFileSync(join(root, source, 'Other', 'Solution.xml'), 'utf8'))?.[1],
    );
    expect(text).toContain(`for solution in ${unique.join(' ')}; do`);
    expect(text).toContain('dist/${solution}_${version}_managed.zip');
    expect(text).toContain('--settings-file "dist/$solution.settings.json"');
  });

  test.each(names)("%s takes others' actions by their commit, with the version beside it (F-319, R-1217)", (name) => {
    const foreign = workflowText(name).match(/^ *-? *uses: (?!\.\/).*$/gm) ?? [];
    expect(foreign.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('a build lists what the service is made of, and a release keeps the list with the packages (F-319)', () => {
    const { steps = [] } = workflow('build.yml').jobs['check'] ?? {};
    const [, file] = /npm sbom --omit=dev .*>(\S+)/.exec(steps.map(({ run }) => run ?? '').join('\n')) ?? [];
    expect(file).toMatch(/^dist\/.*\.cdx\.json$/);
    const kept = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))?.with?.['path'];
    expect(kept).toContain('dist/*.cdx.json');
  });

  test('no secret is kept with the pipeline: it signs in by its own identity, with no more rights than it needs', () => {
    for (const name of names) {
      expect(workflowText(name)).not.toContain('secrets.');
      expect(workflow(name).permissions).toEqual({ contents: 'read' });
    }
    expect(workflow('deploy-to.yml').jobs['deploy']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(workflowText('deploy-to.yml')).toContain('--githubFederated');
  });
});
