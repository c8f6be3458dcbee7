import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { parse } from 'yaml';

/** The part of GitHub's own parser that is used here; its package is ESM with JSON in it, which Node loads only bundled. */
interface WorkflowParser {
  readonly parseWorkflow: (
    file: { name: string; content: string },
    trace: unknown,
  ) => { context: unknown; value?: unknown };
  readonly convertWorkflowTemplate: (context: unknown, value: unknown) => Promise<{ errors?: { Message: string }[] }>;
  readonly NoOperationTraceWriter: new () => unknown;
}

function loadParser(): WorkflowParser {
  const { outputFiles } = buildSync({
    stdin: { contents: "export * from '@actions/workflow-parser'", resolveDir: join(__dirname, '..', '..') },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  const bundle = new Module.Module('workflow-parser') as Module & { _compile(code: string, name: string): void };
  bundle._compile(outputFiles[0]!.text, 'workflow-parser.cjs');
  return bundle.exports as WorkflowParser;
}

const parser = loadParser();

/** What GitHub would refuse in a workflow: words it does not know, expressions that name nothing. */
export async function problemsOfWorkflow(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter());
  const template = await parser.convertWorkflowTemplate(context, value);
  return (template.errors ?? []).map(({ Message }) => Message);
}

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: string | readonly string[];
        readonly uses?: string;
        readonly environment?: string;
        readonly steps?: readonly Step[];
        readonly permissions?: Readonly<Record<string, string>>;
      }
    >
  >;
}

export const workflowText = (name: string): string =>
  readFileSync(join(__dirname, '..', '..', '.github', 'workflows', name), 'utf8');
export const workflow = (name: string): Workflow => parse(workflowText(name)) as Workflow;
