module.exports = require('@crmjira/form-data/build/webpack.config.js')(require.resolve('./BudgetBurn/index.ts'));
