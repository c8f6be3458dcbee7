// Builds controls one after the other, as it is told by its parent: webpack, babel and TypeScript are loaded and warmed up once,
// not once a control. What pcf-scripts does stays its own; its command line would add its telemetry and end the process.
'use strict';

const { dirname } = require('node:path');
const { format } = require('node:util');

const home = dirname(require.resolve('pcf-scripts/package.json'));

/**
 * The validation looks at the exports of a control's entry file and parses everything that this imports for it, the types of Fluent and
 * of every `@types` package too: three seconds. One file is enough.
 */
function lookAtOneFile() {
  const path = require.resolve('typescript', { paths: [home] });
  const typescript = require(path);
  const createProgram = (files, options) =>
    typescript.createProgram(files, { ...options, noResolve: true, noLib: true, types: [] });
  const loaded = require.cache[path];
  loaded.exports = Object.create(typescript, { createProgram: { value: createProgram } });
  require('pcf-scripts/sourceCodeValidator');
  loaded.exports = typescript;
}

let leavesTypes = false;

/**
 * Types are checked by `tsc` for the whole repository at once: each control would check those of Fluent and React again. Only where a
 * control's folder is the working directory already: its configuration reads its settings as it is loaded.
 */
function leaveTypes() {
  if (leavesTypes) return;
  leavesTypes = true;
  const webpackConfig = require('pcf-scripts/webpackConfig');
  const { getWebpackConfig } = webpackConfig;
  webpackConfig.getWebpackConfig = (...given) => {
    const config = getWebpackConfig(...given);
    for (const { loader, options } of config.module.rules.flatMap(({ use }) => use))
      if (loader?.includes('ts-loader')) options.transpileOnly = true;
    return config;
  };
}

/** @returns whether pcf-scripts reached its end, and all that it said */
async function build(folder) {
  const said = [];
  for (const name of ['log', 'warn', 'error']) console[name] = (...words) => said.push(format(...words));
  // Its settings are those of the folder that it runs in.
  process.chdir(folder);
  leaveTypes();
  const { TaskRunner } = require('pcf-scripts/taskRunner');
  const { standardTaskGroups } = require('pcf-scripts/taskGroup');
  const { getBuildConfig } = require('pcf-scripts/buildConfig');
  try {
    const runner = new TaskRunner({ _: ['build'], buildMode: 'production' }, getBuildConfig());
    const result = await runner.run(standardTaskGroups);
    return { succeeded: result !== undefined, output: said.join('\n') };
  } catch (error) {
    return { succeeded: false, output: [...said, format(error)].join('\n') };
  }
}

lookAtOneFile();
process.on('disconnect', () => process.exit());
process.on('uncaughtException', (error) => process.send({ succeeded: false, output: format(error) }));
process.on('message', async ({ folder }) => process.send(await build(folder)));
