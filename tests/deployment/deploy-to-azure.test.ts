import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './read-document';
import { workflow } from './read-workflow';

const digest = `sha256:${'d'.repeat(64)}`;
const image = `crmjira.azurecr.io/crm-jira-proxy@${digest}`;

const containers = z.array(z.looseObject({ name: z.string(), image: z.string() }));
/** What app.json deploys: the containers of the service and of the job beside it. */
const { resources } = z
  .object({ resources: z.array(z.object({ type: z.string(), name: z.string(), properties: z.looseObject({}) })) })
  .parse(JSON.parse(readFileSync(join(root, 'plugins-proxy', 'operations', 'azure', 'app.json'), 'utf8')));
function deployed(type: string) {
  const { name, properties } = resources.find((one) => one.type === type)!;
  return { name, containers: z.object({ template: z.object({ containers }) }).parse(properties).template.containers };
}

const state = z.object({
  app: z.object({ containers }),
  job: z.object({ containers }),
  built: z.array(z.record(z.string(), z.string())),
  executions: z.array(z.looseObject({ image: z.string(), command: z.array(z.string()), env: z.array(z.unknown()) })),
});

describe('deploy-to.yml after the import, played against a stand-in of az (F-204, R-2203)', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crmjira-deploy-'));
    mkdirSync(join(folder, 'bin'));
    const put = (name: string, text: string): void => {
      writeFileSync(join(folder, 'bin', name), text);
      chmodSync(join(folder, 'bin', name), 0o755);
    };
    put('az', `#!/bin/sh\nexec "${process.execPath}" "${join(__dirname, 'fake-azure.cjs')}" "$@"\n`);
    put('docker', `#!/bin/sh\necho sha256:base\n`);
    put('sleep', '#!/bin/sh\n');
    put('curl', `#!/bin/sh\nfor last; do :; done\necho "$last" >>"${join(folder, 'asked')}"\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const { jobs } = workflow('deploy-to.yml');
  const steps = jobs['deploy']?.steps ?? [];
  const first = steps.findIndex(({ name }) => name?.startsWith('Build the image') === true);

  /** Runs the commands of the workflow as a runner does: each step in a shell of its own, outputs handed on. */
  function play(over: Record<string, unknown> = {}) {
    const file = join(folder, 'state.json');
    const world = {
      app: deployed('Microsoft.App/containerApps'),
      job: deployed('Microsoft.App/jobs'),
      ...{ built: [], executions: [], digest, revision: '', ready: 'crm-jira-proxy--former' },
      ...{ looksUntilReady: 3, looksUntilEnded: 2, failingCommand: '' },
      ...over,
    };
    writeFileSync(file, JSON.stringify(world));
    writeFileSync(join(folder, 'asked'), '');
    const outputs = join(folder, 'outputs');
    const values: Record<string, string> = {
      'inputs.version': '1.2.3',
      'vars.AZURE_REGISTRY': 'crmjira',
      'vars.AZURE_RESOURCE_GROUP': 'crm-jira',
      'github.run_id': '77',
      'github.run_attempt': '1',
    };
    let failed: string | null = null;
    let said = '';
    for (const step of steps.slice(first)) {
      const env = Object.entries(step.env ?? {}).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, expression: string) => values[expression] ?? `<${expression}>`),
      ]);
      const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', step.run ?? ''], {
        cwd: root,
        encoding: 'utf8',
        env: {
          PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
          AZ_STATE: file,
          GITHUB_SHA: 'abc',
          GITHUB_OUTPUT: outputs,
          GITHUB_STEP_SUMMARY: join(folder, 'summary'),
          ...(Object.fromEntries(env) as Record<string, string>),
        },
      });
      said += stdout + stderr;
      if (status !== 0) {
        failed = step.name ?? '';
        break;
      }
      if (step.id !== undefined)
        for (const line of readFileSync(outputs, 'utf8').trim().split('\n')) {
          const at = line.indexOf('=');
          values[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
        }
    }
    const asked = readFileSync(join(folder, 'asked'), 'utf8').trim();
    return { failed, said, asked, ...state.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  }

  test('service and job run the image by its digest, the collector its own; the new revision is asked, then registered and looked at', () => {
    const { app, job, built, executions, asked, failed, said } = play();
    expect({ failed, said: failed === null ? '' : said }).toEqual({ failed: null, said: '' });
    expect(built).toMatchObject([{ '--build-arg': 'BASE=docker.io/library/node@sha256:base' }]);
    expect(app.containers.map(({ name, image: of }) => [name, of])).toEqual([
      ['proxy', image],
      ['collector', deployed('Microsoft.App/containerApps').containers[1]?.image],
    ]);
    expect(job.containers.map(({ name, image: of }) => [name, of])).toEqual([['rotate', image]]);
    expect(asked).toBe('https://crm-jira-proxy--r77-1.example.ca/ready');
    const [{ env } = { env: [] }] = deployed('Microsoft.App/jobs').containers;
    expect(executions.map((one) => [one.image, one.command, one.env])).toEqual([
      [image, ['node', '/app/cli.cjs', 'register-steps'], env],
      [image, ['node', '/app/cli.cjs', 'doctor'], env],
    ]);
  });

  test('a revision that never gets ready fails the deployment, and the former one is not taken for it', () => {
    const { failed, asked, executions, said } = play({ looksUntilReady: 1_000 });
    expect([failed, asked, executions]).toEqual(['The new revision takes deliveries', '', []]);
    expect(said).toContain('crm-jira-proxy--former still takes the deliveries');
  });

  test('a doctor that finds something fails the deployment', () => {
    const { failed, said } = play({ failingCommand: 'doctor' });
    expect(failed).toBe('Steps and webhook are registered, everything is looked at');
    expect(said).toContain('crmjira doctor: Failed');
  });

  test('the stand-in refuses what Azure refuses: an image for one of two containers without its name', () => {
    const file = join(folder, 'state.json');
    writeFileSync(file, JSON.stringify({ app: deployed('Microsoft.App/containerApps') }));
    const args = ['containerapp', 'update', '--name', 'crm-jira-proxy', '--resource-group', 'g', '--image', image];
    const { status, stderr } = spawnSync(process.execPath, [join(__dirname, 'fake-azure.cjs'), ...args], {
      encoding: 'utf8',
      env: { AZ_STATE: file },
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('--container-name is required')]);
  });
});
