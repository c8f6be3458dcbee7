const { OWN_NAMES } = require('./own-names.json');

module.exports = require('@crmjira/form-data/build/webpack.config.js')(
  require.resolve('./JiraIssues/index.ts'),
  OWN_NAMES,
);
