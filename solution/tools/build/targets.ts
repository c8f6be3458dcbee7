import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildTarget } from './build-target';
import { esbuildBundle, packagesFromNpmStayOutside } from './esbuild-bundle';
import { pcfControls } from './pcf-control';
import { WEB_RESOURCE_PAGES, buildPages, pageFiles } from './web-resource-pages';

/** Browsers that model-driven apps support are evergreen: see `targets` in the controls' pcfconfig.json. */
const BROWSER = 'chrome100';

/** Oldest Node that `engines` allows. */
const NODE = 'node22.13';

/** Scripts of the form and of command bars; handlers and ribbon name their functions inside the namespace. */
const WEB_RESOURCE_SCRIPTS = [
  {
    name: 'opportunity-form',
    entry: 'webresources/src/opportunity-form/index.ts',
    namespace: 'CrmJira.OpportunityForm',
  },
  {
    name: 'opportunity-commands',
    entry: 'webresources/src/commands/index.ts',
    namespace: 'CrmJira.OpportunityCommands',
  },
  {
    name: 'issue-commands',
    entry: 'webresources/src/commands/issues/index.ts',
    namespace: 'CrmJira.IssueCommands',
  },
  {
    name: 'time-commands',
    entry: 'webresources/src/commands/time/index.ts',
    namespace: 'CrmJira.TimeCommands',
  },
  {
    name: 'explain-commands',
    entry: 'webresources/src/commands/explain/index.ts',
    namespace: 'CrmJira.ExplainCommands',
  },
  {
    name: 'time-record-form',
    entry: 'webresources/src/time-record-form/index.ts',
    namespace: 'CrmJira.TimeRecordForm',
  },
] as const;

/** Everything that `npm run build` builds. A part whose entry does not exist is left out. */
export function buildTargets(root: string): BuildTarget[] {
  const at = (path: string): string => join(root, path);
  const shared = ['domain/src', 'package-lock.json'];
  const bundles: (BuildTarget & { readonly entry: string })[] = [
    {
      name: 'webresources',
      entry: 'webresources/src/opportunity-form/index.ts',
      // Pages show the control's view without the control, in its look.
      inputs: ['webresources', 'controls/budget-burn', 'controls/form-data', ...shared],
      outputs: [
        ...WEB_RESOURCE_SCRIPTS.map(({ name }) => `webresources/dist/${name}.js`),
        ...WEB_RESOURCE_PAGES.flatMap(pageFiles).map((file) => `webresources/dist/${file}`),
      ],
      stamp: 'webresources/dist/.build-hash',
      build: async () => {
        for (const script of WEB_RESOURCE_SCRIPTS) {
          await esbuildBundle('webresources', {
            entryPoints: { [script.name]: at(script.entry) },
            outdir: at('webresources/dist'),
            format: 'iife',
            globalName: script.namespace,
            target: BROWSER,
            minify: true,
          });
        }
        await buildPages(root, at('webresources/dist'), BROWSER);
      },
    },
    {
      name: 'plugins-proxy',
      entry: 'plugins-proxy/src/server.ts',
      inputs: ['plugins-proxy', 'domain/src/schema/generated/text-lengths.ts', ...shared],
      outputs: ['server', 'cli', 'expression-process'].map((name) => `plugins-proxy/dist/${name}.js`),
      stamp: 'plugins-proxy/dist/.build-hash',
      build: () =>
        esbuildBundle('plugins-proxy', {
          entryPoints: {
            server: at('plugins-proxy/src/server.ts'),
            cli: at('plugins-proxy/src/cli.ts'),
            // Read by the other two as a file of its own: it is a process of its own.
            'expression-process': at('plugins-proxy/src/clients/web-service/expressions/expression-process.ts'),
          },
          outdir: at('plugins-proxy/dist'),
          platform: 'node',
          format: 'cjs',
          target: NODE,
          sourcemap: true,
          plugins: [packagesFromNpmStayOutside],
        }),
    },
    {
      name: 'form-host',
      entry: 'sandbox/src/form-host/client/main.tsx',
      inputs: ['sandbox/src/form-host', ...shared],
      outputs: ['sandbox/dist/page.js', 'sandbox/dist/platform.js'],
      stamp: 'sandbox/dist/.build-hash',
      build: () =>
        esbuildBundle('form-host', {
          entryPoints: {
            page: at('sandbox/src/form-host/client/main.tsx'),
            platform: at('sandbox/src/form-host/client/platform/globals.ts'),
          },
          outdir: at('sandbox/dist'),
          format: 'iife',
          target: BROWSER,
          jsx: 'transform',
          minify: true,
          sourcemap: true,
          // The page uses the platform's own copies, which its first scripts put on the window.
          alias: {
            react: at('sandbox/src/form-host/client/platform/react.cjs'),
            'react-dom': at('sandbox/src/form-host/client/platform/react-dom.cjs'),
            '@fluentui/react': at('sandbox/src/form-host/client/platform/fluent.cjs'),
          },
        }),
    },
  ];
  return [...pcfControls(root), ...bundles.filter(({ entry }) => existsSync(at(entry)))];
}
