const { relative, sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** Files that take longest: on a clean clone jest knows no durations and goes by size, which would leave some of them for the end. */
const dearest = [
  'tests/visual/pictures.test.ts',
  'tests/visual/page-pictures.test.ts',
  'tests/end-to-end/form.test.ts',
  'tests/visual/portfolio.test.ts',
  'tests/end-to-end/training.test.ts',
  'tests/end-to-end/records.test.ts',
  'tests/end-to-end/portfolio.test.ts',
  'tests/end-to-end/pages.test.ts',
  'tests/visual/read-aloud.test.ts',
  'tests/end-to-end/approval.test.ts',
  'tests/visual/tab-order.test.ts',
  'tests/end-to-end/link-project.test.ts',
  'tests/end-to-end/main-job.test.ts',
  'tests/plugins-proxy/service/faults/storm-postgres.test.ts',
  'tests/plugins-proxy/service/faults/time-storm.test.ts',
  'tests/plugins-proxy/service/kill-nine.test.ts',
  'tests/end-to-end/start.test.ts',
  'tests/solution/connector-variants.test.ts',
  'tests/sandbox/import/upgrade.test.ts',
  'tests/solution/packages.test.ts',
  'tests/end-to-end/integrations.test.ts',
  'tests/end-to-end/on-and-off.test.ts',
  'tests/end-to-end/approval-limit.test.ts',
  'tests/sandbox/import/holding.test.ts',
  'tests/plugins-proxy/cli/cli-rotate-secrets.test.ts',
  'tests/plugins-proxy/capabilities/budget/realities-cases.test.ts',
  'tests/plugins-proxy/platform/tracing.test.ts',
  'tests/plugins-proxy/connections/several-sites.test.ts',
  'tests/end-to-end/second-site.test.ts',
  'tests/visual/alone.test.ts',
  'tests/plugins-proxy/service/faults/outages.test.ts',
  'tests/solution/one-column.test.ts',
];

/** Begins with what takes longest, so that all workers end together. */
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
