/**
 * The order of imports of the whole repository, held by `npm run lint`: wings of the proxy import downwards only, a capability never
 * imports another one, nothing of the product knows the sandbox or the tests, and no files import each other in a circle (types included).
 */
const WINGS = ['platform', 'queue', 'clients', 'connections', 'reconciler', 'capabilities', 'inbound', 'operations'];
/** What composes the wings; neither imports the other. */
const TOPS = ['cli', 'service'];
const CAPABILITIES = ['budget', 'issues', 'time', 'integrations', 'insights'].join('|');
const proxy = (folders) => `^plugins-proxy/src/(${folders.join('|')})/`;

/** A file directly under `src`, which starts or composes the service. */
const entry = '^plugins-proxy/src/[^/]+[.]ts$';
const downwards = WINGS.map((wing, floor) => ({
  name: `${wing}-imports-downwards`,
  comment: `Order of the wings: ${WINGS.join(', ')}. Move the file up, or the type it needs down.`,
  severity: 'error',
  from: { path: proxy([wing]) },
  to: { path: [proxy([...WINGS.slice(floor + 1), ...TOPS]), entry] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Move the type that both need to a file below them, or hand the function in.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...downwards,
    {
      name: 'tops-apart',
      severity: 'error',
      from: { path: '^plugins-proxy/src/(cli|service)/' },
      to: { path: '^plugins-proxy/src/(cli|service)/', pathNot: '^plugins-proxy/src/$1/' },
    },
    {
      name: 'capability-alone',
      comment: 'What two capabilities need belongs to a wing below them, or to the shared folders of domain.',
      severity: 'error',
      from: { path: '^(plugins-proxy/src/capabilities|domain/src)/([^/]+)/' },
      to: { path: `^$1/(${CAPABILITIES})/`, pathNot: '^$1/$2/' },
    },
    {
      name: 'domain-alone',
      severity: 'error',
      from: { path: '^domain/src/' },
      to: { path: '^(controls|webresources|plugins-proxy|sandbox|solution|tests)/' },
    },
    {
      name: 'product-without-stand-ins',
      comment: 'The product cannot tell that it talks to a stand-in.',
      severity: 'error',
      from: { path: '^(domain|controls|webresources|plugins-proxy)/' },
      to: { path: '^(sandbox|tests)/' },
    },
    {
      name: 'browser-without-proxy',
      severity: 'error',
      from: { path: '^(controls|webresources)/' },
      to: { path: '^plugins-proxy/' },
    },
    {
      name: 'controls-apart',
      comment: 'What two controls share belongs to controls/form-data.',
      severity: 'error',
      from: { path: '^controls/([^/]+)/' },
      to: { path: '^controls/', pathNot: '^controls/($1|form-data)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|out|dist|generated-types|[.]sandbox)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.cjs', '.mjs', '.js', '.json'] },
  },
};
