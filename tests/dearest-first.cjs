const { relative, sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/**
 * Files that take longest for their size: on a clean clone jest knows no durations and goes by size, which put the storms, 20 lines
 * each, at the very end. No two that start many processes stand side by side.
 */
const dearest = [
  'tests/plugins-proxy/faults/outages.test.ts',
  'tests/plugins-proxy/faults/storm-postgres.test.ts',
  'tests/fuzz/routes.test.ts',
  'tests/plugins-proxy/kill-nine.test.ts',
  'tests/client-libraries/jira-js-catalogues.test.ts',
  'tests/plugins-proxy/faults/storm-sqlite.test.ts',
  'tests/solution/one-column.test.ts',
  'tests/plugins-proxy/scale-out-replicas.test.ts',
  'tests/solution/packages.test.ts',
  'tests/sandbox/import/holding.test.ts',
  'tests/sandbox/import/upgrade.test.ts',
  'tests/plugins-proxy/tracing.test.ts',
  'tests/plugins-proxy/faults/postgres-restart.test.ts',
];

/** Begins with what takes longest, so that both workers end together. */
class DearestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const at = dearest.indexOf(relative(context.config.rootDir, path).split(sep).join('/'));
      return at === -1 ? dearest.length : at;
    };
    // Stable: the rest stays as jest has it, what failed last and what took longest first.
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}

module.exports = DearestFirst;
module.exports.dearest = dearest;
