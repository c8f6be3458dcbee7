module.exports = require('@crmjira/form-data/build/webpack.config.js')(require.resolve('./IssuePicker/index.ts'));
