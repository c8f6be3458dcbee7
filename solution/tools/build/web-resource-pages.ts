import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { esbuildBundle } from './esbuild-bundle';
import { resxTexts } from './resx-texts';

/** Pages that are HTML web resources: name of the files, folder of the source. */
export const WEB_RESOURCE_PAGES = [
  'integration-health',
  'integration-detail',
  'integration-soap',
  'integration-notification',
  'integration-rest',
  'integration-directory',
  'integration-jira',
  'connection-guide',
  'budget-burn',
  'link-project',
  'final-report',
  'jira-projects',
  'product-health',
  'record-issues',
  'delete-time',
  'explain-sync',
  'sync-history',
  'my-connection',
  'backfill',
  'integrations-dashboard',
  'integrations-list',
  'integrations-logs',
  'integrations-providers',
] as const;

/** Files of each page, which lie beside each other in the tenant too. */
export const pageFiles = (page: string): readonly string[] => ['html', 'js', 'css'].map((kind) => `${page}.${kind}`);

/** Bundles the pages. React is inside: outside of code components the platform lends none. @throws BuildError */
export async function buildPages(root: string, outdir: string, target: string): Promise<void> {
  const source = (path: string): string => join(root, 'webresources', 'src', 'pages', path);
  await esbuildBundle('webresources', {
    entryPoints: Object.fromEntries(WEB_RESOURCE_PAGES.map((page) => [page, source(`${page}/index.tsx`)])),
    outdir,
    format: 'iife',
    target,
    jsx: 'transform',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { '@fluentui/react': source('platform/plain-fluent.ts') },
    plugins: [resxTexts],
  });
  for (const page of WEB_RESOURCE_PAGES) writeFileSync(join(outdir, `${page}.html`), html(page));
}

/** No script and no style inside: a policy of own files only lets the page work. */
const html = (page: string): string => `<!doctype html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CRM-JIRA</title>
<link rel="stylesheet" href="${page}.css">
<script defer src="${page}.js"></script>
</head>
<body><div id="page"></div></body>
</html>
`;
