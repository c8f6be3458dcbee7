module.exports = require('@crmjira/form-data/build/webpack.config.js')(require.resolve('./BudgetApproval/index.ts'));
