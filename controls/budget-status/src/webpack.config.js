'use strict';

module.exports = require('../../transpile-only.cjs');
